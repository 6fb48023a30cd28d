// The derivative by one weight the slow way: difference quotients of the loss, by forward passes that are run.

import { integer } from '../../expr/affine.ts';
import type { Expr } from '../../expr/expr.ts';
import { adjoint, entry } from '../../expr/make.ts';
import { difference } from '../../numeric/differences.ts';
import { type Leaf, openRun, type Run } from '../../numeric/run.ts';
import type { World } from '../../numeric/world.ts';
import type { SectionContext } from '../section.ts';
import { isTrained, type NetworkRun } from './run-values.ts';

/** One number of a parameter: the entry, where it stands, and what the derived formula says. */
export interface Chosen {
  readonly leaf: Leaf;
  readonly at: number;
  readonly entry: Expr;
  readonly gradient: Expr;
  readonly derived: number;
}

/** A forward difference in all its parts. */
export interface Quotient {
  readonly step: number;
  readonly base: number;
  readonly shifted: number;
  readonly quotient: number;
  /** Off the derived gradient. */
  readonly error: number;
}

/** The same by both schemes. */
export interface BothQuotients {
  readonly step: number;
  readonly forward: number;
  readonly central: number;
}

/** A matrix's entry and a vector's: a weight and a bias, where the network has both; the one asked for, else the first. */
export function chosenEntries(run: Run, context: SectionContext, of: NetworkRun): Chosen[] {
  const leaves = run.leaves('parameter').filter((l) => isTrained(context.network, l.name));
  const weight = leaves.find((l) => l.shape.length === 2) ?? leaves[0];
  const bias = leaves.find((l) => l.shape.length < 2 && l !== weight);
  return [weight, bias].flatMap((leaf) => (leaf === undefined ? [] : chosen(leaf, context, of)));
}

function chosen(leaf: Leaf, { options }: SectionContext, of: NetworkRun): Chosen[] {
  const own = of.values.gradients.find((g) => g.tensor === leaf.name && g.stage.join() === leaf.stage.join());
  // Where a neuron is dead, the quotients by its weights are 0 and show nothing.
  const live = options.entry === null ? Math.max(0, own?.entries.findIndex((d) => d !== 0) ?? 0) : 0;
  const slots =
    options.entry === null
      ? slotsOf(live, leaf.shape)
      : leaf.shape.map((size, i) => Math.min(options.entry?.[i] ?? 1, size));
  const at = slots.reduce((offset, slot, i) => offset * (leaf.shape[i] ?? 1) + slot - 1, 0);
  const e = entry(leaf.name, leaf.stage.map(integer), slots.map(integer));
  const derived = own?.entries[at];
  return derived === undefined ? [] : [{ leaf, at, entry: e, gradient: adjoint(e), derived }];
}

/** The slots, from 1, of the entry at a place. */
const slotsOf = (place: number, shape: readonly number[]): number[] =>
  shape.reduceRight<{ rest: number; slots: number[] }>(
    ({ rest, slots }, size) => ({ rest: Math.floor(rest / size), slots: [(rest % size) + 1, ...slots] }),
    { rest: place, slots: [] },
  ).slots;

/** The forward difference by a step, with the losses it is made of. */
export function quotientOf(run: Run, c: Chosen, wanted: number): Quotient {
  const base = run.forward();
  const { entries } = c.leaf;
  const here = entries[c.at] ?? Number.NaN;
  const step = here + wanted - here;
  entries[c.at] = here + step;
  const shifted = run.forward();
  entries[c.at] = here;
  const quotient = (shifted - base) / step;
  return { step: wanted, base, shifted, quotient, error: Math.abs(quotient - c.derived) };
}

const STEPS = Array.from({ length: 12 }, (_, i) => 10 ** -(i + 1));

/** Both schemes at steps from 0.1 to 10^-12. */
export function quotientsOf(run: Run, c: Chosen): BothQuotients[] {
  const base = run.forward();
  return STEPS.map((step) => ({
    step,
    forward: difference(run, c.leaf, c.at, 'forward', base, step),
    central: difference(run, c.leaf, c.at, 'central', base, step),
  }));
}

export const runOf = (world: World): Run => {
  const run = openRun(world);
  run.forward();
  return run;
};
