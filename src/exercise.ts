// Each student's own network: how many layers, how wide, which functions and numbers, from the seed and the student's name.

import type { DrawSpec } from './assignment-draw.ts';
import type { Nested, Network, Values } from './model/spec.ts';
import { between, type Draw, drawFor } from './numeric/random.ts';

/** The keys of a network file, as plain data. */
export interface DrawnNetwork {
  readonly layers: readonly number[];
  readonly activation: string;
  readonly loss: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const whole = (draw: Draw, [from, to]: readonly [number, number]): number =>
  Math.min(to, Math.floor(between(draw, from, to + 1)));

const oneOf = <T>(draw: Draw, list: readonly T[]): T | undefined =>
  list[Math.min(list.length - 1, Math.floor(draw() * list.length))];

/** What is drawn before there are numbers: their seed is among it. */
export interface DrawnShape {
  readonly layers: readonly number[];
  readonly activation: string;
  readonly loss: string;
  readonly values: { readonly seed: number };
}

/** The same for the same student and seed, whoever else is in the class. */
export function drawnShape(spec: DrawSpec, student: string, seed: number): DrawnShape {
  const draw = drawFor(seed, `exercise ${student}`);
  const layers = Array.from({ length: whole(draw, spec.layers) }, () => whole(draw, spec.widths));
  const activation = oneOf(draw, spec.activation) ?? 'sigmoid';
  const loss = oneOf(draw, spec.loss) ?? 'mse';
  return { layers, activation, loss, values: { seed: Math.floor(draw() * 1_000_000) } };
}

/** The same network with its numbers written out, as it was built in the usual conventions. */
export const drawnNetwork = (
  { layers, activation, loss }: DrawnShape,
  { concrete }: Network,
): DrawnNetwork => ({
  layers,
  activation,
  loss,
  values: valuesOf(concrete?.values ?? new Map()),
});

/** `w[2]` and its like as a file has them: by tensor, then by layer. */
function valuesOf(values: ReadonlyMap<string, Values>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [key, { shape, entries }] of values) {
    const [, name = key, stage] = /^([^[]+)\[(\d+)\]$/.exec(key) ?? [];
    const numbers = nested(shape, [...entries]);
    if (stage === undefined) found[name] = numbers;
    else found[name] = { ...(found[name] as object | undefined), [stage]: numbers };
  }
  return found;
}

function nested(shape: readonly number[], entries: readonly number[]): Nested {
  const [rows, ...rest] = shape;
  if (rows === undefined) return entries[0] ?? 0;
  const size = rest.reduce((n, d) => n * d, 1);
  return Array.from({ length: rows }, (_, i) => nested(rest, entries.slice(i * size, (i + 1) * size)));
}
