// What lifting sees and builds: factors as entries of tensors, products and transposes put together tidily.

import { type Affine, bareName, collectNames, index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { EntryExpr, Expr, Tensor } from '../expr/expr.ts';
import { entryOf, isNumber } from '../expr/make.ts';
import { shapeOf } from '../expr/shape.ts';
import type { System } from '../expr/system.ts';
import { freeNames, visit } from '../expr/walk.ts';
import type { Rule, RuleId } from './rule.ts';

/** A factor seen as a scalar, or as an entry whose slots are all bare indices. */
type Seen = { readonly scalar: Expr } | { readonly of: Tensor; readonly slots: readonly string[] };

export function seen(e: Expr): Seen | null {
  if (e.kind !== 'entry') return slotNames(e).size === 0 ? { scalar: e } : null;
  if (e.slots.length === 0) return { scalar: e };
  const slots = e.slots.map(bareName);
  if (slots.length > 2 || slots.some((s) => s === null)) return null;
  return { of: e.of, slots: slots.flatMap((s) => (s === null ? [] : [s])) };
}

/** The names that stand free in slots of entries and in conditions below `e`: not those of sizes and stages. */
export function slotNames(e: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const free = freeNames(e);
  visit(e, (c) => {
    const slots =
      c.kind === 'entry' ? c.slots : c.kind === 'guard' ? c.where.flatMap((w) => [w.left, w.right]) : [];
    for (const slot of slots) collectNames(slot, names);
  });
  return new Set([...names].filter((n) => free.has(n)));
}

/** A^T, with the transpose carried into products: (A B)^T = B^T A^T. */
export function transpose(t: Tensor): Tensor {
  switch (t.kind) {
    case 'transpose':
      return t.of;
    case 'diag':
    case 'identity':
      return t;
    case 'product':
      return product([...t.args].reverse().map(transpose));
    case 'outer':
      return { kind: 'outer', left: t.right, right: t.left };
    default:
      return { kind: 'transpose', of: t };
  }
}

export const entryAt = (of: Tensor, slots: readonly string[]): EntryExpr =>
  entryOf(
    of,
    slots.map((s) => index(s)),
  );

/** Compound products come first in a Hadamard product. */
const isCompound = (t: Tensor): boolean => t.kind === 'product' || t.kind === 'outer';

export function hadamard(args: readonly Tensor[]): Tensor {
  const flat = args.flatMap((a) => (a.kind === 'hadamard' ? a.args : [a]));
  const [only] = flat;
  if (only !== undefined && flat.length === 1) return only;
  return { kind: 'hadamard', args: [...flat.filter(isCompound), ...flat.filter((a) => !isCompound(a))] };
}

export function product(args: readonly Tensor[]): Tensor {
  const flat = args.flatMap((a) => (a.kind === 'product' ? a.args : [a]));
  const [only] = flat;
  return only !== undefined && flat.length === 1 ? only : { kind: 'product', args: flat };
}

export const scaled = (by: Expr, of: Tensor): Tensor => (isNumber(by, 1) ? of : { kind: 'scale', by, of });

export const liftRule = (id: RuleId, kind: Rule['kind'], example: string, apply: Rule['apply']): Rule => ({
  id,
  kind,
  example,
  apply,
});

export function fits(t: Tensor, system: System): boolean {
  try {
    shapeOf(t, system);
    return true;
  } catch {
    return false;
  }
}

/** The sizes of the indices that stand free, as the context's ranges give them. */
export function sizeOf(name: string, given: readonly Condition[]): Affine | null {
  for (const c of given) if (c.relation === '<=' && bareName(c.left) === name) return c.right;
  return null;
}

export const ones = (name: string | undefined, given: readonly Condition[]): Tensor | null => {
  const size = name === undefined ? null : sizeOf(name, given);
  return size === null ? null : { kind: 'ones', size };
};
