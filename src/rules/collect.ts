// Like terms and like factors put together: numbers, powers of one base, bases that differ by a sign.

import type { Expr } from '../expr/expr.ts';
import { add, factorsOf, isNumber, mul, NUM0, NUM1, numberOf, power, termsOf } from '../expr/make.ts';
import { addR, isIntegerR, mulR, negR, R1, type Rational, sameR } from '../expr/rational.ts';
import { key, same } from '../expr/substitute.ts';

export const numeric = (e: Expr): Rational | null => (e.kind === 'number' ? e.value : null);

/** base^exponent with a numeric exponent; anything else is itself to the power 1. */
export function baseAndExponent(e: Expr): { base: Expr; exponent: Rational } {
  if (e.kind === 'power' && e.exponent.kind === 'number') return { base: e.base, exponent: e.exponent.value };
  return { base: e, exponent: R1 };
}

export const toPower = (base: Expr, exponent: Rational): Expr =>
  sameR(exponent, R1) ? base : exponent.n === 0n ? NUM1 : power(base, numberOf(exponent));

/** The numeric coefficient of a term and the rest of it. */
export function coefficientOf(e: Expr): { coefficient: Rational; rest: Expr } {
  let coefficient = R1;
  const rest: Expr[] = [];
  for (const f of factorsOf(e)) {
    const n = numeric(f);
    if (n === null) rest.push(f);
    else coefficient = mulR(coefficient, n);
  }
  return { coefficient, rest: mul(...rest) };
}

export const times = (c: Rational, e: Expr): Expr =>
  sameR(c, R1) ? e : isNumber(e, 1) ? numberOf(c) : mul(numberOf(c), e);

/** Like terms together, numbers added; each stays where its first stood. */
export function collectTerms(terms: readonly Expr[]): Expr {
  const collected: { rest: Expr; coefficient: Rational }[] = [];
  for (const term of terms) {
    const { coefficient, rest } = coefficientOf(term);
    const found = collected.find((t) => same(t.rest, rest));
    if (found === undefined) collected.push({ rest, coefficient });
    else found.coefficient = addR(found.coefficient, coefficient);
  }
  const kept = collected.filter((t) => t.coefficient.n !== 0n);
  return add(...kept.map((t) => times(t.coefficient, t.rest)));
}

interface Power {
  readonly base: Expr;
  exponent: Rational;
}

/** What is its own square: a condition as a number, 0 or 1. */
const isIndicator = (e: Expr): boolean =>
  e.kind === 'guard' || (e.kind === 'call' && (e.fn.name === 'pos' || e.fn.name === 'nonneg'));

/** Like bases together, numbers multiplied and put in front; each stays where its first stood. */
export function collectFactors(factors: readonly Expr[]): Expr {
  let coefficient = R1;
  const collected: Power[] = [];
  for (const factor of factors) {
    const n = numeric(factor);
    if (n !== null) {
      coefficient = mulR(coefficient, n);
      continue;
    }
    const { base, exponent } = baseAndExponent(factor);
    const turned = oppositeIn(collected, base, exponent);
    if (turned !== null && exponent.n % 2n !== 0n) coefficient = negR(coefficient);
    const found = turned ?? collected.find((p) => same(p.base, base));
    if (found === undefined) collected.push({ base, exponent });
    else if (!isIndicator(factor)) found.exponent = addR(found.exponent, exponent);
  }
  if (coefficient.n === 0n) return NUM0;
  const rest = collected.filter((f) => f.exponent.n !== 0n).map((f) => toPower(f.base, f.exponent));
  return times(coefficient, mul(...rest));
}

/** a - b where b - a is there already with a whole exponent: they are one base up to a sign. */
function oppositeIn(collected: readonly Power[], base: Expr, exponent: Rational): Power | null {
  if (base.kind !== 'add' || collected.length === 0 || !isIntegerR(exponent)) return null;
  const opposite = add(...base.args.map(flip));
  const isOpposite = ({ base: b, exponent: n }: Power): boolean =>
    b.kind === 'add' && isIntegerR(n) && sameSum(b, opposite);
  return collected.find(isOpposite) ?? null;
}

/** The same terms in whatever order. */
export function sameSum(a: Expr, b: Expr): boolean {
  const keys = (e: Expr): string[] => termsOf(e).map(key).sort();
  return termsOf(a).length === termsOf(b).length && keys(a).join() === keys(b).join();
}

export function flip(t: Expr): Expr {
  const { coefficient, rest } = coefficientOf(t);
  return times(negR(coefficient), rest);
}
