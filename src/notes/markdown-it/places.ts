// Where something stands in the file: markdown-it keeps lines, and takes off what blocks are marked with.

import type { Origin } from '../written.ts';
import type { Token } from './host.ts';

/** The lines of a page, split when first asked for, and the line that was reached last. */
export interface Places {
  readonly file: string;
  readonly lines: () => readonly string[];
  /** The line of the last block that says one; cells of tables don't. */
  reached: number;
  /** The paragraph asked about last, and where its lines begin. */
  paragraph: { readonly content: string; readonly starts: readonly number[] };
}

export function placesOf(src: string, file: string): Places {
  let split: readonly string[] | null = null;
  return {
    file,
    lines: () => {
      split ??= src.split('\n');
      return split;
    },
    reached: 0,
    paragraph: { content: '', starts: [0] },
  };
}

/** Where a block's mark stands, and what is written behind it on its line. */
export function behindMark(token: Token, places: Places): { readonly text: string; readonly origin: Origin } {
  const number = token.map?.[0] ?? places.reached;
  const line = places.lines()[number] ?? '';
  const start = Math.max(line.indexOf(token.markup), 0) + token.markup.length;
  return { text: line.slice(start), origin: { file: places.file, line: number + 1, column: start + 1 } };
}

/** Where a block begins. */
export function startOf(token: Token, places: Places): Origin {
  const number = token.map?.[0] ?? places.reached;
  const line = places.lines()[number] ?? '';
  const column = Math.max(line.indexOf(token.markup), 0) + 1;
  return { file: places.file, line: number + 1, column };
}

/** Where a character of a paragraph stands. */
export function inParagraph(content: string, position: number, places: Places): Origin {
  if (places.paragraph.content !== content) places.paragraph = { content, starts: lineStarts(content) };
  const { starts } = places.paragraph;
  const row = lastAtMost(starts, position);
  const start = starts[row] ?? 0;
  const number = places.reached + row;
  const own = content.slice(start, starts[row + 1] ?? content.length).trimEnd();
  const shift = Math.max((places.lines()[number] ?? '').indexOf(own), 0);
  return { file: places.file, line: number + 1, column: shift + position - start + 1 };
}

const lineStarts = (text: string): number[] => [0, ...[...text.matchAll(/\n/g)].map((m) => m.index + 1)];

/** The last place in a growing list whose number is at most this one. */
function lastAtMost(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= position) low = middle;
    else high = middle;
  }
  return low;
}
