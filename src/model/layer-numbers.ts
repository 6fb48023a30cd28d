// Which number a layer has and where its weights are filed, under given conventions: everything that counts layers asks here.

import { type Affine, bareName, index, integer, shift } from '../expr/affine.ts';
import { substituteCondition } from '../expr/condition.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { substitute } from '../expr/substitute.ts';
import type { Equation, System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import type { Conventions } from '../tables/conventions.ts';

type Numbering = Pick<Conventions, 'firstLayer'>;
type Filing = Pick<Conventions, 'weightLayer'>;

/** The number of the input layer. */
export const inputLayer = ({ firstLayer }: Numbering): Affine => integer(firstLayer);

/** The number of the first layer that computes. */
export const firstComputed = ({ firstLayer }: Numbering): Affine => integer(firstLayer + 1);

/** The number of the layer at a position of the list of widths: the input stands at 0. */
export const layerAt = (position: number, { firstLayer }: Numbering): number => position + firstLayer;

/** The number of the last layer. */
export const lastLayer = (widths: readonly unknown[], c: Numbering): number => layerAt(widths.length - 1, c);

/** The stage of the weights and biases that end in a layer: w[l], or w[l-1]. */
export const weightStage = ({ weightLayer }: Filing, endLayer: Affine): Affine =>
  weightLayer === 'end' ? endLayer : shift(endLayer, -1);

/** The layer in which the weights at a stage end. */
export const layerOfWeights = ({ weightLayer }: Filing, stage: Affine): Affine =>
  weightLayer === 'end' ? stage : shift(stage, 1);

/**
 * An equation as the convention writes it: where weights start in layer l, z[l] = w[l-1] a[l-1] + b[l-1] for 2 <= l <= L
 * reads z[l+1] = w[l] a[l] + b[l] for 1 <= l < L. For print: the left side's stage is then no single index.
 */
export function asWritten(eq: Equation, system: System, conventions: Conventions | null): Equation {
  const [stage] = eq.lhs.of.stage;
  const name = stage === undefined ? null : bareName(stage);
  if (conventions?.weightLayer !== 'start' || name === null || !eq.indices.includes(name)) return eq;
  const weighted = some(
    eq.rhs,
    (e) => isSymbolEntry(e) && e.of.stage.length > 0 && system.tensors.get(e.of.name)?.kind === 'parameter',
  );
  if (!weighted) return eq;
  const later = new Map([[name, shift(index(name), 1)]]);
  return {
    lhs: substitute(eq.lhs, later),
    rhs: substitute(eq.rhs, later),
    indices: eq.indices,
    where: eq.where.map((c) => substituteCondition(c, later)),
  };
}

/** Whether a network of layers has a batch: samples stand along a slot of its own. */
export const hasBatch = (system: System): boolean => system.tensors.get('x')?.size.length === 2;
