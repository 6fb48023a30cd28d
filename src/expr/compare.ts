// The comparison form: a sum of monomials with prenex binders, whatever the order, nesting and names were.

import { type Affine, type IndexMap, index, solveFor } from './affine.ts';
import { type Condition, conditionKey, slack, substituteCondition } from './condition.ts';
import type { Expr, SumExpr } from './expr.ts';
import { mapParts } from './parts.ts';
import { addR, isIntegerR, mulR, powR, R1, type Rational, rationalText } from './rational.ts';
import { freshName, key, substitute } from './substitute.ts';
import { freeNames } from './walk.ts';

interface Factor {
  readonly base: Expr;
  readonly exponent: Rational;
}

/** coefficient * sum over binders, under conditions, of a product of powers. */
interface Monomial {
  readonly coefficient: Rational;
  readonly binders: readonly string[];
  readonly where: readonly Condition[];
  readonly factors: readonly Factor[];
}

const UNIT: Monomial = { coefficient: R1, binders: [], where: [], factors: [] };
const LARGEST_POWER = 6n;
const MOST_TERMS = 2000;

function times(a: Monomial, b: Monomial): Monomial {
  const clash = b.binders.filter((n) => a.binders.includes(n) || mentionsFree(a, n));
  const taken = new Set([...a.binders, ...b.binders, ...namesOf(a), ...namesOf(b)]);
  const map = new Map<string, Affine>();
  for (const n of clash) {
    const fresh = freshName([`${n}_`], taken);
    taken.add(fresh);
    map.set(n, index(fresh));
  }
  const right = map.size === 0 ? b : renamed(b, map);
  return {
    coefficient: mulR(a.coefficient, right.coefficient),
    binders: [...a.binders, ...right.binders],
    where: [...a.where, ...right.where],
    factors: [...a.factors, ...right.factors],
  };
}

function namesOf(m: Monomial): Set<string> {
  const names = new Set<string>();
  for (const f of m.factors) for (const n of freeNames(f.base)) names.add(n);
  for (const c of m.where)
    for (const side of [c.left, c.right]) for (const t of side.terms) names.add(t.symbol.name);
  return names;
}

const mentionsFree = (m: Monomial, name: string): boolean => namesOf(m).has(name);

const renamed = (m: Monomial, map: IndexMap): Monomial => ({
  coefficient: m.coefficient,
  binders: m.binders.map((b) => map.get(b)?.key ?? b),
  where: m.where.map((c) => substituteCondition(c, map)),
  factors: m.factors.map((f) => ({ base: substitute(f.base, map), exponent: f.exponent })),
});

function product(as: readonly Monomial[], bs: readonly Monomial[]): Monomial[] {
  if (as.length * bs.length > MOST_TERMS) throw new RangeError('too many terms to compare');
  return as.flatMap((a) => bs.map((b) => times(a, b)));
}

/** Multiplies everything out. */
function expand(e: Expr): Monomial[] {
  switch (e.kind) {
    case 'number':
      return e.value.n === 0n ? [] : [{ ...UNIT, coefficient: e.value }];
    case 'add':
      return e.args.flatMap(expand);
    case 'mul':
      return e.args.map(expand).reduce(product, [UNIT]);
    case 'guard':
      return [{ ...UNIT, where: e.where }];
    case 'sum':
      return expand(e.body).map((m) => bind(e, m));
    case 'power':
      return expandPower(e.base, e.exponent);
    default:
      return [{ ...UNIT, factors: [{ base: inner(e), exponent: R1 }] }];
  }
}

function bind(e: SumExpr, m: Monomial): Monomial {
  if (!m.binders.includes(e.index))
    return { ...m, binders: [e.index, ...m.binders], where: [...e.where, ...m.where] };
  const fresh = freshName([`${e.index}_`], new Set([...m.binders, ...namesOf(m)]));
  const freed = renamed(m, new Map([[e.index, index(fresh)]]));
  return { ...freed, binders: [e.index, ...freed.binders], where: [...e.where, ...freed.where] };
}

function expandPower(base: Expr, exponent: Expr): Monomial[] {
  if (exponent.kind !== 'number')
    return [
      {
        ...UNIT,
        factors: [{ base: { kind: 'power', base: inner(base), exponent: inner(exponent) }, exponent: R1 }],
      },
    ];
  const n = exponent.value;
  const terms = expand(base);
  const [only] = terms;
  if (isIntegerR(n) && n.n > 0n && n.n <= LARGEST_POWER) {
    let result = [UNIT];
    for (let i = 0n; i < n.n; i++) result = product(result, terms);
    return result;
  }
  if (
    only !== undefined &&
    terms.length === 1 &&
    isIntegerR(n) &&
    only.binders.length === 0 &&
    only.where.length === 0
  ) {
    const coefficient = powR(only.coefficient, n.n);
    if (coefficient !== null)
      return [
        {
          ...UNIT,
          coefficient,
          factors: only.factors.map((f) => ({ base: f.base, exponent: mulR(f.exponent, n) })),
        },
      ];
  }
  return [{ ...UNIT, factors: [{ base: inner(base), exponent: n }] }];
}

/** What stands inside a function, a power or a derivative, in comparison form itself, carried as an opaque symbol. */
function inner(e: Expr): Expr {
  if (
    e.kind === 'entry' ||
    e.kind === 'adjoint' ||
    e.kind === 'head' ||
    e.kind === 'jacobian' ||
    e.kind === 'opaque' ||
    e.kind === 'size'
  )
    return e;
  if (e.kind === 'call') return mapParts(e, { expr: inner, tensor: (t) => t, affine: (a) => a });
  return rebuild(collect(expand(e)));
}

/** Deltas with a bound end are put in. */
function contracted(m: Monomial): Monomial {
  for (const c of m.where) {
    if (c.relation !== '=') continue;
    for (const b of m.binders) {
      const value = solveFor(slack(c), b);
      if (value === null) continue;
      const rest = { ...m, binders: m.binders.filter((n) => n !== b), where: m.where.filter((w) => w !== c) };
      const map = new Map([[b, value]]);
      return contracted({ ...renamed(rest, map), binders: rest.binders });
    }
  }
  return m;
}

function mergedFactors(m: Monomial): Monomial {
  const merged = new Map<string, Factor>();
  for (const f of m.factors) {
    const name = key(f.base);
    const found = merged.get(name);
    merged.set(name, found === undefined ? f : { base: f.base, exponent: addR(found.exponent, f.exponent) });
  }
  return { ...m, factors: [...merged.values()].filter((f) => f.exponent.n !== 0n) };
}

function keyOfMonomial(m: Monomial): string {
  const factors = m.factors.map((f) => `${key(f.base)}^${rationalText(f.exponent)}`).sort();
  const where = [...new Set(m.where.map(conditionKey))].sort();
  return `${factors.join('*')}|${where.join('&')}`;
}

/** Binders named so that the key is least: all orders for a few binders. */
function canonical(m: Monomial): { name: string; monomial: Monomial } {
  let best: { name: string; monomial: Monomial } | null = null;
  for (const order of permutations(m.binders)) {
    const away = new Map(order.map((b, i) => [b, index(`$${i}`)]));
    const named = renamed(m, away);
    const name = `${order.length}:${keyOfMonomial(named)}`;
    if (best === null || name < best.name) best = { name, monomial: named };
  }
  return best ?? { name: keyOfMonomial(m), monomial: m };
}

function permutations(names: readonly string[]): readonly string[][] {
  if (names.length > 5) return [[...names]];
  if (names.length <= 1) return [[...names]];
  return names.flatMap((n) => permutations(names.filter((o) => o !== n)).map((rest) => [n, ...rest]));
}

function collect(ms: readonly Monomial[]): Map<string, Monomial> {
  const found = new Map<string, Monomial>();
  for (const raw of ms) {
    const { name, monomial } = canonical(mergedFactors(contracted(raw)));
    const before = found.get(name);
    const coefficient =
      before === undefined ? monomial.coefficient : addR(before.coefficient, monomial.coefficient);
    if (coefficient.n === 0n) found.delete(name);
    else found.set(name, { ...monomial, coefficient });
  }
  return found;
}

function rebuild(ms: ReadonlyMap<string, Monomial>): Expr {
  const terms = [...ms].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, m]) => term(m));
  const [only] = terms;
  return terms.length === 1 && only !== undefined ? only : { kind: 'add', args: terms };
}

function term(m: Monomial): Expr {
  const sorted = [...m.factors].sort((a, b) => (key(a.base) < key(b.base) ? -1 : 1));
  const factors = sorted.map(
    (f): Expr =>
      f.exponent.n === 1n && f.exponent.d === 1n
        ? f.base
        : { kind: 'power', base: f.base, exponent: { kind: 'number', value: f.exponent } },
  );
  const guards: Expr[] = m.where.length === 0 ? [] : [{ kind: 'guard', where: m.where }];
  const body: Expr = { kind: 'mul', args: [{ kind: 'number', value: m.coefficient }, ...factors, ...guards] };
  return m.binders.reduceRight<Expr>((e, b) => ({ kind: 'sum', index: b, where: [], body: e }), body);
}

/** A string that is equal for expressions with the same comparison form. Throws a RangeError where there are too many terms. */
export function comparisonKey(e: Expr, _given: readonly Condition[] = []): string {
  const found = collect(expand(e));
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, m]) => `${rationalText(m.coefficient)}*${name}`)
    .join(' + ');
}

export const sameInComparison = (a: Expr, b: Expr): boolean => comparisonKey(a) === comparisonKey(b);
