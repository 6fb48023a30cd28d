// Products by shape: scalars gather in front, vectors are columns, a transposed vector is a row.

import type { Affine } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { entryOf, inverse, isNumber, mul, NUM_1, numberOf } from '../expr/make.ts';
import { negR, rational } from '../expr/rational.ts';
import type { Span } from './read-error.ts';
import { type Env, fail, scalar, shapeOfValue, type TensorValue, tensor, type Value } from './resolve-env.ts';
import { flatProduct, transposeOf } from './resolve-shapes.ts';
import type { Part } from './syntax.ts';

export interface Item {
  readonly value: Value;
  readonly span: Span;
}

/** a*b/c...; `negate`: the negative of it, a leading number taking the sign. */
export function productOf(env: Env, parts: readonly Part[], negate: boolean): Value {
  const items: Item[] = [];
  for (const p of parts) {
    const value = env.resolve(p.of, env);
    if (p.operator === '/') divide(items, value, p, env);
    else items.push({ value, span: p.of.span });
  }
  return joined(negate ? negated(items) : items, env);
}

/** A number over a number is one fraction, and 1/x is the inverse of x, without the 1. */
export function divide(items: Item[], value: Value, p: Part, env: Env): void {
  const last = items.at(-1)?.value;
  if (value.kind === 'tensor') {
    fail(env, p.span, { code: 'divided-by-tensor', shape: shapeOfValue(value) }, 'shape');
  }
  const before = last?.kind === 'scalar' && last.of.kind === 'number' ? last.of : null;
  const item = (e: Expr): Item => ({ value: scalar(e), span: p.of.span });
  if (value.of.kind === 'number') {
    const { n, d } = value.of.value;
    if (n === 0n) fail(env, p.span, { code: 'divides-by-zero' });
    if (before === null) items.push(item(numberOf(rational(d, n))));
    else items[items.length - 1] = item(numberOf(rational(before.value.n * d, before.value.d * n)));
  } else if (before !== null && isNumber(before, 1)) items[items.length - 1] = item(inverse(value.of));
  else items.push(item(inverse(value.of)));
}

export function negated(items: readonly Item[]): readonly Item[] {
  const [first, ...rest] = items;
  if (first === undefined) return items;
  const { value, span } = first;
  if (value.kind === 'scalar' && value.of.kind === 'number')
    return [{ value: scalar(numberOf(negR(value.of.value))), span }, ...rest];
  return [{ value: scalar(NUM_1), span }, ...items];
}

/** The negative of a value: of a number the number, otherwise -1 times it. */
export function negativeOf(v: Value): Value {
  if (v.kind === 'tensor') return { ...v, of: { kind: 'scale', by: NUM_1, of: v.of } };
  return scalar(v.of.kind === 'number' ? numberOf(negR(v.of.value)) : mul(NUM_1, v.of));
}

/** The product so far: scalars, and what the tensors have come to; behind a row the matrices wait for a column. */
interface Chain {
  readonly scalars: Expr[];
  current: TensorValue | null;
  waiting: TensorValue[];
}

function joined(items: readonly Item[], env: Env): Value {
  const chain: Chain = { scalars: [], current: null, waiting: [] };
  for (const { value, span } of items) {
    if (value.kind === 'scalar') chain.scalars.push(value.of);
    else if (chain.current === null) chain.current = value;
    else multiply(chain, chain.current, value, span, env);
  }
  const { scalars } = chain;
  const of = chain.current === null ? null : settled(chain, chain.current);
  if (of === null) return scalar(mul(...scalars));
  return scalars.length === 0 ? of : scaled(mul(...scalars), of);
}

export const scaled = (by: Expr, v: TensorValue): TensorValue => ({
  ...v,
  of: { kind: 'scale', by, of: v.of },
});

/** u' A B as the transpose of B' A' u. */
function settled(chain: Chain, row: TensorValue): TensorValue {
  const last = chain.waiting.at(-1);
  if (last === undefined) return row;
  const matrices = [...chain.waiting].reverse().map((m) => transposeOf(m.of));
  return tensor([...matrices, row.of].reduce(flatProduct), last.shape.slice(1), true);
}

function multiply(chain: Chain, left: TensorValue, right: TensorValue, span: Span, env: Env): void {
  const order = Math.max(left.shape.length, right.shape.length);
  if (order > 2) fail(env, span, { code: 'no-product', order }, 'shape');
  if (left.row) {
    multiplyRow(chain, left, right, span, env);
    return;
  }
  const [rows, inner] = left.shape;
  if (rows === undefined) return;
  if (inner === undefined) {
    if (!right.row) failColumns(left, right, span, env);
    chain.current = tensor({ kind: 'outer', left: left.of, right: right.of }, [rows, ...right.shape]);
    return;
  }
  if (right.row) failProduct(left, right, span, env);
  meet(inner, left, right, span, env);
  chain.current = tensor(flatProduct(left.of, right.of), [rows, ...right.shape.slice(1)]);
}

function multiplyRow(chain: Chain, row: TensorValue, right: TensorValue, span: Span, env: Env): void {
  if (right.row) failProduct(row, right, span, env);
  const inner = chain.waiting.at(-1)?.shape[1] ?? row.shape[0];
  if (inner === undefined) return;
  meet(inner, row, right, span, env);
  if (right.shape.length === 2) {
    chain.waiting.push(right);
    return;
  }
  const of = [...chain.waiting.map((m) => m.of), right.of].reduce(flatProduct);
  chain.scalars.push(entryOf({ kind: 'dot', left: row.of, right: of }, []));
  chain.current = null;
  chain.waiting = [];
}

function meet(inner: Affine, left: TensorValue, right: TensorValue, span: Span, env: Env): void {
  if (inner.key !== right.shape[0]?.key) failProduct(left, right, span, env);
}

function failProduct(left: TensorValue, right: TensorValue, span: Span, env: Env): never {
  return fail(
    env,
    span,
    {
      code: 'product',
      of: 'product',
      left: shapeOfValue(left),
      right: shapeOfValue(right),
      transposed: fitsTransposed(left, right),
    },
    'shape',
  );
}

/** A matrix on the left that would fit the other way round. */
function fitsTransposed(left: TensorValue, right: TensorValue): boolean {
  const matrix = left.shape.length === 2 && !left.row && !right.row;
  return matrix && left.shape[0]?.key === right.shape[0]?.key;
}

function failColumns(left: TensorValue, right: TensorValue, span: Span, env: Env): never {
  if (right.shape.length === 2) return failProduct(left, right, span, env);
  return fail(env, span, { code: 'columns', left: shapeOfValue(left), right: shapeOfValue(right) }, 'shape');
}

/** a .* b ./ c, entry by entry; scalars gather in front. */
export function hadamardOf(env: Env, parts: readonly Part[], negate: boolean): Value {
  const items: Item[] = [];
  for (const p of parts) {
    const value = env.resolve(p.of, env);
    if (p.operator === './') divideEntries(items, value, p, env);
    else items.push({ value, span: p.of.span });
  }
  const signed = negate ? negated(items) : items;
  const scalars: Expr[] = [];
  let shape: TensorValue | null = null;
  const tensors: Tensor[] = [];
  for (const { value, span } of signed) {
    if (value.kind === 'scalar') scalars.push(value.of);
    else {
      shape ??= value;
      agree('entrywise', shape, value, span, env);
      tensors.push(...(value.of.kind === 'hadamard' ? value.of.args : [value.of]));
    }
  }
  const [only] = tensors;
  if (shape === null || only === undefined) return scalar(mul(...scalars));
  const all: TensorValue = {
    ...shape,
    of: tensors.length === 1 ? only : { kind: 'hadamard', args: tensors },
  };
  return scalars.length === 0 ? all : scaled(mul(...scalars), all);
}

function divideEntries(items: Item[], value: Value, p: Part, env: Env): void {
  if (value.kind === 'scalar') {
    divide(items, value, p, env);
    return;
  }
  const last = items.at(-1)?.value;
  if (last?.kind === 'scalar' && isNumber(last.of, 1)) items.pop();
  const of: Tensor = { kind: 'tensorPower', base: value.of, exponent: NUM_1 };
  items.push({ value: { ...value, of }, span: p.of.span });
}

/** Equal shapes, or an error that names both. */
export function agree(of: 'sum' | 'entrywise', a: TensorValue, b: TensorValue, span: Span, env: Env): void {
  const same =
    a.row === b.row &&
    a.shape.length === b.shape.length &&
    a.shape.every((s, i) => s.key === b.shape[i]?.key);
  if (!same)
    fail(env, span, { code: 'equal-shapes', of, left: shapeOfValue(a), right: shapeOfValue(b) }, 'shape');
}
