// Functions in NumPy: one row for each that every network may use; the network's own by their names.

import type { CallExpr, FunctionHead } from '../expr/expr.ts';
import type { NumpyEnv } from './numpy-env.ts';
import { integerPiece } from './numpy-index.ts';
import { alignedTo, atomOf, type NumpyPiece, pieceOf, unionOf, unprintable, within } from './numpy-piece.ts';
import { LEVEL } from './operators.ts';

/** Those that NumPy has, by its name. */
const CALLED: Readonly<Record<string, string>> = {
  exp: 'np.exp',
  log: 'np.log',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  asinh: 'np.arcsinh',
  acosh: 'np.arccosh',
  atanh: 'np.arctanh',
  log10: 'np.log10',
  log2: 'np.log2',
  cbrt: 'np.cbrt',
  abs: 'np.abs',
  sign: 'np.sign',
  max: 'np.maximum',
  min: 'np.minimum',
};

/** Those that are one over another. */
const INVERSE: Readonly<Record<string, string>> = {
  sec: 'np.cos',
  csc: 'np.sin',
  cot: 'np.tan',
  sech: 'np.cosh',
  csch: 'np.sinh',
  coth: 'np.tanh',
};

/** 1 above 0, else 0: what they are at 0 is the second argument. */
const STEPS: Readonly<Record<string, string>> = { pos: '0', nonneg: '1' };

/** Those that the text must define itself. */
export const HELPERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['erf', ['from math import erf as erf_of_number', '', 'erf = np.vectorize(erf_of_number, otypes=[float])']],
]);

/** f(x, y) */
export function callPiece(e: CallExpr, env: NumpyEnv): NumpyPiece {
  if (e.args.length === 0) return e.fn.name === 'pi' ? atomOf('np.pi') : unprintable(e.fn.name);
  const args = e.args.map((a) => env.expr(a, env));
  const axes = unionOf(
    args,
    env.axes.map((a) => a.name),
  );
  return appliedPiece(
    e.fn,
    args.map((a) => alignedTo(a, axes)),
    axes,
    env,
  );
}

/** A function of parts that have the same axes. */
export function appliedPiece(
  fn: FunctionHead,
  args: readonly NumpyPiece[],
  axes: readonly string[],
  env: NumpyEnv,
): NumpyPiece {
  const text = args.map((a) => a.text).join(', ');
  const { name, order, stage } = fn;
  if (env.system.functions.some((f) => f.name === name)) {
    if (order > 1) return unprintable(`the derivative number ${order} of ${name}`);
    env.uses('function', name + "'".repeat(order));
    const at = stage === null ? '' : `[${integerPiece(stage, env, true).text}]`;
    return atomOf(`${env.names.fn(name, order)}${at}(${text})`, axes);
  }
  if (order > 0) return unprintable(`the derivative of ${name}`);
  const own = Object.hasOwn(CALLED, name) ? CALLED[name] : undefined;
  if (own !== undefined) return atomOf(`${own}(${text})`, axes);
  const below = Object.hasOwn(INVERSE, name) ? INVERSE[name] : undefined;
  if (below !== undefined) return pieceOf(`1 / ${below}(${text})`, LEVEL.product, axes);
  const step = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined;
  if (step !== undefined) return atomOf(`np.heaviside(${text}, ${step})`, axes);
  if (!HELPERS.has(name)) return unprintable(name);
  env.uses('function', name);
  return atomOf(`${name}(${text})`, axes);
}

/** A root where the exponent is a half, else base ** exponent. */
export const powerOf = (base: NumpyPiece, exponent: NumpyPiece, axes: readonly string[]): NumpyPiece =>
  exponent.text === '0.5'
    ? atomOf(`np.sqrt(${base.text})`, axes)
    : pieceOf(`${within(base, LEVEL.postfix)} ** ${within(exponent, LEVEL.power)}`, LEVEL.power, axes);
