// Integers for sizes and free indices that satisfy affine conditions, found by backtracking in a random order.

import { type Affine, collectNames, ONE } from '../expr/affine.ts';
import { atMost, type Condition, conditionsKey, decide, equal } from '../expr/condition.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { type Assignment, fits, namesOf, type Search } from './constraints.ts';
import { type Draw, drawFor, shuffled } from './random.ts';
import { slotSizes } from './slots.ts';
import { stagedSizes } from './staged.ts';

const SMALL = [2, 3, 4, 5];
const OTHER = [1, 6, 7, 8, 9, 10];
/** Where an index with conditions is sought. */
const INDICES = Array.from({ length: 20 }, (_, i) => i - 5);
/** An index without any is taken to be a slot, and every size is at least 2. */
const UNBOUNDED = [1, 2];

type Next = (so: Assignment) => Assignment | null;

/** Tries values for one name, each followed by what comes next. */
const choose =
  (name: string, values: readonly number[], search: Search, next: Next): Next =>
  (so) => {
    for (const value of values) {
      const tried = new Map(so).set(name, value);
      const found = fits(search, tried) ? next(tried) : null;
      if (found !== null) return found;
    }
    return null;
  };

function namesInStages(conditions: readonly Condition[]): Set<string> {
  const names = new Set<string>();
  for (const c of conditions)
    for (const side of [c.left, c.right])
      for (const t of side.terms) for (const a of t.symbol.at) collectNames(a, names);
  return names;
}

/** Solves for sizes, then stages, then the sizes that depend on stages, then the other indices; null where nothing fits. */
function solve(search: Search, indices: readonly string[]): Assignment | null {
  const { system, conditions, draw } = search;
  const inStages = namesInStages(conditions);
  const bounded = new Set(conditions.flatMap((c) => [...namesOf(c)]));
  const chooseAll = (names: readonly string[], from: (name: string) => number[], last: Next): Next =>
    names.reduceRight((next, name) => choose(name, from(name), search, next), last);
  const places = (name: string): number[] => shuffled(bounded.has(name) ? INDICES : UNBOUNDED, draw);
  const slots = chooseAll(
    indices.filter((name) => !inStages.has(name)),
    places,
    (so) => so,
  );
  const stages = chooseAll(
    indices.filter((name) => inStages.has(name)),
    places,
    (so) => {
      const filled = stagedSizes(search, so);
      return filled === null ? null : slots(filled);
    },
  );
  const plain = [...system.sizes].filter(([, count]) => count === 0).map(([name]) => name);
  return chooseAll(plain, () => [...shuffled(SMALL, draw), ...OTHER], stages)(new Map());
}

/** Stages of a function with several bodies must not meet. */
function bodiesApart(system: System): [Affine, Affine][] {
  const pairs: [Affine, Affine][] = [];
  for (const [i, f] of system.functions.entries()) {
    for (const g of system.functions.slice(i + 1)) {
      if (f.name !== g.name || f.stage === null || g.stage === null) continue;
      if (f.body !== null && g.body !== null && same(f.body, g.body)) continue;
      pairs.push([f.stage, g.stage]);
    }
  }
  return pairs;
}

/** Sizes and indices that satisfy the system's assumptions and `given`; sizes differ where they may. Null: there are none. */
export function assign(
  system: System,
  given: readonly Condition[],
  names: ReadonlySet<string>,
  draw: Draw,
): Assignment | null {
  const isSize = (name: string): boolean => system.sizes.has(name);
  const indices = new Set([...names, ...given.flatMap((c) => [...namesOf(c)])]);
  const aboutSizes = (c: Condition): boolean => [...namesOf(c)].every(isSize);
  const assumed = system.given.filter(aboutSizes);
  const slots = slotSizes(system);
  const apart = bodiesApart(system);
  const known = [...assumed, ...given];
  const equations = known.some((c) => c.relation === '=');
  const pairs = slots.flatMap((a, i) =>
    slots
      .slice(i + 1)
      .filter((b) => !equations || decide(equal(a, b), known) !== true)
      .map((b) => [a, b] as const),
  );
  const search = {
    system,
    conditions: [...known, ...slots.map((size) => atMost(ONE, size))],
    everywhere: system.given.filter((c) => !aboutSizes(c)),
    draw,
  };
  const free = [...indices].filter((n) => !isSize(n));
  return (
    solve({ ...search, different: [...apart, ...pairs] }, free) ??
    solve({ ...search, different: apart }, free)
  );
}

const assigned = new Map<string, Assignment | null>();
const MOST_KEPT = 4000;
const constrained = new WeakMap<System, string>();

/** What an assignment depends on in a system: sizes, assumptions, slots; its equations say nothing. */
function constraintsOf(system: System): string {
  const known = constrained.get(system);
  if (known !== undefined) return known;
  const slots = slotSizes(system).map((s) => s.key);
  const bodies = bodiesApart(system).map((pair) => pair.map((a) => a.key));
  const found = JSON.stringify([[...system.sizes], conditionsKey(system.given), slots, bodies]);
  constrained.set(system, found);
  return found;
}

/** The assignment drawn from a seed; found once for all systems that differ in their equations only. */
export function assignFrom(
  system: System,
  given: readonly Condition[],
  names: ReadonlySet<string>,
  seed: string,
): Assignment | null {
  const key = `${seed} ${constraintsOf(system)} ${conditionsKey(given)} ${[...names].join()}`;
  const known = assigned.get(key);
  if (known !== undefined) return known;
  const found = assign(system, given, names, drawFor(seed, 'sizes'));
  if (assigned.size >= MOST_KEPT) assigned.clear();
  assigned.set(key, found);
  return found;
}
