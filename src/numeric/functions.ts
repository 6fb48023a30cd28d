// The values and slopes of the functions that every network may use.

import { UserError } from '../expr/error.ts';
import { erf } from './erf.ts';

export type Real = (x: number) => number;

interface Row {
  readonly value: Real;
  readonly slope: Real;
}

const pos: Real = (x) => (x > 0 ? 1 : x <= 0 ? 0 : Number.NaN);
const nonneg: Real = (x) => (x >= 0 ? 1 : x < 0 ? 0 : Number.NaN);
const zero: Real = () => 0;

/** At a kink the slope is the one that the rules of differentiation take. */
const rows = new Map<string, Row>([
  ['exp', { value: Math.exp, slope: Math.exp }],
  ['log', { value: Math.log, slope: (x) => 1 / x }],
  ['sin', { value: Math.sin, slope: Math.cos }],
  ['cos', { value: Math.cos, slope: (x) => -Math.sin(x) }],
  ['tan', { value: Math.tan, slope: (x) => 1 + Math.tan(x) ** 2 }],
  ['sinh', { value: Math.sinh, slope: Math.cosh }],
  ['cosh', { value: Math.cosh, slope: Math.sinh }],
  ['tanh', { value: Math.tanh, slope: (x) => (1 - Math.tanh(x)) * (1 + Math.tanh(x)) }],
  ['atan', { value: Math.atan, slope: (x) => 1 / (1 + x * x) }],
  ['erf', { value: erf, slope: (x) => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) }],
  ['sec', { value: (x) => 1 / Math.cos(x), slope: (x) => Math.sin(x) / Math.cos(x) ** 2 }],
  ['csc', { value: (x) => 1 / Math.sin(x), slope: (x) => -Math.cos(x) / Math.sin(x) ** 2 }],
  ['cot', { value: (x) => 1 / Math.tan(x), slope: (x) => -1 / Math.sin(x) ** 2 }],
  ['sech', { value: (x) => 1 / Math.cosh(x), slope: (x) => -Math.tanh(x) / Math.cosh(x) }],
  ['csch', { value: (x) => 1 / Math.sinh(x), slope: (x) => -1 / (Math.sinh(x) * Math.tanh(x)) }],
  ['coth', { value: (x) => 1 / Math.tanh(x), slope: (x) => -1 / Math.sinh(x) ** 2 }],
  ['asin', { value: Math.asin, slope: (x) => 1 / Math.sqrt((1 - x) * (1 + x)) }],
  ['acos', { value: Math.acos, slope: (x) => -1 / Math.sqrt((1 - x) * (1 + x)) }],
  ['asinh', { value: Math.asinh, slope: (x) => 1 / Math.hypot(1, x) }],
  ['acosh', { value: Math.acosh, slope: (x) => 1 / (Math.sqrt(x - 1) * Math.sqrt(x + 1)) }],
  ['atanh', { value: Math.atanh, slope: (x) => 1 / ((1 - x) * (1 + x)) }],
  ['log10', { value: Math.log10, slope: (x) => 1 / (x * Math.LN10) }],
  ['log2', { value: Math.log2, slope: (x) => 1 / (x * Math.LN2) }],
  ['cbrt', { value: Math.cbrt, slope: (x) => 1 / (3 * Math.cbrt(x) ** 2) }],
  ['abs', { value: Math.abs, slope: Math.sign }],
  ['sign', { value: Math.sign, slope: zero }],
  ['pos', { value: pos, slope: zero }],
  ['nonneg', { value: nonneg, slope: zero }],
]);

/** An elementary function of one variable; null for any other name. */
export const realFunction = (name: string): Row | null => rows.get(name) ?? null;

/** The value of a constant such as pi. */
export function constantValue(name: string): number {
  if (name === 'pi') return Math.PI;
  throw new UserError(`the constant ${name} has no value`);
}
