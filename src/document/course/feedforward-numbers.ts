// One layer in numbers: its equation as matrices of numbers, and neuron by neuron as sums.

import { bareName } from '../../expr/affine.ts';
import type { Expr } from '../../expr/expr.ts';
import { substitute, substituteTensor } from '../../expr/substitute.ts';
import type { Equation } from '../../expr/system.ts';
import type { Network } from '../../model/spec.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { Env, World } from '../../numeric/world.ts';
import { asIntegers, assign, rangeOf } from '../assign.ts';
import type { Block, Display, DisplayRow } from '../blocks.ts';
import { numberFormula } from '../digits.ts';
import { exprFormula, tensorFormula } from '../formulas.ts';
import type { SectionContext } from '../section.ts';
import { callsIn, combined, forwardEquations, matrixOf } from './layer-equations.ts';
import { layerFacts } from './layers-facts.ts';
import { DOTS_ROW, display, ON } from './parts.ts';
import { type PutIn, withDots, withEntries, withParts, withTensors, writtenOut } from './put-in.ts';
import { arrayRows, chainRows } from './rows.ts';

/** What is written out: a function's equation, the same in one line, the equation of its argument, and the place. */
export interface Shown {
  readonly outer: Equation | null;
  /** With the argument's equation put in; the argument's own equation where there is no function of single entries. */
  readonly whole: Equation;
  readonly inner: Equation | null;
  /** The smallest indices at which it holds. */
  readonly env: Env;
}

/** The first layer that computes; for other networks the first function of something computed. Null where nothing is. */
export function shownEquation(network: Network, world: World): Shown | null {
  const { system } = network;
  const outer = forwardEquations(system).find((eq) => combined(eq, system) !== null);
  const inner = layerFacts(network)?.equation ?? argument(outer, network);
  const whole = outer === undefined ? inner : combined(outer, system);
  if (whole === null || whole === undefined) return null;
  const env = assign(whole.indices, [...system.given, ...whole.where], new Map(), new Map(), world.sizes);
  return env === null ? null : { outer: outer ?? null, whole, inner, env };
}

/** The equation of what a function is taken of. */
function argument(outer: Equation | undefined, { system }: Network): Equation | null {
  const [of] = outer === undefined ? [] : (callsIn(outer, system)[0]?.args ?? []);
  if (of === undefined || of.kind !== 'entry' || of.of.kind !== 'symbol') return null;
  const { name } = of.of;
  return forwardEquations(system).find((eq) => eq.lhs.of.name === name) ?? null;
}

const putIn = ({ options: o }: SectionContext, world: World): PutIn => ({
  world,
  printing: o.printing,
  digits: o.digits,
});

/** z^2 = w^2 a^1 + b^2 = numbers, a^2 = sigma(z^2) = numbers. */
export function matrixRows(shown: Shown, context: SectionContext): (Block | null)[] {
  const { network, options: o } = context;
  const { world, printing: p } = o;
  if (world === null) return [];
  const of = putIn(context, world);
  const equations = [shown.inner, shown.outer].filter((eq) => eq !== null);
  const forms = equations.flatMap((eq) => matrixOf(eq, network.system) ?? []);
  if (forms.length < equations.length) return [];
  const rows = forms.flatMap((form): DisplayRow[] => {
    const map = asIntegers(shown.env, world.sizes);
    const [left, right] = [substituteTensor(form.left, map), substituteTensor(form.right, map)];
    return [
      { left: tensorFormula(left, p), right: tensorFormula(right, p), where: null },
      ...arrayRows(ON, [withTensors(right, of), withTensors(left, of)]),
    ];
  });
  return [display(rows, 'numbers-layer-matrix')];
}

const MOST_ROWS = 4;

/** a_1^2 = sigma(0.4 * 0.5 + ...) = sigma(0.9) = 0.7109, neuron by neuron. */
export function entryRows(shown: Shown, context: SectionContext): Display | null {
  const { options: o } = context;
  const { world } = o;
  if (world === null) return null;
  const name = runningIndex(shown.whole, context);
  const range =
    name === null ? null : rangeOf(name, shown.whole.where, without(shown.env, name), world.sizes);
  if (name === null || range === null) return null;
  const size = range.hi - range.lo + 1;
  const places = size <= MOST_ROWS ? size : MOST_ROWS - 1;
  const at = (i: number): Env => new Map([...shown.env, [name, range.lo + i]]);
  const rows = Array.from({ length: places }, (_, i) =>
    entryRow(shown, at(i), i === 0, context, world),
  ).flat();
  const last = size <= MOST_ROWS ? [] : [DOTS_ROW, ...entryRow(shown, at(size - 1), false, context, world)];
  return display([...rows, ...last], 'numbers-layer');
}

const without = (env: Env, name: string): Env => new Map([...env].filter(([n]) => n !== name));

/** The index that counts neurons: the first slot that isn't a sample. */
function runningIndex(eq: Equation, { network }: SectionContext): string | null {
  const sample = layerFacts(network)?.samples?.letter;
  return eq.lhs.slots.flatMap((s) => bareName(s) ?? []).find((name) => name !== sample) ?? null;
}

/** One entry: in symbols first, for the first of them, then in numbers. */
function entryRow(
  shown: Shown,
  env: Env,
  symbols: boolean,
  context: SectionContext,
  world: World,
): DisplayRow[] {
  const { options: o } = context;
  const of = putIn(context, world);
  const map = asIntegers(env, world.sizes);
  const left = substitute(shown.whole.lhs, map);
  const whole = writtenOut(substitute(shown.whole.rhs, map), world.sizes);
  const value = numberFormula(evaluate(left, world), o.digits);
  const middle = shown.outer === null ? [] : [withParts(substitute(shown.outer.rhs, map), isArgument, of)];
  const numbers = [withEntries(whole, of), ...middle, value];
  const name = exprFormula(left, o.printing);
  if (!symbols) return chainRows(name, ...numbers);
  return [{ left: name, right: withDots(whole, o.printing), where: null }, ...chainRows(ON, ...numbers)];
}

const isArgument = (e: Expr): boolean => e.kind === 'entry';
