// Rules about indices: what a Kronecker delta does to a sum, which conditions hold, what leaves a sum.

import { type Affine, minus, shift, solveFor, ZERO } from '../expr/affine.ts';
import {
  atMost,
  type Condition,
  conditionKey,
  decide,
  inconsistent,
  slack,
  substituteCondition,
  without,
} from '../expr/condition.ts';
import type { Expr, SumExpr } from '../expr/expr.ts';
import { factorsOf, guard, isNumber, mul, NUM0, NUM1, size, sum } from '../expr/make.ts';
import { substitute } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import { about, guardsOf } from './conditions.ts';
import type { Context, Rule } from './rule.ts';
import { distributeGuarded, exchange, splitSum } from './sums.ts';

/** The product without those of its guards' conditions that `drop` names. */
function withoutConditions(e: Expr, drop: (c: Condition) => boolean): Expr {
  return mul(
    ...factorsOf(e).flatMap((f): Expr[] => {
      if (f.kind !== 'guard') return [f];
      const rest = f.where.filter((c) => !drop(c));
      return rest.length === 0 ? [] : [rest.length === f.where.length ? f : guard(...rest)];
    }),
  );
}

/** The value that an equality among the sum's factors or conditions gives its index; equalities that can be solved only. */
export function forcedIndex(e: SumExpr): { value: Affine; by: Condition } | null {
  const candidates = [...guardsOf(e.body).flatMap((g) => g.where), ...e.where];
  for (const c of candidates) {
    if (c.relation !== '=') continue;
    const value = solveFor(slack(c), e.index);
    if (value !== null) return { value, by: c };
  }
  return null;
}

/** Puts `value` for the index of a sum whose other terms vanish, and keeps the range as conditions where it is open. */
export function takeTerm(
  e: SumExpr,
  value: Affine,
  body: Expr,
  where: readonly Condition[],
  ctx: Context,
): Expr {
  const map = new Map([[e.index, value]]);
  const open: Condition[] = [];
  for (const c of where) {
    const moved = substituteCondition(c, map);
    const holds = decide(moved, ctx.given);
    if (holds === false) return NUM0;
    if (holds === null) open.push(moved);
  }
  const term = substitute(body, map);
  return open.length === 0 ? term : mul(term, guard(...open));
}

const collapse: Rule = {
  id: 'only-one-term',
  kind: 'step',
  example: 'sum_k [k = j] f_k -> f_j',
  on: ['sum'],
  apply: (e, args, ctx) => {
    if (e.kind !== 'sum' || (args.index !== undefined && args.index !== e.index)) return null;
    const forced = forcedIndex(e);
    if (forced === null || args.outer?.some((name) => solveFor(slack(forced.by), name) !== null)) return null;
    const body = withoutConditions(e.body, (c) => c === forced.by);
    return takeTerm(
      e,
      forced.value,
      body,
      e.where.filter((c) => c !== forced.by),
      ctx,
    );
  },
};

const mergeGuards: Rule = {
  id: 'merge-conditions',
  kind: 'tidy',
  example: '[k = j][i = m] -> [k = j, i = m]',
  on: ['mul'],
  apply: (e) => {
    if (e.kind !== 'mul') return null;
    const guards = guardsOf(e);
    if (guards.length < 2) return null;
    const where = new Map(guards.flatMap((g) => g.where).map((c) => [conditionKey(c), c]));
    return mul(...e.args.filter((f) => f.kind !== 'guard'), guard(...where.values()));
  },
};

const decideGuard: Rule = {
  id: 'decide-condition',
  kind: 'tidy',
  example: '[2 <= l+1] -> 1 where 2 <= l',
  on: ['guard'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'guard') return null;
    const open: Condition[] = [];
    for (const c of e.where) {
      const holds = decide(c, [...ctx.given, ...open]);
      if (holds === false) return NUM0;
      if (holds === null) open.push(c);
    }
    return open.length === e.where.length ? null : open.length === 0 ? NUM1 : guard(...open);
  },
};

const narrow: Rule = {
  id: 'narrow-range',
  kind: 'tidy',
  example: 'sum_k [i-k >= 1] f_k -> sum_{k <= i-1} f_k',
  on: ['sum'],
  apply: (e) => {
    if (e.kind !== 'sum') return null;
    const moved = guardsOf(e.body)
      .flatMap((g) => g.where)
      .filter((c) => about(c, e.index));
    if (moved.length === 0 || moved.some((c) => c.relation === '=' && solveFor(slack(c), e.index) !== null))
      return null;
    return sum(
      e.index,
      [...e.where, ...moved],
      withoutConditions(e.body, (c) => moved.includes(c)),
    );
  },
};

/** The bounds of a sum over lo <= k <= hi, where there are no other conditions. */
function boundsOf(e: SumExpr): { lo: Affine; hi: Affine } | null {
  let lo: Affine | null = null;
  let hi: Affine | null = null;
  for (const c of e.where) {
    const bound = c.relation === '<=' ? solveFor(slack(c), e.index) : null;
    if (bound === null || e.where.length !== 2) return null;
    if (slack(c).terms.some((t) => t.symbol.name === e.index && t.coefficient > 0)) lo = bound;
    else hi = bound;
  }
  return lo === null || hi === null ? null : { lo, hi };
}

/** Whether a sum runs over lo <= k <= hi with lo <= hi: the usual case, where there is nothing to drop and nothing empty. */
function hasPlainRange(e: SumExpr, ctx: Context): boolean {
  const bounds = boundsOf(e);
  return bounds !== null && decide(atMost(bounds.lo, bounds.hi), ctx.given) === true;
}

const isEmpty = (e: SumExpr, ctx: Context): boolean =>
  inconsistent([...without(ctx.given, e.index), ...e.where]);

const dropImplied: Rule = {
  id: 'drop-implied-condition',
  kind: 'tidy',
  example: 'sum_{1 <= k <= n, k >= 0} f_k -> sum_{1 <= k <= n} f_k',
  on: ['sum'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'sum' || hasPlainRange(e, ctx)) return null;
    const at = e.where.findIndex((c, i) => {
      const others = e.where.filter((_, j) => j !== i);
      return decide(c, [...without(ctx.given, e.index), ...others]) === true;
    });
    return at < 0
      ? null
      : sum(
          e.index,
          e.where.filter((_, i) => i !== at),
          e.body,
        );
  },
};

const emptySum: Rule = {
  id: 'empty-sum',
  kind: 'tidy',
  example: 'sum over no index -> 0',
  on: ['sum'],
  apply: (e, _args, ctx) =>
    e.kind === 'sum' && (isNumber(e.body, 0) || (!hasPlainRange(e, ctx) && isEmpty(e, ctx))) ? NUM0 : null,
};

const takeOut: Rule = {
  id: 'factor-out',
  kind: 'tidy',
  example: 'sum_k c f_k -> c sum_k f_k',
  on: ['sum'],
  apply: (e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'mul') return null;
    const outside = e.body.args.filter((f) => !freeNames(f).has(e.index));
    if (outside.length === 0 || outside.length === e.body.args.length) return null;
    const inside = e.body.args.filter((f) => freeNames(f).has(e.index));
    return mul(...outside, sum(e.index, e.where, mul(...inside)));
  },
};

/** The conditions of a guard that the sum's index does not stand in leave the sum. */
const takeConditionOut: Rule = {
  id: 'factor-out-condition',
  kind: 'tidy',
  example: 'sum_i [k = j, i = m] f_i -> [k = j] sum_i [i = m] f_i',
  on: ['sum'],
  apply: (e) => {
    if (e.kind !== 'sum') return null;
    const outside = guardsOf(e.body)
      .flatMap((g) => g.where)
      .filter((c) => !about(c, e.index));
    if (outside.length === 0) return null;
    return mul(
      guard(...outside),
      sum(
        e.index,
        e.where,
        withoutConditions(e.body, (c) => outside.includes(c)),
      ),
    );
  },
};

const countTerms: Rule = {
  id: 'sum-of-constant',
  kind: 'tidy',
  example: 'sum_{k=1}^n c -> n c',
  on: ['sum'],
  apply: (e, _args, ctx) => {
    if (e.kind !== 'sum' || freeNames(e.body).has(e.index)) return null;
    const bounds = boundsOf(e);
    if (bounds === null) return null;
    const count = shift(minus(bounds.hi, bounds.lo), 1);
    // hi - lo + 1 counts the terms only where the range isn't empty by more than one.
    return decide(atMost(ZERO, count), ctx.given) === true ? mul(size(count), e.body) : null;
  },
};

export const indexRules: readonly Rule[] = [
  mergeGuards,
  decideGuard,
  takeConditionOut,
  collapse,
  exchange,
  narrow,
  dropImplied,
  emptySum,
  distributeGuarded,
  splitSum,
  takeOut,
  countTerms,
];

export { collapse };
