// Fills the managed regions of a file: its text -> the edits that put into each region what it asks for.

import { UserError } from '../expr/error.ts';
import { blocksFor } from '../formats/fragment.ts';
import { type Delimiters, type Target, targetNamed, targetOfFile, targets } from '../formats/targets.ts';
import { atAttributes } from './about.ts';
import { pieceOptions } from './attributes.ts';
import { frontMatter, useHead } from './front-matter.ts';
import { type Notebook, type NotebookOptions, notebook } from './notebook.ts';
import { type Cell, editsInFile, markdownCells } from './notebook-cells.ts';
import { pieceOf } from './piece.ts';
import { placed } from './place.ts';
import { type Region, type RegionsOptions, regionsOf } from './regions.ts';
import { codeLines } from './regions-code.ts';
import { type Edit, edited, fillingOf, markOf } from './regions-fill.ts';
import { at, noteError, type Origin, readLine } from './written.ts';

export interface EmbedOptions extends NotebookOptions {
  /** For which host a file is that doesn't say it itself (`for`); left out, its name's ending says it. */
  readonly target?: Target;
  /** Replaces what somebody changed by hand. */
  readonly force?: boolean;
}

export interface Embedded {
  readonly regions: number;
  /** How many regions begin in code: they are about chainrule, and left alone. */
  readonly inCode: number;
  /** In the order of the text; none where all is as it should be. Nothing of them may be used where there are errors. */
  readonly edits: readonly Edit[];
  /** The regions that the edits are for, as messages name them: `notes.md:12:1`. */
  readonly stale: readonly string[];
  /** Each a sentence with its place. */
  readonly errors: readonly UserError[];
}

/**
 * What the regions of a file need, by the file's text and its name. Everything outside of them stays to the byte. Throws a
 * `UserError` where nobody says for which host the file is, or its head can't be read.
 */
export function embed(text: string, file: string, options: EmbedOptions = {}): Embedded {
  const book = notebook(options);
  if (!/\.ipynb$/i.test(file)) return inText(text, { file, book, options, head: takeHead(text, file, book) });
  const cells = markdownCells(text, file);
  const [first] = cells;
  const head = first?.number === 1 ? takeHead(first.text, cellName(file, first), book) : 0;
  return joined(
    cells.map((cell) => {
      if (!cell.isMarkdown) return NOTHING;
      const name = cellName(file, cell);
      const found = inText(cell.text, { file, name, book, options, head: cell.number === 1 ? head : 0 });
      return { ...found, edits: editsInFile(text, cell, found.edits) };
    }),
  );
}

const NOTHING: Embedded = { regions: 0, inCode: 0, edits: [], stale: [], errors: [] };

/** How messages name a cell; cells count from 1. */
const cellName = (file: string, { number }: Cell): string => `${file}, cell ${number}`;

const joined = (all: readonly Embedded[]): Embedded => ({
  regions: all.reduce((n, e) => n + e.regions, 0),
  inCode: all.reduce((n, e) => n + e.inCode, 0),
  edits: all.flatMap((e) => e.edits),
  stale: all.flatMap((e) => e.stale),
  errors: all.flatMap((e) => e.errors),
});

/** Takes in what the head says; how many lines it has. */
function takeHead(text: string, file: string, book: Notebook): number {
  const head = placed({ file, line: 1, column: 1 }, () => {
    const found = frontMatter(text, file);
    useHead(book, found?.chainrule ?? null);
    return found;
  });
  return head?.lines ?? 0;
}

/** A text that regions are looked for in: a file, or a cell of one. */
interface Place {
  readonly file: string;
  /** Its name in messages, where that isn't the file's. */
  readonly name?: string;
  readonly book: Notebook;
  readonly options: EmbedOptions;
  /** How many lines at its beginning are a head. */
  readonly head: number;
}

function inText(text: string, place: Place): Embedded {
  const host = hostOf(place);
  const scanning: RegionsOptions = {
    file: place.name ?? place.file,
    comments: targets.filter((t) => t.writer === host.writer).map((t) => t.comment),
    isCode: (lines) =>
      codeLines(
        host,
        lines.map((line, i) => (i < place.head ? '' : line)),
      ),
  };
  const { regions, inCode, errors } = regionsOf(text, scanning);
  const filled = regions.map((region) => attempt(() => fill(text, region, host, place)));
  const wrong = [...errors, ...filled.flatMap((f) => (f instanceof UserError ? [f] : []))];
  const edits = filled.flatMap((f) => (f instanceof UserError ? [] : f));
  const stale = regions.filter((_, i) => {
    const f = filled[i];
    return Array.isArray(f) && f.length > 0;
  });
  if (wrong.length === 0 && edits.length > 0) wrong.push(...readBack(edited(text, edits), regions, scanning));
  return { regions: regions.length, inCode, edits, stale: stale.map((r) => at(r.place)), errors: wrong };
}

function attempt<T>(run: () => T): T | UserError {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** The edits that a region needs. Throws where what it asks for isn't there, or where it was changed by hand. */
function fill(text: string, region: Region, host: Target, { book, options }: Place): readonly Edit[] {
  const { target, lines } = placed(region.place, () => {
    const field = readLine(region.attributes, region.attributesAt);
    const own = pieceOptions(field);
    const target = targetOf(region, own.for ?? book.head.for ?? options.target?.name, host);
    const { blocks, words } = atAttributes(field, () => pieceOf(book, own));
    const printed = blocksFor(target, blocks, words);
    if (printed === '' && blocks.length > 0)
      throw new UserError('there is only a picture here, and pictures are not embedded in place');
    return { target, lines: printed === '' ? [] : printed.split('\n') };
  });
  // Empty lines keep Markdown's blocks apart; in LaTeX they would end a paragraph.
  const { state, edits } = fillingOf(text, region, lines, target.writer === 'markdown');
  if (options.force !== true && state === 'changed')
    throw noteError(region.place, 'the text of this region was changed by hand; --force replaces it');
  if (options.force !== true && state === 'foreign')
    throw noteError(region.place, "the text of this region isn't chainrule's; --force replaces it");
  return edits;
}

/** The host of a whole file: what it says itself, what it is told, what its ending says. */
function hostOf({ file, book, options }: Place): Target {
  if (book.head.for !== undefined) return targetNamed(book.head.for);
  const host = options.target ?? targetOfFile(file);
  if (host !== null) return host;
  const names = targets.map((t) => t.name);
  throw new UserError(
    `${file}: its name doesn't say for which host it is; add --for with one of ${names.join(', ')}`,
  );
}

const HTML = targetNamed('html').comment;
/** MDX alone among the kinds of Markdown has no comments of HTML. */
const readsHtml = ({ name, writer }: Target): boolean => writer === 'markdown' && name !== 'mdx';

/** For whom a region is written: whom it names, else by its comments where `.md` leaves that open. */
function targetOf({ comment }: Region, named: string | undefined, host: Target): Target {
  const has = (t: Target): boolean => t.comment.open === comment.open;
  const isOpen = host === targetOfFile('.md') && !has(host);
  const unnamed = (isOpen ? targets.find((t) => t.writer === host.writer && has(t)) : null) ?? host;
  const target = named === undefined ? unnamed : targetNamed(named);
  if (has(target) || (comment.open === HTML.open && readsHtml(target))) return target;
  throw new UserError(`a comment for ${target.name} is ${shown(target.comment)}, not ${shown(comment)}`);
}

const shown = ({ open, close }: Delimiters): string => `${open}...${close}`;

/**
 * Why a text can't be left behind as it was filled: what stands in a region would end it, or opens code over it. None where it
 * reads back with the regions that it had before, each with its mark.
 */
export function readBack(text: string, before: readonly Region[], scanning: RegionsOptions): UserError[] {
  const { regions, errors } = regionsOf(text, scanning);
  const isSame = (r: Region | undefined): boolean => r !== undefined && r.mark === markOf(r.lines);
  const lost = before.find((_, i) => !isSame(regions[i]));
  if (lost === undefined && errors.length === 0 && regions.length === before.length) return [];
  const place: Origin = lost?.place ?? { file: scanning.file, line: 1, column: 1 };
  return [noteError(place, 'what would be written here would end the region too early')];
}
