// The widths of a concrete network, for answers that count its neurons: sum over k = 1, 2, or w[1,j] delta[1] + w[2,j] delta[2].

import { index, integer } from '../expr/affine.ts';
import { type Condition, equal } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { some } from '../expr/walk.ts';
import type { FormulaQuestion } from './question.ts';

/** Larger ones are left open: writing such a sum out is no answer, and comparing it would cost too much. */
const WIDEST = 10;

const known = new WeakMap<FormulaQuestion, readonly Condition[]>();

/** What the sizes of a question's network are, one condition each; none where the network has no numbers. */
export function widthsOf(q: FormulaQuestion): readonly Condition[] {
  const before = known.get(q);
  if (before !== undefined) return before;
  const found = [...(q.world?.sizes ?? [])].flatMap(([key, value]): Condition[] => {
    const [, name = '', stage] = /^([A-Za-z_]\w*)(?:\[(\d+)\])?$/.exec(key) ?? [];
    if (name === '' || value > WIDEST || !q.system.sizes.has(name) || q.open?.map.has(name)) return [];
    const at = stage === undefined ? [] : [integer(Number(stage))];
    return [equal(index(name, at), integer(value))];
  });
  known.set(q, found);
  return found;
}

/** Whether a formula names neurons by number, or sums up to a number. */
export const countsNeurons = (e: Expr): boolean =>
  some(
    e,
    (c) =>
      (isSymbolEntry(c) && c.slots.some((s) => s.terms.length === 0)) ||
      (c.kind === 'sum' &&
        c.where.some((w) => [w.left, w.right].some((s) => s.terms.length === 0 && s.constant > 1))),
  );
