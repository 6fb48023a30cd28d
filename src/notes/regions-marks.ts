// The comments that mark regions: `<!-- chainrule bp2 -->` and `<!-- /chainrule 5f3a9c01 -->`, each on lines of its own.

import type { Delimiters } from '../formats/targets.ts';

/** A comment of ours, or why it can't be one. Lines and columns count from 0. */
export interface Mark {
  readonly kind: 'opening' | 'closing' | 'wrong';
  readonly comment: Delimiters;
  /** The lines that it takes. */
  readonly line: number;
  readonly lastLine: number;
  readonly column: number;
  /** What stands behind the word up to the end of the comment, and its column; for a wrong one what is wrong. */
  readonly inner: string;
  readonly innerColumn: number;
}

/** Comments to look for. */
export interface Sign {
  readonly comment: Delimiters;
  readonly close: string;
  readonly pattern: RegExp;
}

export const signsOf = (comments: readonly Delimiters[]): readonly Sign[] =>
  comments.map((comment) => {
    const open = comment.open.trim().replace(/[{}*%!/.]/g, '\\$&');
    // A comment that ends with its line may begin with its sign twice: %% in LaTeX.
    const more = comment.close === '' ? '+' : '';
    return {
      comment,
      close: comment.close.trim(),
      pattern: new RegExp(`${open}${more}[ \\t]*(/?)chainrule(?![\\w:./]|-(?!->))`),
    };
  });

/** Nothing but white space, marks of a quotation, and marks of a list. */
const PREFIX = /^(?:[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))*$/;

/** The most lines that a comment may take. */
const MOST_LINES = 40;

/** The mark that begins in a line, or null. */
export function markIn(lines: readonly string[], line: number, signs: readonly Sign[]): Mark | null {
  const text = lines[line] ?? '';
  if (!text.includes('chainrule')) return null;
  const shown = withoutCodeSpans(text);
  for (const { comment, close, pattern } of signs) {
    const found = pattern.exec(shown);
    if (found === null) continue;
    const [whole, slash] = found;
    const column = found.index;
    const innerColumn = column + whole.length;
    const mark = { comment, line, lastLine: line, column, innerColumn };
    const wrong = (inner: string): Mark => ({ ...mark, kind: 'wrong', inner });
    const before = text.slice(0, column);
    // A comment that ends with its line may follow words of any kind, and then is somebody's remark.
    if (close === '' && before.trim() !== '') continue;
    if (!PREFIX.test(before)) return wrong('the comments of a region stand on lines of their own');
    const end = endOf(lines, line, innerColumn, close, prefixOf(text, column));
    if (end === null) return wrong(`this comment never ends; it wants a ${close}`);
    if (end.rest.trim() !== '') return wrong('the comments of a region stand on lines of their own');
    return { ...mark, kind: slash === '/' ? 'closing' : 'opening', lastLine: end.line, inner: end.inner };
  }
  return null;
}

/** Where a comment ends, what stands in it, and what follows it on its last line. */
function endOf(
  lines: readonly string[],
  line: number,
  column: number,
  close: string,
  prefix: string,
): { readonly line: number; readonly inner: string; readonly rest: string } | null {
  const first = (lines[line] ?? '').slice(column);
  if (close === '') return { line, inner: first, rest: '' };
  let inner = '';
  for (let i = line; i < Math.min(lines.length, line + MOST_LINES); i++) {
    // Spaces for the prefix: columns stay what they are.
    const text = i === line ? first : withoutPrefix(lines[i] ?? '', prefix, ' '.repeat(prefix.length));
    const at = text.indexOf(close);
    if (at >= 0) return { line: i, inner: inner + text.slice(0, at), rest: text.slice(at + close.length) };
    inner += `${text}\n`;
  }
  return null;
}

/** What the lines of a region begin with: a list's mark stands on its first line only. */
export const prefixOf = (line: string, column: number): string =>
  line.slice(0, column).replace(/[^\s>]/g, ' ');

/** A line without the prefix of its region. An editor may have cut the spaces of an empty line. */
export function withoutPrefix(line: string, prefix: string, instead = ''): string {
  if (line.startsWith(prefix)) return instead + line.slice(prefix.length);
  return line.trimEnd() === prefix.trimEnd() ? instead : line;
}

/** A line with spaces for its code spans: what is quoted there is no mark. */
const withoutCodeSpans = (line: string): string =>
  line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, (all) => ' '.repeat(all.length));
