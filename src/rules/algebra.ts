// The algebra that tidies a line: numbers, like factors, like terms, signs.

import { isConstant } from '../expr/affine.ts';
import type { Expr } from '../expr/expr.ts';
import { add, factorsOf, mul, NUM0, NUM1, num, numberOf, termsOf } from '../expr/make.ts';
import { isIntegerR, mulR, negR, powR, R1, sameR } from '../expr/rational.ts';
import { same } from '../expr/substitute.ts';
import { coefficientOf, collectFactors, collectTerms, flip, numeric, times, toPower } from './collect.ts';
import type { Rule } from './rule.ts';

function tidyPower(e: Expr): Expr | null {
  if (e.kind !== 'power') return null;
  const exponent = numeric(e.exponent);
  if (exponent === null) return null;
  if (exponent.n === 0n) return NUM1;
  if (sameR(exponent, R1)) return e.base;
  const base = numeric(e.base);
  if (base !== null && sameR(base, R1)) return NUM1;
  if (!isIntegerR(exponent)) return null;
  if (base !== null) {
    const value = powR(base, exponent.n);
    return value === null ? null : numberOf(value);
  }
  if (e.base.kind === 'power' && e.base.exponent.kind === 'number')
    return toPower(e.base.base, mulR(e.base.exponent.value, exponent));
  if (
    e.base.kind === 'mul' &&
    (exponent.n < 0n || e.base.args.some((f) => f.kind === 'number' || f.kind === 'power'))
  )
    return mul(...e.base.args.map((f) => toPower(f, exponent)));
  return null;
}

const changed = (e: Expr, next: Expr): Expr | null => (same(e, next) ? null : next);

const arithmetic: Rule = {
  id: 'arithmetic',
  kind: 'tidy',
  example: '0 + 2 x 3 x -> 6 x^2',
  on: ['add', 'mul', 'size', 'power'],
  apply: (e) => {
    if (e.kind === 'add') return changed(e, collectTerms(e.args));
    if (e.kind === 'mul') return changed(e, collectFactors(e.args));
    if (e.kind === 'size' && isConstant(e.value)) return num(e.value.constant);
    return tidyPower(e);
  },
};

const functionOfNumber: Rule = {
  id: 'value-of-function',
  kind: 'tidy',
  example: 'exp(0) -> 1, sign(2) -> 1',
  on: ['call'],
  apply: (e) => {
    if (e.kind !== 'call' || e.fn.order > 0 || e.args.length !== 1) return null;
    const x = e.args[0] === undefined ? null : numeric(e.args[0]);
    if (x === null) return null;
    const sign = x.n > 0n ? 1 : x.n < 0n ? -1 : 0;
    if (e.fn.name === 'exp' || e.fn.name === 'cos' || e.fn.name === 'cosh') return sign === 0 ? NUM1 : null;
    if (e.fn.name === 'log') return sameR(x, R1) ? NUM0 : null;
    if (e.fn.name === 'sign') return num(sign);
    if (e.fn.name === 'abs') return numberOf(sign < 0 ? negR(x) : x);
    if (e.fn.name === 'pos') return sign > 0 ? NUM1 : NUM0;
    if (e.fn.name === 'nonneg') return sign >= 0 ? NUM1 : NUM0;
    return sign === 0 && ['sin', 'tan', 'sinh', 'tanh', 'erf', 'atan'].includes(e.fn.name) ? NUM0 : null;
  },
};

const negativeTerms = (e: Expr): number =>
  termsOf(e).filter((t) => coefficientOf(t).coefficient.n < 0n).length;

/** -(y - a) -> a - y: a sign goes into brackets that then need fewer. */
const signInside: Rule = {
  id: 'sign-into-bracket',
  kind: 'tidy',
  example: '-(y - a) -> a - y',
  on: ['mul'],
  apply: (e) => {
    if (e.kind !== 'mul') return null;
    const { coefficient, rest } = coefficientOf(e);
    if (coefficient.n >= 0n) return null;
    const factors = factorsOf(rest);
    const at = factors.findIndex((f) => turnable(f) !== null);
    const turned = factors[at] === undefined ? null : turnable(factors[at]);
    if (turned === null) return null;
    return times(negR(coefficient), mul(...factors.map((f, i) => (i === at ? turned : f))));
  },
};

/** The negative of a sum of which half the terms or more are negative, or of an odd function of one; otherwise null. */
function turnable(f: Expr): Expr | null {
  if (f.kind === 'add' && 2 * negativeTerms(f) >= f.args.length) return add(...f.args.map(flip));
  const [arg] = f.kind === 'call' && f.fn.order === 0 && ODD.has(f.fn.name) ? f.args : [];
  const turned = arg === undefined || f.kind !== 'call' ? null : turnable(arg);
  return turned === null || f.kind !== 'call' ? null : { ...f, args: [turned] };
}

/** f(-u) = -f(u). */
const ODD: ReadonlySet<string> = new Set(['sign', 'sin', 'tan', 'sinh', 'tanh', 'erf', 'atan']);

/** A sum starts with a positive term where it has one. */
const positiveFirst: Rule = {
  id: 'positive-first',
  kind: 'tidy',
  example: '-y + a -> a - y',
  on: ['add'],
  apply: (e) => {
    if (e.kind !== 'add') return null;
    const isNegative = (t: Expr): boolean => coefficientOf(t).coefficient.n < 0n;
    const [first] = e.args;
    if (first === undefined || !isNegative(first) || e.args.every(isNegative)) return null;
    return add(...e.args.filter((t) => !isNegative(t)), ...e.args.filter(isNegative));
  },
};

export const algebraRules: readonly Rule[] = [arithmetic, functionOfNumber, signInside, positiveFirst];
