// Managed regions of a text: what stands between `<!-- chainrule bp2 -->` and `<!-- /chainrule 5f3a9c01 -->` is ours.

import type { UserError } from '../expr/error.ts';
import type { Delimiters } from '../formats/targets.ts';
import { linesOf, type TextLine } from './regions-lines.ts';
import { type Mark, markIn, prefixOf, signsOf, withoutPrefix } from './regions-marks.ts';
import { noteError, type Origin } from './written.ts';

/** A part of a text, from one character to before another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Region {
  /** Where its first comment stands. */
  readonly place: Origin;
  /** The comments it is marked with. */
  readonly comment: Delimiters;
  /** What is asked for, `bp2 form=both`, and where that begins. */
  readonly attributes: string;
  readonly attributesAt: Origin;
  /** What each of its lines begins with: it may stand in a list or in a quotation. */
  readonly prefix: string;
  /** How its lines end. */
  readonly ending: string;
  /** The lines between the comments, and what they say without prefix and white space at their ends. */
  readonly body: Span;
  readonly lines: readonly string[];
  /** The hash in the last comment, null before the first run; and where it stands, the space before it included. */
  readonly mark: string | null;
  readonly markAt: Span;
}

export interface Regions {
  readonly regions: readonly Region[];
  /** Each with its place. A text with one of them is left as it is. */
  readonly errors: readonly UserError[];
  /** How many regions begin in code. */
  readonly inCode: number;
}

export interface RegionsOptions {
  /** The name of the file in messages. */
  readonly file: string;
  readonly comments: readonly Delimiters[];
  /** For each line whether it is code, and so none of ours. */
  readonly isCode: (lines: readonly string[]) => readonly boolean[];
}

/** What was found so far. */
interface Found {
  readonly file: string;
  readonly lines: readonly TextLine[];
  readonly regions: Region[];
  readonly errors: UserError[];
  open: Mark | null;
}

/** The regions of a text from top to bottom. */
export function regionsOf(text: string, { file, comments, isCode }: RegionsOptions): Regions {
  const lines = linesOf(text);
  const found: Found = { file, lines, regions: [], errors: [], open: null };
  const texts = lines.map((line) => line.text);
  if (!text.includes('chainrule')) return { ...found, inCode: 0 };
  const code = isCode(texts);
  const signs = signsOf(comments);
  let inCode = 0;
  for (let i = 0; i < lines.length; i++) {
    const mark = markIn(texts, i, signs);
    if (mark === null) continue;
    if (code[i] === true) inCode += mark.kind === 'opening' ? 1 : 0;
    else {
      meet(mark, found);
      i = mark.lastLine;
    }
  }
  if (found.open !== null) complain(found, found.open, neverClosed(found.open));
  return { regions: found.regions, errors: found.errors, inCode };
}

function meet(mark: Mark, found: Found): void {
  const { open } = found;
  if (mark.kind === 'wrong') complain(found, mark, mark.inner);
  else if (mark.kind === 'opening') {
    if (open !== null) complain(found, open, `${neverClosed(open)}; another begins on line ${mark.line + 1}`);
    found.open = mark;
  } else if (open === null) complain(found, mark, "a region ends here that doesn't begin anywhere");
  else {
    found.open = null;
    if (mark.comment.open !== open.comment.open)
      complain(found, mark, `the region of line ${open.line + 1} ends with ${closing(open)}`);
    else if (!/^[ \t]*(?:[ \t][0-9a-f]{6,64})?[ \t]*$/.test(mark.inner))
      complain(found, mark, `write ${closing(mark)} here; chainrule puts its mark in by itself`);
    else found.regions.push(regionBetween(open, mark, found));
  }
}

const complain = ({ file, errors }: Found, { line, column }: Mark, sentence: string): void => {
  errors.push(noteError({ file, line: line + 1, column: column + 1 }, sentence));
};

const closing = ({ comment: { open, close } }: Mark): string => `${open}/chainrule${close}`;

const neverClosed = (open: Mark): string => `this region is never closed; it wants a line ${closing(open)}`;

function regionBetween(open: Mark, close: Mark, { file, lines }: Found): Region {
  const first = lines[open.line];
  const last = lines[close.line];
  const text = first?.text ?? '';
  const prefix = prefixOf(text, open.column);
  const start = last?.start ?? 0;
  const from = start + close.innerColumn;
  const mark = close.inner.trim();
  return {
    place: { file, line: open.line + 1, column: open.column + 1 },
    comment: open.comment,
    attributes: open.inner,
    attributesAt: { file, line: open.line + 1, column: open.innerColumn + 1 },
    prefix,
    ending: first?.ending ?? '\n',
    body: { from: lines[open.lastLine + 1]?.start ?? start, to: start },
    lines: lines
      .slice(open.lastLine + 1, close.line)
      .map((line) => withoutPrefix(line.text, prefix).trimEnd()),
    mark: mark === '' ? null : mark,
    markAt: { from, to: from + close.inner.trimEnd().length },
  };
}
