// One run of a network by its derived formulas, in the order in which it is computed: each quantity with its numbers.

import { type Evaluated, evaluated, type NamedValues } from '../../engine/evaluated.ts';
import { integer } from '../../expr/affine.ts';
import type { Tensor } from '../../expr/expr.ts';
import { symbol } from '../../expr/make.ts';
import { errorOf, lossEntry } from '../../expr/system.ts';
import type { Network } from '../../model/spec.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import { openRun } from '../../numeric/run.ts';
import { stageKey, type World } from '../../numeric/world.ts';
import type { Display, DisplayRow } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, type Printing } from '../formulas.ts';
import { valueRow } from '../network-section.ts';
import type { SectionContext } from '../section.ts';

/** A network that has run: `evaluated`, and the order in which the forward pass filled its variables. */
export interface NetworkRun {
  readonly values: Evaluated;
  readonly world: World;
  /** Forward values in the order of the forward pass, the loss left out. */
  readonly forward: readonly NamedValues[];
  /** Errors and other derivatives by variables, from the loss back. */
  readonly backward: readonly NamedValues[];
  /** Whether every parameter that is trained has its gradient. */
  readonly complete: boolean;
}

const runs = new WeakMap<World, NetworkRun>();

/** Runs the network once for a document; null where it has no numbers. */
export function networkRun({ network, results, options }: SectionContext): NetworkRun | null {
  const { world } = options;
  if (world === null) return null;
  const known = runs.get(world);
  if (known !== undefined) return known;
  const values = evaluated(network, world, results);
  const run = openRun(world);
  run.forward();
  const order = run.order().map((v) => stageKey(v.name, v.stage));
  const place = (name: string, stage: readonly number[]): number => order.indexOf(stageKey(name, stage));
  const of = (v: NamedValues): string => network.system.tensors.get(v.tensor)?.of ?? v.tensor;
  const found: NetworkRun = {
    values,
    world,
    forward: values.forward
      .filter((v) => place(v.tensor, v.stage) >= 0)
      .sort((a, b) => place(a.tensor, a.stage) - place(b.tensor, b.stage)),
    backward: [...values.errors, ...unnamed(values, network)].sort(
      (a, b) => place(of(b), b.stage) - place(of(a), a.stage),
    ),
    complete: trained(network).every((key) =>
      values.gradients.some((g) => stageKey(g.tensor, g.stage) === key),
    ),
  };
  runs.set(world, found);
  return found;
}

/** Derivatives by variables whose error has no name of its own. */
const unnamed = (values: Evaluated, network: Network): readonly NamedValues[] =>
  values.adjoints.filter((v) => errorOf(network.system, v.tensor) === null);

/** Weights and biases, `w[2]`: the parameters of a network that learning changes; a penalty's factor is none. */
export function trained(network: Network): string[] {
  return [...(network.concrete?.values.keys() ?? [])].filter((key) =>
    isTrained(network, key.replace(/\[.*$/, '')),
  );
}

export function isTrained(network: Network, name: string): boolean {
  const { spec, system } = network;
  if (system.tensors.get(name)?.kind !== 'parameter') return false;
  return spec.kind !== 'layers' || spec.l2 !== name;
}

/** A quantity of the run as a tensor at its stage: z^2, delta^3, dC/dw^2. */
export function tensorOf(v: NamedValues): Tensor {
  const of = symbol(v.tensor, v.stage.map(integer));
  return v.name.startsWith('dC/d')
    ? { kind: 'derivative', what: 'adjoint', head: null, of: null, by: of, cut: [] }
    : of;
}

/** Quantities with their numbers, one a row. */
export function valuesDisplay(
  list: readonly NamedValues[],
  world: World,
  printing: Printing,
  digits: number,
): Display | null {
  const rows = list.flatMap((v): DisplayRow[] => valueRow(tensorOf(v), v, { world, printing, digits }));
  return rows.length === 0 ? null : { kind: 'display', id: null, rows, tag: null };
}

/** The loss with its number. */
export function lossRow(run: NetworkRun, printing: Printing, digits: number): Display {
  const left = exprFormula(lossEntry(printing.system), printing);
  const right = numberFormula(run.values.loss, digits);
  return { kind: 'display', id: null, rows: [{ left, right, where: null }], tag: null };
}

/** One step of gradient descent, and the loss before and after it, each by a forward pass. */
export interface DescentStep {
  readonly rate: number;
  readonly before: number;
  readonly after: number;
  /** What the gradient alone says of the change: -rate * |gradient|^2. */
  readonly expected: number;
}

const RATES = [0.1, 0.01, 1e-3, 1e-4];

/** A step against the gradient, at the largest of a few rates that makes the loss smaller; null where none does. */
export function descentStep(run: NetworkRun, network: Network): DescentStep | null {
  const gradients = run.values.gradients.filter((g) => isTrained(network, g.tensor));
  const square = gradients.reduce((sum, g) => sum + g.entries.reduce((s, v) => s + v * v, 0), 0);
  const before = run.values.loss;
  for (const rate of RATES) {
    const after = lossAfter(run.world, gradients, rate, network.system.loss);
    if (after < before) return { rate, before, after, expected: -rate * square };
  }
  return null;
}

function lossAfter(world: World, gradients: readonly NamedValues[], rate: number, loss: string): number {
  const values = new Map(world.values);
  for (const g of gradients) {
    const key = stageKey(g.tensor, g.stage);
    const own = values.get(key);
    if (own === undefined) continue;
    const entries = own.entries.map((v, i) => v - rate * (g.entries[i] ?? 0));
    values.set(key, { shape: own.shape, entries });
  }
  return evaluate({ kind: 'entry', of: symbol(loss), slots: [] }, { ...world, values });
}
