// Tables as text: commas, semicolons or tabs, quotes, a byte order mark; each cell with its place, so that a file can be filled in.

import { UserError } from './expr/error.ts';

export interface Cell {
  readonly text: string;
  /** Where it stands in the file's text, quotes included. */
  readonly from: number;
  readonly to: number;
}

export interface Csv {
  readonly separator: string;
  readonly rows: readonly (readonly Cell[])[];
  /** The line of the file on which each row begins, from 1. */
  readonly lines: readonly number[];
}

const SEPARATORS = [',', ';', '\t'];

/** The separator that the first line has most of. */
function separatorOf(text: string): string {
  const counts = SEPARATORS.map(() => 0);
  let quoted = false;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    if (quoted) continue;
    if (c === '\n') break;
    const at = SEPARATORS.indexOf(c);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Reads a table; lines without any cell are left out. Throws a `UserError` with the line where a quote never ends. */
export function readCsv(text: string, fileName: string): Csv {
  const separator = separatorOf(text);
  const rows: Cell[][] = [];
  const lines: number[] = [];
  let line = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const row: Cell[] = [];
    for (;;) {
      const cell = cellAt(text, at, separator, fileName);
      row.push(cell);
      at = cell.to;
      if (text[at] !== separator) break;
      at++;
    }
    const begun = row[0]?.from ?? at;
    at = afterLine(text, at);
    if (row.some((c) => c.to > c.from)) {
      rows.push(row);
      lines.push(line);
    }
    line += text.slice(begun, at).split('\n').length - 1;
  }
  return { separator, rows, lines };
}

function afterLine(text: string, at: number): number {
  if (text[at] === '\r' && text[at + 1] === '\n') return at + 2;
  return at + 1;
}

function cellAt(text: string, from: number, separator: string, fileName: string): Cell {
  if (text[from] === '"') return quotedCell(text, from, separator, fileName);
  let to = from;
  while (to < text.length && text[to] !== separator && text[to] !== '\n' && text[to] !== '\r') to++;
  return { text: text.slice(from, to).trim(), from, to };
}

/** `""` inside is one quote; what stands between the closing quote and the separator belongs to the cell. */
function quotedCell(text: string, from: number, separator: string, fileName: string): Cell {
  let value = '';
  let to = from + 1;
  for (;;) {
    const end = text.indexOf('"', to);
    if (end < 0) throw new UserError(`${fileName}:${lineAt(text, from)}: a quote is never closed`);
    value += text.slice(to, end);
    to = end + 1;
    if (text[to] !== '"') break;
    value += '"';
    to++;
  }
  const rest = cellEnd(text, to, separator);
  return { text: value + text.slice(to, rest).trimEnd(), from, to: rest };
}

function cellEnd(text: string, from: number, separator: string): number {
  let to = from;
  while (to < text.length && text[to] !== separator && text[to] !== '\n' && text[to] !== '\r') to++;
  return to;
}

const NUMBER = /^[+-]?\d+([.,]\d+)?%?$/;

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export const harmless = (text: string): string =>
  /^'*[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;

/** The text again, without the apostrophe that `harmless` put there. */
export const asTyped = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

/** A cell as it stands in a file. */
export const cellText = (text: string, separator = ','): string =>
  /["\n\r]/.test(text) || text.includes(separator) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;

/** Rows as a file's text; every cell is made harmless. `mark`: the byte order mark by which Excel knows UTF-8. */
export function csvText(rows: readonly (readonly string[])[], mark = false): string {
  const lines = rows.map((row) => row.map((c) => cellText(harmless(c))).join(','));
  return `${mark ? '\uFEFF' : ''}${lines.join('\r\n')}\r\n`;
}
