// Shapes where a text may be wrong about them: sizes still unknown, two values put together, and what is said where they don't go together.

import { type Affine, index } from '../expr/affine.ts';
import type { Tensor } from '../expr/expr.ts';
import { entryOf } from '../expr/make.ts';
import { substituteTensor } from '../expr/substitute.ts';
import { scalar, type TensorValue, tensor, type Value } from './resolve-env.ts';

/** A size that a text leaves open: that of a bold 1, or of I. */
export const ANY_SIZE = index('?');

export const isOpen = (a: Affine): boolean => a.key === ANY_SIZE.key;
const fits = (a: Affine, b: Affine): boolean => a.key === b.key || isOpen(a) || isOpen(b);

/** The value with its open sizes settled. */
export function settledAt(v: TensorValue, size: Affine): TensorValue {
  if (isOpen(size) || !v.shape.some(isOpen)) return v;
  return {
    ...v,
    of: substituteTensor(v.of, new Map([[ANY_SIZE.key, size]])),
    shape: v.shape.map((s) => (isOpen(s) ? size : s)),
  };
}

export const transposeOf = (t: Tensor): Tensor =>
  t.kind === 'transpose' ? t.of : { kind: 'transpose', of: t };

export const flatProduct = (a: Tensor, b: Tensor): Tensor => ({
  kind: 'product',
  args: [...(a.kind === 'product' ? a.args : [a]), ...(b.kind === 'product' ? b.args : [b])],
});

/** The matrix product, a column times a row and a row times a column included; null where the shapes don't go together. */
export function matrixProduct(a: TensorValue, b: TensorValue): Value | null {
  const [rows, inner = rows] = a.shape;
  const [meets] = b.shape;
  if (
    rows === undefined ||
    meets === undefined ||
    inner === undefined ||
    a.shape.length > 2 ||
    b.shape.length > 2
  )
    return null;
  if (a.shape.length === 1 && !a.row) {
    if (!b.row) return null;
    return tensor({ kind: 'outer', left: a.of, right: b.of }, [rows, meets]);
  }
  if (b.row || !fits(inner, meets)) return null;
  const left = settledAt(a, meets);
  const right = settledAt(b, inner);
  if (!a.row) return tensor(flatProduct(left.of, right.of), [left.shape[0] ?? rows, ...right.shape.slice(1)]);
  if (b.shape.length === 1) return scalar(entryOf({ kind: 'dot', left: left.of, right: right.of }, []));
  return tensor(flatProduct(transposeOf(right.of), left.of), right.shape.slice(1), true);
}

/** Whether two values have one shape, open sizes aside. */
export const sameShapes = (a: TensorValue, b: TensorValue): boolean =>
  a.shape.length === b.shape.length &&
  (a.row === b.row || a.shape.length > 1) &&
  a.shape.every((s, i) => fits(s, b.shape[i] ?? s));

/** Both with the sizes of the other where their own are open. */
export function together(a: TensorValue, b: TensorValue): readonly [TensorValue, TensorValue] {
  let [left, right] = [a, b];
  a.shape.forEach((size, i) => {
    const other = b.shape[i] ?? size;
    // An open size is that of its own slot: x 1' beside an m x n matrix is m x n.
    if (isOpen(size)) left = settledAt(left, other);
    if (isOpen(other)) right = settledAt(right, size);
  });
  return [left, right];
}

/** The entrywise product; null where the shapes differ. */
export function hadamardProduct(a: TensorValue, b: TensorValue): TensorValue | null {
  if (!sameShapes(a, b)) return null;
  const [left, right] = together(a, b);
  return { ...left, of: flatHadamard(left.of, right.of) };
}

const flatHadamard = (a: Tensor, b: Tensor): Tensor => ({
  kind: 'hadamard',
  args: [...(a.kind === 'hadamard' ? a.args : [a]), ...(b.kind === 'hadamard' ? b.args : [b])],
});

/** What two tensors come to whose shapes don't go together: as written, with the shape that it would have. */
export function forcedProduct(a: TensorValue, b: TensorValue, entrywise: boolean): TensorValue {
  if (!entrywise && a.shape.length === 2 && !a.row)
    return tensor(flatProduct(a.of, b.of), [...a.shape.slice(0, 1), ...b.shape.slice(1)]);
  if (!entrywise && a.row && b.shape.length === 2)
    return tensor(flatProduct(transposeOf(b.of), a.of), b.shape.slice(1), true);
  if (!entrywise && b.shape.length === 2 && !b.row) return tensor(flatProduct(a.of, b.of), b.shape.slice(1));
  return { ...(a.shape.length >= b.shape.length ? a : b), of: flatHadamard(a.of, b.of) };
}
