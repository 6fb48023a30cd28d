// Chains of derivatives without entries, (dC/da) (da/dz): written in numerator layout, where the gradient is a row.

import { minus } from '../expr/affine.ts';
import type { Tensor } from '../expr/expr.ts';
import { shapeOf } from '../expr/shape.ts';
import type { System } from '../expr/system.ts';
import { isTensor, type Read } from '../text/read.ts';

/**
 * A side that is a chain, begun with a gradient and gone on with Jacobians, as its author means it: each contracted with the
 * next. Null for any other: only derivatives are taken so, w delta for w' delta stays what it is.
 */
export const asChain = (r: Read, system: System): Tensor | null => (isTensor(r) ? chained(r, system) : null);

/** The chain that a product is; null where it is none. */
function chained(t: Tensor, system: System): Tensor | null {
  const [first, ...rest] = t.kind === 'product' || t.kind === 'hadamard' ? factorsOf(t) : [];
  if (first === undefined || !isGradient(first) || !rest.every(isJacobian)) return null;
  const shapes = [first, ...rest].map((a) => shapeOf(a, system));
  const [own = [], ...others] = shapes;
  if (own.length !== 1 || others.some((s) => s.length !== 2)) return null;
  const fits = others.every(([rows], i) => {
    const before = shapes[i]?.at(-1);
    return rows !== undefined && before !== undefined && minus(rows, before).key === '0';
  });
  if (!fits) return null;
  const turned = rest.map((of): Tensor => ({ kind: 'transpose', of }));
  return { kind: 'product', args: [...turned.reverse(), first] };
}

/** What is multiplied; where a gradient meets a square Jacobian without a sign, a product may be taken entry by entry. */
const factorsOf = (t: Tensor): readonly Tensor[] =>
  t.kind === 'product' || t.kind === 'hadamard' ? t.args.flatMap(factorsOf) : [t];

const isGradient = (t: Tensor): boolean => t.kind === 'derivative' && t.what !== 'jacobian';
const isJacobian = (t: Tensor): boolean => t.kind === 'derivative' && t.what === 'jacobian';
