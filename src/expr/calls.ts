// Functions in the comparison form: exponentials as towers, logarithms and absolute values of products, odd and even ones.

import type { CallExpr, Expr } from './expr.ts';
import { call, numberOf } from './make.ts';
import {
  isFree,
  type Monomial,
  ofFactor,
  primesOf,
  product,
  rebuild,
  scaled,
  UNIT,
  type Work,
} from './monomial.ts';
import { absolute, primitive } from './powers.ts';
import { negR, R1, type Rational, rational } from './rational.ts';
import { alphaKey } from './substitute.ts';

const ODD = new Set([
  'sin',
  'tan',
  'cot',
  'csc',
  'sinh',
  'tanh',
  'coth',
  'csch',
  'asin',
  'atan',
  'asinh',
  'atanh',
  'erf',
  'cbrt',
  'sign',
]);
const EVEN = new Set(['cos', 'sec', 'cosh', 'sech', 'abs']);

/** A function of one form of its argument; exp, log and |..| of products as products and sums. */
export function expandCall(e: CallExpr, w: Work): Monomial[] {
  const [arg, second] = e.args;
  if (arg === undefined) return [ofFactor(e)];
  if (second !== undefined) {
    const args = e.args.map((a) => rebuild(w.collect(w.expand(a, w), w)));
    return [ofFactor({ ...e, args: args.sort((a, b) => (alphaKey(a) < alphaKey(b) ? -1 : 1)) })];
  }
  if (e.fn.order > 0) return [ofFactor({ ...e, args: [rebuild(w.collect(w.expand(arg, w), w))] })];
  if (e.fn.name === 'exp') return [{ ...UNIT, towers: [{ base: null, exponent: w.expand(arg, w) }] }];
  const terms = w.collect(w.expand(arg, w), w);
  if (e.fn.name === 'log') return logarithm(terms, w);
  if (e.fn.name === 'abs') return [absoluteOf(terms)];
  const parity = ODD.has(e.fn.name) ? -1 : EVEN.has(e.fn.name) ? 1 : 0;
  const turn = parity !== 0 && (terms[0]?.coefficient.n ?? 1n) < 0n;
  const turned = turn ? terms.map((t) => scaled(t, rational(-1))) : terms;
  return [scaled(ofFactor({ ...e, args: [rebuild(turned)] }), turn ? rational(parity) : R1)];
}

/** |c f g| = |c| |f| |g| */
function absoluteOf(terms: readonly Monomial[]): Monomial {
  const [only] = terms;
  if (only !== undefined && terms.length === 1 && isFree(only)) {
    const { coefficient: c } = only;
    return {
      ...only,
      coefficient: c.n < 0n ? negR(c) : c,
      factors: only.factors.map((f) => ({
        ...f,
        base: f.base.kind === 'number' ? f.base : absolute(f.base),
      })),
      towers: only.towers.map((t) => ({ ...t, base: t.base === null ? null : absolute(t.base) })),
    };
  }
  const { content, rest } = primitive(terms, true);
  return scaled(ofFactor(call('abs', rebuild(rest))), content.n < 0n ? negR(content) : content);
}

/** log of a product as a sum of logarithms, log x standing for log |x|; a negative number stays inside. */
function logarithm(terms: readonly Monomial[], w: Work): Monomial[] {
  const [only] = terms;
  const log = (e: Expr): Monomial => ofFactor(call('log', e));
  const ofNumber = (a: Rational): Monomial[] =>
    primesOf(a).map((p) => scaled(log(numberOf(p.base)), p.exponent));
  if (only === undefined || terms.length > 1 || !isFree(only)) {
    const { content, rest } = primitive(terms, false);
    return [...ofNumber(content), log(rebuild(rest))];
  }
  const size = only.coefficient.n < 0n ? negR(only.coefficient) : only.coefficient;
  if (only.coefficient.n < 0n)
    return [...ofNumber(size), log(rebuild(w.collect([scaled(only, rational(size.d, size.n))], w)))];
  const ofBase = (e: Expr): Expr => (e.kind === 'call' && e.fn.name === 'abs' ? (e.args[0] ?? e) : e);
  return [
    ...ofNumber(size),
    ...only.factors.map((f) => scaled(log(ofBase(f.base)), f.exponent)),
    ...only.towers.flatMap((t) =>
      t.base === null ? t.exponent : product(t.exponent, [log(ofBase(t.base))]),
    ),
  ];
}
