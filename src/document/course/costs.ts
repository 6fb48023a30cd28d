// What a gradient costs, counted by passes that are run: of the network at hand, and of one of 30,000 weights.

import { buildNetwork } from '../../model/network.ts';
import type { Network } from '../../model/spec.ts';
import { worldOf } from '../../model/world.ts';
import { type Cost, costOf } from '../../numeric/cost.ts';
import { type MeasuredCost, measuredCosts } from '../../numeric/measured.ts';
import type { World } from '../../numeric/world.ts';
import { layerFacts, neuronSlot } from './layers-facts.ts';
import { isTrained } from './run-values.ts';

/** What a gradient costs by all that is learnt, and by the weights alone where these can be told apart. */
export interface Costs<C extends Cost = MeasuredCost> {
  readonly all: C;
  readonly weights: C | null;
}

/** The costs of a network, its differences run as far as `most` products allow (a document's few, unless said). */
export function costsOf(network: Network, world: World, most?: number): Costs {
  const { system, spec } = network;
  const names = [...system.tensors.keys()].filter((n) => isTrained(network, n));
  const isWeight = (n: string): boolean => spec.kind === 'layers' && system.tensors.get(n)?.size.length === 2;
  const weights = names.filter(isWeight);
  const groups = weights.length === 0 ? [names] : [weights, names];
  const found = measuredCosts(
    world,
    groups.map((g) => new Set(g)),
    most,
  );
  const all = found.at(-1);
  if (all === undefined) throw new RangeError('a network has parameters');
  return { all, weights: found.length > 1 ? (found[0] ?? null) : null };
}

/** The network of the 30,000 weights. */
export const LARGE: readonly number[] = [784, 38, 10];

/** Its costs: one forward and one reverse pass are run, the differences are not. */
export function largeCosts(): Costs<Cost> {
  const network = buildNetwork({ layers: LARGE, activation: 'sigmoid', loss: 'mse', values: { seed: 1 } });
  const world = worldOf(network);
  const all = costOf(world);
  const parameters = costOf(world, new Set(['w'])).parameters;
  return { all, weights: { ...all, parameters, differencePasses: parameters + 1 } };
}

/** How many samples a pass runs; null where it runs one. */
export function sampleCount(network: Network): number | null {
  const facts = layerFacts(network);
  if (facts === null || facts.before.slots.length < 2) return null;
  return network.concrete?.values.get('x')?.shape[1 - neuronSlot(facts)] ?? null;
}
