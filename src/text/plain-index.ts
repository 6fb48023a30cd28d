// Index forms, conditions, symbols and heads of functions in plain text.

import { type Affine, isConstant, shift, solveFor } from '../expr/affine.ts';
import { type Condition, conditionKey, slack } from '../expr/condition.ts';
import type { CutMember, Expr, FunctionHead, SymbolEntry, SymbolTensor, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { slotSizes } from './resolve-range.ts';

const bracket = (forms: readonly Affine[]): string =>
  forms.length === 0 ? '' : `[${forms.map((a) => a.key).join(',')}]`;

/** `w[l]` */
export const plainSymbol = (t: SymbolTensor): string => t.name + bracket(t.stage);
/** `w[l][j,k]` */
export const plainEntry = (e: SymbolEntry): string => plainSymbol(e.of) + bracket(e.slots);
export const plainSlots = bracket;

/** `sigma[l]'` */
export const plainHead = (fn: FunctionHead): string =>
  fn.name + (fn.stage === null ? '' : `[${fn.stage.key}]`) + "'".repeat(fn.order);

/** `z[l+1], h[*]`: what a derivative holds constant. */
export const plainCut = (cut: readonly CutMember[]): string =>
  cut
    .map((m) => m.name + (m.stage.length === 0 ? '' : `[${m.stage.map((s) => s?.key ?? '*').join(',')}]`))
    .join(', ');

interface Sides {
  readonly left: string;
  readonly relation: '=' | '<=' | '<';
  readonly right: string;
}

/** The two sides as shown: l <= L-1 is l < L. */
function sidesOf(c: Condition): Sides {
  const shiftable = !isConstant(c.left) && !isConstant(c.right);
  const strict = c.relation === '<=' && c.right.constant === -1 && shiftable;
  const right = strict ? shift(c.right, 1).key : c.right.key;
  return { left: c.left.key, relation: strict ? '<' : c.relation, right };
}

/** `l = L`, `2 <= l`, `l < L`. */
export function plainCondition(c: Condition): string {
  const { left, relation, right } = sidesOf(c);
  return `${left} ${relation} ${right}`;
}

/** Conditions separated by commas; neighbours that share a side are one chain: `2 <= l <= L`. */
export function plainConditions(cs: readonly Condition[]): string {
  let text = '';
  let last: Sides | null = null;
  for (const c of cs) {
    const sides = sidesOf(c);
    const chains =
      last !== null && last.relation !== '=' && sides.relation !== '=' && last.right === sides.left;
    if (chains) text += ` ${sides.relation} ${sides.right}`;
    else text += `${last === null ? '' : ', '}${plainCondition(c)}`;
    last = sides;
  }
  return text;
}

/** What stands between a sum's index and its body: nothing, bounds, or conditions; ends in a comma where it is something. */
export function plainRange(
  index: string,
  where: readonly Condition[],
  body: Expr | Tensor,
  system: System,
): string {
  const bounds = boundsOf(index, where);
  if (bounds === null) return `${where.length === 0 ? '0 <= 0' : plainConditions(where)}, `;
  const sizes = slotSizes(body, index, system);
  const shows = sizes?.length === 1 && sizes[0]?.key === bounds.hi.key && bounds.lo.key === '1';
  return shows ? '' : `${bounds.lo.key}, ${bounds.hi.key}, `;
}

/** Whether the conditions are lo <= index <= hi and no more. */
function boundsOf(index: string, where: readonly Condition[]): { lo: Affine; hi: Affine } | null {
  const [first, second] = where;
  if (first === undefined || second === undefined || where.length > 2) return null;
  if (where.some((c) => c.relation === '=') || conditionKey(first) === conditionKey(second)) return null;
  let lo: Affine | null = null;
  let hi: Affine | null = null;
  for (const c of where) {
    const form = slack(c);
    const coefficient = form.terms.find((t) => t.symbol.key === index)?.coefficient;
    if (coefficient === 1) lo = solveFor(form, index);
    if (coefficient === -1) hi = solveFor(form, index);
  }
  return lo === null || hi === null ? null : { lo, hi };
}
