// Section 8, without backpropagation: the derivative by its definition, what it comes to in numbers, and what it costs in passes.

import { lossEntry } from '../../expr/system.ts';
import { type Phrase, say } from '../../lang/phrase.ts';
import type { Cost } from '../../numeric/cost.ts';
import type { Block, Display, TableBlock } from '../blocks.ts';
import { errorText, latexNumber, numberFormula, unicodeNumber } from '../digits.ts';
import { barsFigure } from '../figures/bars.ts';
import { exprFormula, givenFormula, lazily, type Printing } from '../formulas.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { type Costs, costsOf, LARGE, largeCosts, sampleCount } from './costs.ts';
import {
  type BothQuotients,
  type Chosen,
  chosenEntries,
  quotientOf,
  quotientsOf,
  runOf,
} from './difference-quotients.ts';
import { count } from './parameters.ts';
import { figureBlock } from './parts.ts';
import { networkRun } from './run-values.ts';

/** The step whose quotient is shown in all its parts. */
const STEP = 1e-4;
/** How many samples stand for many. */
const MANY = 1000;
/** The six lines, the loss by its letter. */
const sixLines = (loss: string): string => `base = ${loss}(w)
for j = 1, ..., P:
    old = w[j];  w[j] = old + eps
    gradient[j] = (${loss}(w) - base) / eps
    w[j] = old
return gradient`;

export const differencesSection: SectionScope = (context, hands) => {
  const { options, network } = context;
  const { world } = options;
  const given = (latex: string, unicode: string): string =>
    hands.phrase(say`${givenFormula(latex, unicode)}`);
  const own = once(() => (world === null ? null : costsOf(network, world)));
  const large = once(largeCosts);
  const numbers = once(() => numbersScope(context, hands));
  return {
    definition: () => hands.show([definition(options.printing)]),
    code: () =>
      hands.show([
        {
          kind: 'code',
          language: '',
          text: sixLines(exprFormula(lossEntry(network.system), options.printing).unicode),
        },
      ]),
    letter: given('w', 'w'),
    unit: given('e_j', 'e_j'),
    letters: {
      parameters: given('P', 'P'),
      forward: given('P + 1', 'P + 1'),
      central: given('2P', '2P'),
    },
    layered: network.spec.kind === 'layers',
    numbers,
    cost: () => {
      const costs = own();
      return costs === null ? null : costScope(costs, context, hands);
    },
    large: () =>
      network.concrete?.widths?.join('-') === LARGE.join('-')
        ? null
        : { name: LARGE.join('-'), ...costPhrases(large(), hands) },
    bars: () => hands.show([bars((own() ?? large()).all, context)]),
  };
};

/** Passes take time: a template that doesn't ask for them doesn't run them, and none are run twice. */
function once<T>(make: () => T): () => T {
  let kept: { readonly value: T } | null = null;
  return () => {
    kept ??= { value: make() };
    return kept.value;
  };
}

/** dC/dw_j and the quotient that stands for it. */
function definition(p: Printing): Display {
  const c = exprFormula(lossEntry(p.system), p);
  const shown = lazily({
    latex: () => `\\frac{${c.latex}(w + \\varepsilon\\, e_j) - ${c.latex}(w)}{\\varepsilon}`,
    unicode: () => `(${c.unicode}(w + ε e_j) − ${c.unicode}(w)) / ε`,
    plain: null,
  });
  const left = lazily({
    latex: () =>
      `\\frac{\\partial ${c.latex}}{\\partial w_j} = \\lim_{\\varepsilon \\to 0} ${shown.latex} \\approx ${shown.latex}`,
    unicode: () => `∂${c.unicode}/∂w_j ≈ ${shown.unicode}`,
    plain: null,
  });
  return {
    kind: 'display',
    id: 'eq-difference',
    rows: [{ left: null, right: left, where: null }],
    tag: null,
  };
}

function costPhrases(c: Costs<Cost>, { phrase }: Hands) {
  const n = (x: number): string => phrase(say`${count(Math.round(x))}`);
  const { all, weights } = c;
  return {
    parameters: n(all.parameters),
    passes: n(all.differencePasses),
    weights: weights && n(weights.parameters),
    weightPasses: weights && n(weights.differencePasses),
    many: n(MANY),
    manyPasses: n(MANY * all.differencePasses),
    manyBack: n(2 * MANY),
    forwardProducts: n(all.forward),
    backwardProducts: n(all.reverse),
    inForward: phrase(say`${numberFormula((all.forward + all.reverse) / all.forward, 2)}`),
    ratio: n(Number(((all.differencePasses * all.forward) / (all.forward + all.reverse)).toPrecision(3))),
    central: n(2 * all.parameters),
  };
}

function costScope(c: Costs, context: SectionContext, hands: Hands): object {
  const samples = sampleCount(context.network);
  return {
    ...costPhrases(c, hands),
    samples,
    complete: c.all.complete,
    run: hands.phrase(say`${count(c.all.passesRun)}`),
    table: () => hands.show([costTable(c, context)]),
  };
}

/** One row for each way to the gradient. */
function costTable({ all, weights }: Costs, { options, network }: SectionContext): TableBlock {
  const words = options.language.course.differences;
  const row = (way: Phrase, passes: number, back: number, products: number): Phrase[] => [
    way,
    say`${count(passes)}`,
    say`${count(back)}`,
    say`${count(Math.round(products))}`,
  ];
  const { named } = words;
  const whole = network.spec.kind === 'layers' ? words.all : words.parameters;
  return {
    kind: 'table',
    head: [words.way, words.forwardPasses, words.backwardPasses, words.products],
    rows: [
      ...(weights === null
        ? []
        : [row(named(words.forward, words.weights), weights.differencePasses, 0, weights.differences)]),
      row(named(words.forward, whole), all.differencePasses, 0, all.differences),
      row(named(words.central, whole), 2 * all.parameters, 0, 2 * all.parameters * all.forward),
      row(named(words.backpropagation, whole), 1, 1, all.forward + all.reverse),
    ],
    align: ['left', 'right', 'right', 'right'],
  };
}

function bars(c: { readonly differencePasses: number }, { options }: SectionContext): Block {
  const facts = { differences: c.differencePasses, backpropagation: 2, samples: 1 };
  const words = options.language.figures.counts(facts);
  const figure = barsFigure({
    id: 'figure-passes-counted',
    words,
    bars: [
      { name: words.differences, count: facts.differences, ink: 'forward' },
      { name: words.backpropagation, count: facts.backpropagation, ink: 'backward' },
    ],
    axis: words.axis,
  });
  return figureBlock(figure, words.caption);
}

/** The quotient for one weight and one bias, and how the step changes it; null without numbers or formulas. */
function numbersScope(context: SectionContext, hands: Hands): object | null {
  const of = networkRun(context);
  if (of === null || !of.complete) return null;
  const run = runOf(of.world);
  const [weight, bias] = chosenEntries(run, context, of);
  if (weight === undefined) return null;
  const list = quotientsOf(run, weight);
  const nearest = (pick: 'forward' | 'central'): BothQuotients =>
    list.reduce(
      (best, q) => (errorOf(q[pick], weight) < errorOf(best[pick], weight) ? q : best),
      list[0] ?? NONE,
    );
  const best = { forward: nearest('forward'), central: nearest('central') };
  const step = (x: number): string => hands.phrase(say`${stepFormula(x)}`);
  return {
    weight: quotientScope(weight, context, hands, run),
    bias: bias === undefined ? null : quotientScope(bias, context, hands, run),
    table: () => hands.show([quotientTable(list, weight, context)]),
    bestForward: { step: step(best.forward.step), ...off(errorOf(best.forward.forward, weight)) },
    bestCentral: { step: step(best.central.step), ...off(errorOf(best.central.central, weight)) },
  };
}

const NONE: BothQuotients = { step: Number.NaN, forward: Number.NaN, central: Number.NaN };
const errorOf = (value: number, c: Chosen): number => Math.abs(value - c.derived);

/** A power of ten. */
function stepFormula(x: number) {
  const power = Math.round(Math.log10(x));
  return x >= 1e-3
    ? givenFormula(String(x), String(x))
    : givenFormula(`10^{${power}}`, unicodeNumber(x, 1).replace('1·', ''));
}

/** (C(w + eps e) - C(w))/eps in numbers, one row for each part. */
function quotientScope(
  c: Chosen,
  { options }: SectionContext,
  { phrase, show }: Hands,
  run: ReturnType<typeof runOf>,
): object {
  const q = quotientOf(run, c, STEP);
  const p = options.printing;
  const [shifted, base] = [q.shifted, q.base].map((x) => [latexNumber(x, 9), unicodeNumber(x, 9)] as const);
  const step = stepFormula(q.step);
  const right = givenFormula(
    `\\frac{${shifted?.[0]} - ${base?.[0]}}{${step.latex}} = ${latexNumber(q.quotient, 6)}`,
    `(${shifted?.[1]} − ${base?.[1]}) / ${step.unicode} = ${unicodeNumber(q.quotient, 6)}`,
  );
  const left = lazily({
    latex: () => `${exprFormula(c.gradient, p).latex} \\approx`,
    unicode: () => `${exprFormula(c.gradient, p).unicode} ≈`,
    plain: null,
  });
  const line = lazily({
    latex: () => `${left.latex} ${right.latex}`,
    unicode: () => `${left.unicode} ${right.unicode}`,
    plain: null,
  });
  return {
    name: phrase(say`${exprFormula(c.entry, p)}`),
    gradient: phrase(say`${exprFormula(c.gradient, p)}`),
    step: phrase(say`${step}`),
    line: () =>
      show([
        {
          kind: 'display',
          id: null,
          rows: [{ left: null, right: line, where: null }],
          tag: null,
          asks: 'numbers',
        },
      ]),
    derived: phrase(say`${numberFormula(c.derived, 6)}`),
    ...off(q.error),
  };
}

/** How far off a quotient is, and whether it is off at all. */
const off = (error: number) => ({ error: errorText(error), exact: error === 0 });

function quotientTable(list: readonly BothQuotients[], c: Chosen, { options }: SectionContext): TableBlock {
  const words = options.language.course.differences;
  const epsilon = givenFormula('\\varepsilon', 'ε');
  return {
    kind: 'table',
    head: [say`${epsilon}`, words.forward, words.error, words.central, words.error],
    rows: list.map((q): Phrase[] => [
      say`${stepFormula(q.step)}`,
      say`${numberFormula(q.forward, 8)}`,
      say`${errorText(errorOf(q.forward, c))}`,
      say`${numberFormula(q.central, 8)}`,
      say`${errorText(errorOf(q.central, c))}`,
    ]),
    align: ['right', 'right', 'right', 'right', 'right'],
  };
}
