// Sums of terms, with their signs; a number beside tensors stands in every entry.

import type { Affine } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { add, isNumber } from '../expr/make.ts';
import type { Span } from './read-error.ts';
import {
  type Env,
  type Fault,
  fail,
  scalar,
  shapeOfValue,
  type TensorValue,
  type Value,
} from './resolve-env.ts';
import { flexibleProduct } from './resolve-flexible.ts';
import { agree, hadamardOf, negativeOf, productOf } from './resolve-product.ts';
import { sameShapes, together } from './resolve-shapes.ts';
import type { Part, Syntax } from './syntax.ts';

/** The value of a term, or its negative: a leading number of a product takes the sign. */
export function signed(s: Syntax, negate: boolean, env: Env): Value {
  switch (s.kind) {
    case 'negative':
      return signed(s.of, !negate, env);
    case 'product':
      return env.faults === null
        ? productOf(env, s.parts, negate)
        : flexibleProduct(env, s.parts, negate, env.faults);
    case 'hadamard':
      return env.faults !== null
        ? flexibleProduct(env, s.parts, negate, env.faults)
        : hadamardOf(env, s.parts, negate);
    default: {
      const v = env.resolve(s, env);
      return negate ? negativeOf(v) : v;
    }
  }
}

interface Term {
  readonly value: Value;
  readonly span: Span;
}

export function sumOfTerms(parts: readonly Part[], env: Env): Value {
  return total(
    parts.map((p) => ({ value: signed(p.of, p.operator === '-', env), span: p.of.span })),
    env,
  );
}

function total(terms: readonly Term[], env: Env): Value {
  const first = terms.find((t) => t.value.kind === 'tensor')?.value;
  if (first === undefined || first.kind === 'scalar')
    return scalar(add(...terms.flatMap((t) => (t.value.kind === 'scalar' ? [t.value.of] : []))));
  if (env.faults !== null) return flexibleTotal(terms, env, env.faults);
  const args = terms.flatMap(({ value, span }): readonly Tensor[] => {
    if (value.kind === 'scalar') return [inEveryEntry(value.of, first, span, env)];
    agree('sum', first, value, span, env);
    return value.of.kind === 'tensorSum' ? value.of.args : [value.of];
  });
  return { ...first, of: { kind: 'tensorSum', args } };
}

/** A sum as people write it: a bias beside a batch stands in every sample, and shapes that differ are noted. */
function flexibleTotal(terms: readonly Term[], env: Env, faults: Fault[]): Value {
  let like: TensorValue | null = null;
  for (const { value } of terms) {
    if (value.kind === 'scalar') continue;
    if (like === null || value.shape.length > like.shape.length)
      like = like === null ? value : together(value, like)[0];
    else like = together(like, value)[0];
  }
  if (like === null) return scalar(add());
  const model = like;
  const args = terms.flatMap(({ value, span }): readonly Tensor[] => {
    if (value.kind === 'scalar') return [inEveryEntry(value.of, model, span, env)];
    const [, fitted] = sameShapes(model, value) ? together(model, value) : [null, spread(model, value)];
    if (fitted === null)
      faults.push({
        span,
        complaint: { code: 'equal-shapes', of: 'sum', left: shapeOfValue(model), right: shapeOfValue(value) },
      });
    const of = (fitted ?? value).of;
    return of.kind === 'tensorSum' ? of.args : [of];
  });
  return { ...model, of: { kind: 'tensorSum', args } };
}

/** A vector beside a matrix, repeated in every column (or row) of it; null where neither fits. */
function spread(like: TensorValue, v: TensorValue): TensorValue | null {
  const [rows, columns] = like.shape;
  const [size] = v.shape;
  if (rows === undefined || columns === undefined || size === undefined || v.shape.length !== 1) return null;
  if (!v.row && size.key === rows.key)
    return { ...like, of: { kind: 'outer', left: v.of, right: { kind: 'ones', size: columns } } };
  if (size.key !== columns.key) return null;
  return { ...like, of: { kind: 'outer', left: { kind: 'ones', size: rows }, right: v.of } };
}

function inEveryEntry(c: Expr, like: TensorValue, span: Span, env: Env): Tensor {
  const [rows, columns] = like.shape;
  if (rows === undefined || like.shape.length > 2)
    return fail(env, span, { code: 'beside-tensors' }, 'shape');
  return constantTensor(c, rows, columns);
}

/** c times a vector of ones, or a matrix of ones. */
function constantTensor(c: Expr, rows: Affine, columns: Affine | undefined): Tensor {
  const left: Tensor = { kind: 'ones', size: rows };
  const of: Tensor =
    columns === undefined ? left : { kind: 'outer', left, right: { kind: 'ones', size: columns } };
  return isNumber(c, 1) ? of : { kind: 'scale', by: c, of };
}

/** a - b; where b is 0 it is a, where a is 0 it is -b. */
export function differenceOf(a: Syntax, b: Syntax, env: Env): Value {
  const left = signed(a, false, env);
  const right = signed(b, true, env);
  if (isZero(right)) return left;
  if (isZero(left)) return right;
  return total(
    [
      { value: left, span: a.span },
      { value: right, span: b.span },
    ],
    env,
  );
}

const isZero = (v: Value): boolean => v.kind === 'scalar' && isNumber(v.of, 0);
