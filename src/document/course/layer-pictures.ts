// What the pictures of layers are drawn with: the network's numbers and letters, and statements as they were derived.

import type { Result } from '../../engine/types.ts';
import { type Affine, type IndexMap, integer } from '../../expr/affine.ts';
import type { Tensor } from '../../expr/expr.ts';
import { mapTensorParts } from '../../expr/parts.ts';
import { substitute, substituteTensor } from '../../expr/substitute.ts';
import type { Formula } from '../../lang/phrase.ts';
import { filedAt, type Layout } from '../figures/layer-letters.ts';
import { equationFormula, type Printing, tensorFormula } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import type { LayerFacts } from './layers-facts.ts';

export const layoutOf = (f: LayerFacts): Layout => ({
  input: f.first - 1,
  weights: f.weight.of.stage[0]?.key === f.to.key ? 'end' : 'start',
  outFirst: f.outFirst,
});

/** Where a layer stands in a picture, which counts them from 1. */
export const positionOf = (f: LayerFacts, layer: number): number => layer - f.first + 2;

/** Letters of one sample: in a batch the quantities without the slot of their samples. */
export function ofOneSample(f: LayerFacts, p: Printing): Printing {
  const { samples } = f;
  if (samples === null) return p;
  const tensors = new Map(
    [...p.system.tensors].map(([name, d]) => [
      name,
      { ...d, size: d.size.filter((s) => s.key !== samples.count.key) },
    ]),
  );
  return { ...p, system: { ...p.system, tensors } };
}

const ofNetwork = (id: string, { results, network }: SectionContext): Result | null =>
  results.find((r) => r.id === id && r.system === network.system) ?? null;

/** A derived statement for one entry, at a layer and a neuron (null: as it was derived). Null where it wasn't. */
export function entryStatement(
  id: string,
  at: { readonly layer: number; readonly neuron: number } | null,
  f: LayerFacts,
  context: SectionContext,
): Formula | null {
  const found = ofNetwork(id, context)?.cases[0]?.derivation;
  if (found === undefined) return null;
  // BP1 is about the last layer, whose number is L there.
  const letter = id === 'bp1' ? 'L' : f.letter;
  const map: IndexMap = new Map(
    at === null
      ? []
      : [
          [letter, integer(at.layer)],
          ['j', integer(at.neuron)],
        ],
  );
  return equationFormula(substitute(found.left, map), substitute(found.right, map), context.options.printing);
}

/** A derived statement in matrix form with l put in. Null where there is none. */
export function matrixStatement(
  id: string,
  stage: Affine | null,
  f: LayerFacts,
  context: SectionContext,
): Formula | null {
  const form = ofNetwork(id, context)?.cases[0]?.matrix;
  if (form === undefined || 'why' in form) return null;
  const map = stage === null ? new Map() : stageMap(f, stage);
  const put = (t: Tensor): Tensor => substituteTensor(t, map);
  return equationFormula(put(form.left), put(form.right), context.options.printing);
}

const stageMap = (f: LayerFacts, stage: Affine): Map<string, Affine> => new Map([[f.letter, stage]]);

/** The gradients that end in a layer, those of biases first. */
export const gradientsAt =
  (f: LayerFacts, context: SectionContext) =>
  (stage: Affine): Formula[] =>
    ['bp3', 'bp4'].flatMap((id) => matrixStatement(id, filedAt(stage, layoutOf(f)), f, context) ?? []);

/** What BP2 multiplies the errors by: the weight matrix, or its transpose, as the derived form has it. */
export const carrierAt =
  (f: LayerFacts, context: SectionContext) =>
  (stage: Affine): Formula | null => {
    const form = ofNetwork('bp2', context)?.cases[0]?.matrix;
    if (form === undefined || 'why' in form) return null;
    const found = carrierIn(form.right, f.weight.of.name);
    if (found === null) return null;
    return tensorFormula(substituteTensor(found, stageMap(f, stage)), context.options.printing);
  };

function carrierIn(t: Tensor, weights: string): Tensor | null {
  const isWeights = (of: Tensor): boolean => of.kind === 'symbol' && of.name === weights;
  if (isWeights(t) || (t.kind === 'transpose' && isWeights(t.of))) return t;
  let found: Tensor | null = null;
  mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => {
      found ??= carrierIn(part, weights);
      return part;
    },
    affine: (a) => a,
  });
  return found;
}

/** Whether the error is a multiple of dC/dz: then the errors of two layers are related as the pictures show. */
export const errorIsOfInput = (f: LayerFacts, { network }: SectionContext): boolean =>
  [...network.system.tensors.values()].some((d) => d.kind === 'error' && d.of === f.equation.lhs.of.name);

/** Whether it is dC/dz itself, so that the slopes along a path multiply to it. */
export const errorIsDerivative = (f: LayerFacts, context: SectionContext): boolean =>
  errorIsOfInput(f, context) &&
  [...context.network.system.tensors.values()].every((d) => d.kind !== 'error' || d.scale === undefined);
