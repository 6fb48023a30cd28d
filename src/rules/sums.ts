// Sums against sums: their order exchanged, sums of terms and products over sums taken apart where a condition stands in them.

import { solveFor } from '../expr/affine.ts';
import { slack } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { add, factorsOf, mul, sum } from '../expr/make.ts';
import { freeNames, some } from '../expr/walk.ts';
import { about, guardsOf } from './conditions.ts';
import type { Rule } from './rule.ts';

/** A sum inside a sum changes places with it where a condition in it says what the outer index is. */
export const exchange: Rule = {
  id: 'exchange-sums',
  kind: 'tidy',
  example: 'sum_i f_i sum_k [i + k = p] g_k -> sum_k sum_i [i + k = p] f_i g_k',
  on: ['sum'],
  apply: (e) => {
    if (e.kind !== 'sum') return null;
    const factors = factorsOf(e.body);
    const at = factors.findIndex((f) => f.kind === 'sum' && saysWhat(f.body, e.index));
    const inner = factors[at];
    const rest = factors.filter((_, i) => i !== at);
    // With nothing beside it the inner sum would change places for ever.
    if (inner?.kind !== 'sum' || rest.length === 0) return null;
    if (inner.where.some((c) => about(c, e.index))) return null;
    if (e.where.some((c) => about(c, inner.index)) || rest.some((f) => freeNames(f).has(inner.index)))
      return null;
    return sum(inner.index, inner.where, sum(e.index, e.where, mul(...rest, inner.body)));
  },
};

const saysWhat = (body: Expr, name: string): boolean =>
  guardsOf(body).some((g) => g.where.some((c) => c.relation === '=' && solveFor(slack(c), name) !== null));

const isGuarded = (e: Expr): boolean =>
  some(e, (c) => c.kind === 'guard' && c.where.some((w) => w.relation === '='));

export const splitSum: Rule = {
  id: 'split-sum',
  kind: 'tidy',
  example: 'sum_k ([k = j] f_k - g_k) -> sum_k [k = j] f_k - sum_k g_k',
  on: ['sum'],
  apply: (e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'add' || !e.body.args.some((t) => guardsOf(t).length > 0))
      return null;
    return add(...e.body.args.map((t) => sum(e.index, e.where, t)));
  },
};

export const distributeGuarded: Rule = {
  id: 'distribute',
  kind: 'tidy',
  example: 'f ([k = j] - g) -> f [k = j] - f g',
  on: ['mul'],
  apply: (e) => {
    if (e.kind !== 'mul') return null;
    const at = e.args.findIndex(
      (f) => f.kind === 'add' && f.args.some((t) => guardsOf(t).length > 0 && isGuarded(t)),
    );
    const chosen = e.args[at];
    if (chosen === undefined || chosen.kind !== 'add') return null;
    return add(...chosen.args.map((t) => mul(...e.args.map((f, i) => (i === at ? t : f)))));
  },
};
