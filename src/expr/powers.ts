// Powers in the comparison form: whole ones of products and small sums, roots with what can't be negative taken out, towers.

import type { Expr } from './expr.ts';
import { call, numberOf } from './make.ts';
import {
  type Factor,
  isConstant,
  isFree,
  type Monomial,
  primesOf,
  product,
  rebuild,
  scaled,
  UNIT,
  type Work,
} from './monomial.ts';
import { gcd, isIntegerR, mulR, negR, powR, R1, type Rational, rational } from './rational.ts';

export const LARGEST_POWER = 6n;

/** base^n multiplied out where n is small, and as one factor where it isn't. */
export function expandPower(base: Expr, n: Rational, w: Work): Monomial[] {
  const terms = w.collect(w.expand(base, w), w);
  const [only] = terms;
  if (only !== undefined && terms.length === 1 && isFree(only)) {
    const power = isIntegerR(n) ? wholePower(only, n) : realPower(only, n, w);
    if (power !== null) return power;
  }
  if (isIntegerR(n) && n.n > 0n && n.n <= LARGEST_POWER) {
    let result = [UNIT];
    for (let i = 0n; i < n.n; i++) result = product(result, terms);
    return result;
  }
  return [compoundPower(terms, n)];
}

/** (c f g^2)^n = c^n f^n g^(2n) */
function wholePower(m: Monomial, n: Rational): Monomial[] | null {
  const coefficient = powR(m.coefficient, n.n);
  if (coefficient === null && m.coefficient.n === 0n) return null;
  const factors = m.factors.map((f) => ({ base: f.base, exponent: mulR(f.exponent, n) }));
  const towers = m.towers.map((t) => ({ base: t.base, exponent: t.exponent.map((e) => scaled(e, n)) }));
  if (coefficient !== null) return [{ ...UNIT, coefficient, factors, towers }];
  const size = m.coefficient.n < 0n ? negR(m.coefficient) : m.coefficient;
  const sign = m.coefficient.n < 0n && n.n % 2n !== 0n ? rational(-1) : R1;
  return [
    { ...UNIT, coefficient: sign, factors: [...factors, { base: numberOf(size), exponent: n }], towers },
  ];
}

export const isEven = (a: Rational): boolean => isIntegerR(a) && a.n % 2n === 0n;
export const isAbsolute = (e: Expr): boolean => e.kind === 'call' && e.fn.name === 'abs';

/** A root of a product: what can't be negative is taken out, the rest stays together under one root. */
function realPower(m: Monomial, r: Rational, w: Work): Monomial[] | null {
  if (m.coefficient.n <= 0n) return null;
  const out: Factor[] = primesOf(m.coefficient).map((p) => ({
    base: numberOf(p.base),
    exponent: mulR(p.exponent, r),
  }));
  const rest: Factor[] = [];
  for (const f of m.factors) {
    if (isAbsolute(f.base) || (f.base.kind === 'number' && f.base.value.n > 0n))
      out.push({ base: f.base, exponent: mulR(f.exponent, r) });
    else if (isEven(f.exponent)) out.push({ base: absolute(f.base), exponent: mulR(f.exponent, r) });
    else rest.push(f);
  }
  const [only] = rest;
  if (rest.length === 1 && only !== undefined)
    out.push({ base: only.base, exponent: mulR(only.exponent, r) });
  else if (rest.length > 1)
    out.push({ base: rebuild(w.collect([{ ...UNIT, factors: rest }], w)), exponent: r });
  const exponentials = m.towers.filter((t) => t.base === null);
  if (exponentials.length < m.towers.length) return null;
  const towers = exponentials.map((t) => ({ base: null, exponent: t.exponent.map((e) => scaled(e, r)) }));
  return [{ ...UNIT, factors: out, towers }];
}

export const absolute = (e: Expr): Expr => (isAbsolute(e) ? e : call('abs', e));

/** A sum to a power that isn't multiplied out: its content taken out, with the sign where the power is whole. */
function compoundPower(terms: readonly Monomial[], n: Rational): Monomial {
  const { content, rest } = primitive(terms, isIntegerR(n));
  const base = rebuild(rest);
  const factor: Factor = { base, exponent: n };
  if (isIntegerR(n)) {
    const [power] = wholePower({ ...UNIT, coefficient: content, factors: [{ base, exponent: R1 }] }, n) ?? [];
    return power ?? { ...UNIT, factors: [factor] };
  }
  const numbers = primesOf(content).map((p) => ({ base: numberOf(p.base), exponent: mulR(p.exponent, n) }));
  return { ...UNIT, factors: [...numbers, factor] };
}

/** The greatest common factor of the coefficients, negative where the first term is and `signed`; 1 for no terms. */
export function primitive(
  terms: readonly Monomial[],
  signed: boolean,
): { content: Rational; rest: readonly Monomial[] } {
  const [first] = terms;
  if (first === undefined) return { content: R1, rest: terms };
  const n = terms.reduce((g, t) => gcd(g, t.coefficient.n), 0n);
  const d = terms.reduce((l, t) => (l * t.coefficient.d) / gcd(l, t.coefficient.d), 1n);
  const content = rational(signed && first.coefficient.n < 0n ? -n : n, d);
  const inverse = rational(content.d, content.n);
  return { content, rest: content.n === content.d ? terms : terms.map((t) => scaled(t, inverse)) };
}

/** base^exponent where the exponent is no number. */
export function expandTower(base: Expr, exponent: Expr, w: Work): Monomial[] {
  const terms = w.collect(w.expand(base, w), w);
  const powers = w.collect(w.expand(exponent, w), w);
  const [only] = terms;
  const number = powers.length === 1 && powers[0] !== undefined && isConstant(powers[0]) ? powers[0] : null;
  if (number !== null) return expandPower(base, number.coefficient, w);
  if (powers.length === 0) return [UNIT];
  if (only !== undefined && terms.length === 1 && isFree(only)) {
    const [factor] = only.factors;
    const [tower] = only.towers;
    const plain = only.coefficient.n === 1n && only.coefficient.d === 1n;
    if (plain && tower !== undefined && only.towers.length === 1 && factor === undefined)
      return [{ ...UNIT, towers: [{ base: tower.base, exponent: product(tower.exponent, powers) }] }];
    const odd = factor !== undefined && isIntegerR(factor.exponent) && !isEven(factor.exponent);
    if (plain && odd && only.factors.length === 1 && tower === undefined) {
      const multiple = powers.map((p) => scaled(p, factor.exponent));
      return [{ ...UNIT, towers: [{ base: factor.base, exponent: multiple }] }];
    }
  }
  return [{ ...UNIT, towers: [{ base: rebuild(terms), exponent: powers }] }];
}
