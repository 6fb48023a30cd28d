// The plain printer: expressions and tensors as text that the reader takes back to the same thing.
// The two share one normal form, that of the constructors: sums, products and Hadamard products are flat, 1/x is a power -1
// without a factor 1, a minus sign joins the number that leads a product, a scalar stands in front of the tensor it scales,
// a row is the transpose of a vector inside a product only, a sum has conditions, and no bound index has a scalar's name.

import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import type { PlainEnv } from './plain-env.ts';
import { plainExpr } from './plain-expr.ts';
import { plainTensorPiece } from './plain-tensor.ts';
import { isTensor } from './resolve-range.ts';

export { plainCondition, plainConditions } from './plain-index.ts';

const envOf = (system: System): PlainEnv => ({
  system,
  bound: new Set(),
  expr: plainExpr,
  tensor: plainTensorPiece,
});

/** A component expression: `sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])`. */
export const plain = (e: Expr, system: System): string => plainExpr(e, envOf(system)).text;

/** A tensor: `(w[l+1]' * delta[l+1]) .* sigma'(z[l])`. */
export const plainTensor = (t: Tensor, system: System): string => plainTensorPiece(t, envOf(system)).text;

/** `left = right`, of expressions or tensors. */
export const plainEquation = (left: Expr | Tensor, right: Expr | Tensor, system: System): string =>
  `${plainOf(left, system)} = ${plainOf(right, system)}`;

const plainOf = (x: Expr | Tensor, system: System): string =>
  isTensor(x) ? plainTensor(x, system) : plain(x, system);
