// The Markdown cells of a Jupyter notebook, each with the places of its strings in the file: an edit in a cell's text
// becomes an edit of those strings, and nothing else of the file changes.

import { UserError } from '../expr/error.ts';
import { elements, members, stringSpans, type Value } from './json-places.ts';
import type { Span } from './regions.ts';
import type { Edit } from './regions-fill.ts';

export interface Cell {
  /** Its place among all cells, from 1. */
  readonly number: number;
  readonly isMarkdown: boolean;
  readonly text: string;
  /** The strings that the text is written in, quotation marks left out. */
  readonly strings: readonly Span[];
}

/** The Markdown cells of a notebook, and its first cell where that is a raw one: it may be a head. Throws where the text is no notebook. */
export function markdownCells(json: string, file: string): readonly Cell[] {
  const root = parsed(json, file);
  const cells = elements(json, members(json, root).get('cells') ?? null);
  if (cells === null) throw new UserError(`${file} is not a notebook: it has no "cells"`);
  return cells.flatMap((value, i) => {
    const keys = members(json, value);
    const kind = keys.get('cell_type');
    const source = keys.get('source');
    if (kind === undefined || source === undefined) return [];
    const isMarkdown = json.slice(kind.from, kind.to) === '"markdown"';
    if (!isMarkdown && (i > 0 || json.slice(kind.from, kind.to) !== '"raw"')) return [];
    const strings = stringSpans(json, source);
    return [{ number: i + 1, isMarkdown, text: strings.map((s) => read(json, s)).join(''), strings }];
  });
}

function parsed(json: string, file: string): Value {
  const from = json.startsWith('\uFEFF') ? 1 : 0;
  try {
    JSON.parse(json.slice(from));
  } catch (error) {
    throw new UserError(`${file} is not a notebook: ${error instanceof Error ? error.message : 'no JSON'}`);
  }
  return { from: from + json.slice(from).search(/\S/), to: json.length };
}

const read = (json: string, { from, to }: Span): string => JSON.parse(`"${json.slice(from, to)}"`);

/** Edits of a cell's text as edits of its file: a string a line where the cell has one for each, escapes as in the file. */
export function editsInFile(json: string, cell: Cell, edits: readonly Edit[]): readonly Edit[] {
  if (edits.length === 0) return [];
  const { strings } = cell;
  const [first, second] = strings;
  const between = first === undefined || second === undefined ? '' : json.slice(first.to, second.from);
  const escapes = isEscaped(json);
  const written = (line: string): string => {
    const plain = JSON.stringify(line).slice(1, -1);
    return escapes ? plain.replace(/[^\0-\x7F]/g, escaped) : plain;
  };
  return edits.map(({ from, to, text }) => ({
    from: placeOf(json, cell, from),
    to: placeOf(json, cell, to),
    text: text.split('\n').map(written).join(`\\n${between}`),
  }));
}

/** Whether a file writes letters beyond ASCII as escapes. */
const isEscaped = (json: string): boolean =>
  !/[^\0-\x7F]/.test(json) && /(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-f]{4}/i.test(json);

const escaped = (c: string): string => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Where a character of a cell's text begins in the file. A region ends in a line, so that there always is one. */
function placeOf(json: string, { strings }: Cell, offset: number): number {
  let before = 0;
  for (const s of strings) {
    const length = read(json, s).length;
    if (offset < before + length) return s.from + rawLength(json.slice(s.from, s.to), offset - before);
    before += length;
  }
  return strings.at(-1)?.to ?? 0;
}

/** How many characters of a string's source write its first `count` characters. */
function rawLength(raw: string, count: number): number {
  const unit = /\\u[0-9a-fA-F]{4}|\\.|./gs;
  for (let i = 0; i < count; i++) unit.exec(raw);
  return unit.lastIndex;
}
