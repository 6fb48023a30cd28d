// What stands on lines of its own: the head, a container, a formula between double dollars. Only found here, read later.

import { headText, isOurs } from '../front-matter.ts';
import type { BlockRule, BlockState } from './host.ts';

/** The head of a page, where it holds something of ours; any other is the host's. */
export const headRule: BlockRule = (state, start, _end, silent) => {
  if (start !== 0 || state.level !== 0 || state.tokens.length > 0 || !state.src.startsWith('---'))
    return false;
  const head = headText(state.src);
  if (head === null || !isOurs(head.yaml)) return false;
  if (silent) return true;
  const token = state.push('chainrule_head', '', 0);
  token.content = head.yaml;
  token.map = [0, head.lines];
  state.line = head.lines;
  return true;
};

/** The text of a line without its indentation; null where it is indented as code or the surrounding block has ended. */
function lineText(state: BlockState, line: number): string | null {
  const indent = (state.sCount[line] ?? 0) - state.blkIndent;
  return indent < 0 || indent >= 4 ? null : textOf(state, line);
}

const textOf = (state: BlockState, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** The most lines that a container's end is looked for in. */
const LONGEST_CONTAINER = 2000;

/** Lines in which no end was found for so many colons: many that are never closed don't search the same lines again. */
interface Searched {
  readonly colons: number;
  readonly indent: number;
  readonly from: number;
  readonly to: number;
}

/** `:::chainrule bp2`, with what a reader without the plugin sees, up to as many colons or more. */
export function containerRule(): BlockRule {
  const searched = new WeakMap<BlockState, Searched>();
  return (state, start, end, silent) => {
    const [, colons, info] = /^(:{3,})(.*)$/s.exec(lineText(state, start) ?? '') ?? [];
    if (colons === undefined || info === undefined || !OURS.test(info)) return false;
    if (silent) return true;
    const close = closingLine(state, start + 1, end, colons.length, searched);
    const token = state.push('chainrule_container', '', 0);
    token.info = info;
    token.markup = colons;
    token.meta = { closed: close !== null };
    token.block = true;
    token.content = optionLines(state, start + 1, close ?? start + 1);
    // What is never closed must not swallow the rest of the page.
    token.map = [start, (close ?? start) + 1];
    state.line = (close ?? start) + 1;
    return true;
  };
}

const OURS = /^\s*(?:chainrule(?:\s|$)|\{[^}]*chainrule)/;

function closingLine(
  state: BlockState,
  start: number,
  end: number,
  colons: number,
  known: WeakMap<BlockState, Searched>,
): number | null {
  const before = known.get(state);
  const skips =
    before !== undefined &&
    before.colons <= colons &&
    before.indent === state.blkIndent &&
    before.from <= start &&
    start <= before.to;
  const last = Math.min(end, start + LONGEST_CONTAINER);
  for (let line = skips ? before.to : start; line < last; line++) {
    if ((state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line)) return null;
    const [, marks] = /^(:{3,})\s*$/.exec(lineText(state, line) ?? '') ?? [];
    if (marks !== undefined && marks.length >= colons) return line;
  }
  known.set(state, { colons, indent: state.blkIndent, from: start, to: last });
  return null;
}

/** The lines `:form: matrix` that a container may begin with. */
function optionLines(state: BlockState, from: number, end: number): string {
  let line = from;
  while (line < end && /^:[a-z][\w-]*:/.test(textOf(state, line))) line += 1;
  return state.getLines(from, line, state.blkIndent, false);
}

/** What follows the closing dollars: `{#eq-loss}` or `(eq-loss)`. */
const CLOSED = /^([\s\S]*?)\$\$[ \t]*(?:\{#([A-Za-z][\w:.-]{0,63})\}|\((eq-[\w:.-]{1,60})\))?[ \t]*$/;
/** Longer ones can't be typeset. */
const LONGEST_FORMULA = 12_000;

/**
 * `$$ ... $$` on lines of its own, without blank lines in it. Where the host has a rule for such formulas itself (`alone` is
 * false), only one with a name is taken: what has a name gets a number.
 */
export const equationRule =
  (alone: () => boolean): BlockRule =>
  (state, start, end, silent) => {
    if (!lineText(state, start)?.startsWith('$$')) return false;
    const found = equationLines(state, start, end);
    if (found === null || (found.name === null && !alone())) return false;
    if (silent) return true;
    const token = state.push('chainrule_equation', '', 0);
    token.content = found.latex;
    token.info = found.name ?? '';
    token.markup = '$$';
    token.block = true;
    token.map = [start, found.end];
    state.line = found.end;
    return true;
  };

interface EquationLines {
  readonly latex: string;
  readonly name: string | null;
  /** The line behind it. */
  readonly end: number;
}

function equationLines(state: BlockState, start: number, end: number): EquationLines | null {
  let length = 0;
  for (let line = start; line < end && length < LONGEST_FORMULA; line++) {
    if (state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent) return null;
    const text = line === start ? textOf(state, line).slice(2) : textOf(state, line);
    length += text.length + 1;
    if (!text.includes('$$')) continue;
    const before = state.getLines(start, line, state.blkIndent, true).trimStart().slice(2);
    const [, inner, braces, brackets] = CLOSED.exec(line === start ? text : before + text) ?? [];
    if (inner === undefined || inner.trim() === '') return null;
    return { latex: inner.trim(), name: braces ?? brackets ?? null, end: line + 1 };
  }
  return null;
}
