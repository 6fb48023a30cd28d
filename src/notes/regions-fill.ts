// What is written into a region, and whether it may be: text that somebody changed by hand is never lost.

import type { Region, Span } from './regions.ts';

/** A part of a text and what comes in its place. */
export interface Edit extends Span {
  readonly text: string;
}

/**
 * `fresh`: nothing to do. `stale`: something else is wanted, or the mark is missing. `changed`: the text isn't the one
 * that was written. `foreign`: there is text, and none was ever written.
 */
export type RegionState = 'fresh' | 'stale' | 'changed' | 'foreign';

export interface Filling {
  readonly state: RegionState;
  /** None where it is fresh. */
  readonly edits: readonly Edit[];
}

/** What a region of a text needs to say `lines`, between empty ones where `apart`. */
export function fillingOf(text: string, region: Region, lines: readonly string[], apart: boolean): Filling {
  const { body, markAt, prefix, ending, mark } = region;
  const said = lines.map((line) => line.trimEnd());
  const framed = apart && said.length > 0 ? ['', ...said, ''] : said;
  const wanted = framed.map((line) => (prefix + line).trimEnd() + ending).join('');
  const wantedMark = markOf(said);
  const isSame = text.slice(body.from, body.to) === wanted;
  if (isSame && mark === wantedMark) return { state: 'fresh', edits: [] };
  const edits = [
    ...(isSame ? [] : [{ ...body, text: wanted }]),
    ...(mark === wantedMark ? [] : [{ ...markAt, text: ` ${wantedMark}` }]),
  ];
  return { state: isSame ? 'stale' : stateOf(region), edits };
}

function stateOf({ lines, mark }: Region): RegionState {
  // Who empties a region wants it filled again.
  if (lines.every((line) => line === '')) return 'stale';
  if (mark === null) return 'foreign';
  return markOf(lines) === mark ? 'stale' : 'changed';
}

/**
 * The mark of a text: 32 bits as FNV-1a makes them, over its lines without white space at their ends and without empty
 * lines around them. It stands in people's files, so it may never become another.
 */
export function markOf(lines: readonly string[]): string {
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, '0');
}

/** A text with its edits made; they come in order and don't overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let at = 0;
  const parts = edits.flatMap((e) => {
    const kept = text.slice(at, e.from);
    at = e.to;
    return [kept, e.text];
  });
  return [...parts, text.slice(at)].join('');
}
