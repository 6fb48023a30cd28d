// What a derivation is: steps that rules made, the statement they lead to, and the cases it splits into.

import type { Affine } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import type { Path } from '../expr/walk.ts';
import type { RuleArgs } from '../rules/rule.ts';

/** One application of a rule: `after` is `before` with the rule applied at `path`. Both are whole right sides. */
export interface Step {
  readonly rule: string;
  readonly path: Path;
  readonly with: RuleArgs;
  readonly before: Expr;
  readonly after: Expr;
  readonly assuming: readonly Condition[];
  /** A derivation of the equation this step uses. */
  readonly lemma?: Derivation;
  /** Finer steps folded into this one; the first starts at `before`, the last ends at `after`. */
  readonly from?: readonly Step[];
}

/** left = steps[0].before?  The first line is `left = start`, and each step gives the next line `= after`. */
export interface Derivation {
  readonly left: Expr;
  /** The right side of the first line. Where it differs from `left`, the first step leads from `left` to it. */
  readonly steps: readonly Step[];
  readonly right: Expr;
  /** What the derivation assumes of its free indices. */
  readonly given: readonly Condition[];
}

/** The matrix form: `left = right` as tensors, the steps that lifted the component form, and the symbolic shape. */
export interface MatrixForm {
  readonly left: Tensor;
  readonly right: Tensor;
  readonly steps: readonly Step[];
  /** The component expression: an entry of `right`. */
  readonly component: Expr;
}

export interface NoMatrixForm {
  readonly why: WhyNoMatrix;
}

/** Why there is no matrix form. */
export type WhyNoMatrix =
  /** The left side has no index. */
  | { readonly kind: 'scalar' }
  /** An index of the left side is a number, or stands there twice. */
  | { readonly kind: 'fixed-index' }
  /** The left side has more than two indices. */
  | { readonly kind: 'order'; readonly order: number }
  | { readonly kind: 'factors-apart' }
  /** An index on the right is no single name: k+1. */
  | { readonly kind: 'slot'; readonly slot: Affine }
  /** The sum over this index is no matrix product. */
  | { readonly kind: 'sum'; readonly index: Affine };

export interface Verified {
  readonly replayed: number;
  readonly samples: number;
  /** The largest relative error met, over all lines, nested ones too. */
  readonly maxError: number;
}

/** One case of a result, or the only one: what holds under `condition`. */
export interface Case {
  /** The conditions beyond the target's own ranges, solved for the stage: `l = L`; empty where there is only one case. */
  readonly condition: readonly Condition[];
  readonly derivation: Derivation;
  readonly matrix: MatrixForm | NoMatrixForm;
  /** The statement with the loss and the activation of this network put in, where they are known. */
  readonly special: { readonly derivation: Derivation; readonly matrix: MatrixForm | NoMatrixForm } | null;
  /** The same at single stages, where a function differs from stage to stage: once for each distinct function. */
  readonly atStages: readonly StageSpecial[];
  readonly verified: Verified | null;
}

/** The statement at a stage whose function is known, with that function put in; true at the other `stages` too, mutatis mutandis. */
export interface StageSpecial {
  /** The stages that have this function; the derivation is at the first. */
  readonly stages: readonly number[];
  /** From the general right side at the first stage. */
  readonly derivation: Derivation;
  /** The general left side at the first stage. */
  readonly left: Expr;
  readonly matrix: MatrixForm | NoMatrixForm;
}

/** A result for one target: bp1, dC/dx, sigmoid'. */
export interface Result {
  readonly id: string;
  /** The target in plain syntax, as it was asked for. */
  readonly target: string;
  /** The derivative asked for, with free indices: dC/dw[l][j,k]. */
  readonly goal: Expr;
  /** The equations it was derived in: the network's, or a function's own small system. */
  readonly system: System;
  readonly cases: readonly Case[];
}

/** What to derive: a derivative, its free indices' ranges, and the entries to go through. */
export interface Goal {
  readonly id: string;
  readonly target: string;
  readonly left: Expr;
  readonly given: readonly Condition[];
  readonly via?: readonly SymbolEntry[];
}
