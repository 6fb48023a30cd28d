// Numbers for indices: the smallest values that satisfy the conditions, and what an index of a sum runs over.

import { type Affine, evaluateAffine, type IndexMap, index, integer } from '../expr/affine.ts';
import { type Condition, conditionNames, slack } from '../expr/condition.ts';
import type { Env } from '../numeric/world.ts';

/** The numbers of sizes by their keys: `L`, `n[2]`. */
export type Sizes = ReadonlyMap<string, number>;

/** An index form's number; NaN where a name in it has none. */
export const numberOf = (a: Affine, env: Env, sizes: Sizes): number =>
  evaluateAffine(a, (name, at) =>
    at.length > 0
      ? (sizes.get(`${name}[${at.join(',')}]`) ?? Number.NaN)
      : (env.get(name) ?? sizes.get(name) ?? Number.NaN),
  );

/** Whether a condition holds; null where a name in it has no number yet. */
export function holds(c: Condition, env: Env, sizes: Sizes): boolean | null {
  const s = numberOf(slack(c), env, sizes);
  if (Number.isNaN(s)) return null;
  return c.relation === '=' ? s === 0 : s >= 0;
}

/** The range that conditions leave to an index, or null where one end is open. Linear in the index. */
export function rangeOf(
  name: string,
  where: readonly Condition[],
  env: Env,
  sizes: Sizes,
): { lo: number; hi: number } | null {
  let lo = Number.NEGATIVE_INFINITY;
  let hi = Number.POSITIVE_INFINITY;
  for (const c of where) {
    const s = slack(c);
    const own = s.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === name);
    if (own === undefined) continue;
    const rest = numberOf(s, new Map([...env, [name, 0]]), sizes);
    if (Number.isNaN(rest)) continue;
    const bound = -rest / own.coefficient;
    if (c.relation === '=' || own.coefficient > 0) lo = Math.max(lo, Math.ceil(bound));
    if (c.relation === '=' || own.coefficient < 0) hi = Math.min(hi, Math.floor(bound));
  }
  return Number.isFinite(lo) && Number.isFinite(hi) ? { lo, hi } : null;
}

/** All values of a sum's index. */
export function valuesOf(name: string, where: readonly Condition[], env: Env, sizes: Sizes): number[] {
  const range = rangeOf(name, where, env, sizes);
  if (range === null) return [];
  const values: number[] = [];
  for (let v = range.lo; v <= range.hi; v++) {
    const inside = new Map([...env, [name, v]]);
    if (where.every((c) => holds(c, inside, sizes) !== false)) values.push(v);
  }
  return values;
}

/**
 * Numbers for the names, the smallest that satisfy the conditions, in the order of the names; `wanted` are taken where
 * they fit. Null where no numbers do.
 */
export function assign(
  names: readonly string[],
  where: readonly Condition[],
  wanted: ReadonlyMap<string, number>,
  env: Env,
  sizes: Sizes,
): Map<string, number> | null {
  const [first, ...rest] = names;
  if (first === undefined) return new Map(env);
  const about = where.filter((c) => mentionsName(c, first));
  const range = rangeOf(first, about, env, sizes) ?? rangeOf(first, openEnded(first, about), env, sizes);
  if (range === null) return null;
  const want = wanted.get(first);
  const from = want ?? range.lo;
  const to = want ?? Math.min(range.hi, range.lo + 1000);
  for (let v = from; v <= to; v++) {
    const next = new Map([...env, [first, v]]);
    if (about.some((c) => holds(c, next, sizes) === false)) continue;
    const found = assign(rest, where, wanted, next, sizes);
    if (found !== null) return found;
  }
  return null;
}

/** With a lower and an upper end where the conditions give none. */
const openEnded = (name: string, where: readonly Condition[]): Condition[] => [
  ...where,
  { relation: '<=', left: integer(1), right: index(name) },
  { relation: '<=', left: index(name), right: integer(1000) },
];

function mentionsName(c: Condition, name: string): boolean {
  const names = new Set<string>();
  conditionNames(c, names);
  return names.has(name);
}

/** Index names and bare sizes as the integers they stand for. */
export const asIntegers = (env: Env, sizes: Sizes): IndexMap =>
  new Map([
    ...[...sizes].filter(([key]) => !key.includes('[')).map(([key, v]) => [key, integer(v)] as const),
    ...[...env].map(([name, v]) => [name, integer(v)] as const),
  ]);
