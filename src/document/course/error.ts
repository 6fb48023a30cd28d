// Section 4: what is propagated backwards. The error in the network's own letters, what it says in numbers, and its flow.

import { integer } from '../../expr/affine.ts';
import { adjoint, entry } from '../../expr/make.ts';
import { say } from '../../lang/phrase.ts';
import { hasBatch } from '../../model/layer-numbers.ts';
import type { Block, Display } from '../blocks.ts';
import { errorDisplay } from '../equations.ts';
import { backflowFigure } from '../figures/backflow.ts';
import { exprFormula, lazily, type Printing, tensorFormula } from '../formulas.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { nudge } from './error-nudge.ts';
import { errorIsOfInput, layoutOf, matrixStatement, ofOneSample, positionOf } from './layer-pictures.ts';
import { type LayerFacts, layerFacts, widthOfLayer } from './layers-facts.ts';
import { alone, figureBlock } from './parts.ts';

export const errorSection: SectionScope = (context, hands) => {
  const { show, phrase } = hands;
  const { network, options: o } = context;
  const p = o.printing;
  const facts = layerFacts(network);
  const error = [...network.system.tensors.values()].find((d) => d.kind === 'error');
  const moved = facts === null ? null : nudge(facts, context, phrase);
  return {
    error: () => show([errorDisplay(p)]),
    ofWeightedInput: error?.of === facts?.equation.lhs.of.name,
    scaled: error?.scale !== undefined,
    /** What the error is besides the derivative: times the number of samples, its sign turned. */
    times: hasBatch(network.system) && network.conventions?.mean === 'gradient',
    turned: network.conventions?.sign === '-',
    ...(facts === null ? {} : letters(facts, context, hands)),
    nudge: moved,
    hasFlow: facts !== null && errorIsOfInput(facts, context) && flows(facts),
    flow: () => show(facts === null ? [] : [flow(facts, context)]),
  };
};

function letters(
  facts: LayerFacts,
  { network, options: o }: SectionContext,
  { show, phrase }: Hands,
): object {
  const p = o.printing;
  const name = [...network.system.tensors.values()].find((d) => d.kind === 'error')?.name ?? 'delta';
  const { lhs } = facts.equation;
  const at = (of: string): string => phrase(say`${exprFormula(entry(of, lhs.of.stage, lhs.slots), p)}`);
  return {
    z: phrase(say`${exprFormula(lhs, p)}`),
    a: at(facts.before.of.name),
    delta: at(name),
    deltas: phrase(say`${tensorFormula(entry(name, lhs.of.stage, []).of, p)}`),
    change: () => show([change(name, facts, p)]),
    byActivation: phrase(
      say`${exprFormula(adjoint(entry(facts.before.of.name, lhs.of.stage, lhs.slots)), p)}`,
    ),
  };
}

/** Delta C is about delta times Delta z. */
function change(name: string, { equation }: LayerFacts, p: Printing): Display {
  const loss = exprFormula(entry(p.system.loss, [], []), p);
  const z = exprFormula(equation.lhs, p);
  const error = exprFormula(entry(name, equation.lhs.of.stage, equation.lhs.slots), p);
  return alone(
    lazily({
      latex: () => `\\Delta ${loss.latex} \\approx ${error.latex}\\,\\Delta ${z.latex}`,
      unicode: () => `Δ${loss.unicode} ≈ ${error.unicode} Δ${z.unicode}`,
      plain: null,
    }),
  );
}

/** Whether there is a layer after the first that computes. */
const flows = (facts: LayerFacts): boolean => facts.widths === null || facts.widths.length > 2;

/** From the second layer that computes back to the first, or from l+1 to l. */
function flow(facts: LayerFacts, context: SectionContext): Block {
  const { options: o } = context;
  const words = o.language.figures.backflow();
  const layer = facts.first;
  const widths = [widthOfLayer(facts, layer), widthOfLayer(facts, layer + 1)] as const;
  const isKnown = facts.widths !== null;
  const figure = backflowFigure({
    id: 'figure-backflow',
    words,
    style: ofOneSample(facts, o.printing),
    layout: layoutOf(facts),
    statement: matrixStatement('bp2', isKnown ? integer(layer) : null, facts, context),
    ...(isKnown ? { known: { layer: positionOf(facts, layer), neuron: 1, widths } } : {}),
  });
  return figureBlock(figure, words.caption, 'steps');
}
