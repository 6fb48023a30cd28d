// A network's activation functions as curves: each function once, its derivative, and where this network's inputs lie on it.

import { index } from '../../expr/affine.ts';
import type { CallExpr, FunctionHead } from '../../expr/expr.ts';
import { call, isSymbolEntry, mul, num, size } from '../../expr/make.ts';
import { substitute } from '../../expr/substitute.ts';
import { type Equation, functionBody } from '../../expr/system.ts';
import type { Formula } from '../../lang/phrase.ts';
import type { Network } from '../../model/spec.ts';
import { evaluate } from '../../numeric/evaluate.ts';
import type { Env, World } from '../../numeric/world.ts';
import { activationRow } from '../../tables/activations.ts';
import { asIntegers, rangeOf } from '../assign.ts';
import { SATURATED } from '../figures/activation-plot.ts';
import { exprFormula, type Printing } from '../formulas.ts';
import { callsIn, forwardEquations } from './layer-equations.ts';

/** One function with the inputs that it is taken of. */
export interface Curve {
  /** The row's name or the formula as it was written. */
  readonly name: string;
  readonly fn: FunctionHead;
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
  readonly inputs: readonly { readonly z: number; readonly name: Formula }[];
  readonly kinks: readonly number[];
}

/** So many inputs are marked; a picture has no room for more. */
const MOST_INPUTS = 60;
/** How far the curve is looked at, to both sides. */
const REACH = 6;

/** Every function of the network whose formula is known, once. `marks`: whether inputs are wanted. */
export function curvesOf(network: Network, world: World, p: Printing, marks: boolean): Curve[] {
  const found = new Map<string, Curve>();
  for (const eq of forwardEquations(network.system)) {
    for (const e of callsIn(eq, network.system)) {
      for (const env of environments(eq, world)) {
        const here = substitute(e, asIntegers(env, world.sizes));
        if (here.kind !== 'call' || functionBody(network.system, here.fn) === null) continue;
        const name = nameOf(here.fn, network);
        const curve = found.get(name) ?? newCurve(name, here.fn, world);
        found.set(name, marks ? withInput(curve, here, world, p) : curve);
      }
    }
  }
  return [...found.values()];
}

function withInput(curve: Curve, e: CallExpr, world: World, p: Printing): Curve {
  const [of] = e.args;
  if (of === undefined || !isSymbolEntry(of) || curve.inputs.length >= MOST_INPUTS) return curve;
  return { ...curve, inputs: [...curve.inputs, { z: evaluate(of, world), name: exprFormula(of, p) }] };
}

/** All values of an equation's indices: stages first, as its ranges depend on them. */
function environments(eq: Equation, { sizes }: World): Env[] {
  return eq.indices.reduce<Env[]>(
    (all, name) =>
      all.flatMap((env) => {
        const range = rangeOf(name, eq.where, env, sizes);
        if (range === null) return [];
        const length = Math.max(0, range.hi - range.lo + 1);
        return Array.from({ length }, (_, i) => new Map([...env, [name, range.lo + i]]));
      }),
    [new Map()],
  );
}

/** The name by which a function at a stage is told from others. */
function nameOf(fn: FunctionHead, network: Network): string {
  const stage = fn.stage?.constant ?? null;
  const own = network.functions.find(
    (f) => f.head === fn.name && (f.stages === null || (stage !== null && f.stages.includes(stage))),
  );
  return own?.row ?? own?.formula ?? fn.name;
}

const PLACES = 1_000_000;
const POINT = 'point';

function newCurve(name: string, fn: FunctionHead, world: World): Curve {
  const z = mul(num(1, PLACES), size(index(POINT)));
  const at = (order: number): ((point: number) => number) => {
    const known = new Map<number, number>();
    return (point) => {
      const place = Math.round(point * PLACES);
      const value = known.get(place) ?? evaluate(of[order] ?? z, world, new Map([[POINT, place]]));
      known.set(place, value);
      return value;
    };
  };
  const of = [call(fn, z), call({ ...fn, order: 1 }, z)];
  const row = activationRow(name);
  return {
    name,
    fn,
    value: at(0),
    slope: at(1),
    inputs: [],
    kinks: row?.kind === 'scalar' ? row.kinks : [],
  };
}

/** Where a curve is flat, and how many of the marked inputs lie there. */
export interface Flatness {
  readonly left: boolean;
  readonly right: boolean;
  /** The derivative is 0, not only small, far to the left. */
  readonly zeroLeft: boolean;
  readonly saturated: number;
}

/** Flat: the derivative is less than a tenth of its largest value. */
export function flatness(c: Curve): Flatness {
  const grid = Array.from({ length: 8 * REACH + 1 }, (_, i) => -REACH + i / 4 + 1 / PLACES);
  const steepest = Math.max(...grid.map((z) => Math.abs(c.slope(z))).filter(Number.isFinite));
  const isFlat = (z: number): boolean => Math.abs(c.slope(z)) < SATURATED * steepest;
  return {
    left: isFlat(-REACH),
    right: isFlat(REACH),
    zeroLeft: c.slope(-REACH) === 0,
    saturated: c.inputs.filter((i) => isFlat(i.z)).length,
  };
}
