// What BP4 means for learning, in one network's own numbers: a small activation, a saturated neuron, a small error.

import type { NamedValues } from '../../engine/evaluated.ts';
import { type Affine, integer } from '../../expr/affine.ts';
import { adjoint, entry } from '../../expr/make.ts';
import { errorOf } from '../../expr/system.ts';
import type { Formula } from '../../lang/phrase.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { atNeuron, type OutputFactors, type OutputNeuron } from './equations-factors.ts';
import { type LayerFacts, layerFacts } from './layers-facts.ts';
import type { NetworkRun } from './run-values.ts';

/** A quantity and its number: a_2^1 = 0.05. */
export interface Found {
  readonly name: Formula;
  readonly value: Formula;
  readonly number: number;
}

/** Two weights into the same neuron, out of the most and the least active neuron of the layer before. */
export interface SmallActivation {
  readonly large: Found;
  readonly small: Found;
  readonly error: Found;
  readonly byLarge: Found;
  readonly bySmall: Found;
}

/** Two output neurons: the one with the smallest derivative of its activation, and the one with the largest. */
export interface Saturation {
  readonly slow: { readonly slope: Found; readonly loss: Found; readonly error: Found };
  readonly fast: { readonly slope: Found; readonly loss: Found; readonly error: Found };
}

/** The weight out of the most active neuron into the output neuron with the smallest error. */
export interface SmallError {
  readonly activation: Found;
  readonly error: Found;
  readonly gradient: Found;
}

interface Ground {
  readonly facts: LayerFacts;
  readonly run: NetworkRun;
  readonly context: SectionContext;
  readonly error: string;
}

/** Where the evidence comes from: a network of layers that has run, one sample, its weights written w_jk. Null for others. */
export function groundOf(context: SectionContext, run: NetworkRun | null): Ground | null {
  const facts = layerFacts(context.network);
  if (facts === null || run === null || !facts.usual) return null;
  const error = errorOf(context.network.system, facts.equation.lhs.of.name);
  const single = facts.before.slots.length === 1;
  return error === null || !single || !run.complete ? null : { facts, run, context, error };
}

const at = (list: readonly NamedValues[], tensor: string, stage: number): NamedValues | undefined =>
  list.find((v) => v.tensor === tensor && v.stage.join() === String(stage));

function found(g: Ground, name: string, stage: number, slots: readonly number[], number: number): Found {
  const e = entry(name, [integer(stage)], slots.map(integer));
  return quantity(g, exprFormula(e, g.context.options.printing), number);
}

const quantity = (g: Ground, name: Formula, number: number): Found => ({
  name,
  value: numberFormula(number, g.context.options.digits),
  number,
});

function gradient(g: Ground, stage: number, j: number, k: number): Found | null {
  const name = g.facts.weight.of.name;
  const values = at(g.run.values.gradients, name, stage);
  const number = values?.entries[(j - 1) * (values.shape[1] ?? 1) + k - 1];
  if (number === undefined) return null;
  const e = adjoint(entry(name, [integer(stage)], [integer(j), integer(k)]));
  return quantity(g, exprFormula(e, g.context.options.printing), number);
}

/** The position, from 1, where a size is largest or smallest. */
function extreme(values: ArrayLike<number>, which: 'largest' | 'smallest'): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) {
    const [a, b] = [Math.abs(values[i] ?? 0), Math.abs(values[best] ?? 0)];
    if (which === 'largest' ? a > b : a < b) best = i;
  }
  return best + 1;
}

/** In the layer before the last one: its largest and its smallest activation, and what they make of the same error. */
export function smallActivation(g: Ground): SmallActivation | null {
  const last = lastLayer(g);
  const a = at(g.run.forward, g.facts.before.of.name, last - 1);
  const errors = at(g.run.values.errors, g.error, last);
  if (a === undefined || errors === undefined || a.entries.length < 2) return null;
  const [most, least] = [extreme(a.entries, 'largest'), extreme(a.entries, 'smallest')];
  const j = extreme(errors.entries, 'largest');
  const [byLarge, bySmall] = [gradient(g, last, j, most), gradient(g, last, j, least)];
  if (byLarge === null || bySmall === null || most === least) return null;
  const active = (k: number): Found => found(g, a.tensor, last - 1, [k], a.entries[k - 1] ?? Number.NaN);
  return {
    large: active(most),
    small: active(least),
    error: found(g, g.error, last, [j], errors.entries[j - 1] ?? Number.NaN),
    byLarge,
    bySmall,
  };
}

const lastLayer = (g: Ground): number => Math.max(...g.run.values.errors.map((v) => v.stage[0] ?? 0));

export function saturation(g: Ground, f: OutputFactors, neurons: readonly OutputNeuron[]): Saturation | null {
  const slopes = neurons.map((n) => n.slope);
  const [slow, fast] = [extreme(slopes, 'smallest'), extreme(slopes, 'largest')];
  if (slow === fast || slopes[slow - 1] === slopes[fast - 1]) return null;
  const { options } = g.context;
  const of = (index: number): Saturation['slow'] => {
    const n = neurons[index - 1];
    const show = (e: Parameters<typeof atNeuron>[0], number: number): Found =>
      quantity(g, atNeuron(e, f, index, g.run.world, options.printing), number);
    return {
      slope: show(f.slope, n?.slope ?? Number.NaN),
      loss: show(f.slopeOfLoss, n?.slopeOfLoss ?? Number.NaN),
      error: show(f.case.derivation.left, n?.error ?? Number.NaN),
    };
  };
  return { slow: of(slow), fast: of(fast) };
}

export function smallError(g: Ground): SmallError | null {
  const last = lastLayer(g);
  const a = at(g.run.forward, g.facts.before.of.name, last - 1);
  const errors = at(g.run.values.errors, g.error, last);
  if (a === undefined || errors === undefined || errors.entries.length < 2) return null;
  const [k, j] = [extreme(a.entries, 'largest'), extreme(errors.entries, 'smallest')];
  const by = gradient(g, last, j, k);
  if (by === null) return null;
  return {
    activation: found(g, a.tensor, last - 1, [k], a.entries[k - 1] ?? Number.NaN),
    error: found(g, g.error, last, [j], errors.entries[j - 1] ?? Number.NaN),
    gradient: by,
  };
}

/** The layer that a figure of BP2 is drawn for: the last hidden one by its number; null where there is none. */
export const hiddenLayer = (f: LayerFacts): Affine | null =>
  f.widths === null || f.widths.length < 3 ? null : integer(f.widths.length - 1);
