// The algebra that tidies a line: numbers, like factors, like terms, signs, and multiplying out where it shortens.

import { isConstant } from '../expr/affine.ts';
import type { Expr } from '../expr/expr.ts';
import {
  add,
  factorsOf,
  isNumber,
  mul,
  NUM0,
  NUM1,
  num,
  numberOf,
  power,
  sum,
  termsOf,
} from '../expr/make.ts';
import { children } from '../expr/parts.ts';
import { addR, isIntegerR, mulR, negR, powR, R1, type Rational, sameR } from '../expr/rational.ts';
import { key, same } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import type { Rule } from './rule.ts';

const numeric = (e: Expr): Rational | null => (e.kind === 'number' ? e.value : null);

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
function sameSum(a: Expr, b: Expr): boolean {
  const keys = (e: Expr): string[] => termsOf(e).map(key).sort();
  return termsOf(a).length === termsOf(b).length && keys(a).join() === keys(b).join();
}

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

function flip(t: Expr): Expr {
  const { coefficient, rest } = coefficientOf(t);
  return times(negR(coefficient), rest);
}

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

/** A factor that all terms share, with its least exponent. */
const commonFactor: Rule = {
  id: 'common-factor',
  kind: 'tidy',
  example: 'a g - a h -> a (g - h)',
  on: ['add'],
  apply: (e) => {
    if (e.kind !== 'add') return null;
    const terms = e.args.map(
      (t) =>
        new Map(
          factorsOf(coefficientOf(t).rest).map((f) => [key(baseAndExponent(f).base), baseAndExponent(f)]),
        ),
    );
    const shared: Expr[] = [];
    for (const [name, { base, exponent }] of terms[0] ?? []) {
      if (base.kind === 'number') continue;
      let least: Rational | null = exponent;
      for (const t of terms) {
        const own = t.get(name)?.exponent;
        least =
          own === undefined || least === null || own.n < 0n !== exponent.n < 0n ? null : smaller(least, own);
      }
      if (least !== null) shared.push(toPower(base, least));
    }
    if (shared.length === 0) return null;
    const common = mul(...shared);
    const inverse = factorsOf(common).map((f) => {
      const { base, exponent } = baseAndExponent(f);
      return toPower(base, negR(exponent));
    });
    return mul(common, collectTerms(e.args.map((t) => collectFactors([...factorsOf(t), ...inverse]))));
  },
};

/** Of two exponents of one sign the one nearer 0. */
function smaller(a: Rational, b: Rational): Rational {
  const gap = addR(a, negR(b));
  return gap.n < 0n === a.n > 0n ? a : b;
}

/** How much there is to read. */
export function weight(e: Expr): number {
  const parts = children(e);
  if (e.kind === 'power' && isNumber(e.exponent, -1)) return 1 + weight(e.base);
  return parts.reduce((n, c) => n + weight(c), e.kind === 'number' || parts.length > 0 ? 1 : 2);
}

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
const multiplyOut: Rule = {
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

/** exp(u) exp(v) -> exp(u + v), and exp(u)^n -> exp(n u). */
const mergeExponentials: Rule = {
  id: 'merge-exponentials',
  kind: 'tidy',
  example: 'exp(u) exp(v) -> exp(u + v)',
  on: ['mul', 'power'],
  apply: (e) => {
    const powers = factorsOf(e).map(baseAndExponent);
    const isExp = (x: Expr): boolean => x.kind === 'call' && x.fn.name === 'exp' && x.fn.order === 0;
    const exps = powers.filter((p) => isExp(p.base));
    if (exps.length === 0 || (exps.length === 1 && exps.every((p) => sameR(p.exponent, R1)))) return null;
    const inner = exps.flatMap((p) =>
      p.base.kind === 'call' && p.base.args[0] !== undefined ? [times(p.exponent, p.base.args[0])] : [],
    );
    const rest = powers.filter((p) => !isExp(p.base)).map((p) => toPower(p.base, p.exponent));
    const total = collectTerms(inner);
    const merged: Expr = isNumber(total, 0)
      ? NUM1
      : { kind: 'call', fn: { name: 'exp', order: 0, stage: null }, args: [total] };
    return mul(...rest, merged);
  },
};

export const algebraRules: readonly Rule[] = [arithmetic, functionOfNumber, signInside, positiveFirst];
export { arithmetic, commonFactor, mergeExponentials, multiplyOut };
