// Truncated Taylor series: all derivatives of a function of one variable at once, by the recurrences of each operation.

import { UserError } from '../expr/error.ts';
import { realFunction } from './functions.ts';

/** Coefficients of 1, t, t^2, ...: derivative number k divided by k!. */
export type Series = Float64Array;

export function constant(value: number, order: number): Series {
  const s = new Float64Array(order + 1);
  s[0] = value;
  return s;
}

/** The variable itself: x + t. */
export function variable(x: number, order: number): Series {
  const s = constant(x, order);
  if (order > 0) s[1] = 1;
  return s;
}

const get = (s: Series, k: number): number => s[k] as number;

/** Fills a series term by term. */
function build(order: number, first: number, next: (k: number, so: Series) => number): Series {
  const s = new Float64Array(order + 1);
  s[0] = first;
  for (let k = 1; k <= order; k++) s[k] = next(k, s);
  return s;
}

export const plus = (u: Series, v: Series): Series => u.map((x, k) => x + get(v, k));

export function times(u: Series, v: Series): Series {
  const product = (k: number): number => {
    let sum = 0;
    for (let i = 0; i <= k; i++) sum += get(u, i) * get(v, k - i);
    return sum;
  };
  return build(u.length - 1, product(0), product);
}

/** The integral of u' g, with a given constant: what every function with v' = g(..) u' comes down to. */
function integrate(first: number, u: Series, g: (v: Series) => Series): Series {
  return build(u.length - 1, first, (k, v) => {
    const slope = g(v);
    let sum = 0;
    for (let i = 1; i <= k; i++) sum += i * get(u, i) * get(slope, k - i);
    return sum / k;
  });
}

const one = (order: number): Series => constant(1, order);
const scale = (u: Series, by: number): Series => u.map((x) => x * by);

/** u^r for a constant r: u v' = r v u'. */
export function powerOf(u: Series, r: number): Series {
  const order = u.length - 1;
  const base = get(u, 0);
  if (Number.isInteger(r) && r >= 0 && r <= 64) {
    let v = one(order);
    for (let i = 0; i < r; i++) v = times(v, u);
    return v;
  }
  return build(order, base ** r, (k, v) => {
    let sum = 0;
    for (let i = 1; i <= k; i++) sum += (r * i - (k - i)) * get(u, i) * get(v, k - i);
    return sum / (k * base);
  });
}

const reciprocal = (u: Series): Series => powerOf(u, -1);

/** sin and cos, or sinh and cosh, of which each is the other's derivative up to a sign. */
function pair(u: Series, s0: number, c0: number, sign: number): { s: Series; c: Series } {
  const order = u.length - 1;
  const s = constant(s0, order);
  const c = constant(c0, order);
  for (let k = 1; k <= order; k++) {
    for (let i = 1; i <= k; i++) {
      s[k] = get(s, k) + (i * get(u, i) * get(c, k - i)) / k;
      c[k] = get(c, k) + (sign * i * get(u, i) * get(s, k - i)) / k;
    }
  }
  return { s, c };
}

/** sign u + constant */
const shifted = (u: Series, sign: number, value: number): Series =>
  plus(scale(u, sign), constant(value, u.length - 1));

/** An elementary function of a series. Throws for a name that isn't one. */
export function elementaryOf(name: string, u: Series): Series {
  const x = get(u, 0);
  const order = u.length - 1;
  const row = realFunction(name);
  if (row === null) throw new UserError(`no derivatives of ${name} are known`);
  const value = row.value(x);
  switch (name) {
    case 'exp':
      return integrate(value, u, (v) => v);
    case 'log':
      return integrate(value, u, () => reciprocal(u));
    case 'sin':
      return pair(u, value, Math.cos(x), -1).s;
    case 'cos':
      return pair(u, Math.sin(x), value, -1).c;
    case 'sinh':
      return pair(u, value, Math.cosh(x), 1).s;
    case 'cosh':
      return pair(u, Math.sinh(x), value, 1).c;
    case 'tan':
      return integrate(value, u, (v) => plus(one(order), times(v, v)));
    case 'tanh':
      return integrate(value, u, (v) => plus(one(order), scale(times(v, v), -1)));
    case 'atan':
      return integrate(value, u, () => reciprocal(plus(one(order), times(u, u))));
    case 'erf':
      return integrate(value, u, () =>
        scale(elementaryOf('exp', scale(times(u, u), -1)), 2 / Math.sqrt(Math.PI)),
      );
    default:
      return composed(name, u, value) ?? straight(u, value, row.slope(x));
  }
}

/** abs, sign, pos and nonneg are straight on each side of their kink. */
const straight = (u: Series, value: number, slope: number): Series =>
  build(u.length - 1, value, (k) => slope * get(u, k));

/** The functions that are made of others, or whose derivative is; null for any other name. */
function composed(name: string, u: Series, value: number): Series | null {
  const x = get(u, 0);
  switch (name) {
    case 'sec':
      return reciprocal(elementaryOf('cos', u));
    case 'csc':
      return reciprocal(elementaryOf('sin', u));
    case 'cot':
      return reciprocal(elementaryOf('tan', u));
    case 'sech':
      return reciprocal(elementaryOf('cosh', u));
    case 'csch':
      return reciprocal(elementaryOf('sinh', u));
    case 'coth':
      return reciprocal(elementaryOf('tanh', u));
    case 'asin':
      return integrate(value, u, () => powerOf(shifted(times(u, u), -1, 1), -0.5));
    case 'acos':
      return integrate(value, u, () => scale(powerOf(shifted(times(u, u), -1, 1), -0.5), -1));
    case 'asinh':
      return integrate(value, u, () => powerOf(shifted(times(u, u), 1, 1), -0.5));
    case 'acosh':
      return integrate(value, u, () => powerOf(shifted(times(u, u), 1, -1), -0.5));
    case 'atanh':
      return integrate(value, u, () => reciprocal(shifted(times(u, u), -1, 1)));
    case 'log10':
      return scale(elementaryOf('log', u), Math.LOG10E);
    case 'log2':
      return scale(elementaryOf('log', u), Math.LOG2E);
    case 'cbrt':
      return scale(powerOf(scale(u, Math.sign(x)), 1 / 3), Math.sign(x));
    default:
      return null;
  }
}

/** f(u) from the derivatives of f at u's value: the series of f put into that of u. */
export function compose(derivative: (order: number) => number, u: Series): Series {
  const order = u.length - 1;
  const step = Float64Array.from(u);
  step[0] = 0;
  let result = constant(derivative(0), order);
  let power = one(order);
  let factorial = 1;
  for (let k = 1; k <= order; k++) {
    power = times(power, step);
    factorial *= k;
    result = plus(result, scale(power, derivative(k) / factorial));
  }
  return result;
}

/** Derivative number k of a series. */
export function derivativeOf(s: Series, k: number): number {
  let factorial = 1;
  for (let i = 2; i <= k; i++) factorial *= i;
  return get(s, k) * factorial;
}
