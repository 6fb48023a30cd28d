// What BP1 is made of, in the numbers of one network: each output neuron's slope of the loss, slope of the activation, and error.

import type { Case, Result } from '../../engine/types.ts';
import { index, integer } from '../../expr/affine.ts';
import type { CallExpr, Expr, SymbolEntry, Tensor } from '../../expr/expr.ts';
import { adjoint, factorsOf, isSymbolEntry } from '../../expr/make.ts';
import { same, substitute } from '../../expr/substitute.ts';
import { type Phrase, say } from '../../lang/phrase.ts';
import { evaluate, evaluateTensor } from '../../numeric/evaluate.ts';
import type { World } from '../../numeric/world.ts';
import { asIntegers } from '../assign.ts';
import type { DisplayRow, TableBlock } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, type Printing } from '../formulas.ts';
import { valueRow } from '../network-section.ts';
import type { SectionOptions } from '../result-section.ts';
import { shownPositions } from '../whole.ts';

/** BP1 where the output's activation is taken of each entry: dC/da_j^L times sigma'(z_j^L). */
export interface OutputFactors {
  readonly case: Case;
  readonly slopeOfLoss: Expr & { readonly kind: 'adjoint' };
  readonly slope: CallExpr;
  readonly of: SymbolEntry;
  /** dC/da_j^L worked out for this loss; null where the loss is unknown. */
  readonly formula: Expr | null;
}

/** The two factors, but for a number or a size that a convention puts before them; null where BP1 has another form. */
export function outputFactors(bp1: Result | undefined): OutputFactors | null {
  const [c] = bp1?.cases ?? [];
  if (c === undefined) return null;
  const [slopeOfLoss, slope, ...others] = factorsOf(c.derivation.right).filter((f) => !isCoefficient(f));
  if (slopeOfLoss?.kind !== 'adjoint' || slope?.kind !== 'call' || others.length > 0) return null;
  const [of] = slope.args;
  if (slope.fn.order !== 1 || of === undefined || !isSymbolEntry(of)) return null;
  return { case: c, slopeOfLoss, slope, of, formula: lemmaOf(c, slopeOfLoss) };
}

const isCoefficient = (e: Expr): boolean =>
  e.kind === 'number' || e.kind === 'size' || (e.kind === 'power' && isCoefficient(e.base));

/** What a derivative in the statement comes to where the network's own functions are put in. */
function lemmaOf(c: Case, e: Expr): Expr | null {
  for (const { lemma, with: args } of c.special?.derivation.steps ?? []) {
    if (lemma === undefined) continue;
    const map = new Map(args.at ?? []);
    if (same(substitute(lemma.left, map), e)) return substitute(lemma.right, map);
  }
  return null;
}

/**
 * Whether the derivative of the activation cancels against the loss, as sigmoid's does with the cross-entropy: a - y is
 * left. Where the activation is the identity nothing cancels: its derivative is a number.
 */
export function cancels(bp1: Result | undefined): boolean {
  const [c] = bp1?.cases ?? [];
  if (c?.special == null) return false;
  const factors = factorsOf(c.special.derivation.right).filter((f) => !isCoefficient(f));
  if (factors.length !== 1 || factors[0]?.kind !== 'add') return false;
  const own = outputFactors(bp1);
  return own === null || lemmaOf(c, own.slope)?.kind !== 'number';
}

/** dC/da_j^L = a_j^L - y_j, then both factors as whole vectors or matrices. */
export function factorRows(f: OutputFactors, world: World | null, o: SectionOptions): DisplayRow[] {
  const p = o.printing;
  const formula: DisplayRow[] =
    f.formula === null
      ? []
      : [{ left: exprFormula(f.slopeOfLoss, p), right: exprFormula(f.formula, p), where: null }];
  if (world === null) return formula;
  const gradient: Tensor = {
    kind: 'derivative',
    what: 'adjoint',
    head: null,
    of: null,
    by: f.slopeOfLoss.by.of,
    cut: [],
  };
  const slope: Tensor = { kind: 'map', fn: f.slope.fn, of: f.of.of };
  return [
    ...formula,
    ...[gradient, slope].flatMap((t) =>
      valueRow(t, evaluateTensor(t, world), { world, printing: p, digits: o.digits }),
    ),
  ];
}

/** One output neuron in numbers. */
export interface OutputNeuron {
  readonly index: number;
  readonly slopeOfLoss: number;
  readonly slope: number;
  readonly error: number;
}

/** All output neurons; none in a batch, where each has a number for every sample. */
export function outputNeurons(f: OutputFactors, world: World): OutputNeuron[] {
  const { left } = f.case.derivation;
  const [slot, ...more] = f.of.slots;
  if (slot === undefined || more.length > 0) return [];
  const [size = 0] = evaluateTensor(f.of.of, world).shape;
  return Array.from({ length: size }, (_, i) => {
    const env = new Map([[slot.key, i + 1]]);
    return {
      index: i + 1,
      slopeOfLoss: evaluate(f.slopeOfLoss, world, env),
      slope: evaluate(f.slope, world, env),
      error: evaluate(left, world, env),
    };
  });
}

const MOST_ROWS = 10;

/** One row for each output neuron: activation, wanted output, both factors, their product. */
export function outputTable(
  f: OutputFactors,
  neurons: readonly OutputNeuron[],
  wanted: SymbolEntry | null,
  world: World,
  o: SectionOptions,
): TableBlock | null {
  if (neurons.length === 0) return null;
  const p = o.printing;
  const slot = f.of.slots[0] ?? index('j');
  const columns: { head: Expr; at: (n: OutputNeuron) => number }[] = [
    ...[f.slopeOfLoss.by, ...(wanted === null ? [] : [wanted])].map((e) => ({
      head: e,
      at: (n: OutputNeuron) => evaluate(e, world, new Map([[slot.key, n.index]])),
    })),
    { head: f.slopeOfLoss, at: (n) => n.slopeOfLoss },
    { head: f.slope, at: (n) => n.slope },
    { head: f.case.derivation.left, at: (n) => n.error },
  ];
  const shown = neurons.length <= MOST_ROWS ? neurons.map((n) => n.index) : shownPositions(neurons.length, 6);
  const rows = shown.map((i): Phrase[] => {
    const n = i === null ? undefined : neurons[i - 1];
    if (n === undefined) return [say`…`, ...columns.map(() => say`…`)];
    return [say`${n.index}`, ...columns.map((c) => say`${numberFormula(c.at(n), o.digits)}`)];
  });
  return {
    kind: 'table',
    head: [
      say`${exprFormula({ kind: 'size', value: slot }, p)}`,
      ...columns.map((c) => say`${exprFormula(c.head, p)}`),
    ],
    rows,
    align: ['right', ...columns.map(() => 'right' as const)],
  };
}

/** An expression for one neuron, the last layer by its number: sigma'(z_1^3). */
export const atNeuron = (e: Expr, f: OutputFactors, neuron: number, world: World, p: Printing) =>
  exprFormula(substitute(e, asIntegers(new Map([[f.of.slots[0]?.key ?? 'j', neuron]]), world.sizes)), p);

/** dC/da_1^3 */
export const slopeOfLossAt = (by: SymbolEntry, stage: number, neuron: number): Expr =>
  adjoint({ ...by, of: { ...by.of, stage: [integer(stage)] }, slots: [integer(neuron)] });
