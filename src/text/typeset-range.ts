// What stands under and over a sum sign: nothing but the index where its range is that of the slots where it stands.

import {
  type Affine,
  bareName,
  index,
  isConstant,
  mentions,
  minus,
  ONE,
  sameAffine,
} from '../expr/affine.ts';
import { atMost, type Condition, conditionKey } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { EntryExpr, Expr } from '../expr/expr.ts';
import { shapeOf } from '../expr/shape.ts';
import type { System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { affineText, conditionTexts, type IndexStyle } from './typeset-index.ts';

/** The sizes of an entry's slots; none where a name has no declaration or the shapes don't go together. */
function slotSizes(e: EntryExpr, system: System): readonly Affine[] {
  try {
    return shapeOf(e.of, system);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The one size of all slots where the bare index stands free in `body`; null where there is none, or two differ. */
export function slotSize(body: Expr, name: string, system: System): Affine | null {
  const found: Affine[] = [];
  const look = (e: Expr): boolean => {
    if (e.kind === 'sum' && e.index === name) return true;
    if (e.kind === 'entry') {
      const sizes = slotSizes(e, system);
      for (const [i, slot] of e.slots.entries()) {
        const size = sizes[i];
        if (size !== undefined && bareName(slot) === name) found.push(size);
      }
    }
    return false;
  };
  if (some(body, look)) return null;
  const [first] = found;
  return first !== undefined && found.every((s) => sameAffine(s, first)) ? first : null;
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
