// What the resolver knows at a place, what it makes of a piece of syntax, and how it complains.

import type { Affine, IndexMap } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { shapeText } from '../expr/shape.ts';
import type { System } from '../expr/system.ts';
import type { Complaint, Expected, ShapeFact } from './complaint.ts';
import { ReadError, type ReadProblem, type Span } from './read-error.ts';
import type { Scope } from './scope.ts';
import type { Syntax } from './syntax.ts';

export interface ScalarValue {
  readonly kind: 'scalar';
  readonly of: Expr;
}
/** A tensor of order 1 or more. `row`: the transpose of a vector, which the tensor `of` is. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly of: Tensor;
  readonly shape: readonly Affine[];
  readonly row: boolean;
}
export type Value = ScalarValue | TensorValue;

export interface Env {
  readonly text: string;
  readonly scope: Scope;
  /** The scope's tensors as a system, for shapes. */
  readonly system: System;
  /** Names that sums around this place bind. */
  readonly bound: ReadonlySet<string>;
  /**
   * Where shapes that don't go together are noted, the formula being made as it is written; null: they are errors. Reading what
   * people type, one sign may be a matrix product or an entrywise one.
   */
  readonly faults: Fault[] | null;
  /** Numbers of sizes that are known, L for one: n[L] and n[3] then are one size. */
  readonly numbers: IndexMap;
  /** Whether the gradient of a vector is a row, as in numerator layout: dC/dz^l = dC/dz^{l+1} w^{l+1} .. */
  readonly rows: boolean;
  /** What a piece of syntax stands for: handed in, as the parts of the resolver need one another. */
  readonly resolve: (s: Syntax, env: Env) => Value;
}

/** A place where shapes don't go together. */
export interface Fault {
  readonly span: Span;
  readonly complaint: Complaint;
}

export const scalar = (of: Expr): ScalarValue => ({ kind: 'scalar', of });
export const tensor = (of: Tensor, shape: readonly Affine[], row = false): TensorValue => ({
  kind: 'tensor',
  of,
  shape,
  row,
});

export function fail(
  env: Env,
  at: Span,
  complaint: Complaint,
  problem: ReadProblem = 'form',
  expected: Expected | null = null,
): never {
  throw new ReadError(env.text, at, complaint, { problem, expected });
}

/** `n[l] x n[l-1]`, `1 x n[l]` for a row; empty for a number. */
export const shapeOfValue = (v: Value): ShapeFact =>
  v.kind === 'scalar' ? '' : v.row ? `1 x ${shapeText(v.shape)}` : shapeText(v.shape);
