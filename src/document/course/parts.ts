// What the sections of the course are put together from: rows, figures, and the forms that are wanted.

import type { Formula, Phrase } from '../../lang/phrase.ts';
import type { Block, Display, DisplayRow } from '../blocks.ts';
import type { Figure } from '../figures/shapes.ts';
import { givenFormula } from '../formulas.ts';
import type { Blanks } from '../purposes.ts';
import type { SectionOptions } from '../result-section.ts';

/** Which forms are wanted. */
export const wantsComponent = (o: SectionOptions): boolean => o.form !== 'matrix';
export const wantsMatrix = (o: SectionOptions): boolean => o.form !== 'component';

/** Rows set apart; null for none. */
export const display = (rows: readonly DisplayRow[], id: string | null = null): Display | null =>
  rows.length === 0 ? null : { kind: 'display', id, rows, tag: null };

/** One formula set apart. */
export const alone = (f: Formula): Display => ({
  kind: 'display',
  id: null,
  rows: [{ left: null, right: f, where: null }],
  tag: null,
});

/** `asks`: the picture says what a derivation leads to, and is left out where that is asked for. */
export const figureBlock = (figure: Figure, caption: Phrase, asks?: Blanks): Block => ({
  kind: 'figure',
  id: figure.id,
  figure,
  caption,
  ...(asks === undefined ? {} : { asks }),
});

/** The same blocks as what a reader is asked for where the numbers are left to them. */
export const asNumbers = (blocks: readonly (Block | null)[]): (Block | null)[] =>
  blocks.map((b) => (b?.kind === 'display' || b?.kind === 'table' ? { ...b, asks: 'numbers' } : b));

/** The left side of a row that goes on from the one above. */
export const ON = givenFormula('', '');
/** A row of dots. */
export const DOTS_ROW: DisplayRow = { left: null, right: givenFormula('\\vdots', '⋮'), where: null };
