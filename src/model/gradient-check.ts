// Derived gradients against numbers that know nothing of them: dual numbers, and differences of the loss.

import { integer } from '../expr/affine.ts';
import { adjoint, entry } from '../expr/make.ts';
import { evaluate } from '../numeric/evaluate.ts';
import { stageKey, type World } from '../numeric/world.ts';
import type { Network } from './spec.ts';

/** The largest difference, as a share of the largest entry of its tensor, and how many entries were compared. */
export interface Agreement {
  readonly error: number;
  readonly entries: number;
}

/** Derived values of a derivative of the loss by a tensor at a stage. */
interface Gradient {
  readonly tensor: string;
  readonly stage: readonly number[];
  readonly shape: readonly number[];
  readonly entries: Float64Array;
}

/** Where all entries cancel to 0 (a softmax under equal slopes), only the rounding of what was added up is left. */
const CANCELLED = 1e-3;
const MOST_DUAL = 60;
const MOST_DIFFERENCES = 12;

/** Errors and gradients against dual numbers: all entries of small tensors, evenly spaced ones of large ones. */
export function dualAgreement(network: Network, world: World, gradients: readonly Gradient[]): Agreement {
  return compared(gradients, MOST_DUAL, (g, slots) => {
    const e = entry(g.tensor, g.stage.map(integer), slots.map(integer));
    // In the network's own system an error is worth what the dual numbers give, times its scale.
    const isError = network.system.tensors.get(g.tensor)?.kind === 'error';
    return evaluate(isError ? e : adjoint(e), world);
  });
}

/** Gradients against central differences of the loss, a few entries of each tensor. */
export function differenceAgreement(
  network: Network,
  world: World,
  gradients: readonly Gradient[],
): Agreement & { readonly passes: number } {
  const loss = entry(network.system.loss, [], []);
  const found = compared(gradients, MOST_DIFFERENCES, (g, _slots, offset) => {
    const key = stageKey(g.tensor, g.stage);
    const own = world.values.get(key);
    if (own === undefined) return Number.NaN;
    const step = 1e-5 * Math.max(1, Math.abs(own.entries[offset] ?? 0));
    const at = (by: number): number => {
      const entries = Float64Array.from(own.entries);
      entries[offset] = (entries[offset] ?? 0) + by;
      return evaluate(loss, {
        ...world,
        values: new Map([...world.values, [key, { shape: own.shape, entries }]]),
      });
    };
    return (at(step) - at(-step)) / (2 * step);
  });
  return { ...found, passes: 2 * found.entries };
}

function compared(
  gradients: readonly Gradient[],
  most: number,
  other: (g: Gradient, slots: readonly number[], offset: number) => number,
): Agreement {
  let error = 0;
  let count = 0;
  for (const g of gradients) {
    const largest = g.entries.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    for (const offset of spread(g.entries.length, most)) {
      const [own, independent] = [g.entries[offset] ?? 0, other(g, slotsOf(offset, g.shape), offset)];
      const off = Math.abs(own - independent) / Math.max(largest, CANCELLED);
      error = Number.isNaN(off) ? Number.NaN : Math.max(error, off);
      count++;
    }
  }
  return { error, entries: count };
}

/** At most `most` positions of `count`, evenly spaced, the first and the last among them. */
function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}

/** The slots, from 1, of a position in row-major order. */
function slotsOf(offset: number, shape: readonly number[]): number[] {
  const slots: number[] = [];
  let rest = offset;
  for (const size of [...shape].reverse()) {
    slots.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return slots;
}
