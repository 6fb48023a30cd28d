// Sections and figures of the course as pieces: laid out by the templates of the package, which a host hands in.

import { allBlocks, type Block } from '../document/blocks.ts';
import { derivationDocument, documentDefaults } from '../document/derivation-document.ts';
import type { SectionName, TemplateName } from '../document/purposes.ts';
import { UserError } from '../expr/error.ts';
import { suggestion } from '../text/nearest.ts';
import type { PieceOptions } from './attributes.ts';
import type { Notebook } from './notebook.ts';
import type { Setting } from './setting.ts';

/** A section without its own heading, unless that is asked for. */
export function sectionBlocks(s: Setting, o: PieceOptions, book: Notebook): readonly Block[] {
  const { section } = o;
  if (section === undefined) throw new UserError('which section? write section=feedforward');
  const blocks = laidOut(s, o, book, new Set([section]));
  const at = blocks.findIndex((b) => b.kind === 'heading' && b.level === 2);
  const rest = blocks.slice(at + 1);
  const end = rest.findIndex((b) => b.kind === 'heading' && b.level === 2);
  const own = end < 0 ? rest : rest.slice(0, end);
  const heading = blocks[at];
  return o.heading === true && heading !== undefined ? [heading, ...own] : own;
}

/** A picture of the course by its name: network, loss, chain, bp2, ... */
export function figureBlocks(s: Setting, o: PieceOptions, book: Notebook): readonly Block[] {
  const figures = allBlocks(laidOut(s, o, book, null)).filter((b) => b.kind === 'figure');
  const names = figures.map((b) => b.id.replace(/^figure-/, ''));
  const name = o.figure ?? '';
  const found = figures[names.indexOf(name)];
  if (found !== undefined) return [found];
  throw new UserError(`there is no figure "${name}"${suggestion(name, names)}`);
}

function laidOut(
  { written: { network, notation }, results, options }: Setting,
  o: PieceOptions,
  { options: { template } }: Notebook,
  sections: ReadonlySet<SectionName> | null,
): readonly Block[] {
  if (template === undefined)
    throw new UserError(
      'sections and figures of the course need the templates of the package, which are not here',
    );
  const { language, grain, form, digits, shapes, entry } = options;
  const { blocks } = derivationDocument({
    ...documentDefaults,
    network,
    results,
    purpose: 'course',
    template: (name: TemplateName) => template(name, language.code),
    sections,
    title: network.title,
    language,
    notation,
    grain,
    form,
    digits,
    shapes,
    entry,
    numbers: o.numbers !== false,
  });
  return blocks;
}
