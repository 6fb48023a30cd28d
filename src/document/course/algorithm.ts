// Section 7, the algorithm: its steps in both forms, as pseudo-code, and run once on the network's numbers.

import { inverse, isSymbolEntry, size } from '../../expr/make.ts';
import { lossEntry } from '../../expr/system.ts';
import { type Phrase, say } from '../../lang/phrase.ts';
import type { Block } from '../blocks.ts';
import { errorText, numberFormula } from '../digits.ts';
import { passesFigure } from '../figures/passes.ts';
import { exprFormula } from '../formulas.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { backwardPlan, forwardPlan, gradientPlan, type PlanGroup, resultGroups } from './algorithm-plan.ts';
import { groupDisplay, headsOf, pseudoCode } from './algorithm-rows.ts';
import { carrierAt, errorIsOfInput, gradientsAt, layoutOf } from './layer-pictures.ts';
import { batchSize, hasHidden, layerFacts } from './layers-facts.ts';
import { lossParts } from './loss-parts.ts';
import { figureBlock } from './parts.ts';
import { descentStep, lossRow, type NetworkRun, networkRun, valuesDisplay } from './run-values.ts';
import { workedDisplay } from './worked-rows.ts';

/** The plan of the whole algorithm in the parts that have names. */
interface Parts {
  readonly input: readonly PlanGroup[];
  readonly forward: readonly PlanGroup[];
  /** For a network of layers: BP1. For others nothing: it stands in `backward`. */
  readonly error: readonly PlanGroup[];
  readonly backward: readonly PlanGroup[];
  readonly gradient: readonly PlanGroup[];
}

export const algorithmSection: SectionScope = (context, hands) => {
  const { network, options } = context;
  const parts = partsOf(context);
  const facts = layerFacts(network);
  const samples = facts === null ? null : batchSize(facts, network.system);
  const groups = (list: readonly PlanGroup[], asks: boolean) =>
    list.map((g) => ({
      loop: headsOf(g, options.printing).map((f) => hands.phrase(say`${f}`)),
      body: () => hands.show([{ ...groupDisplay(g, options), ...(asks ? { asks: 'steps' as const } : {}) }]),
    }));
  const run = networkRun(context);
  const code = pseudoCode(
    [
      { comment: options.language.course.algorithm.forward, groups: [...parts.input, ...parts.forward] },
      { comment: options.language.course.algorithm.error, groups: parts.error },
      { comment: options.language.course.algorithm.backward, groups: parts.backward },
      { comment: options.language.course.algorithm.gradient, groups: parts.gradient },
    ],
    options,
  );
  return {
    layered: network.spec.kind === 'layers',
    conventions: network.conventions,
    hasPenalty: facts !== null && lossParts(network).penalty !== null,
    hidden: facts === null || hasHidden(facts),
    share:
      samples === null ? null : hands.phrase(say`${exprFormula(inverse(size(samples)), options.printing)}`),
    input: groups(parts.input, false),
    forward: groups(parts.forward, false),
    error: groups(parts.error, true),
    backward: groups(parts.backward, true),
    gradient: groups(parts.gradient, true),
    passes: () => hands.show([passes(context)]),
    code: () => hands.show([{ kind: 'code', language: '', text: code, asks: 'steps' }]),
    run: run === null || !run.complete ? null : runScope(run, context, hands),
  };
};

function partsOf({ network, results }: SectionContext): Parts {
  const { system } = network;
  const [first, ...later] = forwardPlan(system);
  const isInput = first !== undefined && first.loop.length === 0 && later.length > 0;
  const common = {
    input: isInput ? [first] : [],
    forward: isInput || first === undefined ? later : [first, ...later],
    gradient: gradientPlan(results, system),
  };
  if (network.spec.kind === 'equations')
    return { ...common, error: [], backward: backwardPlan(results, system) };
  const of = (id: string): PlanGroup[] =>
    results.filter((r) => r.id === id).flatMap((r) => resultGroups(r, system));
  return {
    ...common,
    forward: withoutLoss(common.forward, system.loss),
    error: of('bp1'),
    backward: of('bp2'),
  };
}

/** The loss's value is not needed for its gradient. */
const withoutLoss = (groups: readonly PlanGroup[], loss: string): PlanGroup[] =>
  groups
    .map((g) => ({ ...g, rows: g.rows.filter((r) => !(isSymbolEntry(r.left) && r.left.of.name === loss)) }))
    .filter((g) => g.rows.length > 0);

/** The picture of both passes; null where its letters are not the network's. */
function passes(context: SectionContext): Block | null {
  const { network, options } = context;
  const facts = layerFacts(network);
  if (facts === null || !errorIsOfInput(facts, context)) return null;
  const words = options.language.figures.passes();
  const layers = facts.widths?.length ?? null;
  const figure = passesFigure({
    id: 'figure-passes',
    words,
    style: options.printing,
    layout: layoutOf(facts),
    gradients: gradientsAt(facts, context),
    carrier: carrierAt(facts, context),
    layers,
  });
  return figureBlock(figure, words.caption);
}

/** The run: what is known before, what each pass gives, how well it agrees, and what one step of learning does. */
function runScope(run: NetworkRun, context: SectionContext, { show, phrase }: Hands): object {
  const { options, network } = context;
  const { printing: p, digits } = options;
  const values = (list: NetworkRun['forward']): string => {
    const d = valuesDisplay(list, run.world, p, digits);
    return show([d === null ? null : { ...d, asks: 'numbers' }]);
  };
  const worked = (list: NetworkRun['forward']): string => show([workedDisplay(list, run.world, context)]);
  const step = descentStep(run, network);
  const number = (x: number, places = digits): string => phrase(numberPhrase(x, places));
  const { dual, gradients } = run.values;
  return {
    forward: () => values(run.forward),
    loss: () => show([{ ...lossRow(run, p, digits), asks: 'numbers' as const }]),
    errors: () => values(run.backward),
    gradients: () => values(gradients),
    workedForward: () => worked(run.forward),
    workedErrors: () => worked(run.backward),
    workedGradients: () => worked(gradients),
    agreement: errorText(dual.error),
    compared: dual.entries,
    lossName: phrase(say`${exprName(context)}`),
    step:
      step === null
        ? null
        : {
            rate: number(step.rate),
            before: number(step.before, 7),
            after: number(step.after, 7),
            change: number(step.after - step.before),
            expected: number(step.expected),
          },
  };
}

const numberPhrase = (x: number, digits: number): Phrase => say`${numberFormula(x, digits)}`;

const exprName = ({ options }: SectionContext) =>
  exprFormula(lossEntry(options.printing.system), options.printing);
