// What stands under and over a sum sign: nothing but the index where its range is that of the slots where it stands.

import { type Affine, bareName, index, isConstant, mentions, minus, ONE } from '../expr/affine.ts';
import { atMost, type Condition, conditionKey } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { slotSizes } from './resolve-range.ts';
import { affineText, conditionTexts, type IndexStyle } from './typeset-index.ts';

/** The one size of all slots where the index stands; null where there is none, two differ, or names aren't declared. */
export function ownSize(body: Expr | Tensor, name: string, system: System): Affine | null {
  try {
    const sizes = slotSizes(body, name, system) ?? [];
    return sizes.length === 1 ? (sizes[0] ?? null) : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

interface Bounds {
  readonly lo: Affine;
  readonly hi: Affine;
  readonly rest: readonly Condition[];
}

/** lo <= index <= hi, where just these two bound the index. */
function boundsOf(name: string, where: readonly Condition[]): Bounds | null {
  const below = where.filter(
    (c) => c.relation === '<=' && bareName(c.right) === name && !mentions(c.left, name),
  );
  const above = where.filter(
    (c) => c.relation === '<=' && bareName(c.left) === name && !mentions(c.right, name),
  );
  const [lo] = below;
  const [hi] = above;
  if (lo === undefined || hi === undefined || below.length > 1 || above.length > 1) return null;
  return { lo: lo.left, hi: hi.right, rest: where.filter((c) => c !== lo && c !== hi) };
}

export interface Range {
  readonly under: readonly string[];
  readonly over: string;
}

/** The range of `sum over name with where of body`. */
export function rangeOf(
  name: string,
  where: readonly Condition[],
  size: Affine | null,
  t: IndexStyle,
): Range {
  const letter = affineText(index(name), t);
  const own = size === null ? [] : [atMost(ONE, index(name)), atMost(index(name), size)].map(conditionKey);
  const keys = new Set(where.map(conditionKey));
  if (own.length > 0 && own.every((k) => keys.has(k))) {
    const rest = where.filter((c) => !own.includes(conditionKey(c)));
    return { under: withIndex(name, rest, letter, t), over: '' };
  }
  const bounds = boundsOf(name, where);
  if (bounds === null) return { under: withIndex(name, where, letter, t), over: '' };
  if (bounds.rest.length > 0) return { under: conditionTexts(where, t), over: '' };
  return {
    under: [`${letter}${t.look.signs.equals}${affineText(bounds.lo, t)}`],
    over: affineText(bounds.hi, t),
  };
}

/** The conditions, after the index itself where none of them shows at once which one runs. */
function withIndex(name: string, where: readonly Condition[], letter: string, t: IndexStyle): string[] {
  const shows = where.some(
    (c) => bareName(c.left) === name || bareName(c.right) === name || isConstant(minus(c.left, index(name))),
  );
  return shows ? conditionTexts(where, t) : [letter, ...conditionTexts(where, t)];
}
