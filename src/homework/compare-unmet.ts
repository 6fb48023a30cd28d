// Conditions that no sample network tried: two formulas that differ at j = 7 alone agree wherever j stays below.

import { both, type Condition, conditionKey, decide } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { children } from '../expr/parts.ts';
import { some } from '../expr/walk.ts';
import { NoValue } from './compare-arithmetic.ts';
import { realPlaceAt } from './compare-numbers.ts';
import { type Bound, boundsIn, holds, type Place } from './compare-place.ts';
import { boundOf, type PointsWanted, pointAt } from './compare-points.ts';
import type { Real } from './compare-real.ts';

/** As many points as the numbers look at in any case. */
const POINTS = 10;
const MOST_VALUES = 20_000;

/** Which of a condition's two outcomes were met. */
interface Met {
  held: boolean;
  failed: boolean;
}

interface Tried {
  readonly conditions: ReadonlyMap<string, Met>;
  /** Sums by themselves: whether one had a term. */
  readonly sums: Map<Expr, boolean>;
  left: number;
}

/**
 * Why agreement at points says nothing about a pair: one side holds a condition that was never met, or never failed, or a
 * sum that never had a term, which the other doesn't hold. Null where there is none.
 */
export function unmetCondition(a: Expr, b: Expr, wanted: PointsWanted): 'exception' | null {
  const open = openConditions([a, b], wanted);
  const tried: Tried = { conditions: open, sums: new Map(), left: MOST_VALUES };
  if (open.size === 0 && ![a, b].some(hasSum)) return null;
  const points = POINTS + 4 * wanted.names.size;
  for (let i = 0; i < points && tried.left > 0; i++) {
    const point = pointAt(wanted, i);
    const place = realPlaceAt(point, { left: MOST_VALUES });
    for (const e of [a, b]) look(e, boundOf(point.env), place, tried);
  }
  const met = [...open.values()].every((m) => m.held && m.failed);
  return met && [...tried.sums.values()].every((had) => had) ? null : 'exception';
}

const hasSum = (e: Expr): boolean => some(e, (c) => c.kind === 'sum');

/** The conditions of guards that what is known leaves open, and that don't stand on both sides. */
function openConditions(sides: readonly [Expr, Expr], wanted: PointsWanted): Map<string, Met> {
  const [left, right] = sides.map(guardsIn);
  const known = both(wanted.system.given, wanted.given);
  const open = new Map<string, Met>();
  for (const [own, other] of [
    [left, right],
    [right, left],
  ] as const)
    for (const [key, c] of own ?? [])
      if (!other?.has(key) && decide(c, known) === null) open.set(key, { held: false, failed: false });
  return open;
}

function guardsIn(e: Expr): Map<string, Condition> {
  const found = new Map<string, Condition>();
  some(e, (c) => {
    if (c.kind === 'guard') for (const condition of c.where) found.set(conditionKey(condition), condition);
    return false;
  });
  return found;
}

function look(e: Expr, env: Bound | null, p: Place<Real>, tried: Tried): void {
  if (--tried.left < 0) return;
  if (e.kind === 'guard')
    for (const c of e.where) {
      const met = tried.conditions.get(conditionKey(c));
      if (met === undefined) continue;
      if (holds(c, env, p)) met.held = true;
      else met.failed = true;
    }
  else if (e.kind === 'sum') lookInSum(e, env, p, tried);
  else for (const child of children(e)) look(child, env, p, tried);
}

function lookInSum(e: Expr & { kind: 'sum' }, env: Bound | null, p: Place<Real>, tried: Tried): void {
  if (!tried.sums.has(e)) tried.sums.set(e, false);
  try {
    const { lo, hi, rest } = boundsIn(e, env, p);
    for (let value = lo; value <= hi && tried.left > 0; value++) {
      const inner: Bound = { name: e.index, value, outer: env };
      if (!rest.every((c) => holds(c, inner, p))) continue;
      tried.sums.set(e, true);
      look(e.body, inner, p, tried);
    }
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
  }
}
