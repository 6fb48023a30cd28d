// Where two expressions are compared: sizes, free indices and numbers, drawn so that the pair alone decides them.

import { evaluateAffine } from '../expr/affine.ts';
import { type Condition, conditionsKey } from '../expr/condition.ts';
import { type System, sizesAt, tensorDecl } from '../expr/system.ts';
import { drawFor } from '../numeric/random.ts';
import { type Sample, sampleWorlds } from '../numeric/sample.ts';
import { type Source, stageKey, type Values, type World } from '../numeric/world.ts';
import type { Bound } from './compare-place.ts';
import type { RealSource } from './compare-real.ts';

/** A point: a world, and the free indices in it. */
export interface Point {
  readonly world: World;
  readonly env: ReadonlyMap<string, number>;
  /** Whether every pair about this system meets the same world here, so that what was worked out in it is kept. */
  readonly shared: boolean;
}

export interface PointsWanted {
  readonly system: System;
  readonly given: readonly Condition[];
  readonly names: ReadonlySet<string>;
  /** From the pair compared: numbers depend on it. */
  readonly seed: string;
}

/** As many networks are drawn; further points have the sizes of these, and numbers of their own. */
export const SAMPLES = 24;
/** Worlds are drawn so many at a time: most pairs are told apart by two. */
const CHUNK = 2;
const sampled = new WeakMap<System, Map<string, Sample[]>>();

const samplesWanted = new WeakMap<PointsWanted, Sample[]>();

/** The samples drawn so far for these conditions and indices. */
function samplesOf(wanted: PointsWanted): Sample[] {
  const before = samplesWanted.get(wanted);
  if (before !== undefined) return before;
  const { system, given, names } = wanted;
  const own = sampled.get(system) ?? new Map<string, Sample[]>();
  sampled.set(system, own);
  const key = `${conditionsKey(given)}|${[...names].sort().join()}`;
  const known = own.get(key) ?? [];
  own.set(key, known);
  samplesWanted.set(wanted, known);
  return known;
}

/** Sizes and free indices, the same for every pair about one system; a pair's own numbers are put in by `pointAt`. */
function sampleFor(wanted: PointsWanted, i: number): Sample | undefined {
  const { system, given, names } = wanted;
  const known = samplesOf(wanted);
  const most = names.size === 0 && system.sizes.size === 0 && !hasEquations(system) ? 1 : SAMPLES;
  const at = i % most;
  while (known.length <= at) {
    const options = { count: Math.min(CHUNK, most - known.length), seed: 20241, from: known.length };
    known.push(...[...sampleWorlds(system, given, names, options)].sort(bySize));
  }
  return known[at];
}

/** Small worlds first: they say as much, and cost less. */
const bySize = (a: Sample, b: Sample): number => sizeOf(a.world) - sizeOf(b.world);
const sizeOf = ({ sizes }: World): number => [...sizes.values()].reduce((sum, n) => sum + n, 0);

const hasEquations = (system: System): boolean => system.equations.length > 0;

/** Ranges of inputs, tried in turn: a logarithm wants (0,1), a power of a negative number whole exponents. */
const RANGES: readonly ((draw: () => number) => number)[] = [
  (draw) => fine(6 * draw() - 3),
  (draw) => fine(draw()),
  (draw) => fine(3 * draw()),
  (draw) => fine(6 * draw() - 3),
  (draw) => 1 + Math.floor(4 * draw()),
  (draw) => fine(2 * draw() - 1),
  (draw) => (draw() < 0.5 ? fine(draw()) : fine(6 * draw() - 3)),
  (draw) => fine(1 + 2 * draw()),
  (draw) => fine(24 * draw() - 12),
  (draw) => Math.floor(7 * draw()) - 3,
  (draw) => fine(6 * draw() - 3),
  (draw) => fine(200 * draw() - 100),
];

/** Rounded to 1/1024 and away from 0, so that fractions stay short. */
const fine = (x: number): number => (Math.floor(x * 1024) + 0.5) / 1024;

/** Point number `i`. Throws a `UserError` where nothing satisfies the conditions. */
export function pointAt(wanted: PointsWanted, i: number): Point {
  const { world, env } = sampleFor(wanted, i) ?? { world: null, env: new Map<string, number>() };
  if (world === null) throw new RangeError('no samples');
  const { system, seed } = wanted;
  if (hasEquations(system) && i < SAMPLES) return { world, env, shared: true };
  const range = RANGES[i % RANGES.length] ?? ((draw) => fine(draw()));
  const values = new Map<string, Values>();
  const source: Source = {
    size: (name, stage) => world.source?.size(name, stage) ?? null,
    scalarFunction: (head) => world.source?.scalarFunction(head) ?? null,
    tensorFunction: (call) => world.source?.tensorFunction(call) ?? null,
    values: (name, stage, shape) => {
      const key = stageKey(name, stage);
      const draw = drawFor(seed, `${i} ${key}`);
      const entries = Float64Array.from({ length: shape.reduce((n, s) => n * s, 1) }, () => range(draw));
      const drawn = { shape, entries };
      values.set(key, drawn);
      return drawn;
    },
  };
  return { world: { ...world, values, source }, env, shared: false };
}

export const sizeIn = (world: World, name: string, stage: readonly number[]): number => {
  const key = stageKey(name, stage);
  return world.sizes.get(key) ?? world.source?.size(name, stage) ?? Number.NaN;
};

const bounds = new WeakMap<ReadonlyMap<string, number>, Bound | null>();

export function boundOf(env: ReadonlyMap<string, number>): Bound | null {
  let found = bounds.get(env);
  if (found === undefined) {
    found = [...env].reduce<Bound | null>((outer, [name, value]) => ({ name, value, outer }), null);
    bounds.set(env, found);
  }
  return found;
}

function valuesIn(world: World, name: string, stage: readonly number[]): Values {
  const key = stageKey(name, stage);
  const known = world.values.get(key);
  if (known !== undefined) return known;
  const decl = tensorDecl(world.system, name);
  const letters = new Map(decl.stage.map((letter, i) => [letter, stage[i] ?? 0]));
  const shape = sizesAt(decl, []).map((s) =>
    evaluateAffine(s, (n, at) =>
      at.length === 0 ? (letters.get(n) ?? sizeIn(world, n, [])) : sizeIn(world, n, at),
    ),
  );
  const drawn = world.source?.values(name, stage, shape) ?? null;
  if (drawn === null) throw new RangeError(`${key} has no values`);
  return drawn;
}

/** The numbers of a world for the arithmetics of reals and fractions. */
export function sourceOf({ world }: Point): RealSource {
  const declared = new Set(world.system.functions.map((f) => f.name));
  return {
    input: (name, stage, slots) => {
      const { shape, entries } = valuesIn(world, name, stage);
      const at = slots.reduce((offset, slot, i) => offset * (shape[i] ?? 1) + slot - 1, 0);
      return entries[at] ?? Number.NaN;
    },
    function: (name, stage) => {
      const head = stage === null ? name : stageKey(name, [stage]);
      const given = world.functions.get(head) ?? world.functions.get(name);
      return given ?? (declared.has(name) ? (world.source?.scalarFunction(head) ?? null) : null);
    },
    opaque: ({ name, text }) => {
      const found = world.losses.get(name) ?? world.source?.tensorFunction(text) ?? null;
      if (found === null) throw new RangeError(`the function ${text} has no value`);
      return found;
    },
  };
}
