// Slips planted into a right answer on purpose, to see whether they are found: each kind in turn, none that changes nothing.

import { index } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { freshName, substitute } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import { compareExprs } from './compare.ts';
import { type FormulaQuestion, indicesOf } from './question.ts';
import { FREE } from './slip-edits.ts';
import { slipRows } from './slips.ts';
import { squared } from './square.ts';
import type { SlipCode } from './verdict.ts';

export interface Planted {
  readonly code: SlipCode;
  readonly to: Expr;
}

/**
 * At most `count` wrong answers, slip by slip, the likely ones first. A change that leaves the formula equal where all
 * widths are one size is none: there even a lost transpose has a value.
 */
export function plantedSlips(q: FormulaQuestion, count: number): readonly Planted[] {
  const source = { right: q.answers[0], system: q.system, slots: q.slots, lines: q.lines };
  const kinds = slipRows.map((row) =>
    row.apply(source).map(({ to }): Planted => ({ code: row.code, to: named(to, q) })),
  );
  const found: Planted[] = [];
  const most = Math.max(0, ...kinds.map((k) => k.length));
  for (let round = 0; round < most; round++) {
    for (const kind of kinds) {
      const planted = kind[round];
      if (planted === undefined || !changes(planted.to, q)) continue;
      found.push(planted);
      if (found.length === count) return found;
    }
  }
  return found;
}

/** What a missing sum leaves free gets a letter that people write. */
function named(e: Expr, q: FormulaQuestion): Expr {
  if (!freeNames(e).has(FREE)) return e;
  const taken = new Set([...freeNames(e), ...indicesOf(q), ...q.system.sizes.keys()]);
  return substitute(e, new Map([[FREE, index(freshName(['k', 'm', 'i', 'p'], taken))]]));
}

/** Whether it is another formula; what has no value is none. */
function changes(e: Expr, q: FormulaQuestion): boolean {
  const square = squared(q.system);
  const ctx = { system: square.system, given: square.conditions(q.given) };
  try {
    return q.answers.every(
      (answer) => compareExprs(square.expr(e), square.expr(answer), ctx).verdict === 'different',
    );
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
