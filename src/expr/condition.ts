// Affine conditions (k = j, 2 <= l) and what follows from a set of them over the integers.

import {
  type Affine,
  collectNames,
  type IndexMap,
  mentions,
  minus,
  scale,
  shift,
  solveFor,
  substituteIndices,
} from './affine.ts';
import { infeasible } from './feasible.ts';

/** `left = right` or `left <= right`, over the integers; the two sides are kept as written, for printing. */
export interface Condition {
  readonly relation: '=' | '<=';
  readonly left: Affine;
  readonly right: Affine;
}

export const equal = (left: Affine, right: Affine): Condition => ({ relation: '=', left, right });
export const atMost = (left: Affine, right: Affine): Condition => ({ relation: '<=', left, right });
/** lo <= i <= hi as two conditions. */
export const between = (lo: Affine, i: Affine, hi: Affine): Condition[] => [atMost(lo, i), atMost(i, hi)];

const unions = new WeakMap<readonly Condition[], WeakMap<readonly Condition[], readonly Condition[]>>();

/** All conditions of two lists: the same list for the same two, so that what was decided under it is remembered. */
export function both(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  let withA = unions.get(a);
  if (withA === undefined) {
    withA = new WeakMap();
    unions.set(a, withA);
  }
  let union = withA.get(b);
  if (union === undefined) {
    const more = b.filter((c) => !a.includes(c));
    union = more.length === 0 ? a : a.every((c) => b.includes(c)) ? b : [...a, ...more];
    withA.set(b, union);
  }
  return union;
}

const narrowed = new WeakMap<readonly Condition[], Map<string, readonly Condition[]>>();

/** The conditions that say nothing of an index: what still holds inside a sum that binds its name again. */
export function without(list: readonly Condition[], name: string): readonly Condition[] {
  if (!list.some((c) => mentions(c.left, name) || mentions(c.right, name))) return list;
  const known = narrowed.get(list) ?? new Map<string, readonly Condition[]>();
  narrowed.set(list, known);
  const rest = known.get(name) ?? list.filter((c) => !mentions(c.left, name) && !mentions(c.right, name));
  known.set(name, rest);
  return rest;
}

const slacks = new WeakMap<Condition, Affine>();

/** right - left: zero for an equality, not negative for an inequality. */
export function slack(c: Condition): Affine {
  let form = slacks.get(c);
  if (form === undefined) {
    form = minus(c.right, c.left);
    slacks.set(c, form);
  }
  return form;
}

const keys = new WeakMap<Condition, string>();

/** The same key for the same condition, whatever its sides look like. */
export function conditionKey(c: Condition): string {
  let found = keys.get(c);
  if (found === undefined) {
    const form = slack(c);
    const first = form.terms[0];
    const turned = c.relation === '=' && first !== undefined && first.coefficient < 0;
    found = `${(turned ? scale(form, -1) : form).key}${c.relation === '=' ? '=0' : '>=0'}`;
    keys.set(c, found);
  }
  return found;
}

export function substituteCondition(c: Condition, map: IndexMap): Condition {
  const left = substituteIndices(c.left, map);
  const right = substituteIndices(c.right, map);
  return left === c.left && right === c.right ? c : { relation: c.relation, left, right };
}

export function conditionNames(c: Condition, into: Set<string>): void {
  collectNames(c.left, into);
  collectNames(c.right, into);
}

/** What must hold where `c` does not: one condition for an inequality, two alternatives for an equality. */
export function negations(c: Condition): Condition[] {
  if (c.relation === '<=') return [atMost(shift(c.right, 1), c.left)];
  return [atMost(c.left, shift(c.right, -1)), atMost(shift(c.right, 1), c.left)];
}

/** Whether the conditions can't hold together. */
export function inconsistent(conditions: readonly Condition[]): boolean {
  return remember(refuted, conditionsKey(conditions), () => {
    const zero: Affine[] = [];
    const nonnegative: Affine[] = [];
    for (const c of stagesSolved(conditions)) (c.relation === '=' ? zero : nonnegative).push(slack(c));
    return infeasible(zero, nonnegative);
  });
}

/** What was decided before: pure functions' memories, emptied when they have grown large. */
const decided = new Map<string, boolean | null>();
const refuted = new Map<string, boolean>();
const MOST_REMEMBERED = 20_000;

function remember<T extends boolean | null>(memory: Map<string, T>, question: string, answer: () => T): T {
  const known = memory.get(question);
  if (known !== undefined) return known;
  if (memory.size >= MOST_REMEMBERED) memory.clear();
  const found = answer();
  memory.set(question, found);
  return found;
}

/** The equality that says what an index in the stage of some size is (l = 2 beside n[l-1]), solved for it. */
function stageEquality(
  conditions: readonly Condition[],
): { readonly by: Condition; readonly name: string; readonly value: Affine } | null {
  if (!conditions.some((c) => c.relation === '=')) return null;
  const staged = new Set<string>();
  for (const c of conditions)
    for (const t of slack(c).terms) for (const at of t.symbol.at) collectNames(at, staged);
  for (const by of conditions) {
    if (by.relation !== '=') continue;
    for (const { symbol } of slack(by).terms) {
      const value = staged.has(symbol.name) ? solveFor(slack(by), symbol.name) : null;
      if (value !== null) return { by, name: symbol.name, value };
    }
  }
  return null;
}

/** Indices that sizes depend on put in where an equality says what they are: l = 2 makes n[l-1] the size n[1]. */
function stagesSolved(conditions: readonly Condition[]): readonly Condition[] {
  const found = stageEquality(conditions);
  if (found === null) return conditions;
  const map = new Map([[found.name, found.value]]);
  const rest = conditions.filter((c) => c !== found.by).map((c) => substituteCondition(c, map));
  return stagesSolved(rest);
}

/** a - b, where the two differ by a constant only; otherwise null. */
function gap(a: Affine, b: Affine): number | null {
  if (a.terms.length !== b.terms.length) return null;
  let i = 0;
  for (const { symbol, coefficient } of a.terms) {
    const other = b.terms[i++];
    if (other === undefined || coefficient !== other.coefficient || symbol.key !== other.symbol.key)
      return null;
  }
  return a.constant - b.constant;
}

/** Whether one of `given` alone says form >= 0, or that its only symbol is a size, which is at least 1. */
function saidAtOnce(form: Affine, given: readonly Condition[]): boolean {
  const [only] = form.terms;
  if (
    only !== undefined &&
    form.terms.length === 1 &&
    only.symbol.at.length > 0 &&
    only.coefficient > 0 &&
    form.constant >= -only.coefficient
  )
    return true;
  return slacksOf(given).some((g) => {
    const more = gap(form, g);
    return more !== null && more >= 0;
  });
}

const listSlacks = new WeakMap<readonly Condition[], readonly Affine[]>();

/** The slacks of a list's conditions. */
function slacksOf(list: readonly Condition[]): readonly Affine[] {
  let found = listSlacks.get(list);
  if (found === undefined) {
    found = list.map(slack);
    listSlacks.set(list, found);
  }
  return found;
}

const listKeys = new WeakMap<readonly Condition[], string>();

/** The same key for lists that hold the same conditions, in whatever order and number. */
export function conditionsKey(list: readonly Condition[]): string {
  let found = listKeys.get(list);
  if (found === undefined) {
    found = [...new Set(list.map(conditionKey))].sort().join('&');
    listKeys.set(list, found);
  }
  return found;
}

/** true: follows from `given`; false: contradicts it; null: open. */
export function decide(c: Condition, given: readonly Condition[]): boolean | null {
  const s = slack(c);
  if (s.terms.length === 0) return c.relation === '=' ? s.constant === 0 : s.constant >= 0;
  if (c.relation === '<=' && saidAtOnce(s, given)) return true;
  return remember(decided, `${conditionKey(c)}|${conditionsKey(given)}`, () => workOut(c, given));
}

/** An index that no other condition knows can be chosen to make `c` hold or fail. */
function isFree(c: Condition, given: readonly Condition[]): boolean {
  return slack(c).terms.some(
    (t) =>
      t.symbol.at.length === 0 &&
      Math.abs(t.coefficient) === 1 &&
      !given.some((g) => mentions(g.left, t.symbol.name) || mentions(g.right, t.symbol.name)) &&
      slack(c).terms.every((o) => o === t || !o.symbol.at.some((a) => mentions(a, t.symbol.name))),
  );
}

function workOut(c: Condition, given: readonly Condition[]): boolean | null {
  const s = slack(c);
  const against = scale(s, -1);
  if (saidAtOnce(shift(against, -1), given) || (c.relation === '=' && saidAtOnce(shift(s, -1), given)))
    return false;
  if (isFree(c, given)) return null;
  const relevant = stageEquality([c, ...given]) === null ? connected(c, given) : given;
  if (inconsistent([...relevant, c])) return false;
  return negations(c).every((n) => inconsistent([...relevant, n])) ? true : null;
}

/** Those of `given` that share a symbol with `c`, directly or through others: the rest can't matter. */
function connected(c: Condition, given: readonly Condition[]): Condition[] {
  const met = new Set(slack(c).terms.map((t) => t.symbol.key));
  const found: Condition[] = [];
  let rest: readonly Condition[] = given;
  for (;;) {
    const apart: Condition[] = [];
    for (const g of rest) {
      const { terms } = slack(g);
      if (!terms.some((t) => met.has(t.symbol.key))) apart.push(g);
      else {
        found.push(g);
        for (const t of terms) met.add(t.symbol.key);
      }
    }
    if (apart.length === rest.length) return found;
    rest = apart;
  }
}
