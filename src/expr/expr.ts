// The expression tree: entries of tensors under sums, guards, functions and three kinds of derivative.

import type { Affine } from './affine.ts';
import type { Condition } from './condition.ts';
import type { Rational } from './rational.ts';

/** A component expression: a number for each value of its free indices. Immutable and shared. */
export type Expr =
  | NumberExpr
  | SizeExpr
  | EntryExpr
  | AddExpr
  | MulExpr
  | PowerExpr
  | CallExpr
  | SumExpr
  | GuardExpr
  | OpaqueExpr
  | HeadExpr
  | AdjointExpr
  | JacobianExpr
  | PartialExpr;

export interface NumberExpr {
  readonly kind: 'number';
  readonly value: Rational;
}
/** An index form used as a number: the n[L] in 1/n[L]. */
export interface SizeExpr {
  readonly kind: 'size';
  readonly value: Affine;
}
/** The entry of a tensor at its slots: w[l][j,k], or [transpose(w) * delta]_j. */
export interface EntryExpr {
  readonly kind: 'entry';
  readonly of: Tensor;
  readonly slots: readonly Affine[];
}
export interface AddExpr {
  readonly kind: 'add';
  readonly args: readonly Expr[];
}
export interface MulExpr {
  readonly kind: 'mul';
  readonly args: readonly Expr[];
}
export interface PowerExpr {
  readonly kind: 'power';
  readonly base: Expr;
  readonly exponent: Expr;
}
/** f(x), f'(x), f''(x), or sigma[l]'(x): `order` counts the derivatives. Constants such as pi have no arguments. */
export interface CallExpr {
  readonly kind: 'call';
  readonly fn: FunctionHead;
  readonly args: readonly Expr[];
}
export interface FunctionHead {
  readonly name: string;
  readonly order: number;
  readonly stage: Affine | null;
}
/** sum over all integers `index` that satisfy `where` (range and side conditions alike). */
export interface SumExpr {
  readonly kind: 'sum';
  readonly index: string;
  readonly where: readonly Condition[];
  readonly body: Expr;
}
/** 1 where all conditions hold, else 0: the Kronecker delta is one equality. */
export interface GuardExpr {
  readonly kind: 'guard';
  readonly where: readonly Condition[];
}
/** An unknown function of whole tensors: C(a[L]). */
export interface OpaqueExpr {
  readonly kind: 'opaque';
  readonly name: string;
  readonly args: readonly SymbolTensor[];
}
/** The derivative of an opaque function by an entry of one of its arguments, the others held: partial(C, a[L][j]). */
export interface HeadExpr {
  readonly kind: 'head';
  readonly name: string;
  readonly args: readonly SymbolTensor[];
  readonly by: SymbolEntry;
}
/** dC/dv: the total derivative of the loss, along every path. */
export interface AdjointExpr {
  readonly kind: 'adjoint';
  readonly by: SymbolEntry;
}
/** du/dv with every other entry of the cut held constant; an empty cut makes it the total derivative of u by v. */
export interface JacobianExpr {
  readonly kind: 'jacobian';
  readonly of: SymbolEntry;
  readonly by: SymbolEntry;
  readonly cut: readonly CutMember[];
}
/** A tensor at a stage, or (a null) at every stage. */
export interface CutMember {
  readonly name: string;
  readonly stage: readonly (Affine | null)[];
}
/** The derivative of one expression by an entry that stands in it, every other entry a constant. */
export interface PartialExpr {
  readonly kind: 'partial';
  readonly of: Expr;
  readonly by: SymbolEntry;
}

/** An entry of a named tensor. */
export interface SymbolEntry extends EntryExpr {
  readonly of: SymbolTensor;
}

/** A tensor of order 0, 1 or 2 (symbols: any order); what matrix form is made of. */
export type Tensor =
  | SymbolTensor
  | DerivativeTensor
  | TransposeTensor
  | ProductTensor
  | ChainTensor
  | HadamardTensor
  | OuterTensor
  | DiagTensor
  | DiagonalTensor
  | DotTensor
  | TraceTensor
  | SumTensor
  | ScaleTensor
  | MapTensor
  | PowerTensor
  | ConstantTensor
  | StageSumTensor
  | SliceTensor;

/** z^l: a tensor of the system at a stage. */
export interface SymbolTensor {
  readonly kind: 'symbol';
  readonly name: string;
  readonly stage: readonly Affine[];
}
/** All entries of one derivative: the gradient dC/dw[l] (shaped like w), the head's gradient, or the Jacobian du/dv. */
export interface DerivativeTensor {
  readonly kind: 'derivative';
  readonly what: 'adjoint' | 'head' | 'jacobian';
  /** `head`: the opaque function's name and arguments. */
  readonly head: { readonly name: string; readonly args: readonly SymbolTensor[] } | null;
  /** `jacobian`: the tensor differentiated, and the cut. */
  readonly of: SymbolTensor | null;
  readonly by: SymbolTensor;
  readonly cut: readonly CutMember[];
}
export interface TransposeTensor {
  readonly kind: 'transpose';
  readonly of: Tensor;
}
/** Matrix product A B; a vector stands as a column. */
export interface ProductTensor {
  readonly kind: 'product';
  readonly args: readonly Tensor[];
}
/** Derivatives put together by the chain rule, dC/dz dz/dw: each is contracted with the next along all slots of what they share. */
export interface ChainTensor {
  readonly kind: 'chain';
  /** A derivative, or what has the name of one: an error. */
  readonly first: Tensor;
  readonly rest: readonly DerivativeTensor[];
}
export interface HadamardTensor {
  readonly kind: 'hadamard';
  readonly args: readonly Tensor[];
}
/** u v^T of two vectors. */
export interface OuterTensor {
  readonly kind: 'outer';
  readonly left: Tensor;
  readonly right: Tensor;
}
/** The diagonal matrix of a vector. */
export interface DiagTensor {
  readonly kind: 'diag';
  readonly of: Tensor;
}
/** The vector on the diagonal of a square matrix. */
export interface DiagonalTensor {
  readonly kind: 'diagonal';
  readonly of: Tensor;
}
/** u^T v, a scalar; u = v is norm(v)^2. */
export interface DotTensor {
  readonly kind: 'dot';
  readonly left: Tensor;
  readonly right: Tensor;
}
export interface TraceTensor {
  readonly kind: 'trace';
  readonly of: Tensor;
}
export interface SumTensor {
  readonly kind: 'tensorSum';
  readonly args: readonly Tensor[];
}
/** A scalar times a tensor. */
export interface ScaleTensor {
  readonly kind: 'scale';
  readonly by: Expr;
  readonly of: Tensor;
}
/** A function of one variable taken of every entry. */
export interface MapTensor {
  readonly kind: 'map';
  readonly fn: FunctionHead;
  readonly of: Tensor;
}
/** Every entry to a power free of the tensor's indices. */
export interface PowerTensor {
  readonly kind: 'tensorPower';
  readonly base: Tensor;
  readonly exponent: Expr;
}
/** A vector of ones, or the identity matrix, of a given size. */
export interface ConstantTensor {
  readonly kind: 'ones' | 'identity';
  readonly size: Affine;
}
/** A sum of tensors over a stage index (backpropagation through time). */
export interface StageSumTensor {
  readonly kind: 'stageSum';
  readonly index: string;
  readonly where: readonly Condition[];
  readonly of: Tensor;
}
/** The entries of a tensor with some of its slots fixed: the row j of w. */
export interface SliceTensor {
  readonly kind: 'slice';
  readonly of: SymbolTensor | DerivativeTensor;
  /** One for each slot of `of`; null where it stays open. */
  readonly at: readonly (Affine | null)[];
}
