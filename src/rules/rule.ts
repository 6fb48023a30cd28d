// What a rule is: a named, certified way from one expression to an equal one.

import type { Affine } from '../expr/affine.ts';
import { type Condition, conditionNames } from '../expr/condition.ts';
import type { CutMember, Expr } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';

/** Everything a rule may know: the equations, and what is assumed at the place where it is applied. */
export interface Context {
  readonly system: System;
  /** Conditions that hold here: sizes, the target's ranges, the case, the binders and guards around the place. */
  readonly given: readonly Condition[];
  /** The whole line, and the indices bound around the place: a new bound index must avoid all their names. */
  readonly root: Expr;
  readonly bound: readonly string[];
}

/** Names in use around the place, which a new bound index must avoid. */
export function takenNames(ctx: Context): Set<string> {
  const { system } = ctx;
  const taken = new Set([
    ...freeNames(ctx.root),
    ...system.tensors.keys(),
    ...system.sizes.keys(),
    ...ctx.bound,
  ]);
  for (const c of ctx.given) conditionNames(c, taken);
  return taken;
}

/** A rule's arguments, as plain data; what a rule doesn't ask for it ignores. */
export interface RuleArgs {
  /** The entries a chain rule goes through: a tensor at a stage, or (null) at every stage. None: the consumers. */
  readonly via?: readonly CutMember[];
  /** An equation proved elsewhere, used from left to right. */
  readonly lemma?: { readonly left: Expr; readonly right: Expr };
  /** What the lemma's free indices stand for here. */
  readonly at?: readonly (readonly [string, Affine])[];
  /** The index a rule is about (the one that survives, is collapsed, ...), and what it becomes. */
  readonly index?: string;
  readonly value?: Affine;
  /** Indices bound further out that go before the sum's own where a condition could collapse either. */
  readonly outer?: readonly string[];
  /** Which function, equation or identity. */
  readonly name?: string;
  /** For lifting: the free slots of the left side, rows first. */
  readonly slots?: readonly string[];
}

/** The rules' names. A language has a sentence for each, so that a rule without words does not compile. */
export type RuleId =
  | 'chain-rule'
  | 'differentiate-formula'
  | 'only-one-survives'
  | 'put-in'
  | 'open'
  | 'open-function'
  | 'derivative-of-definition'
  | 'fold'
  | 'fold-function'
  | 'solve-for-kernel'
  | 'name-error'
  | 'definition-of-error'
  | 'use-assumption'
  | 'derivative-of-constant'
  | 'derivative-of-entry'
  | 'derivative-of-terms'
  | 'derivative-of-sum'
  | 'derivative-of-multiple'
  | 'product-rule'
  | 'power-rule'
  | 'derivative-of-function'
  | 'derivative-of-opaque'
  | 'merge-conditions'
  | 'decide-condition'
  | 'factor-out-condition'
  | 'only-one-term'
  | 'exchange-sums'
  | 'narrow-range'
  | 'drop-implied-condition'
  | 'empty-sum'
  | 'distribute'
  | 'split-sum'
  | 'factor-out'
  | 'sum-of-constant'
  | 'arithmetic'
  | 'value-of-function'
  | 'sign-into-bracket'
  | 'positive-first'
  | 'merge-exponentials'
  | 'multiply-out'
  | 'common-factor'
  | 'reading-order'
  | 'constant-entry'
  | 'entry-of-tensor'
  | 'close-cycle'
  | 'contract'
  | 'join-factors'
  | 'join-terms'
  | 'common-tensor-factor'
  | 'sum-of-tensors'
  | 'sum-of-terms';

export interface Rule {
  readonly id: RuleId;
  /** `step`: a line of its own in a textbook; `tidy`: recorded and checked, folded into its neighbour unless asked for. */
  readonly kind: 'step' | 'tidy';
  /** A line a teacher can read: `sum_k delta_kj a_k -> a_j`. */
  readonly example: string;
  /** The kinds of expression it can match, so that it is tried on no other; left out: any. */
  readonly on?: readonly Expr['kind'][];
  /** An equal expression, or null where the rule doesn't match. */
  readonly apply: (e: Expr, args: RuleArgs, ctx: Context) => Expr | null;
}
