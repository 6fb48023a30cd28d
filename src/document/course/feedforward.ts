// Section 2: the forward equations in both forms, why they sum, the shapes, one layer in numbers, and the activation function.

import { type Affine, type IndexMap, index, ONE } from '../../expr/affine.ts';
import { between } from '../../expr/condition.ts';
import { entry, mul, sum } from '../../expr/make.ts';
import { substituteTensor } from '../../expr/substitute.ts';
import type { Equation, TensorDecl } from '../../expr/system.ts';
import { say } from '../../lang/phrase.ts';
import type { Block, DisplayRow } from '../blocks.ts';
import { whereOf } from '../equations.ts';
import { blocksFigure, productFigure } from '../figures/blocks.ts';
import { exprFormula, givenFormula, indexFormula, type Printing, tensorFormula } from '../formulas.ts';
import { givenValues } from '../network-section.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { activationFacts } from './feedforward-curves.ts';
import { entryRows, matrixRows, shownEquation } from './feedforward-numbers.ts';
import { combinedEquations, matrixOf } from './layer-equations.ts';
import { type LayerFacts, layerFacts, neuronLetters, shownLayer } from './layers-facts.ts';
import { asNumbers, display, figureBlock, wantsComponent, wantsMatrix } from './parts.ts';

export const feedforwardSection: SectionScope = (context, hands) => {
  const { show, phrase } = hands;
  const { network, options: o } = context;
  const p = o.printing;
  const facts = layerFacts(network);
  const together = combinedEquations(network.system);
  const matrices = together.flatMap((eq) => matrixRow(eq, context));
  const shown = o.world === null ? null : shownEquation(network, o.world);
  const arrays = shown === null || !wantsMatrix(o) ? [] : matrixRows(shown, context);
  return {
    component: wantsComponent(o),
    hasCombined: together.length > 0,
    combined: () =>
      show([
        display(
          together.map((eq) => componentRow(eq, context)),
          'eq-layer',
        ),
      ]),
    hasCombinedMatrix: matrices.length > 0,
    combinedMatrix: () => show([display(matrices, 'eq-layer-matrix')]),
    ...(facts === null ? {} : layerWords(facts, context, phrase)),
    ones: phrase(say`${tensorFormula({ kind: 'ones', size: ONE }, p)}`),
    rule: rowsAndColumns(context, hands),
    given: () =>
      show(o.world === null ? [] : givenValues(network, { world: o.world, printing: p, digits: o.digits })),
    hasShapes: facts !== null && wantsMatrix(o) && together.length > 0,
    productPicture: () => show([productPicture(context)]),
    shapesPicture: () => show([shapesPicture(context)]),
    hasNumbers: shown !== null,
    hasMatrixNumbers: arrays.length > 0,
    matrixNumbers: () => show(asNumbers(arrays)),
    neuronNumbers: () =>
      show(shown === null || !wantsComponent(o) ? [] : asNumbers([entryRows(shown, context)])),
    ...activationFacts(context, show, phrase),
  };
};

/** The letters that the sentences about a layer speak of. */
function layerWords(facts: LayerFacts, { options: o }: SectionContext, phrase: Hands['phrase']): object {
  const p = o.printing;
  const at = (a: Affine): string => phrase(say`${indexFormula(a, p)}`);
  const [to, from] = neuronLetters(facts);
  return {
    z: phrase(say`${exprFormula(facts.equation.lhs, p)}`),
    a: phrase(say`${exprFormula(entry(facts.before.of.name, [facts.to], facts.equation.lhs.slots), p)}`),
    layer: at(shownLayer(facts)),
    toLayer: at(facts.to),
    fromLayer: at(facts.from),
    toNeuron: at(index(to)),
    fromNeuron: at(index(from)),
  };
}

/** C_ij = sum_k A_ik B_kj, with the shapes: A is p x q, B is q x r. */
function rowsAndColumns({ options: o }: SectionContext, { show, phrase }: Hands): object {
  const style = productPrinting(o.printing);
  const [i, j, k] = [index('i'), index('j'), index('k')];
  const terms = mul(entry('A', [], [i, k]), entry('B', [], [k, j]));
  const row: DisplayRow = {
    left: exprFormula(entry('C', [], [i, j]), style),
    right: exprFormula(sum('k', between(ONE, k, index('q')), terms), style),
    where: null,
  };
  const shapes = givenFormula(
    'A_{p \\times q}\\,B_{q \\times r} = C_{p \\times r}',
    'A (p × q) · B (q × r) = C (p × r)',
  );
  return {
    entry: phrase(say`${givenFormula('(i, j)', '(i, j)')}`),
    row: phrase(say`${indexFormula(i, o.printing)}`),
    column: phrase(say`${indexFormula(j, o.printing)}`),
    formula: () => show([display([row])]),
    shapes: phrase(say`${shapes}`),
  };
}

/** Three matrices of their own, in which C is never the loss. */
function productPrinting({ notation, system }: Printing): Printing {
  const { C: _loss, ...letters } = notation.letters;
  const matrix = (name: string, ...size: string[]): readonly [string, TensorDecl] => [
    name,
    { name, stage: [], size: size.map((s) => index(s)), kind: 'input' },
  ];
  const tensors = new Map([matrix('A', 'p', 'q'), matrix('B', 'q', 'r'), matrix('C', 'p', 'r')]);
  return { notation: { ...notation, letters, unicode: {} }, system: { ...system, tensors } };
}

const componentRow = (eq: Equation, { options: o }: SectionContext): DisplayRow => ({
  left: exprFormula(eq.lhs, o.printing),
  right: exprFormula(eq.rhs, o.printing),
  where: whereOf(eq, o.printing),
});

function matrixRow(eq: Equation, { network, options: o }: SectionContext): DisplayRow[] {
  const form = matrixOf(eq, network.system);
  if (form === null) return [];
  const p = o.printing;
  return [{ left: tensorFormula(form.left, p), right: tensorFormula(form.right, p), where: whereOf(eq, p) }];
}

function productPicture({ options: o }: SectionContext): Block {
  const words = o.language.figures.product();
  return figureBlock(productFigure({ id: 'figure-product', words, style: o.printing }), words.caption);
}

/** The layer's equation as blocks, at the layer that is written out. */
function shapesPicture({ network, options: o }: SectionContext): Block | null {
  const facts = layerFacts(network);
  const form = combinedEquations(network.system).flatMap((eq) => matrixOf(eq, network.system) ?? [])[0];
  if (facts === null || form === undefined) return null;
  const map: IndexMap = new Map([[facts.letter, shownLayer(facts)]]);
  const words = o.language.figures.blocks.forward();
  const figure = blocksFigure({
    id: 'figure-shapes',
    words,
    style: o.printing,
    left: substituteTensor(form.left, map),
    right: substituteTensor(form.right, map),
    ...(network.concrete === null ? {} : { sizes: network.concrete.sizes }),
  });
  return figureBlock(figure, words.caption);
}
