// Two readings compared, entries or whole tensors: tensors of one shape are compared entry by entry, for free indices.

import { type Affine, index, ONE } from '../expr/affine.ts';
import { between, both } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { lowerEntry } from '../expr/lower.ts';
import { shapeOf, shapeText } from '../expr/shape.ts';
import { freshName } from '../expr/substitute.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import { compareExprs } from './compare.ts';
import type { Comparison, ComparisonContext } from './compare-verdict.ts';

export type ReadingComparison =
  | Comparison
  /** The sides have different shapes, as text: `n[l]`, `n[l] x n[l-1]`, `scalar`. */
  | { readonly verdict: 'misshapen'; readonly left: string; readonly right: string };

const shapeOfReading = (r: Read, { system }: ComparisonContext): readonly Affine[] =>
  isTensor(r) ? shapeOf(r, system) : [];

const SLOTS = ['j', 'k', 'i', 'm', 'p', 'q'];

/** Free indices for the slots of both sides, with names that stand in neither. */
function slotsFor(sides: readonly Read[], order: number, { system, given }: ComparisonContext): Affine[] {
  const taken = new Set(system.sizes.keys());
  for (const s of sides) for (const n of isTensor(s) ? tensorFreeNames(s) : freeNames(s)) taken.add(n);
  for (const c of given)
    for (const side of [c.left, c.right]) for (const t of side.terms) taken.add(t.symbol.name);
  return Array.from({ length: order }, () => {
    const name = freshName(SLOTS, taken);
    taken.add(name);
    return index(name);
  });
}

const entryAt = (r: Read, slots: readonly Affine[], { system }: ComparisonContext): Expr =>
  isTensor(r) ? lowerEntry(r, slots, system, new Set(slots.map((s) => s.key))) : r;

/** Compares two readings; see `compareExprs`. Sizes that differ as written, n[l] and n[l-1], make them misshapen. */
export function compareReadings(a: Read, b: Read, ctx: ComparisonContext): ReadingComparison {
  try {
    const [left, right] = [shapeOfReading(a, ctx), shapeOfReading(b, ctx)];
    if (left.length !== right.length || left.some((s, i) => s.key !== right[i]?.key))
      return { verdict: 'misshapen', left: shapeText(left), right: shapeText(right) };
    const slots = slotsFor([a, b], left.length, ctx);
    const ranges = slots.flatMap((s, i) => between(ONE, s, left[i] ?? ONE));
    const given = left.length === 0 ? ctx.given : both(ctx.given, ranges);
    return compareExprs(entryAt(a, slots, ctx), entryAt(b, slots, ctx), { system: ctx.system, given });
  } catch (error) {
    if (error instanceof UserError) return { verdict: 'undecided', why: { message: error.message } };
    throw error;
  }
}
