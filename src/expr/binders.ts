// Binders of a monomial brought to one form: deltas put in, implied conditions dropped, ranges from 1, names by least key.

import {
  type Affine,
  addScaled,
  collectNames,
  index,
  mentions,
  minus,
  ONE,
  shift,
  solveFor,
} from './affine.ts';
import { atMost, type Condition, conditionKey, decide, slack } from './condition.ts';
import type { Expr } from './expr.ts';
import { type Monomial, namesOf, renamed } from './monomial.ts';
import { mapParts, mapTensorParts, type PartMap } from './parts.ts';
import { freshName } from './substitute.ts';

/** Deltas with a bound end are put in; a delta of free indices replaces the one whose name comes last. */
export function contracted(m: Monomial): Monomial {
  for (const c of m.where) {
    if (c.relation !== '=') continue;
    for (const b of m.binders) {
      const value = solveFor(slack(c), b);
      if (value === null) continue;
      const rest = { ...m, binders: m.binders.filter((n) => n !== b), where: m.where.filter((w) => w !== c) };
      return contracted({ ...renamed(rest, new Map([[b, value]])), binders: rest.binders });
    }
  }
  return m.where.some((c) => c.relation === '=') ? freeDeltas(m) : m;
}

function freeDeltas(m: Monomial): Monomial {
  let result = m;
  for (const c of m.where) {
    if (c.relation !== '=' || !result.where.includes(c)) continue;
    const names = slack(c)
      .terms.filter((t) => t.symbol.at.length === 0 && Math.abs(t.coefficient) === 1)
      .map((t) => t.symbol.name)
      .sort();
    const last = names.reverse().find((n) => solveFor(slack(c), n) !== null && !m.binders.includes(n));
    const value = last === undefined ? null : solveFor(slack(c), last);
    if (last === undefined || value === null) continue;
    const rest = { ...result, where: result.where.filter((w) => w !== c) };
    const put = renamed(rest, new Map([[last, value]]));
    result = { ...put, binders: result.binders, where: [...put.where, c] };
  }
  return result;
}

/** Whether every condition is one of two bounds of one binder that stand for themselves. */
function isBox(m: Monomial): boolean {
  if (m.where.length !== 2 * m.binders.length) return false;
  return m.binders.every((b) => {
    const own = m.where.filter((c) => c.relation === '<=' && mentions(slack(c), b));
    return own.length === 2 && new Set(own.map((c) => coefficientOf(slack(c), b))).size === 2;
  });
}

const coefficientOf = (a: Affine, name: string): number =>
  a.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === name)?.coefficient ?? 0;

/** Each condition that the others imply is dropped; null where they contradict each other. */
export function pruned(m: Monomial, given: readonly Condition[]): Monomial | null {
  if (m.where.length === 0) return m;
  const seen = new Map(m.where.map((c) => [conditionKey(c), c]));
  const unique = seen.size === m.where.length ? m : { ...m, where: [...seen.values()] };
  if (isBox(unique)) return unique;
  let kept = [...unique.where].sort((a, b) => order(conditionKey(a), conditionKey(b)));
  for (const c of [...kept]) {
    const others = kept.filter((o) => o !== c);
    const known = decide(c, [...others, ...given]);
    if (known === false) return null;
    if (known === true) kept = others;
  }
  return { ...unique, where: kept };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Bounds {
  readonly lo: Affine;
  readonly hi: Affine;
  readonly own: readonly Condition[];
}

/** lo <= b <= hi where exactly two conditions mention the binder, and no other binder is in them. */
function boundsOf(m: Monomial, b: string): Bounds | null {
  const own = m.where.filter((c) => mentions(slack(c), b));
  if (own.length !== 2) return null;
  const solved = own.map((c) => ({ value: solveFor(slack(c), b), sign: coefficientOf(slack(c), b) }));
  const lo = solved.find((s) => s.sign === 1)?.value ?? null;
  const hi = solved.find((s) => s.sign === -1)?.value ?? null;
  if (lo === null || hi === null || own.some((c) => c.relation !== '<=')) return null;
  return m.binders.some((o) => mentions(lo, o) || mentions(hi, o)) ? null : { lo, hi, own };
}

const replaced = (m: Monomial, b: string, value: Affine, bounds: Bounds, hi: Affine): Monomial => {
  const others = { ...m, where: m.where.filter((c) => !bounds.own.includes(c)) };
  const moved = renamed(others, new Map([[b, value]]));
  return {
    ...moved,
    binders: m.binders,
    where: [...moved.where, atMost(ONE, index(b)), atMost(index(b), hi)],
  };
};

/** Ranges start at 1, and run in the direction in which the index mostly counts up. */
export function shifted(m: Monomial): Monomial {
  let result = m;
  for (const b of m.binders) {
    const bounds = boundsOf(result, b);
    if (bounds === null) continue;
    const length = shift(minus(bounds.hi, bounds.lo), 1);
    if (bounds.lo.key !== '1')
      result = replaced(result, b, addScaled(shift(bounds.lo, -1), index(b), 1), bounds, length);
    const again = boundsOf(result, b);
    if (again !== null && countsUp(result, b) < 0)
      result = replaced(result, b, minus(shift(length, 1), index(b)), again, length);
  }
  return result;
}

/** The sum of the binder's coefficients in all slots and stages. */
function countsUp(m: Monomial, b: string): number {
  let sum = 0;
  const look: PartMap = {
    expr: (e) => {
      mapParts(e, look);
      return e;
    },
    tensor: (t) => {
      mapTensorParts(t, look);
      return t;
    },
    affine: (a) => {
      sum += coefficientOf(a, b);
      return a;
    },
  };
  for (const f of m.factors) mapParts(f.base, look);
  return sum;
}

/** Binders that nothing depends on any more: how many terms each stands for, where its range can't be empty. */
export function counted(
  m: Monomial,
  given: readonly Condition[],
): { rest: Monomial; sizes: readonly Affine[] } {
  let rest = m;
  const sizes: Affine[] = [];
  for (const b of m.binders) {
    if (usedIn(rest, b)) continue;
    const bounds = boundsOf(rest, b);
    if (bounds === null || decide(atMost(bounds.lo, shift(bounds.hi, 1)), given) !== true) continue;
    sizes.push(shift(minus(bounds.hi, bounds.lo), 1));
    const own = bounds.own;
    rest = {
      ...rest,
      binders: rest.binders.filter((n) => n !== b),
      where: rest.where.filter((c) => !own.includes(c)),
    };
  }
  return { rest, sizes };
}

const usedIn = (m: Monomial, b: string): boolean => namesOf({ ...m, binders: [], where: [] }).has(b);

/** Binders under names that stand nowhere else, in conditions that are assumed neither. */
export function cleared(m: Monomial, given: ReadonlySet<string>): Monomial {
  const taken = m.binders.filter((b) => given.has(b));
  if (taken.length === 0) return m;
  const all = new Set([...given, ...namesOf(m)]);
  const map = new Map<string, Affine>();
  for (const b of taken) {
    const fresh = freshName([`${b}_`], all);
    all.add(fresh);
    map.set(b, index(fresh));
  }
  return renamed(m, map);
}

const MOST_ORDERS = 24;

/** Binders named $0, $1, ... in the order that gives the least key. */
export function leastNamed(
  m: Monomial,
  keyOf: (m: Monomial) => string,
): { name: string; monomial: Monomial } {
  if (m.binders.length === 0) return { name: keyOf(m), monomial: m };
  let best: { name: string; monomial: Monomial } | null = null;
  for (const names of orders(m, keyOf)) {
    const named = renamed(m, new Map(names.map((b, i) => [b, index(`$${i}`)])));
    const sorted = { ...named, binders: names.map((_, i) => `$${i}`) };
    const name = `${names.length}:${keyOf(sorted)}`;
    if (best === null || name < best.name) best = { name, monomial: sorted };
  }
  return best ?? { name: keyOf(m), monomial: m };
}

/** The orders worth trying: all of a few; of more, binders sorted by where they stand, and all orders of those alike. */
function orders(m: Monomial, keyOf: (m: Monomial) => string): readonly (readonly string[])[] {
  if (m.binders.length <= 2) return permutations(m.binders);
  const groups = new Map<string, string[]>();
  for (const b of m.binders) {
    const others = m.binders.filter((o) => o !== b);
    const map = new Map([[b, index('$')], ...others.map((o) => [o, index('$$')] as const)]);
    const signature = keyOf(renamed(m, map));
    groups.set(signature, [...(groups.get(signature) ?? []), b]);
  }
  const sorted = [...groups].sort(([a], [b]) => order(a, b)).map(([, names]) => names);
  return sorted.reduce<readonly (readonly string[])[]>(
    (all, names) => all.flatMap((o) => permutations(names).map((p) => [...o, ...p])).slice(0, MOST_ORDERS),
    [[]],
  );
}

function permutations(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length > 4 || names.length <= 1) return [names];
  return names.flatMap((n) => permutations(names.filter((o) => o !== n)).map((rest) => [n, ...rest]));
}

/** All index names in conditions. */
export function namesIn(conditions: readonly Condition[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const c of conditions) for (const side of [c.left, c.right]) collectNames(side, names);
  return names;
}

/** An index form as a number, term by term: [coefficient, what it multiplies or null]. */
export const formTerms = (a: Affine): { coefficient: number; of: Expr | null }[] => [
  ...a.terms.map((t) => ({
    coefficient: t.coefficient,
    of: { kind: 'size' as const, value: index(t.symbol.name, t.symbol.at) },
  })),
  ...(a.constant === 0 ? [] : [{ coefficient: a.constant, of: null }]),
];
