// Section 5: the two tools, the Hadamard product and the chain rule, and the Kronecker delta that keeps one term of a sum.

import { index } from '../../expr/affine.ts';
import { equal } from '../../expr/condition.ts';
import { entry, guard } from '../../expr/make.ts';
import { shapeOf } from '../../expr/shape.ts';
import { same, substitute } from '../../expr/substitute.ts';
import { code, type Phrase, say } from '../../lang/phrase.ts';
import { complaintText } from '../../text/reading-words.ts';
import { asIntegers } from '../assign.ts';
import type { Block, Display } from '../blocks.ts';
import { chainFanFigure } from '../figures/fan.ts';
import { exprFormula, givenFormula, type Printing, tensorFormula } from '../formulas.ts';
import { shapeFormula } from '../result-section.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { entryStatement, layoutOf, ofOneSample, positionOf } from './layer-pictures.ts';
import { type LayerFacts, layerFacts, widthOfLayer } from './layers-facts.ts';
import { display, figureBlock, ON } from './parts.ts';
import {
  type ChainStep,
  chainLetters,
  chainNumbers,
  chainOracle,
  chainPlace,
  chainRow,
  chainStep,
  chainTable,
} from './tools-chain.ts';
import { hadamardNumbers, hadamardRow, mismatch } from './tools-hadamard.ts';
import { kroneckerRows, survivor, survivorNumbers, survivorRow } from './tools-kronecker.ts';

export const toolsSection: SectionScope = (context, hands) => {
  const { options: o } = context;
  const { show } = hands;
  const world = o.world;
  const product = world === null ? [] : hadamardNumbers(context, world);
  return {
    hadamard: () => show([display([hadamardRow(o.printing)], 'eq-hadamard')]),
    hasProduct: product.length > 0,
    product: () => show([display(product, 'numbers-hadamard')]),
    mismatch: mismatchWords(context, hands),
    ...chainFacts(context, hands),
    ...kroneckerFacts(context, hands),
  };
};

function mismatchWords(context: SectionContext, { phrase }: Hands): object | null {
  const found = mismatch(context);
  if (found === null) return null;
  const p = context.options.printing;
  const [a, b] = [found.left, found.right];
  return {
    left: phrase(say`${tensorFormula(a, p)}`),
    right: phrase(say`${tensorFormula(b, p)}`),
    leftSize: phrase(say`${sizeOf(a, context)}`),
    rightSize: phrase(say`${sizeOf(b, context)}`),
    attempt: phrase([code(found.attempt)]),
    sentence: phrase([code(complaintText(context.options.language.reading, found.complaint))]),
  };
}

/** How many entries a vector has, or a matrix's shape: in numbers where they are known. */
function sizeOf(t: Parameters<typeof shapeFormula>[0], { network, options: o }: SectionContext): Phrase {
  const sizes = shapeOf(t, network.system).map((s) => network.concrete?.sizes.get(s.key));
  if (sizes.some((s) => s === undefined)) return say`${shapeFormula(t, o.printing)}`;
  return say`${sizes.join(' × ')}`;
}

function chainFacts(context: SectionContext, { show, phrase }: Hands): object {
  const { options: o, results } = context;
  const { world, printing: p } = o;
  const step = chainStep(results, p.system);
  const { u, v, of } = chainLetters(p);
  const facts = layerFacts(context.network);
  const oracle = step === null || world === null ? null : chainOracle(step, world, context);
  return {
    inner: phrase(say`${u}`),
    outer: phrase(say`${v}`),
    nested: phrase(say`${of}`),
    chain: () => show([display([chainRow(p)], 'eq-chain')]),
    hasStep: step !== null,
    ofWeightedInput: step !== null && step.left.by.of.name === facts?.equation.lhs.of.name,
    isDirect: step?.right.kind === 'add',
    step: () => show([step === null ? null : stepDisplay(step, p)]),
    hasFan: step !== null && facts !== null && fanApplies(facts, step),
    fan: () => show(facts === null ? [] : [fan(facts, context)]),
    hasChainNumbers: oracle !== null,
    chainNumbers: () =>
      show(
        step === null || world === null ? [] : [display(chainNumbers(step, world, context), 'numbers-chain')],
      ),
    chainTable: () => show(step === null || world === null ? [] : [chainTable(step, world, context)]),
    oracle: oracle === null ? null : phrase(say`${oracle.value}`),
    oracleError: oracle?.error ?? '',
    at: place(step, context, phrase),
  };
}

/** The step, and the same with the errors by name. */
function stepDisplay({ left, right, named }: ChainStep, p: Printing): Display | null {
  const rows = [{ left: exprFormula(left, p), right: exprFormula(right, p), where: null }];
  if (!same(right, named)) rows.push({ left: ON, right: exprFormula(named, p), where: null });
  return display(rows);
}

/** The entry that the numbers are for: z_1^2. */
function place(step: ChainStep | null, { options: o }: SectionContext, phrase: Hands['phrase']): string {
  const env = step === null || o.world === null ? null : chainPlace(step, o.world);
  if (step === null || o.world === null || env === null) return '';
  const by = substitute(step.left.by, asIntegers(env, o.world.sizes));
  return phrase(say`${exprFormula(by, o.printing)}`);
}

/** The fan shows z_j^l of a layer that isn't the last. */
const fanApplies = (facts: LayerFacts, step: ChainStep): boolean =>
  step.left.by.of.name === facts.equation.lhs.of.name && (facts.widths === null || facts.widths.length > 2);

function fan(facts: LayerFacts, context: SectionContext): Block {
  const { options: o } = context;
  const width = facts.widths === null ? null : widthOfLayer(facts, facts.first + 1);
  const words = o.language.figures.chainFan(width);
  const at = width === null ? null : { layer: facts.first, neuron: 1 };
  const figure = chainFanFigure({
    id: 'figure-chain',
    words,
    style: ofOneSample(facts, o.printing),
    layout: layoutOf(facts),
    statement: entryStatement('bp2', at, facts, context),
    width,
    ...(at === null ? {} : { neuron: { layer: positionOf(facts, at.layer), index: at.neuron } }),
  });
  return figureBlock(figure, words.caption, 'steps');
}

function kroneckerFacts(context: SectionContext, { show, phrase }: Hands): object {
  const { options: o, results } = context;
  const { world, printing: p } = o;
  const found = survivor(results, p.system);
  const delta = guard(equal(index('k'), index('j')));
  return {
    kron: phrase(say`${exprFormula(delta, p)}`),
    kroneckerLetter: phrase(say`${givenFormula('\\delta_{kj}', 'δₖⱼ')}`),
    letterTaken: exprFormula(entry('delta', [], []), p).latex === '\\delta' && p.system.tensors.has('delta'),
    kronecker: () => show(kroneckerRows(p).map((row) => display([row]))),
    hasSurvivor: found !== null,
    vanishes: found?.vanishes === true,
    survivorStep: () => show([found === null ? null : stepDisplay(found.step, p)]),
    survivor: () => show([found === null ? null : display([survivorRow(found, p)])]),
    hasSurvivorNumbers: found !== null && world !== null,
    survivorNumbers: () =>
      show(
        found === null || world === null
          ? []
          : [display(survivorNumbers(found, world, context), 'numbers-kronecker')],
      ),
  };
}
