// The exact second opinion: two expressions modulo several primes, in chains where functions have exact counterparts.

import type { Expr } from '../expr/expr.ts';
import { NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { modularArithmetic, type Run, sameResidue } from './compare-modular.ts';
import { placeAt } from './compare-numbers.ts';
import { boundOf, type PointsWanted, pointAt } from './compare-points.ts';
import { chains } from './compare-primes.ts';
import { type Look, lookAt } from './compare-scan.ts';

export type PrimesVerdict =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'different' }
  | { readonly verdict: 'undecided'; readonly why: string };

/** Agreements asked for: three primes where only values decide, more where signs do, which are right by chance half the time. */
const FEW = 3;
const MANY = 24;
const OPERATIONS = 400_000;

/** The fields that functions make necessary: the base, those of exponents, the one above for logarithms, angles. */
const usesOf = (look: Look): boolean[] => [
  true,
  look.exponential,
  look.exponential,
  look.exponential,
  look.logarithm,
  look.circular,
];

/** Whether the sides agree modulo primes, on sizes and free indices of their own. */
export function agreeModuloPrimes(a: Expr, b: Expr, wanted: PointsWanted): PrimesVerdict {
  const look = lookAt([a, b], wanted.system);
  const uses = usesOf(look);
  const want = look.signs ? MANY : FEW + 4 * wanted.names.size;
  const budget = { left: OPERATIONS };
  let agree = 0;
  try {
    for (let i = 0; i < 40 * want && agree < want; i++) {
      const outcome = runAt(a, b, wanted, i, uses, budget);
      if (outcome === 'differ') return { verdict: 'different' };
      if (outcome === 'agree') agree++;
    }
  } catch (error) {
    if (error instanceof TooMuch) return { verdict: 'undecided', why: error.message };
    throw error;
  }
  if (agree >= want) return { verdict: 'equal' };
  return { verdict: 'undecided', why: 'the numbers agree, the exact check found too few points' };
}

/** One run: a disagreement counts only where no root or logarithm of a negative number was taken. */
function runAt(
  a: Expr,
  b: Expr,
  wanted: PointsWanted,
  i: number,
  uses: readonly boolean[],
  budget: { left: number },
): 'agree' | 'differ' | 'nothing' {
  const chain = chains[i % chains.length];
  if (chain === undefined) return 'nothing';
  const run: Run = { chain, seed: `${wanted.seed} ${i}`, uses, outside: false };
  const point = pointAt(wanted, i);
  const place = placeAt(point, modularArithmetic(run), budget);
  try {
    const env = boundOf(point.env);
    const same = sameResidue(evaluateIn(a, env, place), evaluateIn(b, env, place));
    return same ? 'agree' : run.outside ? 'nothing' : 'differ';
  } catch (error) {
    if (error instanceof NoValue) return 'nothing';
    throw error;
  }
}
