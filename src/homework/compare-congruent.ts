// The exact second opinion: two expressions modulo several primes, in chains where functions have exact counterparts.

import type { Expr } from '../expr/expr.ts';
import type { World } from '../numeric/world.ts';
import { NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { modularArithmetic, type Residue, type Run, sameResidue } from './compare-modular.ts';
import { placeAt } from './compare-numbers.ts';
import type { Place } from './compare-place.ts';
import { boundOf, type Point, type PointsWanted, pointAt } from './compare-points.ts';
import { chains } from './compare-primes.ts';
import { type Look, lookAt } from './compare-scan.ts';
import type { WhyUndecided } from './compare-verdict.ts';

export type PrimesVerdict =
  | { readonly verdict: 'equal' }
  | { readonly verdict: 'different' }
  | { readonly verdict: 'undecided'; readonly why: WhyUndecided };

/** Agreements asked for: three primes where only values decide, more where signs do, which are right by chance half the time. */
const FEW = 3;
const MANY = 14;
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
    if (error instanceof TooMuch) return { verdict: 'undecided', why: error.why };
    throw error;
  }
  if (agree >= want) return { verdict: 'equal' };
  return { verdict: 'undecided', why: 'exact-points' };
}

interface Prepared {
  readonly run: Run;
  readonly place: Place<Residue>;
}

const kept = new WeakMap<World, Map<string, Prepared>>();

/** A run and its place; in a world that pairs share, entries and derivatives are worked out once. */
function prepared(
  point: Point,
  seed: string,
  i: number,
  uses: readonly boolean[],
  budget: { left: number },
): Prepared | null {
  const chain = chains[i % chains.length];
  if (chain === undefined) return null;
  const name = `${i} ${uses.join()}`;
  const known = point.shared ? kept.get(point.world)?.get(name) : undefined;
  if (known !== undefined) return { run: known.run, place: { ...known.place, budget } };
  const run: Run = { chain, seed: point.shared ? String(i) : `${seed} ${i}`, uses };
  const fresh = { run, place: placeAt(point, modularArithmetic(run), budget) };
  if (point.shared) {
    const own = kept.get(point.world) ?? new Map<string, Prepared>();
    kept.set(point.world, own.set(name, fresh));
  }
  return fresh;
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
  const point = pointAt(wanted, i);
  const ready = prepared(point, wanted.seed, i, uses, budget);
  if (ready === null) return 'nothing';
  const { place } = ready;
  try {
    const env = boundOf(point.env);
    const [left, right] = [evaluateIn(a, env, place), evaluateIn(b, env, place)];
    return sameResidue(left, right) ? 'agree' : left.outside || right.outside ? 'nothing' : 'differ';
  } catch (error) {
    if (error instanceof NoValue) return 'nothing';
    throw error;
  }
}
