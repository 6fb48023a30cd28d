// Section 3: the loss of one sample and of all, in both forms, as a tree, as a function of the output, and in numbers.

import { liftScalar } from '../../engine/lift.ts';
import { index } from '../../expr/affine.ts';
import type { Expr, SymbolEntry } from '../../expr/expr.ts';
import { entry, inverse, jacobian, mul, opaque, size, sum, symbol } from '../../expr/make.ts';
import { some } from '../../expr/walk.ts';
import { type Formula, say } from '../../lang/phrase.ts';
import { layersNetwork } from '../../model/layers-network.ts';
import type { Network } from '../../model/spec.ts';
import type { Block, DisplayRow } from '../blocks.ts';
import { treeFigure } from '../figures/tree-figure.ts';
import { equationFormula, exprFormula, indexFormula, type Printing } from '../formulas.ts';
import type { SectionContext, SectionScope } from '../section.ts';
import { layerFacts } from './layers-facts.ts';
import { lossNumbers } from './loss-numbers.ts';
import { type LossParts, lossParts } from './loss-parts.ts';
import { atSample, overSamples, sampleCount, sampleLetter, samplePrinting } from './loss-samples.ts';
import { alone, asNumbers, display, figureBlock, wantsComponent, wantsMatrix } from './parts.ts';

export const lossSection: SectionScope = (context, { show, phrase }) => {
  const { network, options: o } = context;
  const p = samplePrinting(o.printing);
  const own = lossParts(network);
  const facts = layerFacts(network);
  const unknown = some(own.sample, (e) => e.kind === 'opaque');
  const parts = unknown ? lossParts(withExample(network)) : own;
  const told = parts.sample;
  const loss = entry(network.system.loss, [], []);
  const one = sampleLoss(parts, p);
  const ofOutput = opaque(sampleLetter, [symbol('a', [index('L')])]);
  return {
    unknown,
    hasPenalty: parts.penalty !== null,
    isMean: parts.isMean,
    count: parts.samples === null ? '' : phrase(say`${indexFormula(parts.samples.count, p)}`),
    index: parts.samples === null ? '' : phrase(say`${indexFormula(index(parts.samples.index), p)}`),
    whole: () => show([display(rowsOf(loss, parts.whole, context, p), 'eq-loss')]),
    /** The loss as the network has it, where that is unknown: a function of the outputs. */
    ofOutputs: () => show([display(rowsOf(loss, own.sample, context, p))]),
    one: phrase(say`${exprFormula(one, p)}`),
    sample: () => show([display(rowsOf(one, told, context, p), 'eq-loss-sample')]),
    samples: () => show([display(overSamples(parts, context), 'eq-loss-samples')]),
    /** How many samples there are, and whether only the missing index tells that from a layer's width. */
    sampleCount: phrase(say`${indexFormula(sampleCount(p), p)}`),
    bareCount: sampleCount(p).key === 'n',
    output: phrase(say`${exprFormula(ofOutput, p)}`),
    isOutput: () =>
      show([display([{ left: exprFormula(one, p), right: exprFormula(ofOutput, p), where: null }])]),
    x: phrase(say`${indexFormula(index('x'), p)}`),
    outputAt: phrase(say`${atSample(symbol('a', [index('L')]), p)}`),
    wantedAt: phrase(say`${atSample(symbol('y'), p)}`),
    meanGradient: () => show(facts === null ? [] : [alone(meanGradient(facts.weight, parts, p))]),
    tree: () => show([tree(told, context)]),
    hasNumbers: o.world !== null,
    numbers: () => show(o.world === null ? [] : asNumbers(lossNumbers(parts, context, o.world))),
  };
};

/** The network with half the squared error in the place of a loss that is unknown. */
function withExample(network: Network): Network {
  const { spec, conventions, source } = network;
  if (spec.kind !== 'layers' || conventions === null) return network;
  return layersNetwork({ ...spec, activation: null, output: null, loss: 'mse' }, { conventions }, source);
}

/** left = components, and the same lifted. */
function rowsOf(left: Expr, right: Expr, { options: o }: SectionContext, p: Printing): DisplayRow[] {
  const scalar = left.kind === 'entry' && left.slots.length === 0;
  const lifted = scalar && wantsMatrix(o) ? liftScalar(p.system, p.system.given, right) : null;
  const row = (e: Expr): DisplayRow => ({
    left: exprFormula(left, p),
    right: exprFormula(e, p),
    where: null,
  });
  return [
    ...(lifted === null ? [] : [row(lifted)]),
    ...(wantsComponent(o) || lifted === null ? [row(right)] : []),
  ];
}

/** C_x, or C_i in a batch. */
const sampleLoss = ({ samples }: LossParts, p: Printing): SymbolEntry =>
  samples === null ? entry(sampleLetter, [], []) : entry(p.system.loss, [], [index(samples.index)]);

/** dC/dw = 1/n sum_x dC_x/dw, or the sum alone. */
function meanGradient(weight: SymbolEntry, parts: LossParts, p: Printing): Formula {
  const { samples } = parts;
  const each = jacobian(sampleLoss(parts, p), weight);
  const total = sum(samples?.index ?? 'x', [], each);
  const mean = parts.isMean ? mul(inverse(size(samples?.count ?? sampleCount(p))), total) : total;
  return equationFormula(jacobian(entry(p.system.loss, [], []), weight), mean, p);
}

function tree(of: Expr, { options: o }: SectionContext): Block {
  const words = o.language.figures.lossTree();
  return figureBlock(treeFigure({ id: 'figure-loss', words, style: o.printing, of }), words.caption);
}
