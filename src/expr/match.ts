// One-sided matching: what the variables of a pattern must stand for to make it equal an expression.

import { type Affine, bareName, index, mentions, minus, substituteIndices } from './affine.ts';
import { conditionKey, substituteCondition } from './condition.ts';
import type { Expr, SumExpr } from './expr.ts';
import { isSymbolEntry } from './make.ts';
import { same, substitute } from './substitute.ts';

/** What index variables and (for functions) the scalar parameter stand for. */
export interface Match {
  readonly indices: ReadonlyMap<string, Affine>;
  readonly arg: Expr | null;
}

export interface Pattern {
  /** Index variables that may stand for any index form. */
  readonly variables: ReadonlySet<string>;
  /** The scalar entry that may stand for any expression, or null. */
  readonly param: string | null;
}

export const NO_MATCH_YET: Match = { indices: new Map(), arg: null };

/** Extends `so` so that `pattern` becomes `e`; null when it can't. Products and sums match in any order. */
export function matchExpr(pattern: Expr, e: Expr, p: Pattern, so: Match = NO_MATCH_YET): Match | null {
  if (
    p.param !== null &&
    isSymbolEntry(pattern) &&
    pattern.of.name === p.param &&
    pattern.of.stage.length === 0
  ) {
    if (so.arg === null) return { indices: so.indices, arg: e };
    return same(so.arg, e) ? so : null;
  }
  if (pattern.kind !== e.kind) return null;
  switch (pattern.kind) {
    case 'number':
      return same(pattern, e) ? so : null;
    case 'size':
      return e.kind === 'size' ? matchAffine(pattern.value, e.value, p, so) : null;
    case 'entry':
      if (
        e.kind !== 'entry' ||
        pattern.of.kind !== 'symbol' ||
        e.of.kind !== 'symbol' ||
        pattern.of.name !== e.of.name
      )
        return null;
      return matchAffines([...pattern.of.stage, ...pattern.slots], [...e.of.stage, ...e.slots], p, so);
    case 'add':
    case 'mul':
      return e.kind === pattern.kind ? matchAnyOrder(pattern.args, e.args, p, so) : null;
    case 'power': {
      if (e.kind !== 'power') return null;
      const base = matchExpr(pattern.base, e.base, p, so);
      return base === null ? null : matchExpr(pattern.exponent, e.exponent, p, base);
    }
    case 'call': {
      if (e.kind !== 'call' || pattern.fn.name !== e.fn.name || pattern.fn.order !== e.fn.order) return null;
      const staged = matchStage(pattern.fn.stage, e.fn.stage, p, so);
      return staged === null ? null : matchInOrder(pattern.args, e.args, p, staged);
    }
    case 'sum':
      return e.kind === 'sum' ? matchSum(pattern, e, p, so) : null;
    default:
      return same(pattern, e) ? so : null;
  }
}

function matchStage(own: Affine | null, stage: Affine | null, p: Pattern, so: Match): Match | null {
  if (own === null || stage === null) return own === stage ? so : null;
  return matchAffine(own, stage, p, so);
}

function matchSum(pattern: SumExpr, given: SumExpr, p: Pattern, so: Match): Match | null {
  // A bound index that is called like one of the pattern's variables is another one all the same.
  const e = p.variables.has(given.index) ? renamed(given, `${given.index}'`) : given;
  const map = new Map([[pattern.index, index(e.index)]]);
  const body = matchExpr(substitute(pattern.body, map), e.body, p, so);
  if (body === null || [...body.indices.values()].some((form) => mentions(form, e.index))) return null;
  const own = pattern.where.map((c) =>
    conditionKey(substituteCondition(substituteCondition(c, map), body.indices)),
  );
  const theirs = new Set(e.where.map(conditionKey));
  return own.length === theirs.size && own.every((k) => theirs.has(k)) ? body : null;
}

function renamed(e: SumExpr, name: string): SumExpr {
  const map = new Map([[e.index, index(name)]]);
  return {
    ...e,
    index: name,
    where: e.where.map((c) => substituteCondition(c, map)),
    body: substitute(e.body, map),
  };
}

function matchAffine(pattern: Affine, a: Affine, p: Pattern, so: Match): Match | null {
  const name = variableOf(pattern, p);
  if (name === null || so.indices.has(name))
    return substituteIndices(pattern, so.indices).key === a.key ? so : null;
  const offset = minus(pattern, index(name));
  return { indices: new Map([...so.indices, [name, minus(a, offset)]]), arg: so.arg };
}

/** The one variable of a pattern such as `l` or `l-1`. */
function variableOf(pattern: Affine, p: Pattern): string | null {
  const [term] = pattern.terms;
  if (pattern.terms.length !== 1 || term === undefined || term.coefficient !== 1) return null;
  const name = bareName(index(term.symbol.name, term.symbol.at));
  return name !== null && p.variables.has(name) ? name : null;
}

function matchAffines(
  patterns: readonly Affine[],
  forms: readonly Affine[],
  p: Pattern,
  so: Match,
): Match | null {
  if (patterns.length !== forms.length) return null;
  let found: Match | null = so;
  for (const [i, pattern] of patterns.entries()) {
    const form = forms[i];
    found = found === null || form === undefined ? null : matchAffine(pattern, form, p, found);
  }
  return found;
}

function matchInOrder(patterns: readonly Expr[], es: readonly Expr[], p: Pattern, so: Match): Match | null {
  if (patterns.length !== es.length) return null;
  let found: Match | null = so;
  for (const [i, pattern] of patterns.entries()) {
    const e = es[i];
    found = found === null || e === undefined ? null : matchExpr(pattern, e, p, found);
  }
  return found;
}

function matchAnyOrder(patterns: readonly Expr[], es: readonly Expr[], p: Pattern, so: Match): Match | null {
  if (patterns.length !== es.length) return null;
  const [first, ...rest] = patterns;
  if (first === undefined) return so;
  for (const [i, e] of es.entries()) {
    const found = matchExpr(first, e, p, so);
    const all =
      found === null ? null : matchAnyOrder(rest, [...es.slice(0, i), ...es.slice(i + 1)], p, found);
    if (all !== null) return all;
  }
  return null;
}
