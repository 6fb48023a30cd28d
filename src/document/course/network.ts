// Section 1: the network, its picture, its notation on one weight, its quantities, and how many numbers it learns.

import { type Affine, type IndexMap, index, integer } from '../../expr/affine.ts';
import { mul, size, sum } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import { sizesAt, tensorDecl } from '../../expr/system.ts';
import type { Formula, Phrase } from '../../lang/phrase.ts';
import { say } from '../../lang/phrase.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { Block, TableBlock } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { networkFigure } from '../figures/network.ts';
import { MOST_NEURONS } from '../figures/neurons.ts';
import { equationFormula, exprFormula, indexFormula, tensorFormula } from '../formulas.ts';
import { quantitiesTable } from '../network-section.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { hasTranspose, matrixOf } from './layer-equations.ts';
import { layoutOf, ofOneSample, positionOf } from './layer-pictures.ts';
import { type LayerFacts, layerFacts, neuronLetters, widthOfLayer } from './layers-facts.ts';
import { count, parameterRows, parameterSums } from './parameters.ts';
import { alone, figureBlock, wantsMatrix } from './parts.ts';
import { chained } from './put-in.ts';

export const networkSection: SectionScope = (context, hands) => {
  const { show, phrase } = hands;
  const { network, options: o } = context;
  const p = o.printing;
  const facts = layerFacts(network);
  const rows = parameterRows(network, p);
  return {
    general: facts !== null && facts.widths === null,
    pictured: facts !== null,
    picture: () => show([facts === null ? null : picture(facts, context)]),
    quantities: () => show([quantitiesTable(network, p, o.language)]),
    hasParameters: rows.length > 0,
    parameters: () => show([rows.length === 0 ? null : parameterTable(rows, context)]),
    ...(facts === null ? {} : notation(facts, context, hands)),
    ...(facts === null ? {} : counts(facts, context, phrase)),
  };
};

function picture(facts: LayerFacts, { options: o }: SectionContext): Block {
  const { widths } = facts;
  const abbreviated = widths === null || widths.length > 6 || widths.some((n) => n > MOST_NEURONS);
  const lit = widths === null ? null : litNeuron(facts);
  const words = o.language.figures.network({ widths, abbreviated, ...(lit === null ? {} : { lit }) });
  const figure = networkFigure({
    id: 'figure-network',
    words,
    style: ofOneSample(facts, o.printing),
    layout: layoutOf(facts),
    widths,
    ...(lit === null ? {} : { lit: { ...lit, layer: positionOf(facts, lit.layer) } }),
  });
  return figureBlock(figure, words.caption);
}

/** A neuron in the middle of the first layer that computes. */
const litNeuron = (facts: LayerFacts): { readonly layer: number; readonly neuron: number } => ({
  layer: facts.first,
  neuron: Math.ceil(Math.min(widthOfLayer(facts, facts.first), 5) / 2),
});

/** One weight in the network's own letters, what its indices say, and an instance in numbers. */
function notation(
  facts: LayerFacts,
  { network, options: o }: SectionContext,
  { show, phrase }: Hands,
): object {
  const p = o.printing;
  const shown = (f: Formula): string => phrase(say`${f}`);
  const at = (a: Affine): string => shown(indexFormula(a, p));
  const [j, k] = neuronLetters(facts);
  const form = matrixOf(facts.equation, network.system);
  return {
    letter: facts.letter,
    firstLayer: facts.first - 1,
    weight: shown(exprFormula(facts.weight, p)),
    weights: shown(tensorFormula(facts.weight.of, p)),
    toNeuron: at(index(j)),
    fromNeuron: at(index(k)),
    toLayer: at(facts.to),
    fromLayer: at(facts.from),
    outFirst: facts.outFirst,
    ownLayer: facts.weight.of.stage[0]?.key === facts.to.key,
    example: example(facts, shown, o),
    hasMatrix: form !== null && wantsMatrix(o),
    plainProduct: form !== null && !hasTranspose(form.right),
    matrix: () => show([form === null ? null : alone(equationFormula(form.left, form.right, p))]),
  };
}

/** w_12^3 = -0.4: in the second layer that computes, or the first; from the second neuron, or the first. */
function example(
  facts: LayerFacts,
  shown: (f: Formula) => string,
  o: SectionContext['options'],
): object | null {
  if (o.world === null || facts.widths === null) return null;
  const layer = facts.widths.length > 2 ? facts.first + 1 : facts.first;
  const from = Math.min(2, widthOfLayer(facts, layer - 1));
  const [j, k] = neuronLetters(facts);
  const map: IndexMap = new Map([
    [facts.letter, integer(layer)],
    [j, integer(1)],
    [k, integer(from)],
  ]);
  const weight = substitute(facts.weight, map);
  const value = numberFormula(evaluate(weight, o.world), o.digits);
  return {
    weight: shown(chained(exprFormula(weight, o.printing), value)),
    to: 1,
    from,
    toLayer: layer,
    fromLayer: layer - 1,
  };
}

/** How many weights and biases there are: sums of products in numbers, or in symbols. */
function counts(facts: LayerFacts, { options: o }: SectionContext, phrase: (p: Phrase) => string): object {
  const sums = parameterSums(facts);
  const known = sums === null ? symbolic(facts, o) : sums;
  return {
    weightCount: phrase(say`${known.weights}`),
    biasCount: phrase(say`${known.biases}`),
    oneWeight: facts.widths?.join() === '1,1',
    oneBias: facts.widths?.length === 2 && facts.widths[1] === 1,
  };
}

/** sum over l of n_{l-1} n_l, and of n_l. */
function symbolic(facts: LayerFacts, o: SectionContext['options']): { weights: Formula; biases: Formula } {
  const { printing: p } = o;
  const { system } = p;
  const where = facts.equation.where.filter(
    (c) => c.left.key === facts.letter || c.right.key === facts.letter,
  );
  const sizes = sizesAt(tensorDecl(system, facts.weight.of.name), facts.weight.of.stage).map(size);
  const ordered = facts.outFirst ? [...sizes].reverse() : sizes;
  const width =
    facts.bias === null ? [] : sizesAt(tensorDecl(system, facts.bias.of.name), facts.bias.of.stage);
  return {
    weights: exprFormula(sum(facts.letter, where, mul(...ordered)), p),
    biases: exprFormula(sum(facts.letter, where, mul(...width.map(size))), p),
  };
}

function parameterTable(rows: ReturnType<typeof parameterRows>, { options: o }: SectionContext): TableBlock {
  const { network: words, course } = o.language;
  const total = rows.reduce((n, r) => n + r.count, 0);
  return {
    kind: 'table',
    head: [words.quantity, words.shape, course.network.numbers],
    rows: [
      ...rows.map((r) => [say`${r.name}`, say`${r.shape}`, say`${count(r.count)}`]),
      [course.network.inAll, say``, say`${count(total)}`],
    ],
    align: ['left', 'left', 'right'],
  };
}
