// What the course's sentences ask of a network of layers: its numbering, where its weights lead.

import { type Affine, bareName, integer, isConstant } from '../../expr/affine.ts';
import { type System, sizesAt, tensorDecl } from '../../expr/system.ts';
import type { Network } from '../../model/spec.ts';
import { type WeightedInput, weightedInput } from './layer-equations.ts';

export interface LayerFacts extends WeightedInput {
  /** The letter of a layer in the equations, and the layers of z and of what it is made from. */
  readonly letter: string;
  readonly to: Affine;
  readonly from: Affine;
  /** The number of the first layer that computes. */
  readonly first: number;
  /** Widths, the input first; null for the general network. */
  readonly widths: readonly number[] | null;
  /** In a batch: the letter of a sample, and how many there are. */
  readonly samples: { readonly letter: string; readonly count: Affine } | null;
  /** Whether layers are counted from 1, weights are written w_jk^l, out x in, and delta is dC/dz itself. */
  readonly usual: boolean;
}

/** Null for a network given by its equations. */
export function layerFacts(network: Network): LayerFacts | null {
  if (network.spec.kind !== 'layers') return null;
  const z = weightedInput(network.system);
  const [to] = z?.equation.lhs.of.stage ?? [];
  const [from] = z?.before.of.stage ?? [];
  const letter = to === undefined ? null : bareName(to);
  if (z === null || to === undefined || from === undefined || letter === null) return null;
  const low = z.equation.where.find(
    (c) => c.relation === '<=' && bareName(c.right) === letter && isConstant(c.left),
  );
  const first = low?.left.constant ?? 2;
  const widths = network.concrete?.widths ?? null;
  const error = [...network.system.tensors.values()].find((d) => d.kind === 'error');
  const plain = error?.of === z.equation.lhs.of.name && error.scale === undefined;
  const usual = plain && first === 2 && z.outFirst && z.weight.of.stage[0]?.key === to.key;
  return { ...z, letter, to, from, first, widths, usual, samples: samplesOf(z, network) };
}

/** The slot of z that the weights don't know. */
function samplesOf({ equation, weight }: WeightedInput, { system }: Network): LayerFacts['samples'] {
  const known = weight.slots.map((s) => s.key);
  const { lhs } = equation;
  const at = lhs.slots.findIndex((s) => !known.includes(s.key));
  const count = sizesAt(tensorDecl(system, lhs.of.name), lhs.of.stage)[at];
  const letter = lhs.slots[at]?.key;
  return count === undefined || letter === undefined ? null : { letter, count };
}

/** Whether there is a layer between the input and the output. */
export const hasHidden = ({ widths }: LayerFacts): boolean => widths === null || widths.length > 2;

/** The width of a layer by its number. */
export const widthOfLayer = (f: LayerFacts, layer: number): number => f.widths?.[layer - f.first + 1] ?? 0;

/** The layer that is written out: the first that computes; l itself for the general network. */
export const shownLayer = (f: LayerFacts): Affine => (f.widths === null ? f.to : integer(f.first));

/** The letters of the neuron that a weight leads to, and of the one it comes from. */
export function neuronLetters(f: LayerFacts): readonly [string, string] {
  const [first = 'j', second = 'k'] = f.weight.slots.map((s) => s.key);
  return f.outFirst ? [first, second] : [second, first];
}

/** Which slot of an activation names the neuron: in a batch another one names the sample. */
export const neuronSlot = (f: LayerFacts): number =>
  Math.max(
    0,
    f.before.slots.findIndex((s) => s.key === neuronLetters(f)[1]),
  );

/** How many samples a batch has, as a size of the equations: m. Null without a batch. */
export function batchSize(f: LayerFacts, system: System): Affine | null {
  const { of, slots } = f.before;
  const sizes = sizesAt(tensorDecl(system, of.name), of.stage);
  return slots.length < 2 ? null : (sizes[1 - neuronSlot(f)] ?? null);
}
