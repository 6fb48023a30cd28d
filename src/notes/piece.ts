// One place of a file: what its author asks for there -> blocks.

import type { Block, Display, DisplayRow } from '../document/blocks.ts';
import { equationsCard } from '../document/card.ts';
import {
  errorDisplay,
  forwardDisplay,
  forwardMatrixDisplay,
  functionsDisplay,
  lossDisplay,
} from '../document/equations.ts';
import { conditionsFormula, exprFormula, type Printing, tensorFormula } from '../document/formulas.ts';
import { kinkNotes } from '../document/kinks.ts';
import {
  forwardValues,
  givenValues,
  layersTable,
  quantitiesTable,
  valueRow,
} from '../document/network-section.ts';
import {
  anchorOf,
  functionsOf,
  headingOf,
  resultBlocks,
  type SectionOptions,
  tagOf,
} from '../document/result-section.ts';
import { evaluated } from '../engine/evaluated.ts';
import type { Case, Derivation, MatrixForm, NoMatrixForm, Result } from '../engine/types.ts';
import { integer } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { Tensor } from '../expr/expr.ts';
import { symbol } from '../expr/make.ts';
import { languageOf } from '../lang/languages.ts';
import type { FormatWords } from '../lang/types.ts';
import type { Network } from '../model/spec.ts';
import { worldOf } from '../model/world.ts';
import type { World } from '../numeric/world.ts';
import { gradientTargets } from '../results/evaluation.ts';
import { defaultTargets } from '../results/targets.ts';
import type { PieceOptions, Show } from './attributes.ts';
import { figureBlocks, sectionBlocks } from './course.ts';
import { blocksOf, derivedOf, inFile, type Notebook, networkOf } from './notebook.ts';
import { withOwnIds } from './own-ids.ts';
import type { Setting } from './setting.ts';

export interface Piece {
  readonly blocks: readonly Block[];
  /** The words a format needs, and the language as HTML's lang says it. */
  readonly words: FormatWords;
  readonly lang: string;
}

/**
 * What stands at a place of a file. Throws a `UserError` for a network, a target or a notation that doesn't exist, with
 * the nearest one, and a `DerivationError` where a line can't be made.
 */
export function pieceOf(book: Notebook, asked: PieceOptions): Piece {
  const all = inFile(book, asked);
  const language = languageOf(all.lang ?? 'en');
  const show = all.show ?? impliedShow(all);
  const make = (kind: Exclude<Show, 'none'>): readonly Block[] =>
    SHOWS[kind](settingOf(book, all, TARGETS[kind]), all, book);
  const blocks = show === 'none' ? [] : blocksOf(book, networkOf(book, all), all, () => make(show));
  return {
    blocks: withOwnIds(blocks, book.ids, asked.id ?? null),
    words: language.format,
    lang: language.htmlLang,
  };
}

/** A section or a figure that is named is what is shown. */
const impliedShow = ({ section, figure }: PieceOptions): Show =>
  section !== undefined ? 'section' : figure !== undefined ? 'figure' : 'derivation';

/** A piece's setting; `targets`: what is derived where none are named. */
export function settingOf(
  book: Notebook,
  o: PieceOptions,
  targets: (network: Network) => readonly string[] = defaultTargets,
): Setting {
  const written = networkOf(book, o);
  const { network, notation } = written;
  const wanted = o.target ?? targets(network);
  const request = { targets: wanted, ...(o.via === undefined ? {} : { via: o.via }) };
  const { results } = wanted.length === 0 ? { results: [] } : derivedOf(book, written, request);
  const world = o.numbers !== false && network.concrete !== null ? worldOf(network) : null;
  const options: SectionOptions = {
    printing: { notation, system: network.system },
    language: languageOf(o.lang ?? 'en'),
    grain: o.detail ?? 'textbook',
    form: o.form ?? 'both',
    finer: false,
    world,
    entry: o.entry ?? null,
    digits: o.digits ?? 4,
    shapes: o.shapes ?? false,
    known: new Set(),
    checked: o.checked ?? false,
    specials: o.special ?? false,
  };
  return { written, results, options };
}

type Shower = (s: Setting, o: PieceOptions, book: Notebook) => readonly Block[];

const none = (): readonly string[] => [];
/** What each show derives where no target is named. */
const TARGETS: Readonly<Record<Exclude<Show, 'none'>, (network: Network) => readonly string[]>> = {
  derivation: defaultTargets,
  statement: defaultTargets,
  special: defaultTargets,
  card: defaultTargets,
  network: none,
  section: defaultTargets,
  figure: defaultTargets,
  numbers: (network) => (network.concrete === null ? [] : gradientTargets(network)),
};

const SHOWS: Readonly<Record<Exclude<Show, 'none'>, Shower>> = {
  derivation: ({ results, options }, o) =>
    results.flatMap((r, i) => [
      ...(o.heading === true ? [headingBlock(r, options)] : []),
      ...withStatement(r, resultBlocks(r, { ...options, known: functionsOf(results.slice(0, i)) }), options),
    ]),
  statement: ({ results, options }) =>
    results.flatMap((r) => r.cases.map((c, i) => statementOf(r, c, i, options))),
  special: ({ results, options }) =>
    results.flatMap((r) => r.cases.flatMap((c, i) => specialOf(r, c, i, options))),
  card: ({ results, options }) => [equationsCard(results, options) ?? tooFew()],
  network: networkBlocks,
  numbers: numbersBlocks,
  section: sectionBlocks,
  figure: figureBlocks,
};

const tooFew = (): never => {
  throw new UserError('a card wants at least two equations; name more targets, or leave them out for all');
};

const headingBlock = (r: Result, o: SectionOptions): Block => ({
  kind: 'heading',
  level: 3,
  id: anchorOf(r.id),
  parts: headingOf(r, o),
});

/** `bp2`, `bp2-case2`: how a case is called in ids. */
const caseId = (r: Result, i: number): string =>
  r.cases.length === 1 ? anchorOf(r.id) : `${anchorOf(r.id)}-case${i + 1}`;

/** Where the matrix form alone is wanted, it is the statement: with the statement's id and name. */
function withStatement(r: Result, blocks: readonly Block[], { form }: SectionOptions): readonly Block[] {
  if (form !== 'matrix') return blocks;
  const ids = new Map<string, number>(r.cases.map((_, i) => [`eq-${caseId(r, i)}-matrix`, i]));
  return blocks.map((b) => {
    const i = b.kind === 'display' && b.id !== null ? ids.get(b.id) : undefined;
    return i === undefined ? b : { ...b, id: `eq-${caseId(r, i)}`, tag: i === 0 ? tagOf(r.id) : null };
  });
}

/** A statement in the forms wanted, one below the other. */
function statementOf(r: Result, c: Case, i: number, o: SectionOptions): Display {
  const p: Printing = { ...o.printing, system: r.system };
  return {
    kind: 'display',
    id: `eq-${caseId(r, i)}`,
    rows: statementRows(c.derivation, c.matrix, c, p, o),
    tag: i === 0 ? tagOf(r.id) : null,
  };
}

/** The statement with the network's functions put in: none where it has no functions to put in. */
function specialOf(r: Result, c: Case, i: number, o: SectionOptions): Display[] {
  const p: Printing = { ...o.printing, system: r.system };
  const specials = [
    ...(c.special === null ? [] : [{ ...c.special, left: c.derivation.left }]),
    ...c.atStages,
  ];
  if (specials.length === 0) return [statementOf(r, c, i, o)];
  const rows = specials.flatMap(({ derivation, matrix, left }) =>
    statementRows({ ...derivation, left }, matrix, c, p, o),
  );
  return [{ kind: 'display', id: `eq-${caseId(r, i)}-special`, rows, tag: null }];
}

export function statementRows(
  d: Derivation,
  matrix: MatrixForm | NoMatrixForm,
  { condition }: Case,
  p: Printing,
  o: Pick<SectionOptions, 'form'>,
): DisplayRow[] {
  const where = condition.length === 0 ? null : conditionsFormula(condition, p);
  const component = { left: exprFormula(d.left, p), right: exprFormula(d.right, p), where };
  if ('why' in matrix || o.form === 'component') return [component];
  const whole = { left: tensorFormula(matrix.left, p), right: tensorFormula(matrix.right, p), where };
  return o.form === 'matrix' ? [whole] : [component, whole];
}

function networkBlocks({ written: { network }, options: o }: Setting): Block[] {
  const { printing: p, language } = o;
  const matrix = o.form === 'component' ? null : forwardMatrixDisplay(p, network.conventions);
  const component = o.form === 'matrix' && matrix !== null ? null : forwardDisplay(p, network.conventions);
  const blocks = [
    layersTable(network, p, language),
    component,
    matrix,
    functionsDisplay(p),
    lossDisplay(p),
    errorDisplay(p),
    quantitiesTable(network, p, language),
  ];
  return blocks.filter((b) => b !== null);
}

/** The network's numbers: given, run forward, and the errors and gradients that the derived formulas give. */
function numbersBlocks({ written: { network }, results, options: o }: Setting): Block[] {
  const { printing, digits, language } = o;
  const world: World = o.world ?? worldOf(network);
  const values = { world, printing, digits };
  const { errors, gradients } = evaluated(network, world, results);
  const rows = [...errors, ...gradients].flatMap((v) =>
    valueRow(namedTensor(v.name, v.tensor, v.stage), v, values),
  );
  const derived: Block[] = rows.length === 0 ? [] : [{ kind: 'display', id: null, rows, tag: null }];
  return [
    ...givenValues(network, values),
    ...forwardValues(network, values),
    ...derived,
    ...kinkNotes(network, values, language),
  ];
}

/** The tensor itself, or the gradient by it. */
function namedTensor(name: string, tensor: string, stage: readonly number[]): Tensor {
  const by = symbol(
    tensor,
    stage.map((s) => integer(s)),
  );
  if (!name.startsWith('dC/d') || by.kind !== 'symbol') return by;
  return { kind: 'derivative', what: 'adjoint', head: null, of: null, by, cut: [] };
}
