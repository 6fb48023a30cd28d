// Replacing the entries of a formula that was read on its own by entries of the network.

import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { mapParts } from '../expr/parts.ts';

/** Every entry of a named tensor in `e` replaced. */
export function mapEntries(e: Expr, f: (entry: SymbolEntry) => Expr): Expr {
  if (isSymbolEntry(e)) return f(e);
  return mapParts(e, { expr: (c) => mapEntries(c, f), tensor: (t) => t, affine: (a) => a });
}
