// The chain rule written with whole tensors: dC/dz dz/dw, where shapes alone can't say along which slots the factors meet.

import type { DerivativeTensor, SymbolTensor, Tensor } from '../expr/expr.ts';
import { tensorKey } from '../expr/substitute.ts';
import { type Env, type TensorValue, tensor } from './resolve-env.ts';
import { transposeOf } from './resolve-shapes.ts';

/** A factor of a product, with the sign before it. */
interface Factor {
  readonly value: TensorValue;
  readonly sign: string;
}

/**
 * The factors with each run of a gradient and the derivatives that go on from it put together, in either order: dC/dz dz/dw,
 * and in denominator layout dz/dw dC/dz. Others stay as they are.
 */
export function withChains<T extends Factor>(factors: readonly T[], env: Env): readonly T[] {
  const joined: T[] = [];
  for (const f of factors) {
    const last = joined.at(-1);
    const value = last === undefined || isEntrywise(f.sign) ? null : goesOn(last.value, f.value, env);
    if (last === undefined || value === null) joined.push(comingBack(joined, f, env));
    else joined[joined.length - 1] = { ...last, value };
  }
  return joined.length === factors.length ? factors : joined;
}

/** A gradient with the derivatives before it that go on from it, which are taken off. */
function comingBack<T extends Factor>(before: T[], f: T, env: Env): T {
  const last = before.at(-1);
  const value = last === undefined || isEntrywise(f.sign) ? null : goesOn(f.value, last.value, env);
  if (last === undefined || value === null) return f;
  before.pop();
  return comingBack(before, { ...last, value }, env);
}

const isEntrywise = (sign: string): boolean => /^(?:\.\*|[⊙∘⊗])$/.test(sign);

/** A gradient, or a chain begun with one, and the derivative of what it is by; null for any other two. */
export function goesOn(so: TensorValue, next: TensorValue, env: Env): TensorValue | null {
  const d = next.of;
  const end = endOf(so.of, env);
  if (end === null || !isJacobian(d) || tensorKey(d.of) !== tensorKey(end)) return null;
  const shape = next.shape.slice(env.system.tensors.get(end.name)?.size.length ?? 0);
  const before = so.of.kind === 'transpose' ? so.of.of : so.of;
  const of: Tensor =
    before.kind === 'chain'
      ? { ...before, rest: [...before.rest, d] }
      : { kind: 'chain', first: before, rest: [d] };
  if (!env.rows) return tensor(of, shape);
  // In numerator layout, what is differentiated by counts the columns.
  return shape.length === 2
    ? tensor(transposeOf(of), [...shape].reverse())
    : tensor(of, shape, shape.length === 1);
}

/** By what a gradient is: dC/dz and its error by z. */
function endOf(t: Tensor, env: Env): SymbolTensor | null {
  if (t.kind === 'transpose') return env.rows ? endOf(t.of, env) : null;
  if (t.kind === 'chain') return t.rest.at(-1)?.by ?? null;
  if (t.kind === 'derivative') return t.what === 'jacobian' ? null : t.by;
  const decl = t.kind === 'symbol' ? env.system.tensors.get(t.name) : undefined;
  if (t.kind !== 'symbol' || decl?.kind !== 'error' || decl.of === undefined) return null;
  return { ...t, name: decl.of };
}

const isJacobian = (t: Tensor): t is DerivativeTensor & { readonly of: SymbolTensor } =>
  t.kind === 'derivative' && t.what === 'jacobian' && t.of !== null;
