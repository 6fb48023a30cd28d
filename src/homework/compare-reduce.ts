// An expression with the system's own identities put in: pointwise definitions opened, errors as adjoints.

import type { Expr } from '../expr/expr.ts';
import type { ComparisonContext } from './compare-verdict.ts';

/** The same object where nothing applies. */
export function reduced(e: Expr, _ctx: ComparisonContext): Expr {
  return e;
}
