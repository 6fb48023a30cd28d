// Lemmas: what an entry is in full, what a Jacobian du/dv comes to, and what f' is.

import type { Condition } from '../expr/condition.ts';
import type { Expr, JacobianExpr } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { at, type Path } from '../expr/walk.ts';
import { algebraRules } from '../rules/algebra.ts';
import { ruleNamed } from '../rules/catalogue.ts';
import { asJacobian, mustOpen } from '../rules/chain.ts';
import { differentiation } from '../rules/differentiate.ts';
import { multiplyOut } from '../rules/expand.ts';
import { commonFactor, mergeExponentials } from '../rules/factor.ts';
import { indexRules } from '../rules/indices.ts';
import { readingOrder } from '../rules/order.ts';
import type { Rule, RuleArgs } from '../rules/rule.ts';
import { weight } from '../rules/weight.ts';
import { contextAt } from './context.ts';
import { applyAt, begin, contextOf, finish, folded, places, settle, tryAt, type Work } from './record.ts';
import type { Derivation, Step } from './types.ts';

export const tidying: readonly Rule[] = [...indexRules, ...algebraRules];
export const multiplying: readonly Rule[] = [multiplyOut, ...algebraRules];
export const factoring: readonly Rule[] = [commonFactor, ...algebraRules];
export const folding: readonly Rule[] = [ruleNamed('fold')];
const foldingAndTidying: readonly Rule[] = [...folding, ...algebraRules];
const differentiating: readonly Rule[] = [...differentiation, ...tidying];
const merging: readonly Rule[] = [mergeExponentials, ...algebraRules];
const multiplyingAndTidying: readonly Rule[] = [multiplyOut, ...tidying];
const ordering: readonly Rule[] = [readingOrder];
const foldingFunctions: readonly Rule[] = [ruleNamed('fold-function')];
const solving: readonly Rule[] = [ruleNamed('solve-for-kernel')];

/** Names a folded line after what a reader would say of it: the index that survived, else that it was differentiated or tidied. */
export function byWhatHappened(
  fallback: string,
): (steps: readonly Step[]) => { rule: string; with?: Step['with'] } {
  return (steps) => {
    const survived = steps.find((s) => s.rule === 'only-one-term');
    if (survived === undefined) return { rule: fallback };
    const node = at(survived.before, survived.path);
    return { rule: 'only-one-term', with: node.kind === 'sum' ? { index: node.index } : {} };
  };
}

/** u = its formula, opened until every path from j.by to it shows. */
export function openedFormula(j: JacobianExpr, base: Work): Derivation {
  const w = begin(base.system, base.given, j.of, base.order);
  const open = ruleNamed('open');
  applyAt(w, open, []);
  const opens = mustOpen(j, contextOf(w));
  for (;;) {
    const [next] = places(w.current, (e) => isSymbolEntry(e)).filter((p) => isHidden(w, p, opens));
    if (next === undefined) return finish(w);
    folded(
      w,
      () => ({ rule: 'open' }),
      () => openAll(w, next, opens),
    );
  }
}

type Opens = ReturnType<typeof mustOpen>;

function isHidden(w: Work, path: Path, opens: Opens): boolean {
  const e = at(w.current, path);
  return isSymbolEntry(e) && opens(e.of, contextAt(w.current, path, contextOf(w)).given);
}

/** Opens every entry of the same tensor and stage as the one at `path`, in one line. */
function openAll(w: Work, path: Path, opens: Opens): void {
  const first = at(w.current, path);
  const name = isSymbolEntry(first) ? first.of.name : '';
  const open = ruleNamed('open');
  applyAt(w, open, path);
  for (;;) {
    const [next] = places(w.current, (e) => isSymbolEntry(e) && e.of.name === name).filter((p) =>
      isHidden(w, p, opens),
    );
    if (next === undefined || !tryAt(w, open, next)) return;
  }
}

/** Works out every derivative that stands in the line, in one line. */
export function differentiateAll(w: Work, args: RuleArgs = {}): void {
  folded(w, byWhatHappened('differentiate'), () => settle(w, differentiating, args));
}

/** Folds what has a name, where the line becomes shorter by it; then takes out common factors and puts factors in order. */
export function beautify(w: Work, folds: readonly Rule[], args: RuleArgs = {}): void {
  shorten(w, 'fold', () => settle(w, folds));
  shorten(w, 'solve-for-kernel', () => {
    settle(w, solving);
    settle(w, multiplying);
  });
  shorten(w, 'merge-exponentials', () => settle(w, merging));
  shorten(w, 'multiply-out', () => settle(w, multiplyingAndTidying, args));
  arrange(w);
}

export function arrange(w: Work): void {
  folded(
    w,
    () => ({ rule: 'arrange' }),
    () => {
      shorten(w, 'common-factor', () => settle(w, factoring), 1);
      settle(w, ordering);
    },
  );
}

/** Keeps what `act` did only where the line got shorter (by `slack` - 1: not longer). */
export function shorten(w: Work, rule: string, act: () => void, slack = 0): boolean {
  const { current, steps } = w;
  const kept = steps.slice();
  folded(w, byFirst(rule), act);
  if (w.current === current) return slack > 0;
  if (weight(w.current) < weight(current) + slack) return true;
  w.current = current;
  w.steps = kept;
  return false;
}

const byFirst =
  (rule: string) =>
  (steps: readonly Step[]): { rule: string } => ({
    rule: steps.find((s) => s.rule.startsWith(rule))?.rule ?? rule,
  });

/**
 * du/dv, or dC/dv straight from the loss, worked out from the formulas between them. `outer`: indices of u that a sum
 * around du/dv binds; what could collapse either that sum or one in the formula is left to that sum.
 */
export function deriveJacobian(
  system: Work['system'],
  given: readonly Condition[],
  left: Expr,
  order: Work['order'],
  outer: readonly string[] = [],
): Derivation {
  const w = begin(system, given, left, order);
  const args: RuleArgs = outer.length === 0 ? {} : { outer };
  const j = asJacobian(system, left);
  if (j === null) throw new RangeError('not a Jacobian');
  const formula = openedFormula(j, w);
  applyAt(
    w,
    ruleNamed('differentiate-formula'),
    [],
    { lemma: { left: formula.left, right: formula.right } },
    formula,
  );
  differentiateAll(w, args);
  beautify(w, foldingAndTidying, args);
  return finish(w);
}

/** f'(u) from the formula of f, with f folded back in where that shortens it. */
export function deriveFunction(
  system: Work['system'],
  given: readonly Condition[],
  left: Expr,
  order: Work['order'],
): Derivation {
  const w = begin(system, given, left, order);
  applyAt(w, ruleNamed('derivative-of-definition'), []);
  differentiateAll(w);
  const unfolded = { current: w.current, steps: w.steps.slice() };
  // The function itself, at its own stage: another layer's may have the same formula.
  const fn = left.kind === 'call' ? left.fn : null;
  const own = fn === null ? {} : fn.stage === null ? { name: fn.name } : { name: fn.name, value: fn.stage };
  folded(w, byFirst('fold-function'), () => settle(w, foldingFunctions, own));
  folded(w, byFirst('solve-for-kernel'), () => settle(w, solving, own));
  folded(w, byFirst('multiply-out'), () => settle(w, multiplying));
  if (weight(w.current) >= weight(unfolded.current)) Object.assign(w, unfolded);
  arrange(w);
  return finish(w);
}
