// The functions every network may use, each with its derivative: one row a function.

import type { Expr } from './expr.ts';
import { add, call, inverse, mul, NUM0, NUM1, negative, num, power } from './make.ts';

export interface ElementaryRow {
  readonly name: string;
  /** The derivative at u; where a function has a kink, its value there is that of the right side below. */
  readonly derivative: (u: Expr) => Expr;
  /** Points where the derivative jumps. */
  readonly kinks: readonly number[];
}

const row = (name: string, derivative: (u: Expr) => Expr, kinks: readonly number[] = []): ElementaryRow => ({
  name,
  derivative,
  kinks,
});

const square = (e: Expr): Expr => power(e, num(2));

/** sqrt is the power 1/2, and max and min of two arguments have a rule of their own. */
export const elementary: readonly ElementaryRow[] = [
  row('exp', (u) => call('exp', u)),
  row('log', (u) => inverse(u)),
  row('sin', (u) => call('cos', u)),
  row('cos', (u) => negative(call('sin', u))),
  row('tan', (u) => add(NUM1, square(call('tan', u)))),
  row('sinh', (u) => call('cosh', u)),
  row('cosh', (u) => call('sinh', u)),
  row('tanh', (u) => add(NUM1, negative(square(call('tanh', u))))),
  row('atan', (u) => inverse(add(NUM1, square(u)))),
  row('erf', (u) => mul(num(2), power(call('pi'), num(-1, 2)), call('exp', negative(square(u))))),
  row('sec', (u) => mul(call('sec', u), call('tan', u))),
  row('csc', (u) => mul(num(-1), call('csc', u), call('cot', u))),
  row('cot', (u) => negative(add(NUM1, square(call('cot', u))))),
  row('sech', (u) => mul(num(-1), call('sech', u), call('tanh', u))),
  row('csch', (u) => mul(num(-1), call('csch', u), call('coth', u))),
  row('coth', (u) => add(NUM1, negative(square(call('coth', u))))),
  row('asin', (u) => power(add(NUM1, negative(square(u))), num(-1, 2))),
  row('acos', (u) => negative(power(add(NUM1, negative(square(u))), num(-1, 2)))),
  row('asinh', (u) => power(add(NUM1, square(u)), num(-1, 2))),
  row('acosh', (u) => mul(power(add(u, num(-1)), num(-1, 2)), power(add(u, NUM1), num(-1, 2)))),
  row('atanh', (u) => inverse(add(NUM1, negative(square(u))))),
  row('log10', (u) => mul(inverse(u), inverse(call('log', num(10))))),
  row('log2', (u) => mul(inverse(u), inverse(call('log', num(2))))),
  row('cbrt', (u) => mul(num(1, 3), power(call('cbrt', u), num(-2)))),
  row('abs', (u) => call('sign', u), [0]),
  row('sign', () => NUM0, [0]),
  row('pos', () => NUM0, [0]),
  row('nonneg', () => NUM0, [0]),
];

const byName = new Map(elementary.map((r) => [r.name, r]));
export const elementaryRow = (name: string): ElementaryRow | null => byName.get(name) ?? null;
