// Whether a true statement holds for every value of the question's indices, or for some only.

import { bareName, evaluateAffine } from '../expr/affine.ts';
import { both, type Condition, conditionNames, decide } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { NoEntry, NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { realPlaceAt } from './compare-numbers.ts';
import { boundOf, type PointsWanted, pointAt } from './compare-points.ts';
import { freeIndices } from './compare-scan.ts';
import type { FormulaQuestion } from './question.ts';

const MOST_VALUES = 60;

/** Whether an index that a statement fixes has no other value in the question's network anyway. */
export const fixesNothing = (fixed: readonly Condition[], q: FormulaQuestion): boolean =>
  coversAll([fixed], q) || fixed.every((c) => decide(c, both(q.system.given, q.given)) === true);

/** Whether statements for some values of the question's indices leave none out in the question's network. */
export function coversAll(statements: readonly (readonly Condition[])[], q: FormulaQuestion): boolean {
  const { world } = q;
  if (world === null) return false;
  const known = new Map<string, number>();
  const value = (name: string, at: readonly number[]): number =>
    known.get(name) ?? world.sizes.get(at.length === 0 ? name : `${name}[${at.join(',')}]`) ?? Number.NaN;
  const covers = (all: readonly (readonly Condition[])[], from: number): boolean => {
    const fixed = all[0]?.[from];
    if (fixed === undefined) return all.every((own) => own.length === from);
    const name = bareName(fixed.left);
    const said = all.map((own) => saidOf(own[from], name, value));
    if (name === null || said.some(Number.isNaN)) return false;
    const possible = valuesOf(name, q, known, value);
    return (
      possible.length > 0 &&
      said.every((v) => possible.includes(v)) &&
      possible.every((v) => {
        known.set(name, v);
        const rest = all.filter((_, i) => said[i] === v);
        const whole = rest.length > 0 && covers(rest, from + 1);
        known.delete(name);
        return whole;
      })
    );
  };
  return covers(statements, 0);
}

type Value = (name: string, at: readonly number[]) => number;

/** The value that a statement gives an index; none where it fixes another. */
const saidOf = (c: Condition | undefined, name: string | null, value: Value): number =>
  c === undefined || c.relation !== '=' || bareName(c.left) !== name
    ? Number.NaN
    : evaluateAffine(c.right, value);

function valuesOf(name: string, q: FormulaQuestion, known: Map<string, number>, value: Value): number[] {
  const possible = Array.from({ length: MOST_VALUES }, (_, i) => i).filter((i) => {
    known.set(name, i);
    return q.given.every((g) => holds(g, name, value));
  });
  known.delete(name);
  return possible.length === MOST_VALUES ? [] : possible;
}

/** Whether a condition about one index holds; one about others says nothing. */
function holds(c: Condition, name: string, value: (name: string, at: readonly number[]) => number): boolean {
  const names = new Set<string>();
  conditionNames(c, names);
  if (!names.has(name)) return true;
  const [left, right] = [evaluateAffine(c.left, value), evaluateAffine(c.right, value)];
  if (Number.isNaN(left + right)) return true;
  return c.relation === '=' ? left === right : left <= right;
}

const POINTS = 24;

/** Whether an answer speaks of entries that don't exist at points where the right one has a value. */
export function lacksEntries(e: Expr, right: Expr, q: FormulaQuestion, given: readonly Condition[]): boolean {
  const names = freeIndices([e, right], q.system);
  const wanted: PointsWanted = { system: q.system, given, names, seed: 'entries' };
  for (let i = 0; i < POINTS; i++)
    if (entryMissing(e, wanted, i) && !entryMissing(right, wanted, i)) return true;
  return false;
}

function entryMissing(e: Expr, wanted: PointsWanted, i: number): boolean {
  try {
    const point = pointAt(wanted, i);
    evaluateIn(e, boundOf(point.env), realPlaceAt(point, { left: 100_000 }));
    return false;
  } catch (error) {
    if (error instanceof NoEntry) return true;
    if (error instanceof NoValue || error instanceof TooMuch || error instanceof UserError) return false;
    throw error;
  }
}
