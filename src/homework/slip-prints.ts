// Fingerprints: what a formula is worth modulo primes in a few fixed worlds, so that equal ones are found by looking them up.

import { index, integer, shift } from '../expr/affine.ts';
import { atMost, between, type Condition, equal, inconsistent } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { sampleWorlds } from '../numeric/sample.ts';
import { NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { modularArithmetic, type Residue, type Run } from './compare-modular.ts';
import { placeAt } from './compare-numbers.ts';
import type { Bound, Place } from './compare-place.ts';
import { boundOf } from './compare-points.ts';
import { BASE, chains } from './compare-primes.ts';
import { lookAt } from './compare-scan.ts';

interface Spot {
  readonly place: Place<Residue>;
  readonly env: Bound | null;
}

export interface Prints {
  /** A text that is equal for equal formulas; null where one has no value. */
  readonly of: (e: Expr) => string | null;
}

const SPOTS = 2;
const OPERATIONS = 60_000;
const OPENING = 20_000_000;

/**
 * Conditions put on top where they go with the others: every index its own value, layers away from the first and the last
 * one, three or more neurons; so that a wrong index or layer shows.
 */
function spread(
  system: System,
  given: readonly Condition[],
  slots: readonly string[],
  stages: readonly string[],
): Condition[] {
  const wishes: Condition[] = [];
  for (const [name, count] of system.sizes)
    if (count === 0) wishes.push(atMost(integer(name === 'L' || name === 'T' ? 6 : 4), index(name)));
  for (const name of stages) {
    wishes.push(atMost(integer(3), index(name)));
    if (system.sizes.has('L')) wishes.push(atMost(index(name), shift(index('L'), -2)));
  }
  for (const [i, name] of slots.entries()) wishes.push(equal(index(name), integer(i + 1)));
  const kept: Condition[] = [...given];
  for (const wish of wishes) if (!inconsistent([...system.given, ...kept, wish])) kept.push(wish);
  return kept;
}

/** Fingerprints of formulas whose free indices are `slots` and `stages`. Null where the system has no numbers. */
export function printsFor(
  system: System,
  given: readonly Condition[],
  slots: readonly string[],
  stages: readonly string[],
  right: Expr,
): Prints | null {
  const conditions = spread(system, given, slots, stages);
  const uses = usesOf(right, system);
  try {
    const worlds = sampleWorlds(system, conditions, new Set([...slots, ...stages]), {
      count: SPOTS,
      seed: 77,
    });
    const spots = worlds.map(({ world, env }, i): Spot => {
      const run: Run = { chain: chains[i % chains.length] ?? fail(), seed: `print ${i}`, uses };
      const place = placeAt({ world, env, shared: true }, modularArithmetic(run), { left: 0 });
      return { place, env: boundOf(env) };
    });
    return { of: (e) => printOf(e, spots) };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const fail = (): never => {
  throw new RangeError('there are no chains of primes');
};

function usesOf(right: Expr, system: System): boolean[] {
  const look = lookAt([right], system);
  return [true, look.exponential, look.exponential, look.exponential, look.logarithm, look.circular];
}

function printOf(e: Expr, spots: readonly Spot[]): string | null {
  try {
    return spots
      .map(({ place, env }) => {
        const here = { ...place, budget: { left: OPERATIONS }, opening: { left: OPENING } };
        return evaluateIn(e, env, here).at[BASE];
      })
      .join();
  } catch (error) {
    if (error instanceof NoValue || error instanceof TooMuch || error instanceof UserError) return null;
    throw error;
  }
}

/** The ranges of the slots `names` in a square system. */
export const squareRanges = (names: readonly string[], system: System): Condition[] => {
  const size = [...system.sizes.keys()].find((n) => n !== 'L' && n !== 'T');
  return size === undefined ? [] : names.flatMap((n) => between(integer(1), index(n), index(size)));
};
