// Sums of terms, with their signs; a number beside tensors stands in every entry.

import type { Affine } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { add, isNumber } from '../expr/make.ts';
import type { Span } from './read-error.ts';
import { type Env, fail, scalar, type TensorValue, type Value } from './resolve-env.ts';
import { agree, hadamardOf, negativeOf, productOf } from './resolve-product.ts';
import type { Part, Syntax } from './syntax.ts';

/** The value of a term, or its negative: a leading number of a product takes the sign. */
export function signed(s: Syntax, negate: boolean, env: Env): Value {
  switch (s.kind) {
    case 'negative':
      return signed(s.of, !negate, env);
    case 'product':
      return productOf(env, s.parts, negate);
    case 'hadamard':
      return hadamardOf(env, s.parts, negate);
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
  const args = terms.flatMap(({ value, span }): readonly Tensor[] => {
    if (value.kind === 'scalar') return [inEveryEntry(value.of, first, span, env)];
    agree('a sum', first, value, span, env);
    return value.of.kind === 'tensorSum' ? value.of.args : [value.of];
  });
  return { ...first, of: { kind: 'tensorSum', args } };
}

function inEveryEntry(c: Expr, like: TensorValue, span: Span, env: Env): Tensor {
  const [rows, columns] = like.shape;
  if (rows === undefined || like.shape.length > 2)
    return fail(env, span, 'a number can stand beside vectors and matrices only', 'shape');
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
