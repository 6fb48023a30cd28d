// The comparison form: a sum of monomials with prenex binders, whatever the order, nesting and names were.

import { type Condition, conditionKey } from './condition.ts';
import type { CallExpr, Expr, SumExpr } from './expr.ts';
import { call, mul, num, numberOf } from './make.ts';
import {
  apart,
  type Factor,
  isFree,
  type Monomial,
  mergedFactors,
  ofFactor,
  primesOf,
  product,
  scaled,
  type Tower,
  UNIT,
  wholePart,
} from './monomial.ts';
import { mapParts } from './parts.ts';
import { cleared, contracted, counted, formTerms, leastNamed, namesIn, pruned, shifted } from './range.ts';
import { addR, isIntegerR, mulR, negR, powR, R1, type Rational, rational, rationalText } from './rational.ts';
import { alphaKey } from './substitute.ts';

/** What is assumed of the free indices, and the operations that are left. */
interface Work {
  readonly given: readonly Condition[];
  readonly names: ReadonlySet<string>;
  left: number;
}

const LARGEST_POWER = 6n;
const OPERATIONS = 20_000;

/** Multiplies everything out. */
function expand(e: Expr, w: Work): Monomial[] {
  if (--w.left < 0) throw new RangeError('too many operations to compare');
  switch (e.kind) {
    case 'number':
      return e.value.n === 0n ? [] : [{ ...UNIT, coefficient: e.value }];
    case 'size':
      return formTerms(e.value).map((t) =>
        scaled(t.of === null ? UNIT : ofFactor(t.of), rational(t.coefficient)),
      );
    case 'add':
      return e.args.flatMap((a) => expand(a, w));
    case 'mul':
      return e.args.map((a) => expand(a, w)).reduce(product, [UNIT]);
    case 'guard':
      return [{ ...UNIT, where: e.where }];
    case 'sum':
      return expand(e.body, w).map((m) => bind(e, m));
    case 'power':
      return e.exponent.kind === 'number'
        ? expandPower(e.base, e.exponent.value, w)
        : expandTower(e.base, e.exponent, w);
    case 'call':
      return expandCall(e, w);
    default:
      return [ofFactor(e)];
  }
}

function bind(e: SumExpr, m: Monomial): Monomial {
  const own = namesIn(e.where);
  const free = apart(m, new Set([...own, e.index]));
  return { ...free, binders: [e.index, ...free.binders], where: [...e.where, ...free.where] };
}

function expandPower(base: Expr, n: Rational, w: Work): Monomial[] {
  const terms = collectTerms(expand(base, w), w);
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

const isEven = (a: Rational): boolean => isIntegerR(a) && a.n % 2n === 0n;
const isAbsolute = (e: Expr): boolean => e.kind === 'call' && e.fn.name === 'abs';

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
  else if (rest.length > 1) out.push({ base: rebuilt([{ ...UNIT, factors: rest }], w), exponent: r });
  const exponentials = m.towers.filter((t) => t.base === null);
  if (exponentials.length < m.towers.length) return null;
  const towers = exponentials.map((t) => ({ base: null, exponent: t.exponent.map((e) => scaled(e, r)) }));
  return [{ ...UNIT, factors: out, towers }];
}

const absolute = (e: Expr): Expr => (isAbsolute(e) ? e : call('abs', e));

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

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));

/** The greatest common factor of the coefficients, negative where the first term is and `signed`; 1 for no terms. */
function primitive(
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
function expandTower(base: Expr, exponent: Expr, w: Work): Monomial[] {
  const terms = collectTerms(expand(base, w), w);
  const powers = collectTerms(expand(exponent, w), w);
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

const isConstant = (m: Monomial): boolean => isFree(m) && m.factors.length === 0 && m.towers.length === 0;

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

function expandCall(e: CallExpr, w: Work): Monomial[] {
  const [arg, second] = e.args;
  if (arg === undefined) return [ofFactor(e)];
  if (second !== undefined) {
    const args = e.args.map((a) => rebuild(collectTerms(expand(a, w), w)));
    return [ofFactor({ ...e, args: args.sort((a, b) => (alphaKey(a) < alphaKey(b) ? -1 : 1)) })];
  }
  if (e.fn.order > 0) return [ofFactor({ ...e, args: [rebuild(collectTerms(expand(arg, w), w))] })];
  if (e.fn.name === 'exp') return [{ ...UNIT, towers: [{ base: null, exponent: expand(arg, w) }] }];
  const terms = collectTerms(expand(arg, w), w);
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
    return [...ofNumber(size), log(rebuilt([scaled(only, rational(size.d, size.n))], w))];
  const ofBase = (e: Expr): Expr => (e.kind === 'call' && e.fn.name === 'abs' ? (e.args[0] ?? e) : e);
  return [
    ...ofNumber(size),
    ...only.factors.map((f) => scaled(log(ofBase(f.base)), f.exponent)),
    ...only.towers.flatMap((t) =>
      t.base === null ? t.exponent : product(t.exponent, [log(ofBase(t.base))]),
    ),
  ];
}

/** Towers settled: numbers in their exponents become powers, the rest functions of one form. */
function settled(m: Monomial, w: Work): Monomial {
  const [first] = m.towers;
  if (first === undefined) return m;
  const byBase = new Map<string, Tower>();
  for (const t of m.towers) {
    const name = t.base === null ? '' : alphaKey(t.base);
    const found = byBase.get(name);
    byBase.set(name, { base: t.base, exponent: [...(found?.exponent ?? []), ...t.exponent] });
  }
  const factors = [...m.factors];
  for (const { base, exponent } of byBase.values()) {
    const terms = collectTerms(exponent, w);
    const number = base === null ? undefined : terms.find(isConstant);
    const rest = terms.filter((t) => t !== number);
    if (base !== null && number !== undefined) factors.push({ base, exponent: number.coefficient });
    if (rest.length === 0) continue;
    const up = rebuild(rest);
    factors.push({
      base: base === null ? call('exp', up) : { kind: 'power', base, exponent: up },
      exponent: R1,
    });
  }
  return { ...m, factors, towers: [] };
}

const isCompound = (e: Expr): boolean => e.kind === 'add' || e.kind === 'mul';

/** Powers of one base together; numbers to the coefficient, |f|^2 to f^2, sums to whole powers multiplied out. */
function simplified(m: Monomial, w: Work): Monomial[] {
  let { coefficient } = m;
  const factors: Factor[] = [];
  const again: Expr[] = [];
  for (const f of mergedFactors(m.factors)) {
    if (f.base.kind === 'number') {
      const { whole, rest } = wholePart(f.exponent);
      const power = powR(f.base.value, whole);
      if (power === null) factors.push(f);
      else {
        coefficient = mulR(coefficient, power);
        if (rest.n !== 0n) factors.push({ base: f.base, exponent: rest });
      }
    } else if (isAbsolute(f.base) && isEven(f.exponent) && f.base.kind === 'call') {
      again.push({ kind: 'power', base: f.base.args[0] ?? f.base, exponent: numberOf(f.exponent) });
    } else if (
      isCompound(f.base) &&
      isIntegerR(f.exponent) &&
      f.exponent.n > 0n &&
      f.exponent.n <= LARGEST_POWER
    )
      again.push({ kind: 'power', base: f.base, exponent: numberOf(f.exponent) });
    else factors.push(f);
  }
  const rest = { ...m, coefficient, factors };
  if (again.length === 0) return [rest];
  return product([rest], expand(mul(...again), w)).flatMap((t) => simplified(settled(t, w), w));
}

/** A monomial's binders brought to one form; none where its conditions contradict each other. */
function canonical(raw: Monomial, w: Work): { name: string; monomial: Monomial }[] {
  if (isFree(raw)) return [{ name: keyOf(raw), monomial: raw }];
  const small = pruned(contracted(cleared(raw, w.names)), w.given);
  if (small === null) return [];
  const { rest, sizes } = counted(small, w.given);
  if (sizes.length > 0) {
    const numbers = sizes.map((s) => expand({ kind: 'size', value: s }, w)).reduce(product, [rest]);
    return numbers.flatMap((m) => canonical({ ...m, factors: mergedFactors(m.factors) }, w));
  }
  return [leastNamed(shifted(small), (m) => keyOf(resorted(m, w)))].map(({ name, monomial }) => ({
    name,
    monomial: resorted(monomial, w),
  }));
}

/** Sums and products inside functions put in order again, after the names in them have changed. */
function resorted(m: Monomial, w: Work): Monomial {
  if (m.binders.length === 0) return m;
  const inside = (e: Expr): Expr => {
    const parts = mapParts(e, { expr: inside, tensor: (t) => t, affine: (a) => a });
    if (parts.kind !== 'add' && parts.kind !== 'mul') return parts;
    const args = [...parts.args].sort((a, b) => (alphaKey(a) < alphaKey(b) ? -1 : 1));
    return args.every((a, i) => a === parts.args[i]) ? parts : { ...parts, args };
  };
  w.left -= m.factors.length;
  return { ...m, factors: m.factors.map((f) => ({ base: inside(f.base), exponent: f.exponent })) };
}

function keyOf(m: Monomial): string {
  const factors = m.factors.map((f) => `${alphaKey(f.base)}^${rationalText(f.exponent)}`).sort();
  const where = m.where.length === 0 ? '' : [...new Set(m.where.map(conditionKey))].sort().join('&');
  return `${factors.join('*')}|${where}`;
}

function collect(ms: readonly Monomial[], w: Work): Map<string, Monomial> {
  const found = new Map<string, Monomial>();
  for (const raw of ms) {
    if (--w.left < 0) throw new RangeError('too many operations to compare');
    for (const plain of simplified(settled(raw, w), w))
      for (const { name, monomial } of canonical(plain, w)) {
        const before = found.get(name);
        const coefficient =
          before === undefined ? monomial.coefficient : addR(before.coefficient, monomial.coefficient);
        if (coefficient.n === 0n) found.delete(name);
        else found.set(name, { ...monomial, coefficient });
      }
  }
  return found;
}

/** Like terms together, in the order of their keys. */
const collectTerms = (ms: readonly Monomial[], w: Work): Monomial[] =>
  [...collect(ms, w)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, m]) => m);

const rebuilt = (ms: readonly Monomial[], w: Work): Expr => rebuild(collectTerms(ms, w));

function rebuild(terms: readonly Monomial[]): Expr {
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

const NOTHING: readonly Condition[] = [];
const keys = new WeakMap<Expr, WeakMap<readonly Condition[], string>>();

/**
 * A string that is equal for expressions with the same comparison form; `given` holds for their free indices. Throws a
 * `RangeError` where there are too many terms, and equal strings mean equal values wherever both sides have one.
 */
export function comparisonKey(e: Expr, given: readonly Condition[] = NOTHING): string {
  let own = keys.get(e);
  if (own === undefined) {
    own = new WeakMap();
    keys.set(e, own);
  }
  let found = own.get(given);
  if (found === undefined) {
    const work: Work = { given, names: namesIn(given), left: OPERATIONS };
    found = [...collect(expand(e, work), work)]
      .map(([name, m]) => `${rationalText(m.coefficient)}*${name}`)
      .sort()
      .join(' + ');
    own.set(given, found);
  }
  return found;
}

export const sameInComparison = (a: Expr, b: Expr, given: readonly Condition[] = NOTHING): boolean =>
  comparisonKey(a, given) === comparisonKey(b, given);
