// Fingerprints: what a formula is worth modulo primes when the quantities in it are independent numbers, so that equal
// formulas are found by looking them up. Only functions taken entry by entry are opened: a = sigma(z).

import { bareName, index, integer, shift } from '../expr/affine.ts';
import { atMost, between, type Condition, equal, inconsistent } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { entry, isSymbolEntry } from '../expr/make.ts';
import type { Equation, System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { sampleWorlds } from '../numeric/sample.ts';
import { NoValue, TooMuch } from './compare-arithmetic.ts';
import { evaluateIn } from './compare-evaluate.ts';
import { modularArithmetic, type Residue, type Run } from './compare-modular.ts';
import { placeAt } from './compare-numbers.ts';
import { type At, type Bound, holds, integerIn, keyAt, type Place } from './compare-place.ts';
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
  /** A shorter one, for tables in which what is found is compared again. */
  readonly brief: (e: Expr) => string | null;
}

const SPOTS = 2;
const WORLDS = 8;
const OPERATIONS = 20_000;

/**
 * Conditions put on top where they go with the others: every index its own value, layers away from the first and the last
 * one, four neurons or more; so that a wrong index or layer shows.
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

/** a for z: an equation that takes a function of one other entry. */
const isEntrywise = ({ rhs }: Equation): boolean =>
  rhs.kind === 'call' && rhs.args.length === 1 && rhs.args[0] !== undefined && isSymbolEntry(rhs.args[0]);

/** The system with nothing to open but what is taken entry by entry. */
function loosened(system: System): System {
  return { ...system, equations: system.equations.filter(isEntrywise), identities: [] };
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
  const loose = loosened(system);
  const uses = usesOf([right, knownLoss(system) ?? right], loose);
  try {
    const names = new Set([...slots, ...stages]);
    const worlds = sampleWorlds({ ...loose, equations: [] }, conditions, names, { count: WORLDS, seed: 77 });
    const all = worlds.map(({ world, env }, i): Spot => {
      const run: Run = { chain: chains[i % chains.length] ?? fail(), seed: `print ${i}`, uses };
      const place = placeAt(
        { world: { ...world, system: loose }, env, shared: false },
        modularArithmetic(run),
        {
          left: 0,
        },
      );
      return { place: independent(place, system), env: boundOf(env) };
    });
    // Where the right answer is 0 (a ReLU that is off) little tells formulas apart; where it never is, its factor 1 is not seen.
    const telling = all.filter((s) => valueAt(right, s) !== 0);
    const off = all.filter((s) => !telling.includes(s));
    const spots = [...telling.slice(0, SPOTS), ...off.slice(0, SPOTS)];
    return { of: (e) => printOf(e, spots), brief: (e) => printOf(e, spots.slice(0, 1)) };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/**
 * Quantities that no entrywise function makes, and derivatives, are numbers of their own; but what the loss's own formula
 * says of a derivative is known.
 */
function independent(place: Place<Residue>, system: System): Place<Residue> {
  const { arithmetic: A } = place;
  const inner: Place<Residue> = {
    ...place,
    override: (at) => {
      const kind = system.tensors.get(at.name)?.kind;
      return kind !== 'variable' || isMade(at, place) ? null : A.input(at.name, at.stage, at.slots);
    },
    oracle: (by: At) => A.input(`adjoint ${keyAt(by)}`, [], []),
  };
  const loss = knownLoss(system);
  if (loss === null) return inner;
  return { ...inner, oracle: (by) => fromLoss(loss, by, inner) ?? A.input(`adjoint ${keyAt(by)}`, [], []) };
}

/** Whether an equation of the loosened system gives this entry: a[L] may have another one. */
function isMade(at: At, place: Place<Residue>): boolean {
  return place.system.equations.some((eq) => {
    if (eq.lhs.of.name !== at.name) return false;
    const forms = [...eq.lhs.of.stage, ...eq.lhs.slots];
    const values = [...at.stage, ...at.slots];
    let env: Bound | null = null;
    for (const [i, form] of forms.entries()) {
      const name = bareName(form);
      if (name !== null && eq.indices.includes(name)) env = { name, value: values[i] ?? 0, outer: env };
      else if (integerIn(form, env, place) !== values[i]) return false;
    }
    const known = env;
    return eq.where.every((c) => holds(c, known, place));
  });
}

/** The loss's formula; null where it is unknown. */
function knownLoss(system: System): Expr | null {
  const eq = system.equations.find((e) => e.lhs.of.name === system.loss);
  return eq === undefined || some(eq.rhs, (e) => e.kind === 'opaque') ? null : eq.rhs;
}

/** dC/dv where v is an entry that stands in the loss, and in nothing else: a[L]. */
function fromLoss(loss: Expr, by: At, place: Place<Residue>): Residue | null {
  const here = some(
    loss,
    (e) =>
      isSymbolEntry(e) &&
      e.of.name === by.name &&
      place.system.tensors.get(by.name)?.kind === 'variable' &&
      e.of.stage.every(
        (s, i) =>
          s.terms.every((t) => place.system.sizes.has(t.symbol.name)) &&
          integerIn(s, null, place) === by.stage[i],
      ),
  );
  if (!here) return null;
  const entryBy = entry(by.name, by.stage.map(integer), by.slots.map(integer));
  return evaluateIn({ kind: 'partial', of: loss, by: entryBy }, null, {
    ...place,
    budget: { left: OPERATIONS },
    adjoints: new Map(),
  });
}

const fail = (): never => {
  throw new RangeError('there are no chains of primes');
};

function usesOf(es: readonly Expr[], system: System): boolean[] {
  const look = lookAt(es, system);
  return [true, look.exponential, look.exponential, look.exponential, look.logarithm, look.circular];
}

function valueAt(e: Expr, { place, env }: Spot): number | null {
  try {
    return evaluateIn(e, env, { ...place, budget: { left: OPERATIONS } }).at[BASE] ?? null;
  } catch (error) {
    if (error instanceof NoValue || error instanceof TooMuch || error instanceof UserError) return null;
    throw error;
  }
}

function printOf(e: Expr, spots: readonly Spot[]): string | null {
  let print = '';
  for (const spot of spots) {
    const value = valueAt(e, spot);
    if (value === null) return null;
    print += `${value},`;
  }
  return print;
}

/** The ranges of the slots `names` in a square system. */
export const squareRanges = (names: readonly string[], system: System): Condition[] => {
  const size = [...system.sizes.keys()].find((n) => n !== 'L' && n !== 'T');
  return size === undefined ? [] : names.flatMap((n) => between(integer(1), index(n), index(size)));
};
