// The body of a function of one variable compiled: to its value, and to its Taylor series.

import { type Affine, evaluateAffine } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { CallExpr, Expr, FunctionHead } from '../expr/expr.ts';
import { toNumber } from '../expr/rational.ts';
import type { FunctionDef } from '../expr/system.ts';
import { constantValue, type Real } from './functions.ts';
import { compose, constant, derivativeOf, plus, powerOf, type Series, times, variable } from './series.ts';
import type { ScalarFunction } from './world.ts';

/** What a body may mention besides its parameter. */
export interface Surroundings {
  readonly function: (fn: FunctionHead) => ScalarFunction;
  readonly size: (name: string, stage: readonly number[]) => number;
}

/** The function that a definition with a body stands for. */
export function functionOf(def: FunctionDef & { readonly body: Expr }, around: Surroundings): ScalarFunction {
  const value = bodyValue(def.body, def.param, around);
  return {
    derivative: (order, x) =>
      order === 0
        ? value(x)
        : derivativeOf(bodySeries(def.body, def.param, variable(x, order), around), order),
  };
}

const isParam = (e: Expr, param: string): boolean =>
  e.kind === 'entry' && e.of.kind === 'symbol' && e.of.name === param && e.slots.length === 0;

const sizeOf = (a: Affine, around: Surroundings): number => evaluateAffine(a, around.size);

function foreign(e: Expr, param: string): never {
  throw new UserError(`the body of a function of ${param} can't hold a ${e.kind}`);
}

function bodyValue(e: Expr, param: string, around: Surroundings): Real {
  if (isParam(e, param)) return (x) => x;
  const of = (c: Expr): Real => bodyValue(c, param, around);
  switch (e.kind) {
    case 'number': {
      const value = toNumber(e.value);
      return () => value;
    }
    case 'size':
      return () => sizeOf(e.value, around);
    case 'add': {
      const terms = e.args.map(of);
      return (x) => terms.reduce((s, f) => s + f(x), 0);
    }
    case 'mul': {
      const factors = e.args.map(of);
      return (x) => productAt(factors, x);
    }
    case 'power': {
      const [base, exponent] = [of(e.base), of(e.exponent)];
      return (x) => base(x) ** exponent(x);
    }
    case 'call':
      return callValue(e, of, around);
    default:
      return foreign(e, param);
  }
}

/** A factor that is 0 hides what the others overflow to: a branch that isn't taken. */
function productAt(factors: readonly Real[], x: number): number {
  let product = 1;
  for (const f of factors) {
    product *= f(x);
    if (product === 0) return 0;
  }
  return product;
}

function callValue(e: CallExpr, of: (c: Expr) => Real, around: Surroundings): Real {
  const [u, v] = e.args.map(of);
  if (u === undefined) {
    const value = constantValue(e.fn.name);
    return () => value;
  }
  if (v !== undefined) {
    const pick = pickOf(e);
    return (x) => pick(u(x), v(x));
  }
  const { order } = e.fn;
  return (x) => around.function(e.fn).derivative(order, u(x));
}

/** max or min of two arguments; no other function takes two. */
export function pickOf(e: CallExpr): (a: number, b: number) => number {
  if (e.args.length === 2 && e.fn.order === 0) {
    if (e.fn.name === 'max') return Math.max;
    if (e.fn.name === 'min') return Math.min;
  }
  throw new UserError(`${e.fn.name} of ${e.args.length} arguments has no value`);
}

function bodySeries(e: Expr, param: string, x: Series, around: Surroundings): Series {
  if (isParam(e, param)) return x;
  const order = x.length - 1;
  const of = (c: Expr): Series => bodySeries(c, param, x, around);
  switch (e.kind) {
    case 'number':
      return constant(toNumber(e.value), order);
    case 'size':
      return constant(sizeOf(e.value, around), order);
    case 'add':
      return e.args.map(of).reduce(plus, constant(0, order));
    case 'mul':
      return product(e.args, of, order);
    case 'power':
      return powerSeries(of(e.base), of(e.exponent));
    case 'call':
      return callSeries(e, of, order, around);
    default:
      return foreign(e, param);
  }
}

function product(args: readonly Expr[], of: (c: Expr) => Series, order: number): Series {
  let result = constant(1, order);
  for (const arg of args) {
    const factor = of(arg);
    if (factor.every((c) => c === 0)) return factor;
    result = times(result, factor);
  }
  return result;
}

function powerSeries(base: Series, exponent: Series): Series {
  if (exponent.every((c, k) => k === 0 || c === 0)) return powerOf(base, exponent[0] ?? 0);
  return exponentialOf(times(exponent, logarithmOf(base)));
}

const exponentialOf = (u: Series): Series => compose(() => Math.exp(u[0] ?? 0), u);

function logarithmOf(u: Series): Series {
  const x = u[0] ?? 0;
  const derivative = (k: number): number => {
    let value = 1 / x;
    for (let i = 1; i < k; i++) value *= -i / x;
    return value;
  };
  return compose((k) => (k === 0 ? Math.log(x) : derivative(k)), u);
}

function callSeries(e: CallExpr, of: (c: Expr) => Series, order: number, around: Surroundings): Series {
  const [u, v] = e.args.map(of);
  if (u === undefined) return constant(constantValue(e.fn.name), order);
  if (v !== undefined) {
    // As the rules have it: at a tie the first argument counts.
    const first = pickOf(e) === Math.max ? (u[0] ?? 0) >= (v[0] ?? 0) : (u[0] ?? 0) <= (v[0] ?? 0);
    return first ? u : v;
  }
  const f = around.function(e.fn);
  const x = u[0] ?? 0;
  return compose((k) => f.derivative(e.fn.order + k, x), u);
}
