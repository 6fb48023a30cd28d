// Whether two expressions are equal: by their comparison form, by the system's identities, by numbers and primes together.

import { sameInComparison } from '../expr/compare.ts';
import { both } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { lowerAll } from '../expr/lower.ts';
import { alphaKey } from '../expr/substitute.ts';
import { agreeModuloPrimes } from './compare-congruent.ts';
import { compareConstants } from './compare-constant.ts';
import { type Agreement, agreeInNumbers, quickDifference } from './compare-numbers.ts';
import type { PointsWanted } from './compare-points.ts';
import { textHash } from './compare-primes.ts';
import { reduced } from './compare-reduce.ts';
import { freeIndices } from './compare-scan.ts';
import { unmetCondition } from './compare-unmet.ts';
import type { Comparison, ComparisonContext, Witness } from './compare-verdict.ts';

/**
 * Compares two component expressions (entries of compound tensors are lowered first), cheap and exact stages first.
 * The verdict depends on nothing but the arguments. `different` comes with numbers at which the sides differ; where
 * numbers agree but nothing exact confirms it, or the budget is used up, the verdict is `undecided`.
 */
export function compareExprs(a: Expr, b: Expr, ctx: ComparisonContext): Comparison {
  try {
    return compareLowered(lowerAll(a, ctx.system), lowerAll(b, ctx.system), ctx);
  } catch (error) {
    if (error instanceof UserError) return { verdict: 'undecided', why: { message: error.message } };
    throw error;
  }
}

/** The points for a pair of expressions. */
const pointsFor = (a: Expr, b: Expr, ctx: ComparisonContext, seed: string): PointsWanted => ({
  system: ctx.system,
  given: ctx.given,
  names: freeIndices([a, b], ctx.system),
  seed,
});

/** A difference that is cheap to see, of two lowered expressions; null where only `compareExprs` can tell. */
export function seenDifferent(a: Expr, b: Expr, ctx: ComparisonContext): Witness | null {
  if (ctx.system.equations.length === 0) return null;
  try {
    return quickDifference(a, b, pointsFor(a, b, ctx, ''));
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return null;
    throw error;
  }
}

function compareLowered(a: Expr, b: Expr, ctx: ComparisonContext): Comparison {
  if (sameKey(a, b, ctx)) return { verdict: 'equal', stage: 'same form', domain: 'unknown' };
  const [left, right] = [reduced(a), reduced(b)];
  if ((left !== a || right !== b) && sameKey(left, right, ctx))
    return { verdict: 'equal', stage: 'identities', domain: 'unknown' };
  const wanted = pointsFor(a, b, ctx, String(textHash(`${alphaKey(a)} = ${alphaKey(b)}`)));
  const numbers = agreeInNumbers(a, b, wanted);
  if (numbers.verdict === 'different') return { verdict: 'different', witness: numbers.witness };
  if (numbers.verdict === 'undecided') return numbers;
  const found = confirmed(left, right, wanted, numbers);
  const unseen = found.verdict === 'equal' ? unmetCondition(a, b, wanted) : null;
  return unseen === null ? found : { verdict: 'undecided', why: unseen };
}

/** What the exact check says of a pair whose numbers agree. */
function confirmed(a: Expr, b: Expr, wanted: PointsWanted, numbers: Agreement): Comparison {
  const equal: Comparison = { verdict: 'equal', stage: 'numbers and primes', domain: numbers.domain };
  const constant = numbers.constant === null ? 'open' : compareConstants(a, b, wanted);
  if (constant === 'equal') return equal;
  if (constant === 'different' && numbers.constant !== null)
    return { verdict: 'different', witness: numbers.constant };
  const primes = agreeModuloPrimes(a, b, wanted);
  if (primes.verdict === 'equal') return equal;
  if (primes.verdict === 'undecided') return primes;
  if (numbers.nearly !== null) return { verdict: 'different', witness: numbers.nearly };
  return { verdict: 'undecided', why: 'unconfirmed' };
}

/** Whether the comparison forms agree; forms too large to work out don't. */
export function sameKey(a: Expr, b: Expr, { system, given }: ComparisonContext): boolean {
  try {
    return sameInComparison(a, b, both(system.given, given));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
