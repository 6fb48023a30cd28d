// Numbers and smooth functions drawn from a seed: the same for the same seed and name, whatever else is drawn.

import type { ScalarFunction, TensorFunction, Values } from './world.ts';

/** Numbers in [0, 1), one after another. */
export type Draw = () => number;

/** 32 bits from a text (FNV-1a). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A generator of its own for each seed and name (mulberry32). */
export function drawFor(seed: number | string, name: string): Draw {
  let state = hash(`${seed}:${name}`);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const between = (draw: Draw, lo: number, hi: number): number => lo + (hi - lo) * draw();

/** A number in [-1, 1] that isn't near 0. */
export const signed = (draw: Draw): number => (draw() < 0.5 ? -1 : 1) * between(draw, 0.1, 1);

/** The items in a random order. */
export function shuffled<T>(items: readonly T[], draw: Draw): T[] {
  const order = items.map((item) => ({ item, at: draw() }));
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
}

/** Where an unknown function's values may lie: anywhere, or between 0 and 1, as a logarithm wants it. */
export type Spread = 'real' | 'unit';

interface Wave {
  readonly height: number;
  readonly frequency: number;
  readonly phase: number;
}

function waves(draw: Draw, count: number, height: number): Wave[] {
  return Array.from({ length: count }, () => ({
    height: height * between(draw, 0.4, 1),
    frequency: between(draw, 0.5, 1.5),
    phase: between(draw, 0, 2 * Math.PI),
  }));
}

/** Derivative number `order` of a sine wave: each turns it by a quarter. */
const waveAt = ({ height, frequency, phase }: Wave, order: number, x: number): number =>
  height * frequency ** order * Math.sin(frequency * x + phase + (order * Math.PI) / 2);

/** A random smooth function: a straight line and three sine waves, or waves around 1/2. */
export function randomScalarFunction(draw: Draw, spread: Spread): ScalarFunction {
  const line = spread === 'unit' ? [0.5, 0] : [signed(draw) / 2, signed(draw) / 2];
  const all = waves(draw, 3, spread === 'unit' ? 0.14 : 0.5);
  return {
    derivative: (order, x) => {
      const straight = order === 0 ? (line[0] ?? 0) + (line[1] ?? 0) * x : order === 1 ? (line[1] ?? 0) : 0;
      return all.reduce((sum, w) => sum + waveAt(w, order, x), straight);
    },
  };
}

const WAVES = [0, 1, 2];

/** A random smooth function of all entries of its arguments: waves of random directions, and a slope. */
export function randomTensorFunction(seed: string): TensorFunction {
  const own = waves(drawFor(seed, 'waves'), WAVES.length, 1);
  const directions = new Map<string, readonly number[]>();
  /** For one entry: its slope, and its part in each wave. */
  const direction = (arg: number, at: number): readonly number[] => {
    const name = `${arg} ${at}`;
    let found = directions.get(name);
    if (found === undefined) {
      const draw = drawFor(seed, name);
      found = [signed(draw), ...WAVES.map(() => signed(draw))];
      directions.set(name, found);
    }
    return found;
  };
  const along = (args: readonly Values[], which: number): number => {
    let sum = 0;
    for (const [i, { entries }] of args.entries())
      for (const [at, x] of entries.entries()) sum += x * (direction(i, at)[which] ?? 0);
    return sum;
  };
  return {
    value: (args) => own.reduce((sum, w, i) => sum + waveAt(w, 0, along(args, i + 1)), along(args, 0)),
    partial: (args, arg, at) => {
      const own1 = direction(arg, at);
      return own.reduce(
        (sum, w, i) => sum + (own1[i + 1] ?? 0) * waveAt(w, 1, along(args, i + 1)),
        own1[0] ?? 0,
      );
    },
  };
}
