// Functions in terms of exp, log, sin, cos, roots and signs: one kernel for all of them.

import { R1, type Rational, rational } from '../expr/rational.ts';
import type { Arithmetic } from './compare-arithmetic.ts';

type Formula = <T>(u: T, A: Arithmetic<T>) => T;

const call = <T>(A: Arithmetic<T>, name: string, u: T): T => A.call({ name, order: 0, stage: null }, u);
const plus = <T>(A: Arithmetic<T>, u: T, value: Rational): T => A.add(u, A.rational(value));
const times = <T>(A: Arithmetic<T>, u: T, value: Rational): T => A.mul(A.rational(value), u);
const power = <T>(A: Arithmetic<T>, u: T, n: number, d = 1): T => A.power(u, A.rational(rational(n, d)));
const over = <T>(A: Arithmetic<T>, u: T, v: T): T => A.mul(u, power(A, v, -1));

const MINUS = rational(-1);
const HALF = rational(1, 2);

/** (e^u + sign e^-u)/2 */
const hyperbolic = <T>(A: Arithmetic<T>, u: T, sign: Rational): T => {
  const e = call(A, 'exp', u);
  return times(A, A.add(e, times(A, power(A, e, -1), sign)), HALF);
};
const squarePlus = <T>(A: Arithmetic<T>, u: T, value: Rational): T => plus(A, power(A, u, 2), value);

/** s (s + c)/2: for c = 1 it is 1 where s is 1, for c = -1 it is 1 where s is -1, and 0 elsewhere. */
const ofSign = <T>(s: T, c: Rational, A: Arithmetic<T>): T => times(A, A.mul(s, plus(A, s, c)), HALF);

const formulas: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ['tan', (u, A) => over(A, call(A, 'sin', u), call(A, 'cos', u))],
  ['cot', (u, A) => over(A, call(A, 'cos', u), call(A, 'sin', u))],
  ['sec', (u, A) => power(A, call(A, 'cos', u), -1)],
  ['csc', (u, A) => power(A, call(A, 'sin', u), -1)],
  ['sinh', (u, A) => hyperbolic(A, u, MINUS)],
  ['cosh', (u, A) => hyperbolic(A, u, R1)],
  ['tanh', (u, A) => over(A, hyperbolic(A, u, MINUS), hyperbolic(A, u, R1))],
  ['coth', (u, A) => over(A, hyperbolic(A, u, R1), hyperbolic(A, u, MINUS))],
  ['sech', (u, A) => power(A, hyperbolic(A, u, R1), -1)],
  ['csch', (u, A) => power(A, hyperbolic(A, u, MINUS), -1)],
  [
    'asin',
    (u, A) => call(A, 'atan', over(A, u, power(A, plus(A, times(A, power(A, u, 2), MINUS), R1), 1, 2))),
  ],
  ['acos', (u, A) => A.add(times(A, A.constant('pi'), HALF), times(A, call(A, 'asin', u), MINUS))],
  ['asinh', (u, A) => call(A, 'log', A.add(u, power(A, squarePlus(A, u, R1), 1, 2)))],
  ['acosh', (u, A) => call(A, 'log', A.add(u, power(A, squarePlus(A, u, MINUS), 1, 2)))],
  [
    'atanh',
    (u, A) => {
      const ratio = over(A, plus(A, u, R1), plus(A, times(A, u, MINUS), R1));
      return times(A, call(A, 'log', ratio), HALF);
    },
  ],
  ['log10', (u, A) => over(A, call(A, 'log', u), call(A, 'log', A.rational(rational(10))))],
  ['log2', (u, A) => over(A, call(A, 'log', u), call(A, 'log', A.rational(rational(2))))],
  ['cbrt', (u, A) => A.mul(call(A, 'sign', u), power(A, call(A, 'abs', u), 1, 3))],
  ['pos', (u, A) => ofSign(call(A, 'sign', u), R1, A)],
  ['nonneg', (u, A) => plus(A, times(A, ofSign(call(A, 'sign', u), MINUS, A), MINUS), R1)],
]);

/** How a function is made of the kernel's; null for the kernel itself and for unknown ones. */
export const kernelFormula = (name: string): Formula | null => formulas.get(name) ?? null;
