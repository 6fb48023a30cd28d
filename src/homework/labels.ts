// Class labels as indices: a_y is the entry of the class y, where the targets y are ones and zeros that say which.

import { bareName, index, integer } from '../expr/affine.ts';
import { between, equal } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { guard, isSymbolEntry } from '../expr/make.ts';
import { mapParts, type PartMap } from '../expr/parts.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { MARK } from './align.ts';
import type { FormulaQuestion } from './question.ts';

/** The targets of which one is 1 and the others 0: the system knows that they add up to 1. Null where there are none. */
function labelsOf(system: System): string | null {
  const sum = system.identities.find((i) => i.left.kind === 'sum')?.left;
  const entry = sum?.kind === 'sum' && isSymbolEntry(sum.body) ? sum.body : null;
  const alone = entry !== null && entry.of.stage.length === 0 && entry.slots.length === 1;
  return alone && tensorDecl(system, entry.of.name).kind === 'input' ? entry.of.name : null;
}

/** Whether a free name is the label, put in by `withLabel`. */
export const isLabel = (name: string, { given }: FormulaQuestion): boolean =>
  given.some((c) => bareName(c.right) === name && c.left.key === '1');

export interface Labelled {
  readonly e: Expr;
  readonly q: FormulaQuestion;
}

/**
 * A side that names an entry by the label, -1/a_y, and the question, both with the label an index and every target y_k the
 * guard [y = k]; null for any other side.
 */
export function withLabel(e: Expr, q: FormulaQuestion): Labelled | null {
  const name = labelsOf(q.system);
  const label = index(MARK + name);
  const [size] = name === null ? [] : tensorDecl(q.system, name).size;
  if (size === undefined || !freeNames(e).has(bareName(label) ?? '')) return null;
  const parts: PartMap = {
    expr: (c) => {
      const [slot] = isSymbolEntry(c) && c.of.name === name ? c.slots : [];
      return slot === undefined ? mapParts(c, parts) : guard(equal(label, slot));
    },
    tensor: (t) => t,
    affine: (a) => a,
  };
  const [first, ...rest] = q.answers;
  return {
    e: parts.expr(e),
    q: {
      ...q,
      answers: [parts.expr(first), ...rest.map(parts.expr)],
      given: [...q.given, ...between(integer(1), label, size)],
    },
  };
}
