// Section 6, the equations: each result with its derivation, its picture, its numbers; what they mean; all on one card.

import type { Result } from '../../engine/types.ts';
import { integer } from '../../expr/affine.ts';
import type { SymbolEntry } from '../../expr/expr.ts';
import { isSymbolEntry, size } from '../../expr/make.ts';
import { substituteTensor } from '../../expr/substitute.ts';
import { visit } from '../../expr/walk.ts';
import { say } from '../../lang/phrase.ts';
import type { Block } from '../blocks.ts';
import { equationsCard, symbolsTable } from '../card.ts';
import { blocksFigure } from '../figures/blocks.ts';
import { outputFanFigure } from '../figures/fan.ts';
import { filedAt } from '../figures/layer-letters.ts';
import { exprFormula } from '../formulas.ts';
import { anchorOf, functionsOf, headingOf, resultBlocks } from '../result-section.ts';
import type { Hands, SectionContext, SectionScope } from '../section.ts';
import { type Found, groundOf, saturation, smallActivation, smallError } from './equations-evidence.ts';
import {
  cancels,
  factorRows,
  type OutputFactors,
  outputFactors,
  outputNeurons,
  outputTable,
} from './equations-factors.ts';
import { lettersOf } from './equations-letters.ts';
import { entryStatement, errorIsDerivative, errorIsOfInput, layoutOf, positionOf } from './layer-pictures.ts';
import { batchSize, hasHidden, type LayerFacts, layerFacts, neuronSlot } from './layers-facts.ts';
import { lossParts } from './loss-parts.ts';
import { asNumbers, display, figureBlock } from './parts.ts';
import { chained } from './put-in.ts';
import { networkRun } from './run-values.ts';

/** More statements than so many leave no room on a page for the equations of the network. */
const LONG_CARD = 6;

export const equationsSection: SectionScope = (context, hands) => {
  const { network, results, options } = context;
  const bp1 = results.find((r) => r.id === 'bp1');
  const factors = outputFactors(bp1);
  const facts = layerFacts(network);
  const samples = facts === null ? null : batchSize(facts, network.system);
  const { printing, language } = options;
  const cardRows = equationsCard(results, options)?.rows.length ?? 0;
  return {
    list: results.map((r, i) => ({
      id: anchorOf(r.id),
      name: r.id,
      heading: hands.phrase(headingOf(r, options)),
      body: () => hands.show(bodyOf(r, results.slice(0, i), context)),
      /** The same without the line about its proof: for an exercise. */
      exercise: () => hands.show(bodyOf(unverified(r), results.slice(0, i), context)),
      picture: () => hands.show([pictureOf(r, context)]),
    })),
    symbols: () => hands.show([symbolsTable(network, printing, language, cardRows > LONG_CARD ? 3 : 2)]),
    isLong: cardRows > LONG_CARD,
    layered: network.spec.kind === 'layers',
    /** Whether BP1 has two factors, one the slope of the loss and one that of the activation. */
    entrywise: factors !== null,
    letters: lettersOf(context, factors, hands),
    /** Whether the output's activation is a function of the whole layer. */
    vector: factors === null && hasVectorOutput(context),
    cancels: cancels(bp1),
    ...(facts === null ? {} : sums(facts)),
    hasPenalty: facts !== null && lossParts(network).penalty !== null,
    /** Whether a layer between input and output computes, which BP2 is for. */
    hidden: facts === null || hasHidden(facts),
    conventions: network.conventions,
    samples: samples === null ? null : hands.phrase(say`${exprFormula(size(samples), printing)}`),
    hasFactors: factors !== null && options.world !== null,
    factors: () => hands.show(factors === null ? [] : factorBlocks(factors, context)),
    ...evidenceOf(context, factors, hands),
  };
};

/** Along what of the weight matrix each pass adds, and whether the forward pass is the one without a transpose. */
function sums(facts: LayerFacts): object {
  const rows = facts.before.slots.length > 1 && neuronSlot(facts) === 1;
  return {
    forwardAlong: facts.outFirst ? 'row' : 'column',
    backwardAlong: facts.outFirst ? 'column' : 'row',
    plainProduct: facts.outFirst !== rows,
  };
}

/** A result below its heading: headings of cases one step lower than where results are sections of their own. */
function bodyOf(r: Result, before: readonly Result[], { options }: SectionContext): Block[] {
  return resultBlocks(r, { ...options, known: functionsOf(before) }).map((b) =>
    b.kind === 'heading' && b.level === 3 ? { ...b, level: 4 } : b,
  );
}

/** Whether an activation of a network of layers is something else than a function of one weighted input. */
function hasVectorOutput({ network }: SectionContext): boolean {
  const facts = layerFacts(network);
  const { equations, tensors } = network.system;
  return equations.some(
    ({ lhs, rhs }) =>
      lhs.of.name === facts?.before.of.name &&
      rhs.kind !== 'call' &&
      !(isSymbolEntry(rhs) && tensors.get(rhs.of.name)?.kind === 'input'),
  );
}

const unverified = (r: Result): Result => ({ ...r, cases: r.cases.map((c) => ({ ...c, verified: null })) });

/** BP1's edges that fade; the shapes of BP2 and BP4. Null for other results and where the pictures' letters aren't the network's. */
function pictureOf(r: Result, context: SectionContext): Block | null {
  const facts = layerFacts(context.network);
  const { figures } = context.options.language;
  if (facts === null || !errorIsOfInput(facts, context)) return null;
  const widths = facts.widths;
  const style = context.options.printing;
  if (r.id === 'bp1') {
    if (outputFactors(r) === null || !errorIsDerivative(facts, context)) return null;
    if (facts.before.slots.length > 1) return null;
    const width = widths?.at(-1) ?? null;
    const at = widths === null ? null : { layer: facts.first + widths.length - 2, neuron: 1 };
    const words = figures.outputFan(width);
    const figure = outputFanFigure({
      id: 'figure-bp1',
      words,
      style,
      layout: layoutOf(facts),
      statement: entryStatement('bp1', at, facts, context),
      width,
      ...(at === null ? {} : { neuron: { layer: positionOf(facts, at.layer), index: at.neuron } }),
    });
    return figureBlock(figure, words.caption, 'steps');
  }
  const words =
    r.id === 'bp2' ? figures.blocks.backward() : r.id === 'bp4' ? figures.blocks.gradient() : null;
  const form = r.cases[0]?.matrix;
  if (words === null || form === undefined || 'why' in form) return null;
  const last = facts.first + (widths?.length ?? 0) - 2;
  const shown = r.id === 'bp2' ? last - 1 : last;
  const sizes = context.options.world?.sizes;
  const known = sizes !== undefined && widths !== null && shown >= facts.first;
  const stage = r.id === 'bp2' ? integer(shown) : filedAt(integer(shown), layoutOf(facts));
  const map = new Map(known ? [[facts.letter, stage] as const] : []);
  const figure = blocksFigure({
    id: `figure-${r.id}`,
    words,
    style,
    left: substituteTensor(form.left, map),
    right: substituteTensor(form.right, map),
    ...(known ? { sizes } : {}),
  });
  return figureBlock(figure, words.caption, 'steps');
}

/** The factors of BP1: the loss's slope as a formula, then a row for each output neuron, or whole matrices for a batch. */
function factorBlocks(f: OutputFactors, { options }: SectionContext): (Block | null)[] {
  const { world } = options;
  const neurons = world === null ? [] : outputNeurons(f, world);
  const rows = factorRows(f, neurons.length > 0 ? null : world, options);
  const table = world === null ? null : outputTable(f, neurons, wantedIn(f), world, options);
  const shown = display(rows);
  return [shown === null ? null : { ...shown, asks: 'steps' }, ...asNumbers([table])];
}

/** The wanted output in the loss's slope: y_j. */
function wantedIn(f: OutputFactors): SymbolEntry | null {
  let found: SymbolEntry | null = null;
  if (f.formula !== null)
    visit(f.formula, (e) => {
      if (isSymbolEntry(e) && e.of.name !== f.slopeOfLoss.by.of.name && e.of.stage.length === 0) found ??= e;
    });
  return found;
}

/** The network's own numbers for the remarks: each null where there is nothing to see. */
function evidenceOf(context: SectionContext, f: OutputFactors | null, { phrase }: Hands): object {
  const run = networkRun(context);
  // What a weight costs itself stands in its gradient too, which then shows neither factor alone.
  const ground = lossParts(context.network).penalty === null ? groundOf(context, run) : null;
  if (ground === null || run === null) return { activation: null, saturated: null, small: null };
  const shown = (x: Found): string => phrase(say`${chained(x.name, x.value)}`);
  const all = <T extends { readonly [K in keyof T]: Found }>(facts: T | null) =>
    facts && Object.fromEntries(Object.entries<Found>(facts).map(([key, x]) => [key, shown(x)]));
  const s =
    f === null || cancels(context.results.find((r) => r.id === 'bp1'))
      ? null
      : saturation(ground, f, outputNeurons(f, run.world));
  return {
    activation: all(smallActivation(ground)),
    saturated: s && { slow: all(s.slow), fast: all(s.fast) },
    small: all(smallError(ground)),
  };
}
