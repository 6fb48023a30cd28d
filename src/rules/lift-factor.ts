// Common factors of matrix expressions taken out.

import type { Expr, Tensor } from '../expr/expr.ts';
import { entryOf } from '../expr/make.ts';
import { mapTensorParts } from '../expr/parts.ts';
import { tensorKey } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { fits, liftRule, product, scaled } from './lift-tensor.ts';

/** A term as a scalar times a chain of matrices. */
function chainOf(t: Tensor): { readonly by: Expr | null; readonly chain: readonly Tensor[] } {
  if (t.kind === 'scale') return { by: t.by, chain: chainOf(t.of).chain };
  if (t.kind === 'product') return { by: null, chain: t.args };
  return { by: null, chain: t.kind === 'outer' ? [t.left, { kind: 'transpose', of: t.right }] : [t] };
}

/** A chain put together again: a column times a row is an outer product. */
function fromChain(by: Expr | null, chain: readonly Tensor[]): Tensor {
  const [first, second] = chain;
  const row = second?.kind === 'transpose' && chain.length === 2 ? second.of : null;
  const isRow = row !== null && first !== undefined && row.kind !== 'transpose';
  const of: Tensor =
    isRow && first !== undefined && row !== null
      ? { kind: 'outer', left: first, right: row }
      : product(chain);
  return by === null ? of : scaled(by, of);
}

/** The sum of chains without the matrix that all of them have at one end; null where they share none. */
function takenOut(terms: readonly Tensor[], end: 'first' | 'last', system: System): Tensor | null {
  const chains = terms.map(chainOf);
  const at = end === 'first' ? 0 : -1;
  const shared = chains[0]?.chain.at(at);
  if (
    shared === undefined ||
    chains.some((c) => c.chain.length < 2 || tensorKey(c.chain.at(at) ?? shared) !== tensorKey(shared))
  )
    return null;
  const rest = chains.map(({ by, chain }) => {
    const of = product(end === 'first' ? chain.slice(1) : chain.slice(0, -1));
    return by === null ? of : scaled(by, of);
  });
  const sum: Tensor = { kind: 'tensorSum', args: rest };
  const whole = fromChain(null, end === 'first' ? [shared, sum] : [sum, shared]);
  return fits(whole, system) ? whole : null;
}

/** Common factors taken out of every sum in a tensor; the same object where there are none. */
function factored(t: Tensor, system: System): Tensor {
  const inside = mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => factored(part, system),
    affine: (a) => a,
  });
  if (inside.kind !== 'tensorSum') return inside;
  return takenOut(inside.args, 'last', system) ?? takenOut(inside.args, 'first', system) ?? inside;
}

/** A x + A^T x = (A + A^T) x. */
export const liftCommonFactor = liftRule(
  'common-tensor-factor',
  'step',
  '[A x + A^T x]_j -> [(A + A^T) x]_j',
  (e, _args, ctx) => {
    if (e.kind !== 'entry') return null;
    const of = factored(e.of, ctx.system);
    return of === e.of ? null : entryOf(of, e.slots);
  },
);
