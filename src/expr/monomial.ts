// Monomials of the comparison form: a number times powers, summed over binders under conditions.

import { type Affine, type IndexMap, index } from './affine.ts';
import { type Condition, conditionNames, substituteCondition } from './condition.ts';
import type { Expr } from './expr.ts';
import { mul, num, numberOf } from './make.ts';
import { addR, mulR, R0, R1, type Rational, rational } from './rational.ts';
import { alphaKey, freshName, substitute } from './substitute.ts';
import { freeNames } from './walk.ts';

export interface Factor {
  readonly base: Expr;
  readonly exponent: Rational;
}

/** A power whose exponent is no number: base^(sum of monomials); the base null is e. */
export interface Tower {
  readonly base: Expr | null;
  readonly exponent: readonly Monomial[];
}

/** coefficient * sum over binders, under conditions, of a product of powers. */
export interface Monomial {
  readonly coefficient: Rational;
  readonly binders: readonly string[];
  readonly where: readonly Condition[];
  readonly factors: readonly Factor[];
  readonly towers: readonly Tower[];
}

export const UNIT: Monomial = { coefficient: R1, binders: [], where: [], factors: [], towers: [] };
export const ofFactor = (base: Expr, exponent: Rational = R1): Monomial => ({
  ...UNIT,
  factors: [{ base, exponent }],
});
export const isFree = (m: Monomial): boolean => m.binders.length === 0 && m.where.length === 0;

/** What is assumed of the free indices, the operations that are left, and the way back into subexpressions. */
export interface Work {
  readonly given: readonly Condition[];
  readonly names: ReadonlySet<string>;
  readonly expand: (e: Expr, w: Work) => Monomial[];
  /** Like terms together, in the order of their keys. */
  readonly collect: (ms: readonly Monomial[], w: Work) => Monomial[];
  left: number;
}

const MOST_TERMS = 2000;

/** Every index name that stands in a monomial, its binders included. */
export function namesOf(m: Monomial): Set<string> {
  const names = new Set<string>(m.binders);
  for (const f of m.factors) for (const n of freeNames(f.base)) names.add(n);
  for (const c of m.where) conditionNames(c, names);
  for (const t of m.towers) {
    if (t.base !== null) for (const n of freeNames(t.base)) names.add(n);
    for (const term of t.exponent) for (const n of namesOf(term)) names.add(n);
  }
  return names;
}

/** Index names replaced, in binders too. */
export function renamed(m: Monomial, map: IndexMap): Monomial {
  if (map.size === 0) return m;
  return {
    coefficient: m.coefficient,
    binders: m.binders.map((b) => map.get(b)?.key ?? b),
    where: m.where.map((c) => substituteCondition(c, map)),
    factors: m.factors.map((f) => ({ base: substitute(f.base, map), exponent: f.exponent })),
    towers: m.towers.map((t) => ({
      base: t.base === null ? null : substitute(t.base, map),
      exponent: t.exponent.map((e) => replacedIn(e, map)),
    })),
  };
}

/** Free names replaced below binders: those give way where they would capture. */
function replacedIn(m: Monomial, map: IndexMap): Monomial {
  const used = new Map([...map].filter(([name]) => !m.binders.includes(name)));
  const coming = new Set([...used.values()].flatMap((a) => a.terms.map((t) => t.symbol.name)));
  return renamed(apart(m, coming), used);
}

/** The same monomial with binders that avoid `taken`. */
export function apart(m: Monomial, taken: ReadonlySet<string>): Monomial {
  if (!m.binders.some((b) => taken.has(b))) return m;
  const all = new Set([...taken, ...namesOf(m)]);
  const map = new Map<string, Affine>();
  for (const b of m.binders) {
    if (!taken.has(b)) continue;
    const fresh = freshName([`${b}_`], all);
    all.add(fresh);
    map.set(b, index(fresh));
  }
  return renamed(m, map);
}

export function times(a: Monomial, b: Monomial): Monomial {
  const right = b.binders.length === 0 ? b : apart(b, namesOf(a));
  const left = right.binders.length === 0 && a.binders.length > 0 ? apart(a, namesOf(right)) : a;
  const bound = a.binders.length > 0 && right.binders.length > 0 ? apart(a, namesOf(right)) : left;
  return {
    coefficient: mulR(bound.coefficient, right.coefficient),
    binders: [...bound.binders, ...right.binders],
    where: [...bound.where, ...right.where],
    factors: [...bound.factors, ...right.factors],
    towers: bound.towers.length + right.towers.length === 0 ? [] : [...bound.towers, ...right.towers],
  };
}

/** All products of two sums of monomials; a `RangeError` where there are too many. */
export function product(as: readonly Monomial[], bs: readonly Monomial[]): Monomial[] {
  if (as.length * bs.length > MOST_TERMS) throw new RangeError('too many terms to compare');
  return as.flatMap((a) => bs.map((b) => times(a, b)));
}

export const scaled = (m: Monomial, by: Rational): Monomial => ({
  ...m,
  coefficient: mulR(m.coefficient, by),
});

/** Powers of the same base as one. */
export function mergedFactors(factors: readonly Factor[]): readonly Factor[] {
  if (factors.length < 2) return factors[0]?.exponent.n === 0n ? [] : factors;
  const merged = new Map<string, Factor>();
  for (const f of factors) {
    const name = alphaKey(f.base);
    const found = merged.get(name);
    merged.set(name, found === undefined ? f : { base: f.base, exponent: addR(found.exponent, f.exponent) });
  }
  return [...merged.values()].filter((f) => f.exponent.n !== 0n);
}

const SMALL_PRIMES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n];

/** A positive integer as powers: of small primes, and of what is left. */
function primePowers(n: bigint, sign: 1 | -1): { base: bigint; exponent: bigint }[] {
  const found: { base: bigint; exponent: bigint }[] = [];
  let rest = n;
  for (const p of SMALL_PRIMES) {
    let exponent = 0n;
    while (rest % p === 0n && rest > 1n) [rest, exponent] = [rest / p, exponent + 1n];
    if (exponent > 0n) found.push({ base: p, exponent: exponent * BigInt(sign) });
  }
  if (rest > 1n) found.push({ base: rest, exponent: BigInt(sign) });
  return found;
}

/** A positive fraction as powers of whole numbers, small primes where they divide it. */
export const primesOf = (a: Rational): { base: Rational; exponent: Rational }[] =>
  [...primePowers(a.n, 1), ...primePowers(a.d, -1)].map(({ base, exponent }) => ({
    base: rational(base),
    exponent: rational(exponent),
  }));

/** The whole part and what is left of an exponent, 0 <= rest < 1. */
export function wholePart(a: Rational): { whole: bigint; rest: Rational } {
  const down = a.n / a.d - (a.n < 0n && a.n % a.d !== 0n ? 1n : 0n);
  return { whole: down, rest: a.d === 1n ? R0 : addR(a, rational(-down)) };
}

export const isConstant = (m: Monomial): boolean =>
  isFree(m) && m.factors.length === 0 && m.towers.length === 0;

/** The sum of monomials whose towers are settled, as an expression. */
export function rebuild(terms: readonly Monomial[]): Expr {
  const [only] = terms;
  if (only === undefined) return num(0);
  return terms.length === 1 ? term(only) : { kind: 'add', args: terms.map(term) };
}

function term(m: Monomial): Expr {
  const sorted = [...m.factors].sort((a, b) => (alphaKey(a.base) < alphaKey(b.base) ? -1 : 1));
  const factors = sorted.map(
    (f): Expr =>
      f.exponent.n === 1n && f.exponent.d === 1n
        ? f.base
        : { kind: 'power', base: f.base, exponent: numberOf(f.exponent) },
  );
  const number = m.coefficient.n === m.coefficient.d ? [] : [numberOf(m.coefficient)];
  const guards: Expr[] = m.where.length === 0 ? [] : [{ kind: 'guard', where: m.where }];
  const body = mul(...number, ...factors, ...guards);
  return m.binders.reduceRight<Expr>((e, b) => ({ kind: 'sum', index: b, where: [], body: e }), body);
}
