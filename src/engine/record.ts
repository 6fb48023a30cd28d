// Recording: a line of work that rules are applied to, one step at a time, and the folding of fine steps into one.

import type { Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { children } from '../expr/parts.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { at, type Path, replaceAt } from '../expr/walk.ts';
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
  /** What no rule of a list changes any more, by the list and by what is assumed around it. */
  readonly settled: Map<readonly Rule[], Map<readonly Condition[], WeakSet<Expr>>>;
}

export function begin(
  system: System,
  given: readonly Condition[],
  left: Expr,
  order: Work['order'] = (r) => r,
): Work {
  return { system, given, left, order, current: left, steps: [], settled: new Map() };
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

/** Rules in their order, and those of them that can match each kind of expression, found as they are asked for. */
interface Sorted {
  readonly rules: readonly Rule[];
  readonly byKind: Map<Expr['kind'], readonly Rule[]>;
}

const sortings = new WeakMap<readonly Rule[], Sorted>();

function sortedRules(rules: readonly Rule[]): Sorted {
  let found = sortings.get(rules);
  if (found === undefined) {
    found = { rules, byKind: new Map() };
    sortings.set(rules, found);
  }
  return found;
}

function rulesFor(kind: Expr['kind'], { rules, byKind }: Sorted): readonly Rule[] {
  let own = byKind.get(kind);
  if (own === undefined) {
    own = rules.filter((r) => r.on === undefined || r.on.includes(kind));
    byKind.set(kind, own);
  }
  return own;
}

interface Settling {
  readonly rules: Sorted;
  readonly settled: Map<readonly Condition[], WeakSet<Expr>>;
  readonly limit: number;
  readonly args: RuleArgs;
}

const NO_ARGUMENTS: RuleArgs = {};

/** Applies the rules innermost first until none matches. */
export function settle(w: Work, rules: readonly Rule[], args: RuleArgs = NO_ARGUMENTS): void {
  // What rules with arguments leave, the same rules without them may change: only the latter is remembered.
  const plain = Object.keys(args).length === 0;
  const known = plain ? w.settled.get(rules) : undefined;
  const settled = known ?? new Map<readonly Condition[], WeakSet<Expr>>();
  if (plain) w.settled.set(rules, settled);
  const limit = w.steps.length + MOST_STEPS;
  settleAt(w, [], contextOf(w), { rules: sortedRules(w.order(rules)), settled, limit, args });
}

function settleAt(w: Work, path: Path, ctx: Context, s: Settling): void {
  const settled = s.settled.get(ctx.given) ?? new WeakSet<Expr>();
  s.settled.set(ctx.given, settled);
  for (;;) {
    const here = at(w.current, path);
    if (settled.has(here)) return;
    settleChildren(w, path, ctx, s, here);
    if (!applyFirst(w, s, path, ctx)) {
      settled.add(at(w.current, path));
      return;
    }
    if (w.steps.length > s.limit) throw new DerivationError('the rules do not come to an end');
  }
}

function settleChildren(w: Work, path: Path, ctx: Context, s: Settling, start: Expr): void {
  let parent = start;
  let parts = children(parent);
  for (let i = 0; i < parts.length; ) {
    const part = parts[i];
    const line = w.current;
    const quiet =
      part !== undefined && children(part).length === 0 && rulesFor(part.kind, s.rules).length === 0;
    if (!quiet) settleAt(w, [...path, i], contextOfChild(parent, i, ctx), s);
    if (w.current === line) {
      i++;
      continue;
    }
    parent = at(w.current, path);
    const { length } = parts;
    parts = children(parent);
    // A child that became a sum inside a sum is flattened into its parent: look at all of them again.
    i = parts.length === length ? i + 1 : 0;
  }
}

function applyFirst(w: Work, { rules, args }: Settling, path: Path, ctx: Context): boolean {
  const part = at(w.current, path);
  for (const rule of rulesFor(part.kind, rules)) {
    const next = rule.apply(part, args, ctx);
    if (next === null || same(next, part)) continue;
    note(w, rule, path, args, next);
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
export function places(e: Expr, test: (e: Expr) => boolean): Path[] {
  const found: Path[] = [];
  const path: number[] = [];
  const look = (here: Expr): void => {
    if (test(here)) found.push([...path]);
    const parts = children(here);
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i];
      if (part === undefined) continue;
      path.push(i);
      look(part);
      path.pop();
    }
  };
  look(e);
  return found;
}
