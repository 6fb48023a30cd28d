// Comments of HTML in notes that show no HTML: they are left out, and a managed region among them is a piece like any other.

import type { BlockRule, BlockState } from './host.ts';

const lineOf = (state: BlockState, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

const REGION = /^<!--\s*chainrule(?:\s[^>]*)?-->\s*$/;
const REGION_BEGINS = /^<!--\s*chainrule(?:\s|$)/;
const REGION_END = /^<!--\s*\/chainrule(?:\s[^>]*)?-->\s*$/;

/** A comment that begins a line and ends one; `<!-- chainrule bp1 -->` with all that is below it, up to the comment that closes it. */
export const commentRule: BlockRule = (state, start, end, silent) => {
  const first = lineOf(state, start);
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4 || !first.startsWith('<!--')) return false;
  const opening = REGION_BEGINS.test(first) ? openingText(state, start, end) : null;
  const isRegion = opening !== null;
  const last = lastLine(state, start, end, isRegion ? REGION_END : /-->\s*$/);
  if (last === null && !isRegion) return false;
  if (silent) return true;
  state.line = (last ?? start) + 1;
  if (!isRegion) return true;
  const token = state.push('chainrule_container', '', 0);
  Object.assign(token, {
    markup: '<!--',
    block: true,
    meta: { closed: last !== null, opening: opening?.slice('<!--'.length) },
    map: [start, state.line],
  });
  return true;
};

/** The comment that opens a region, over as many lines as it has; null where it is another one. */
function openingText(state: BlockState, start: number, end: number): string | null {
  const last = lastLine(state, start, end, /-->\s*$/);
  if (last === null) return null;
  const text = Array.from({ length: last - start + 1 }, (_, i) => lineOf(state, start + i)).join('\n');
  return REGION.test(text) ? text : null;
}

/** The most lines that an end is looked for in. */
const LONGEST = 2000;

function lastLine(state: BlockState, start: number, end: number, ends: RegExp): number | null {
  for (let line = start; line < Math.min(end, start + LONGEST); line++) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return null;
    if (ends.test(lineOf(state, line))) return line;
  }
  return null;
}
