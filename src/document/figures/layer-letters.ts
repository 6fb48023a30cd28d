// The letters of a network of layers in a style: z_j^l, w_jk^l, sigma'(z_j^l), ...

import { type Affine, index, integer, ONE } from '../../expr/affine.ts';
import { between } from '../../expr/condition.ts';
import type { FunctionHead } from '../../expr/expr.ts';
import { adjoint, call, entry, head, size, symbol } from '../../expr/make.ts';
import { definitionOf, type System } from '../../expr/system.ts';
import type { Style } from '../../text/style.ts';
import { exprFormula, tensorFormula } from './draw.ts';
import type { FigureFormula } from './shapes.ts';

export const LAST = index('L');

/** n_l */
export const widthAt = (stage: Affine): Affine => index('n', [stage]);

/** The function that makes a^l of z^l; the general sigma where the equations don't give one function of z_j^l. */
export function activationAt(system: System, stage: Affine): FunctionHead {
  const j = index('j');
  const given = [...between(integer(2), stage, LAST), ...between(ONE, j, widthAt(stage))];
  const definition = definitionOf(system, entry('a', [stage], [j]), given);
  return definition?.kind === 'call' && definition.args.length === 1 ? definition.fn : head('sigma');
}

export interface LayerLetters {
  /** An entry of a tensor at a stage: z_j^l. */
  entry(name: string, stage: Affine, ...slots: Affine[]): FigureFormula;
  /** A tensor at a stage: z^l. */
  tensor(name: string, ...stage: Affine[]): FigureFormula;
  /** An entry of a tensor without a stage: x_k. */
  plain(name: string, ...slots: Affine[]): FigureFormula;
  /** sigma'(z_j^l) */
  slope(stage: Affine, slot: Affine): FigureFormula;
  /** dC/da_j^l */
  gradient(name: string, stage: Affine, slot: Affine): FigureFormula;
  /** An index form as a number: n_l. */
  size(of: Affine): FigureFormula;
}

export function layerLetters(style: Style): LayerLetters {
  return {
    entry: (name, stage, ...slots) => exprFormula(entry(name, [stage], slots), style),
    tensor: (name, ...stage) => tensorFormula(symbol(name, stage), style),
    plain: (name, ...slots) => exprFormula(entry(name, [], slots), style),
    slope(stage, slot) {
      const fn = activationAt(style.system, stage);
      return exprFormula(call({ ...fn, order: fn.order + 1 }, entry('z', [stage], [slot])), style);
    },
    gradient: (name, stage, slot) => exprFormula(adjoint(entry(name, [stage], [slot])), style),
    size: (of) => exprFormula(size(of), style),
  };
}
