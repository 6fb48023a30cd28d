// How much there is to read in a line: what decides whether a form is the shorter one.

import type { Expr } from '../expr/expr.ts';
import { isNumber } from '../expr/make.ts';
import { children } from '../expr/parts.ts';

/** How much there is to read. */
export function weight(e: Expr): number {
  const parts = children(e);
  if (e.kind === 'power' && isNumber(e.exponent, -1)) return 1 + weight(e.base);
  return parts.reduce((n, c) => n + weight(c), e.kind === 'number' || parts.length > 0 ? 1 : 2);
}
