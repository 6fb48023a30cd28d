// The letters of a network of layers in a style: z_j^l, w_jk^l, sigma'(z_j^l), ...

import { type Affine, bareName, index, integer, isConstant, shift } from '../../expr/affine.ts';
import { between, both, decide } from '../../expr/condition.ts';
import type { FunctionHead } from '../../expr/expr.ts';
import { adjoint, call, entry, head, size, symbol } from '../../expr/make.ts';
import { matchEquation, type System } from '../../expr/system.ts';
import type { Style } from '../../text/style.ts';
import { exprFormula, tensorFormula } from './draw.ts';
import type { FigureFormula } from './shapes.ts';

export const LAST = index('L');

/** n_l */
export const widthAt = (stage: Affine): Affine => index('n', [stage]);

/** How a network numbers its layers and files its weights. A picture counts layers from 1 and leaves the rest to its letters. */
export interface Layout {
  /** The number of the input layer. */
  readonly input: number;
  /** Whether w^l ends or starts in layer l. */
  readonly weights: 'end' | 'start';
  /** Whether a weight's first index is the neuron that it leads to. */
  readonly outFirst: boolean;
}
export const usualLayout: Layout = { input: 1, weights: 'end', outFirst: true };

/** The network's own number of a layer that a picture counts from 1; what is symbolic keeps its letter. */
export const ownStage = (stage: Affine, { input }: Layout): Affine =>
  isConstant(stage) ? shift(stage, input - 1) : stage;

/** Where the weights that end in a layer (in the network's own number) are filed. */
export const filedAt = (stage: Affine, { weights }: Layout): Affine =>
  weights === 'end' ? stage : shift(stage, -1);

/** The function that makes a^l of z^l; the general sigma where the equations don't give one function of one number. */
export function activationAt(system: System, stage: Affine, { input }: Layout): FunctionHead {
  for (const eq of system.equations.filter((e) => e.lhs.of.name === 'a')) {
    const match = matchEquation(eq, entry('a', [stage], eq.lhs.slots));
    const own = eq.where.filter((c) => [c.left, c.right].some((side) => isSlot(side, eq.lhs.slots)));
    const known = both(system.given, [...between(integer(input + 1), stage, LAST), ...own]);
    const inside = match?.where.every((c) => decide(c, known) === true) === true;
    if (inside && eq.rhs.kind === 'call' && eq.rhs.args.length === 1)
      return eq.rhs.fn.stage === null ? eq.rhs.fn : { ...eq.rhs.fn, stage };
  }
  return head('sigma');
}

const isSlot = (side: Affine, slots: readonly Affine[]): boolean => {
  const name = bareName(side);
  return name !== null && slots.some((s) => bareName(s) === name);
};

export interface LayerLetters {
  /** An entry of a tensor at a stage: z_j^l. */
  entry(name: string, stage: Affine, ...slots: Affine[]): FigureFormula;
  /** A tensor at a stage: z^l. */
  tensor(name: string, ...stage: Affine[]): FigureFormula;
  /** An entry of a tensor without a stage: x_k. */
  plain(name: string, ...slots: Affine[]): FigureFormula;
  /** w_jk^l, the weight from neuron `from` into neuron `to` of a layer. */
  weight(stage: Affine, to: Affine, from: Affine): FigureFormula;
  /** The parameters that end in a layer: w^l, b^l. */
  filed(name: string, stage: Affine): FigureFormula;
  /** n_l, as an index form. */
  width(stage: Affine): Affine;
  /** sigma'(z_j^l) */
  slope(stage: Affine, slot: Affine): FigureFormula;
  /** dC/da_j^l */
  gradient(name: string, stage: Affine, slot: Affine): FigureFormula;
  /** An index form as a number: n_l. */
  size(of: Affine): FigureFormula;
}

/** Stages are counted from 1 here, whatever the network's own numbers are. */
export function layerLetters(style: Style, layout: Layout): LayerLetters {
  const own = (stage: Affine): Affine => ownStage(stage, layout);
  const filed = (stage: Affine): Affine => filedAt(own(stage), layout);
  return {
    entry: (name, stage, ...slots) => exprFormula(entry(name, [own(stage)], slots), style),
    tensor: (name, ...stage) => tensorFormula(symbol(name, stage.map(own)), style),
    weight: (stage, to, from) =>
      exprFormula(entry('w', [filed(stage)], layout.outFirst ? [to, from] : [from, to]), style),
    filed: (name, stage) => tensorFormula(symbol(name, [filed(stage)]), style),
    width: (stage) => widthAt(own(stage)),
    plain: (name, ...slots) => exprFormula(entry(name, [], slots), style),
    slope(stage, slot) {
      const fn = activationAt(style.system, own(stage), layout);
      return exprFormula(call({ ...fn, order: fn.order + 1 }, entry('z', [own(stage)], [slot])), style);
    },
    gradient: (name, stage, slot) => exprFormula(adjoint(entry(name, [own(stage)], [slot])), style),
    size: (of) => exprFormula(size(of), style),
  };
}
