// Multiplying out, quotients first, where the result is shorter.

import type { Expr } from '../expr/expr.ts';
import { add, factorsOf, mul, NUM1, sum, termsOf } from '../expr/make.ts';
import { isIntegerR } from '../expr/rational.ts';
import { same } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import { baseAndExponent, collectFactors, collectTerms, flip, sameSum } from './collect.ts';
import type { Rule } from './rule.ts';
import { weight } from './weight.ts';

const LONGEST_EXPANSION = 64;

/** All products over sums carried out, sums over an index taken apart; null where that gets too long. */
export function expandProducts(e: Expr): Expr | null {
  if (e.kind === 'add') {
    const parts = e.args.map(expandProducts);
    return parts.some((p) => p === null)
      ? null
      : collectTerms(parts.flatMap((p) => (p === null ? [] : termsOf(p))));
  }
  if (e.kind === 'sum') {
    const body = expandProducts(e.body);
    if (body === null) return null;
    return add(...termsOf(body).map((t) => expandedSum(e.index, e.where, t)));
  }
  if (e.kind !== 'mul' && !isSmallPower(e)) return e;
  const cancelled = distributeQuotients(e);
  if (cancelled !== null) return expandProducts(cancelled);
  let terms: Expr[] = [NUM1];
  for (const f of repeatedFactors(e)) {
    const part = f.kind === 'add' || f.kind === 'sum' ? expandProducts(f) : f;
    if (part === null || terms.length * termsOf(part).length > LONGEST_EXPANSION) return null;
    terms = terms.flatMap((t) =>
      termsOf(part).map((p) => collectFactors([...factorsOf(t), ...factorsOf(p)])),
    );
  }
  return collectTerms(terms);
}

/** A sum of quotients multiplied by the other factors as they stand, where a denominator cancels; null where none does. */
function distributeQuotients(e: Expr): Expr | null {
  if (e.kind !== 'mul') return null;
  const at = e.args.findIndex((f) => f.kind === 'add' && f.args.some((t) => cancels(t, e.args, f)));
  const sum = e.args[at];
  if (sum === undefined) return null;
  const others = e.args.filter((_, i) => i !== at);
  return add(...termsOf(sum).map((t) => collectFactors([...others, ...factorsOf(t)])));
}

/** Whether a term's denominator goes with one of the factors beside it. */
function cancels(term: Expr, beside: readonly Expr[], itself: Expr): boolean {
  const under = factorsOf(term)
    .map(baseAndExponent)
    .filter((f) => f.exponent.n < 0n);
  return under.some(({ base }) =>
    beside.some(
      (f) =>
        f !== itself &&
        baseAndExponent(f).exponent.n > 0n &&
        (same(baseAndExponent(f).base, base) ||
          (base.kind === 'add' && (sameSum(f, base) || sameSum(f, add(...base.args.map(flip)))))),
    ),
  );
}

const isSmallPower = (e: Expr): boolean => e.kind === 'power' && repeatedFactors(e).length > 1;

function repeatedFactors(e: Expr): Expr[] {
  return factorsOf(e).flatMap((f) => {
    const { base, exponent } = baseAndExponent(f);
    const repeat = base.kind === 'add' && isIntegerR(exponent) && exponent.n > 1n && exponent.n <= 4n;
    return repeat ? Array<Expr>(Number(exponent.n)).fill(base) : [f];
  });
}

function expandedSum(index: string, where: Parameters<typeof sum>[1], t: Expr): Expr {
  const outside = factorsOf(t).filter((f) => !freeNames(f).has(index));
  const inside = factorsOf(t).filter((f) => freeNames(f).has(index));
  return inside.length === 0 ? sum(index, where, t) : mul(...outside, sum(index, where, mul(...inside)));
}

/** Multiplies out and collects where the result is shorter. */
export const multiplyOut: Rule = {
  id: 'multiply-out',
  kind: 'step',
  example: 's^2 (1/s - 1) -> s - s^2',
  on: ['mul', 'add', 'power'],
  apply: (e) => {
    if (e.kind !== 'mul' && e.kind !== 'add' && e.kind !== 'power') return null;
    const next = expandProducts(e);
    return next !== null && weight(next) < weight(e) ? next : null;
  },
};
