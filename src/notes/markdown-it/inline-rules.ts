// What stands in running text: a role, a reference, a formula between dollars.

import type { InlineRule, InlineState } from './host.ts';

/** Where in its paragraph something was found. */
export interface InlineMeta {
  readonly position: number;
}

function push(state: InlineState, type: string, content: string, end: number, silent: boolean): true {
  if (!silent) {
    const token = state.push(type, '', 0);
    token.content = content;
    const meta: InlineMeta = { position: state.pos };
    token.meta = meta;
  }
  state.pos = end;
  return true;
}

const ROLE = '{bp}`';

/** `` {bp}`bp2` ``; any other name in the braces is somebody else's. As in code, more backticks enclose fewer. */
export const roleRule: InlineRule = (state, silent) => {
  if (!state.src.startsWith(ROLE, state.pos)) return false;
  const from = state.pos + ROLE.length - 1;
  const ticks = /^`{1,3}(?!`)/.exec(state.src.slice(from, from + 4))?.[0];
  if (ticks === undefined) return false;
  const inner = from + ticks.length;
  const end = closingTicks(state, inner, ticks.length);
  if (end === null) return false;
  const text = state.src.slice(inner, end).replace(/\n/g, ' ');
  return push(state, 'chainrule_role', text, end + ticks.length, silent);
};

/** The longest role that is read. */
const LONGEST_ROLE = 1000;

function closingTicks(state: InlineState, from: number, count: number): number | null {
  const text = state.src.slice(from, Math.min(state.posMax, from + LONGEST_ROLE));
  for (const found of text.matchAll(/`+/g)) if (found[0].length === count) return from + found.index;
  return null;
}

/** `@eq-bp2`: the number of an equation. A full stop or colon behind it ends the sentence, not the name. */
export const referenceRule: InlineRule = (state, silent) => {
  if (!state.src.startsWith('@eq-', state.pos)) return false;
  const before = state.src[state.pos - 1];
  if (before !== undefined && /[\p{L}\p{N}_.@/-]/u.test(before)) return false;
  const name = /^eq-[\w:.-]*[\w]/.exec(state.src.slice(state.pos + 1, state.pos + 65))?.[0];
  if (name === undefined || state.pos + 1 + name.length > state.posMax) return false;
  return push(state, 'chainrule_reference', name, state.pos + 1 + name.length, silent);
};

/**
 * `$x$` as pandoc reads it: nothing but a sign beside the dollars, no digit behind, so that $5 and $10 are money. `$$x$$` is set
 * apart, and GitHub's dollars with backticks inside are read too. Not where the host reads formulas itself.
 */
export const dollarRule =
  (alone: () => boolean): InlineRule =>
  (state, silent) => {
    const { src, pos, posMax } = state;
    if (src[pos] !== '$' || src[pos - 1] === '$' || !alone()) return false;
    const double = src[pos + 1] === '$';
    const from = pos + (double ? 2 : 1);
    const end = closingDollar(src, from, posMax);
    if (end === null || (double && src[end + 1] !== '$') || end + (double ? 2 : 1) > posMax) return false;
    const latex = formulaIn(src.slice(from, end), src[end + 1] ?? '', double);
    if (latex === null) return false;
    const type = double ? 'math_inline_double' : 'math_inline';
    return push(state, type, latex, end + (double ? 2 : 1), silent);
  };

/** The next dollar without a backslash. */
function closingDollar(src: string, from: number, to: number): number | null {
  for (let i = from; i < to; i++) {
    if (src[i] === '\\') i += 1;
    else if (src[i] === '$') return i;
  }
  return null;
}

/** What stands between dollars, if it is a formula. */
function formulaIn(text: string, behind: string, double: boolean): string | null {
  if (double) return text.trim() === '' || text.includes('`') ? null : text.trim();
  const [, github] = /^`([^`]+)`$/.exec(text) ?? [];
  if (github !== undefined) return github;
  const fits = text !== '' && !/^\s|\s$|`/.test(text) && !/\d/.test(behind);
  return fits ? text : null;
}
