// Constructors. They keep two invariants and no more: sums and products are flat, and have two or more arguments.

import type { Affine } from './affine.ts';
import type { Condition } from './condition.ts';
import type {
  AdjointExpr,
  CallExpr,
  CutMember,
  EntryExpr,
  Expr,
  FunctionHead,
  GuardExpr,
  HeadExpr,
  JacobianExpr,
  NumberExpr,
  OpaqueExpr,
  PartialExpr,
  PowerExpr,
  SizeExpr,
  SumExpr,
  SymbolEntry,
  SymbolTensor,
  Tensor,
} from './expr.ts';
import { R0, R1, type Rational, rational } from './rational.ts';

export const numberOf = (value: Rational): NumberExpr => ({ kind: 'number', value });
/** The fraction n/d. */
export const num = (n: number | bigint, d: number | bigint = 1): NumberExpr => numberOf(rational(n, d));
export const NUM0 = numberOf(R0);
export const NUM1 = numberOf(R1);
export const NUM_1 = num(-1);

export const size = (value: Affine): SizeExpr => ({ kind: 'size', value });

/** A sum of any number of terms: flat; none is 0, one is itself. */
export function add(...args: Expr[]): Expr {
  const flat = args.some((a) => a.kind === 'add')
    ? args.flatMap((a) => (a.kind === 'add' ? a.args : [a]))
    : args;
  if (flat.length === 0) return NUM0;
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind: 'add', args: flat };
}

/** A product of any number of factors: flat; none is 1, one is itself. */
export function mul(...args: Expr[]): Expr {
  const flat = args.some((a) => a.kind === 'mul')
    ? args.flatMap((a) => (a.kind === 'mul' ? a.args : [a]))
    : args;
  if (flat.length === 0) return NUM1;
  return flat.length === 1 && flat[0] !== undefined ? flat[0] : { kind: 'mul', args: flat };
}

export const power = (base: Expr, exponent: Expr): PowerExpr => ({ kind: 'power', base, exponent });
export const inverse = (e: Expr): Expr => power(e, NUM_1);
export const negative = (e: Expr): Expr => mul(NUM_1, e);
export const subtract = (a: Expr, b: Expr): Expr => add(a, negative(b));

export const head = (name: string, order = 0, stage: Affine | null = null): FunctionHead => ({
  name,
  order,
  stage,
});
export const call = (fn: FunctionHead | string, ...args: Expr[]): CallExpr => ({
  kind: 'call',
  fn: typeof fn === 'string' ? head(fn) : fn,
  args,
});

export const sum = (index: string, where: readonly Condition[], body: Expr): SumExpr => ({
  kind: 'sum',
  index,
  where,
  body,
});
export const guard = (...where: Condition[]): GuardExpr => ({ kind: 'guard', where });

export const symbol = (name: string, stage: readonly Affine[] = []): SymbolTensor => ({
  kind: 'symbol',
  name,
  stage,
});
export const entry = (name: string, stage: readonly Affine[], slots: readonly Affine[]): SymbolEntry => ({
  kind: 'entry',
  of: symbol(name, stage),
  slots,
});
export const entryOf = (of: Tensor, slots: readonly Affine[]): EntryExpr => ({ kind: 'entry', of, slots });

export const opaque = (name: string, args: readonly SymbolTensor[]): OpaqueExpr => ({
  kind: 'opaque',
  name,
  args,
});
export const headOf = (f: OpaqueExpr, by: SymbolEntry): HeadExpr => ({
  kind: 'head',
  name: f.name,
  args: f.args,
  by,
});
export const adjoint = (by: SymbolEntry): AdjointExpr => ({ kind: 'adjoint', by });
export const jacobian = (of: SymbolEntry, by: SymbolEntry, cut: readonly CutMember[] = []): JacobianExpr => ({
  kind: 'jacobian',
  of,
  by,
  cut,
});
export const partial = (of: Expr, by: SymbolEntry): PartialExpr => ({ kind: 'partial', of, by });

/** The factors of a product; a single factor for anything else. */
export const factorsOf = (e: Expr): readonly Expr[] => (e.kind === 'mul' ? e.args : [e]);
/** The terms of a sum of terms; a single term for anything else. */
export const termsOf = (e: Expr): readonly Expr[] => (e.kind === 'add' ? e.args : [e]);

export const isNumber = (e: Expr, value: number): boolean =>
  e.kind === 'number' && e.value.d === 1n && e.value.n === BigInt(value);
export const isSymbolEntry = (e: Expr): e is SymbolEntry => e.kind === 'entry' && e.of.kind === 'symbol';
