// Two expressions at random points: reals with error bounds, or fractions where nothing irrational stands in them.

import { integer } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { adjoint, entry } from '../expr/make.ts';
import { sameR, toNumber } from '../expr/rational.ts';
import { evaluate } from '../numeric/evaluate.ts';
import type { World } from '../numeric/world.ts';
import { type Arithmetic, NO_ENTRY, NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { exactArithmetic } from './compare-exact.ts';
import { type At, keyAt, type Place } from './compare-place.ts';
import {
  boundOf,
  type Point,
  type PointsWanted,
  pointAt,
  SAMPLES,
  sizeIn,
  sourceOf,
} from './compare-points.ts';
import { isAlone, measured, type Real, realArithmetic } from './compare-real.ts';
import { type Look, lookAt } from './compare-scan.ts';
import type { WhyUndecided, Witness } from './compare-verdict.ts';

export interface Agreement {
  readonly verdict: 'agree';
  readonly domain: 'same' | 'different';
  /** A point where the sides differ by more than rounding explains, though by less than the tolerance. */
  readonly nearly: Witness | null;
  /** The values, where both sides are constants. */
  readonly constant: Witness | null;
}

export type NumbersVerdict =
  | Agreement
  | { readonly verdict: 'different'; readonly witness: Witness }
  | { readonly verdict: 'undecided'; readonly why: WhyUndecided };

const INFORMATIVE = 10;
const FEWEST = 8;
const MOST_POINTS = 240;
/** Points in networks cost more, and nearly all of them say something. */
const MOST_OF_NETWORK = 72;
const TOLERANCE = 1e-9;
const OPERATIONS = 400_000;
const SHARED_OPERATIONS = 20_000_000;

export const placeAt = <T>(point: Point, arithmetic: Arithmetic<T>, budget: { left: number }): Place<T> => ({
  system: point.world.system,
  arithmetic,
  size: (name, stage) => sizeIn(point.world, name, stage),
  known: new Map(),
  override: null,
  shapes: new Map(),
  budget,
  opening: point.shared ? { left: SHARED_OPERATIONS } : null,
  adjoints: new Map(),
  oracle: null,
});

/** dC/dv by the reverse pass of evaluation, which shares its work among all entries of a world; what doesn't exist is remembered. */
function adjointsOf(world: World): (by: At) => Real {
  const missing = new Set<string>();
  return (by) => {
    const key = keyAt(by);
    if (missing.has(key)) throw NO_ENTRY;
    try {
      return measured(evaluate(adjoint(entry(by.name, by.stage.map(integer), by.slots.map(integer))), world));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.add(key);
      throw NO_ENTRY;
    }
  };
}

const kept = new WeakMap<World, Place<Real>>();

/** The place of a point in real numbers; in a world that pairs share, entries and derivatives are worked out once. */
export function realPlaceAt(point: Point, budget: { left: number }): Place<Real> {
  const known = kept.get(point.world);
  if (known !== undefined) return { ...known, budget };
  const plain = placeAt(point, realArithmetic(sourceOf(point)), budget);
  if (!point.shared) return plain;
  const place = { ...plain, oracle: adjointsOf(point.world) };
  kept.set(point.world, place);
  return place;
}

/** A value, or null where there is none. */
function valueAt<T>(e: Expr, point: Point, place: Place<T>): T | null {
  try {
    return evaluateIn(e, boundOf(point.env), place);
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}

const informative = (x: Real, y: Real): boolean => {
  const size = Math.max(Math.abs(x.v), Math.abs(y.v));
  return x.e + y.e <= 1e-4 * size || (size === 0 && x.e + y.e === 0) || Math.abs(x.v - y.v) > 8 * (x.e + y.e);
};

interface Tally {
  agree: number;
  /** Agreeing points that aren't lone points of the domain. */
  ordinary: number;
  /** Differences at lone points: they count where there are no others. */
  readonly lone: Witness[];
  readonly differ: Witness[];
  readonly nearly: Witness[];
  /** Points where one side alone has a value. */
  readonly leftOnly: Witness[];
  readonly rightOnly: Witness[];
  last: Witness | null;
}

function weigh(x: Real, y: Real, witness: Witness, tally: Tally): void {
  const gap = Math.abs(x.v - y.v);
  const noise = 8 * (x.e + y.e);
  const alone = isAlone(x) || isAlone(y);
  tally.last = witness;
  if (gap > TOLERANCE * Math.max(Math.abs(x.v), Math.abs(y.v)) + noise)
    (alone ? tally.lone : tally.differ).push(witness);
  else if (informative(x, y)) {
    tally.agree++;
    if (!alone) tally.ordinary++;
    if (gap > noise) tally.nearly.push(witness);
  } else if (x.e + y.e <= 1e-6 && Math.abs(x.v) <= 8 * x.e && Math.abs(y.v) <= 8 * y.e) tally.agree++;
}

/** Compares at up to `MOST_POINTS` points; two that differ are enough, for a single one may lie on a jump. */
export function agreeInNumbers(a: Expr, b: Expr, wanted: PointsWanted): NumbersVerdict {
  const look = lookAt([a, b], wanted.system);
  const budget = { left: OPERATIONS };
  try {
    if (!look.irrational) {
      const exact = agreeExactly(a, b, wanted, look, budget);
      if (exact !== null) return exact;
    }
    return agreeRoughly(a, b, wanted, look, budget);
  } catch (error) {
    if (error instanceof TooMuch) return { verdict: 'undecided', why: error.why };
    throw error;
  }
}

const QUICK_POINTS = 4;
const QUICK_OPERATIONS = 40_000;

/**
 * A difference that shows at two of the first few worlds that all pairs about a system share: the cheapest way to see that
 * a formula is wrong. Null where none shows, or where pairs share no worlds.
 */
export function quickDifference(a: Expr, b: Expr, wanted: PointsWanted): Witness | null {
  const budget = { left: QUICK_OPERATIONS };
  let first: Witness | null = null;
  try {
    for (let i = 0; i < QUICK_POINTS; i++) {
      const point = pointAt(wanted, i);
      if (!point.shared) return null;
      const place = realPlaceAt(point, budget);
      const [x, y] = [valueAt(a, point, place), valueAt(b, point, place)];
      if (x === null || y === null) continue;
      const tally = emptyTally();
      weigh(x, y, { ...point, left: x.v, right: y.v }, tally);
      const [found] = tally.differ;
      if (found === undefined && tally.agree > 0) return null;
      if (found !== undefined && first !== null) return first;
      first ??= found ?? null;
    }
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
  return null;
}

const emptyTally = (): Tally => ({
  agree: 0,
  ordinary: 0,
  lone: [],
  differ: [],
  nearly: [],
  leftOnly: [],
  rightOnly: [],
  last: null,
});

const EXACT_POINTS = 4;

/** At points of fractions; null where the numbers outgrow their budget. */
function agreeExactly(
  a: Expr,
  b: Expr,
  wanted: PointsWanted,
  look: Look,
  budget: { left: number },
): NumbersVerdict | null {
  let [seen, oneSided] = [0, 0];
  const enough = look.constant ? 1 : look.signs ? 4 * INFORMATIVE : EXACT_POINTS + 4 * wanted.names.size;
  try {
    for (let i = 0; i < MOST_POINTS && seen < enough; i++) {
      const point = pointAt(wanted, i);
      const place = placeAt(point, exactArithmetic(sourceOf(point).input), budget);
      const [x, y] = [valueAt(a, point, place), valueAt(b, point, place)];
      if (x === null || y === null) {
        if (x !== y) oneSided++;
        continue;
      }
      seen++;
      if (!sameR(x, y))
        return {
          verdict: 'different',
          witness: { world: point.world, env: point.env, left: toNumber(x), right: toNumber(y) },
        };
    }
  } catch (error) {
    if (error instanceof TooMuch && budget.left >= 0) return null;
    throw error;
  }
  if (seen < Math.min(enough, EXACT_POINTS)) return null;
  return { verdict: 'agree', domain: oneSided > 0 ? 'different' : 'same', nearly: null, constant: null };
}

/** How many points are looked at, and how many must have a value: more where signs decide, one for constants. */
function effort(
  { constant, signs }: Look,
  wanted: PointsWanted,
): { most: number; enough: number; fewest: number } {
  if (constant) return { most: 1, enough: 1, fewest: 1 };
  const most = wanted.system.equations.length > 0 ? MOST_OF_NETWORK : MOST_POINTS;
  const more = 4 * wanted.names.size;
  return signs
    ? { most, enough: 4 * INFORMATIVE + more, fewest: FEWEST }
    : { most, enough: INFORMATIVE + more, fewest: FEWEST };
}

function agreeRoughly(
  a: Expr,
  b: Expr,
  wanted: PointsWanted,
  look: Look,
  budget: { left: number },
): NumbersVerdict {
  const tally = emptyTally();
  const { most, enough, fewest } = effort(look, wanted);
  for (let i = 0; i < most && tally.agree < enough && tally.differ.length < 2; i++) {
    // One side has no value on any of the networks: their sizes come again from here on.
    if (i === SAMPLES && tally.last === null && (tally.leftOnly.length === 0 || tally.rightOnly.length === 0))
      break;
    const point = pointAt(wanted, i);
    const place = realPlaceAt(point, budget);
    const [x, y] = [valueAt(a, point, place), valueAt(b, point, place)];
    const witness = { ...point, left: x?.v ?? Number.NaN, right: y?.v ?? Number.NaN };
    if (x !== null && y !== null) weigh(x, y, witness, tally);
    else if (x !== null) tally.leftOnly.push(witness);
    else if (y !== null) tally.rightOnly.push(witness);
  }
  return summedUp(tally, fewest, look);
}

function summedUp(tally: Tally, fewest: number, look: Look): NumbersVerdict {
  const { agree, differ, lone, nearly, leftOnly, rightOnly, last } = tally;
  const [first] = tally.ordinary >= FEWEST ? differ : [...differ, ...lone];
  // A single point may lie on a jump: the primes decide.
  const jump = look.signs && !look.constant && differ.length === 1 && agree >= 2 * INFORMATIVE;
  if (first !== undefined && !jump) return { verdict: 'different', witness: first };
  const [alone] = leftOnly;
  if (agree === 0 && alone !== undefined && leftOnly.length >= FEWEST && rightOnly.length >= FEWEST)
    return { verdict: 'different', witness: alone };
  if (agree < fewest) return { verdict: 'undecided', why: 'points' };
  const near = nearly.length >= (look.constant ? 1 : 3) ? (nearly[0] ?? null) : null;
  return {
    verdict: 'agree',
    domain: leftOnly.length + rightOnly.length + lone.length > 0 ? 'different' : 'same',
    nearly: jump ? (first ?? null) : near,
    constant: look.constant ? last : null,
  };
}
