// Index forms, conditions, ranges and entries for NumPy: the equations count entries from 1, Python from 0.

import { type Affine, type AffineTerm, bareName, index, ONE, shift, solveFor } from '../expr/affine.ts';
import { between, type Condition, conditionKey, decide, slack } from '../expr/condition.ts';
import type { EntryExpr, SymbolTensor } from '../expr/expr.ts';
import { sizesAt, tensorDecl } from '../expr/system.ts';
import { axisOf, type NumpyEnv } from './numpy-env.ts';
import { atomOf, type NumpyPiece, pieceOf, unprintable, within } from './numpy-piece.ts';
import { LEVEL } from './operators.ts';

/** An index form as an integer: `L - 1`, `n[l]`; `tight`: without spaces, as in brackets. */
export function integerPiece(a: Affine, env: NumpyEnv, tight = false): NumpyPiece {
  const gap = tight ? '' : ' ';
  let text = '';
  for (const term of [...a.terms].sort((s, t) => Number(s.coefficient < 0) - Number(t.coefficient < 0))) {
    const own = termText(term, env);
    if (text === '') text = `${term.coefficient < 0 ? '-' : ''}${own}`;
    else text += `${gap}${term.coefficient < 0 ? '-' : '+'}${gap}${own}`;
  }
  if (text === '') return atomOf(String(a.constant));
  if (a.constant !== 0) text += `${gap}${a.constant < 0 ? '-' : '+'}${gap}${Math.abs(a.constant)}`;
  const [only, second] = a.terms;
  const single = second === undefined && a.constant === 0 && only?.coefficient === 1;
  return pieceOf(text, single ? LEVEL.atom : LEVEL.sum);
}

function termText({ symbol, coefficient }: AffineTerm, env: NumpyEnv): string {
  if (axisOf(env, symbol.name) !== null) return unprintable(`the position ${symbol.name}`);
  const times = Math.abs(coefficient) === 1 ? '' : `${Math.abs(coefficient)}*`;
  if (!env.system.sizes.has(symbol.name)) return `${times}${env.names.index(symbol.name)}`;
  env.uses('size', symbol.name);
  return `${times}${env.names.size(symbol.name)}${brackets(symbol.at, env)}`;
}

const integerText = (a: Affine, env: NumpyEnv): string => integerPiece(a, env).text;

const brackets = (forms: readonly Affine[], env: NumpyEnv): string =>
  forms.length === 0 ? '' : `[${forms.map((a) => integerPiece(a, env, true).text).join(', ')}]`;

/** `w[l+1]` */
export const symbolText = (t: SymbolTensor, env: NumpyEnv): string =>
  env.names.tensor(t.name) + brackets(t.stage, env);

/** An entry, or all entries along the axes in its slots: `w[l][j-1, k-1]`, `w[l]`, `x[:, t-1]`. */
export function entryPiece(e: EntryExpr, env: NumpyEnv): NumpyPiece {
  const whole = e.of.kind === 'symbol' ? symbolText(e.of, env) : within(env.tensor(e.of, env), LEVEL.postfix);
  const axes: string[] = [];
  const slots = e.slots.map((slot, i) => {
    const name = bareName(slot);
    const axis = name === null ? null : axisOf(env, name);
    if (axis === null) return integerPiece(shift(slot, -1), env, true).text;
    if (axes.includes(axis.name)) return unprintable(`the diagonal along ${axis.name}`);
    if (e.of.kind === 'symbol') checkSize(axis.size, e.of, i, env);
    axes.push(axis.name);
    return ':';
  });
  while (slots.at(-1) === ':') slots.pop();
  return atomOf(slots.length === 0 ? whole : `${whole}[${slots.join(', ')}]`, axes);
}

/** An axis must be as long as the tensor is there. */
function checkSize(size: Affine, of: SymbolTensor, slot: number, env: NumpyEnv): void {
  const own = sizesAt(tensorDecl(env.system, of.name), of.stage)[slot];
  if (own?.key !== size.key) unprintable(`part of ${of.name}`);
}

/** `1 <= j-k+1 <= n` where neighbours share a side, `and` between the others. */
export function conditionsText(where: readonly Condition[], env: NumpyEnv): string {
  let text = '';
  let last: Condition | null = null;
  for (const c of where) {
    const [left, right] = [integerText(c.left, env), integerText(c.right, env)];
    const sign = c.relation === '=' ? '==' : '<=';
    const chains = last !== null && last.relation === c.relation && last.right.key === c.left.key;
    text += chains ? ` ${sign} ${right}` : `${text === '' ? '' : ' and '}${left} ${sign} ${right}`;
    last = c;
  }
  return text;
}

/** The values of an index: what follows `for k in`, and the conditions that are left over. */
export interface NumpyRange {
  readonly values: string;
  readonly rest: readonly Condition[];
}

/** The bounds of an index among conditions; the simplest first. */
interface Bounds {
  readonly low: readonly Bound[];
  readonly high: readonly Bound[];
  readonly fixed: readonly Bound[];
}
export interface Bound {
  readonly by: Condition;
  readonly value: Affine;
}

/** What conditions say of an index that stands in them with the factor 1. */
export function boundsOf(name: string, where: readonly Condition[]): Bounds {
  const found: Record<keyof Bounds, Bound[]> = { low: [], high: [], fixed: [] };
  for (const by of where) {
    const form = slack(by);
    const coefficient = form.terms.find((t) => t.symbol.key === name)?.coefficient ?? 0;
    const value = solveFor(form, name);
    if (value === null) continue;
    found[by.relation === '=' ? 'fixed' : coefficient > 0 ? 'low' : 'high'].push({ by, value });
  }
  const simplest = (list: Bound[]): Bound[] =>
    list.sort((a, b) => a.value.terms.length - b.value.terms.length);
  return { low: simplest(found.low), high: simplest(found.high), fixed: found.fixed };
}

export function rangeOf(name: string, where: readonly Condition[], env: NumpyEnv): NumpyRange {
  const { low, high, fixed } = boundsOf(name, where);
  const [is] = fixed;
  if (is !== undefined)
    return { values: `[${integerText(is.value, env)}]`, rest: where.filter((c) => c !== is.by) };
  const [lo, hi] = [low[0], high[0]];
  if (lo === undefined || hi === undefined) return unprintable(`the range of ${name}`);
  const known = [lo.by, hi.by, ...env.system.given];
  const rest = where.filter((c) => decide(c, known) !== true);
  return { values: rangeText(lo.value, hi.value, env), rest };
}

/** From `lo` up to `hi`, both included. */
export const rangeText = (lo: Affine, hi: Affine, env: NumpyEnv): string =>
  `range(${integerText(lo, env)}, ${integerText(shift(hi, 1), env)})`;

/** The same downwards. */
export const rangeDownText = (lo: Affine, hi: Affine, env: NumpyEnv): string =>
  `range(${integerText(hi, env)}, ${integerText(shift(lo, -1), env)}, -1)`;

/** The size of an index that runs from 1 to it and knows no other condition; null for any other range. */
export function wholeRange(name: string, where: readonly Condition[]): Affine | null {
  const size = boundsOf(name, where).high[0]?.value;
  if (size === undefined) return null;
  const own = new Set(between(ONE, index(name), size).map(conditionKey));
  const said = new Set(where.map(conditionKey));
  return said.size === own.size && [...own].every((k) => said.has(k)) ? size : null;
}
