// Two constants: different where enough digits say so; equal where an algebraic number is smaller than any but 0 can be.

import type { Expr } from '../expr/expr.ts';
import { NoValue, TooMuch } from './compare-arithmetic.ts';
import { type Ball, ballArithmetic, type Precision } from './compare-ball.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { placeAt } from './compare-numbers.ts';
import { type PointsWanted, pointAt } from './compare-points.ts';

const PRECISIONS = [256, 1024, 4096, 16384];
const OPERATIONS = 2000;

/** `open`: transcendental and alike in all digits looked at, or too much work. */
export function compareConstants(a: Expr, b: Expr, wanted: PointsWanted): 'equal' | 'different' | 'open' {
  try {
    for (const bits of PRECISIONS) {
      const p: Precision = { bits, roots: new Map() };
      const A = ballArithmetic(p);
      const place = placeAt(pointAt(wanted, 0), A, { left: OPERATIONS });
      const minus = A.rational({ n: -1n, d: 1n });
      const gap = A.add(evaluateIn(a, null, place), A.mul(minus, evaluateIn(b, null, place)));
      if ((gap.m < 0n ? -gap.m : gap.m) > gap.e) return 'different';
      if (gap.algebraic === null) return 'open';
      if (isNothing(gap, p)) return 'equal';
    }
  } catch (error) {
    if (error instanceof NoValue || error instanceof TooMuch) return 'open';
    throw error;
  }
  return 'open';
}

/**
 * Whether a number this near to 0 is 0: another one, made with roots of degree D in all, is at least 1/(u^(D-1) l)
 * (Burnikel, Fleischer, Mehlhorn and Schirra, 2000). u and l count as logarithms.
 */
function isNothing(gap: Ball, { bits, roots }: Precision): boolean {
  if (gap.algebraic === null) return false;
  const degree = [...roots.values()].reduce((d, k) => d * k, 1);
  const needed = (degree - 1) * Math.max(0, gap.algebraic.u) + Math.max(0, gap.algebraic.l);
  const accuracy = bits - (gap.e.toString(2).length + 2);
  return accuracy > needed;
}
