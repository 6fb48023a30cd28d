// Recording: a line of work that rules are applied to, one step at a time, and the folding of fine steps into one.

import type { Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { at, children, type Path, replaceAt } from '../expr/walk.ts';
import type { Context, Rule, RuleArgs } from '../rules/rule.ts';
import { contextAt, contextOfChild, rootContext } from './context.ts';
import type { Derivation, Step } from './types.ts';

/** An expression with the steps that led to it. The only mutable thing of the engine; it lives while one derivation is made. */
export interface Work {
  readonly system: System;
  readonly given: readonly Condition[];
  readonly left: Expr;
  /** Rules in the order in which they are tried; tests shuffle it. */
  readonly order: (rules: readonly Rule[]) => readonly Rule[];
  current: Expr;
  steps: Step[];
}

export function begin(
  system: System,
  given: readonly Condition[],
  left: Expr,
  order: Work['order'] = (r) => r,
): Work {
  return { system, given, left, order, current: left, steps: [] };
}

export const finish = (w: Work): Derivation => ({
  left: w.left,
  steps: w.steps,
  right: w.current,
  given: w.given,
});

export const contextOf = (w: Work): Context => rootContext(w.system, w.given, w.current);

function note(w: Work, rule: Rule, path: Path, args: RuleArgs, part: Expr, lemma?: Derivation): void {
  const after = replaceAt(w.current, path, part);
  const step: Step = { rule: rule.id, path, with: args, before: w.current, after, assuming: w.given };
  w.steps.push(lemma === undefined ? step : { ...step, lemma });
  w.current = after;
}

/** Applies a rule at a place; false where it doesn't match. */
export function tryAt(w: Work, rule: Rule, path: Path, args: RuleArgs = {}, lemma?: Derivation): boolean {
  const part = at(w.current, path);
  const next = rule.apply(part, args, contextAt(w.current, path, contextOf(w)));
  if (next === null || same(next, part)) return false;
  note(w, rule, path, args, next, lemma);
  return true;
}

/** Applies a rule that must match; otherwise the derivation can't go on, and the error names the step. */
export function applyAt(w: Work, rule: Rule, path: Path, args: RuleArgs = {}, lemma?: Derivation): void {
  if (!tryAt(w, rule, path, args, lemma))
    throw new DerivationError(`the rule "${rule.id}" does not apply where it is needed`);
}

const MOST_STEPS = 4000;

/** Applies the rules innermost first until none matches. */
export function settle(w: Work, rules: readonly Rule[]): void {
  const ordered = w.order(rules);
  const settled = new WeakSet<Expr>();
  const limit = w.steps.length + MOST_STEPS;
  const visit = (path: Path, ctx: Context): void => {
    for (;;) {
      const here = at(w.current, path);
      if (settled.has(here)) return;
      let i = 0;
      let parent = here;
      while (i < children(parent).length) {
        visit([...path, i], contextOfChild(parent, i, ctx));
        const now = at(w.current, path);
        // A child that became a sum inside a sum is flattened into its parent: look at all of them again.
        i = now === parent || children(now).length === children(parent).length ? i + 1 : 0;
        parent = now;
      }
      if (!applyFirst(w, ordered, path, ctx)) {
        settled.add(parent);
        return;
      }
      if (w.steps.length > limit) throw new DerivationError('the rules do not come to an end');
    }
  };
  visit([], contextOf(w));
}

function applyFirst(w: Work, rules: readonly Rule[], path: Path, ctx: Context): boolean {
  const part = at(w.current, path);
  for (const rule of rules) {
    const next = rule.apply(part, {}, ctx);
    if (next === null || same(next, part)) continue;
    note(w, rule, path, {}, next);
    return true;
  }
  return false;
}

/** Runs `act` and folds the steps it made into one, named by `name`; nothing is noted where nothing changed. */
export function folded(
  w: Work,
  name: (steps: readonly Step[]) => { rule: string; with?: RuleArgs },
  act: () => void,
): boolean {
  const start = w.steps.length;
  const before = w.current;
  act();
  const made = w.steps.slice(start);
  const [first] = made;
  if (first === undefined) return false;
  if (same(before, w.current)) {
    w.steps = w.steps.slice(0, start);
    return false;
  }
  const label = name(made);
  if (made.length === 1 && first.rule === label.rule) return true;
  const step: Step = {
    rule: label.rule,
    path: [],
    with: label.with ?? {},
    before,
    after: w.current,
    assuming: w.given,
    from: made,
  };
  const lemma = made.find((s) => s.lemma !== undefined)?.lemma;
  w.steps = [...w.steps.slice(0, start), lemma === undefined ? step : { ...step, lemma }];
  return true;
}

/** Every path to an expression that passes `test`, outermost first. */
export function places(e: Expr, test: (e: Expr) => boolean, path: Path = []): Path[] {
  const below = children(e).flatMap((c, i) => places(c, test, [...path, i]));
  return test(e) ? [path, ...below] : below;
}
