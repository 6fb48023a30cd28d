// Like terms and like factors put together: numbers, powers of one base, bases that differ by a sign.

import type { Expr } from '../expr/expr.ts';
import { add, factorsOf, isNumber, mul, NUM0, NUM1, numberOf, power, termsOf } from '../expr/make.ts';
import { addR, isIntegerR, mulR, negR, R1, type Rational, sameR } from '../expr/rational.ts';
import { key } from '../expr/substitute.ts';

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
  const collected = new Map<string, { rest: Expr; coefficient: Rational }>();
  for (const term of terms) {
    const { coefficient, rest } = coefficientOf(term);
    const name = key(rest);
    const found = collected.get(name);
    collected.set(name, {
      rest,
      coefficient: found === undefined ? coefficient : addR(found.coefficient, coefficient),
    });
  }
  const kept = [...collected.values()].filter((t) => t.coefficient.n !== 0n);
  return add(...kept.map((t) => times(t.coefficient, t.rest)));
}

/** Like bases together, numbers multiplied and put in front; each stays where its first stood. */
export function collectFactors(factors: readonly Expr[]): Expr {
  let coefficient = R1;
  const collected = new Map<string, { base: Expr; exponent: Rational }>();
  for (const factor of factors) {
    const n = numeric(factor);
    if (n !== null) {
      coefficient = mulR(coefficient, n);
      continue;
    }
    if (
      factor.kind === 'guard' ||
      (factor.kind === 'call' && (factor.fn.name === 'pos' || factor.fn.name === 'nonneg'))
    ) {
      collected.set(key(factor), { base: factor, exponent: R1 });
      continue;
    }
    const { base, exponent } = baseAndExponent(factor);
    const turned = oppositeIn(collected, base, exponent);
    if (turned !== null && exponent.n % 2n !== 0n) coefficient = negR(coefficient);
    const name = key(turned ?? base);
    const found = collected.get(name);
    collected.set(
      name,
      found === undefined
        ? { base, exponent }
        : { base: found.base, exponent: addR(found.exponent, exponent) },
    );
  }
  if (coefficient.n === 0n) return NUM0;
  const rest = [...collected.values()]
    .filter((f) => f.exponent.n !== 0n)
    .map((f) => toPower(f.base, f.exponent));
  return times(coefficient, mul(...rest));
}

/** a - b where b - a is there already with a whole exponent: they are one base up to a sign. */
function oppositeIn(
  collected: ReadonlyMap<string, { readonly base: Expr; readonly exponent: Rational }>,
  base: Expr,
  exponent: Rational,
): Expr | null {
  if (base.kind !== 'add' || collected.size === 0 || !isIntegerR(exponent)) return null;
  const opposite = add(...base.args.map(flip));
  for (const found of collected.values())
    if (found.base.kind === 'add' && isIntegerR(found.exponent) && sameSum(found.base, opposite))
      return found.base;
  return null;
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
