// The derivation of dC/dv in one case: chain rule, what survives, the error named, each factor put in, the line tidied.

import { solveFor } from '../expr/affine.ts';
import { type Condition, conditionNames, slack } from '../expr/condition.ts';
import type { AdjointExpr, Expr, JacobianExpr, SymbolEntry } from '../expr/expr.ts';
import { same, substitute } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { at, freeNames, type Path } from '../expr/walk.ts';
import { ruleNamed } from '../rules/catalogue.ts';
import { asJacobian } from '../rules/chain.ts';
import { errorSource } from '../rules/definitions.ts';
import type { Rule, RuleArgs } from '../rules/rule.ts';
import { contextAt } from './context.ts';
import { chooseCut } from './cut.ts';
import {
  arrange,
  beautify,
  byWhatHappened,
  deriveJacobian,
  differentiateAll,
  folding,
  openedFormula,
  tidying,
} from './lemma.ts';
import { applyAt, begin, contextOf, finish, folded, places, settle, tryAt, type Work } from './record.ts';
import type { Derivation } from './types.ts';

export interface Question {
  readonly system: System;
  readonly given: readonly Condition[];
  readonly left: Expr;
  readonly via?: readonly SymbolEntry[];
  readonly named: ReadonlySet<string>;
  readonly order: Work['order'];
}

/** A derivation, or the condition that must be settled first. */
export type Attempt = { readonly derivation: Derivation } | { readonly open: Condition };

const named = (...ids: string[]): Rule[] => ids.map(ruleNamed);

/** Rules that settle conditions and numbers without changing what a reader sees of the sums. */
const quick: readonly Rule[] = named(
  'merge-conditions',
  'decide-condition',
  'factor-out-condition',
  'narrow-range',
  'drop-implied-condition',
  'empty-sum',
  'arithmetic',
  'sign-into-bracket',
  'factor-out',
);
const deciding = named('merge-conditions', 'decide-condition', 'empty-sum', 'arithmetic');
const exchanging = named('exchange-sums');
const namingErrors = named('name-error');
const ordering = named('reading-order');
/** m sum_k 1/m delta_k says no more than sum_k delta_k. */
const cancelling = named('arithmetic', 'factor-out');

const hasScaledError = (system: System): boolean =>
  [...system.tensors.values()].some((d) => d.scale !== undefined);

export function deriveAdjoint(q: Question): Attempt {
  const w = begin(q.system, q.given, q.left, q.order);
  if (errorSource(q.system, q.left) !== null) applyAt(w, ruleNamed('definition-of-error'), []);
  const [path] = places(w.current, (e) => e.kind === 'adjoint');
  const current = path === undefined ? null : at(w.current, path);
  if (path === undefined || current?.kind !== 'adjoint') throw new RangeError('not an adjoint');
  const via = chooseCut(q.system, current.by, q.given, q.via, q.named);
  const through: RuleArgs = via === null ? {} : { via };
  const chained = folded(
    w,
    () => ({ rule: 'chain-rule', with: through }),
    () => {
      if (tryAt(w, ruleNamed('chain-rule'), path, through)) settle(w, deciding);
    },
  );
  const early = openCondition(w);
  if (early !== null) return { open: early };
  if (chained) throughCut(w);
  else straightFromLoss(w, current, path);
  const late = openCondition(w);
  return late === null ? { derivation: finish(w) } : { open: late };
}

/** dC/dv where nothing but the loss consumes v. */
function straightFromLoss(w: Work, v: AdjointExpr, path: Path): void {
  const j = asJacobian(w.system, v);
  if (j === null) return;
  const formula = openedFormula(j, w);
  applyAt(
    w,
    ruleNamed('differentiate-formula'),
    path,
    { lemma: { left: formula.left, right: formula.right } },
    formula,
  );
  differentiateAll(w);
  beautify(w, folding);
}

interface Slope {
  readonly derivation: Derivation;
  readonly at: [string, ReturnType<typeof solveFor> & object][];
  current: Expr;
}

/** After the chain rule: every du/dv worked out and put in. */
function throughCut(w: Work): void {
  const slopes = places(w.current, (e) => e.kind === 'jacobian').map((p): Slope => {
    const j = at(w.current, p) as JacobianExpr;
    const given = contextAt(w.current, p, contextOf(w)).given.filter((c) => !w.system.given.includes(c));
    const outer = boundNames(w.current, p).filter((name) => freeNames(j.of).has(name));
    return { derivation: deriveJacobian(w.system, given, j, w.order, outer), at: [], current: j };
  });
  folded(
    w,
    (steps) => ({ rule: 'only-one-survives', with: steps[0]?.with ?? {} }),
    () => {
      for (const slope of slopes) survive(w, slope);
    },
  );
  folded(
    w,
    () => ({ rule: 'name-error' }),
    () => {
      settle(w, namingErrors);
      if (hasScaledError(w.system)) settle(w, cancelling);
    },
  );
  for (const slope of slopes) putIn(w, slope);
  folded(w, byWhatHappened('tidy'), () => settle(w, tidying));
  arrange(w);
}

/** Drops the sums around a slope that its delta leaves one term of, innermost first. */
function survive(w: Work, slope: Slope): void {
  const { left, right } = slope.derivation;
  const rule = ruleNamed('only-one-survives');
  for (;;) {
    const around = places(w.current, (e) => e.kind === 'sum');
    const args = { lemma: { left, right }, at: [...slope.at] };
    const path = around.reverse().find((p) => {
      const e = at(w.current, p);
      return e.kind === 'sum' && rule.apply(e, args, contextAt(w.current, p, contextOf(w))) !== null;
    });
    const e = path === undefined ? undefined : at(w.current, path);
    if (path === undefined || e?.kind !== 'sum') return;
    const value = forcedBy(substitute(right, new Map(slope.at)), e.index);
    if (value === null || !tryAt(w, rule, path, { ...args, index: e.index, value })) return;
    slope.at.push([e.index, value]);
    slope.current = substitute(left, new Map(slope.at));
  }
}

function forcedBy(right: Expr, index: string): ReturnType<typeof solveFor> {
  const guards = right.kind === 'mul' ? right.args : [right];
  for (const g of guards) {
    if (g.kind !== 'guard') continue;
    for (const c of g.where) {
      const value = c.relation === '=' ? solveFor(slack(c), index) : null;
      if (value !== null) return value;
    }
  }
  return null;
}

function putIn(w: Work, slope: Slope): void {
  const { left, right } = slope.derivation;
  const with_: RuleArgs = { lemma: { left, right }, at: slope.at };
  folded(
    w,
    () => ({ rule: 'put-in', with: with_ }),
    () => {
      for (;;) {
        const [path] = places(w.current, (e) => same(e, slope.current));
        if (path === undefined || !tryAt(w, ruleNamed('put-in'), path, with_, slope.derivation)) break;
      }
      settle(w, exchanging);
      settle(w, quick);
      settle(w, ordering);
    },
  );
}

/** A condition on free indices and sizes that the assumptions leave open: equalities first. */
export function openCondition(w: Work): Condition | null {
  const free = freeNames(w.current);
  const found: Condition[] = [];
  for (const path of places(w.current, (e) => e.kind === 'guard')) {
    const g = at(w.current, path as Path);
    if (g.kind !== 'guard') continue;
    for (const c of g.where) {
      const names = new Set<string>();
      conditionNames(c, names);
      if (
        [...names].every((n) => free.has(n) || w.system.sizes.has(n)) &&
        !boundAround(w.current, path, names)
      )
        found.push(c);
    }
  }
  return found.find((c) => c.relation === '=') ?? found[0] ?? null;
}

/** The indices of the sums around a place. */
const boundNames = (root: Expr, path: Path): string[] =>
  path.flatMap((_, i) => {
    const e = at(root, path.slice(0, i));
    return e.kind === 'sum' ? [e.index] : [];
  });

function boundAround(root: Expr, path: Path, names: ReadonlySet<string>): boolean {
  return path.some((_, i) => {
    const e = at(root, path.slice(0, i));
    return e.kind === 'sum' && names.has(e.index);
  });
}
