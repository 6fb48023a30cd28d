// What may stand on the right: nothing that the question wants worked out, and no wrong term times zero.

import { bareName } from '../expr/affine.ts';
import { comparisonKey } from '../expr/compare.ts';
import type { Condition } from '../expr/condition.ts';
import { both, decide } from '../expr/condition.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { isSymbolEntry, num } from '../expr/make.ts';
import { substitute } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { some, visit } from '../expr/walk.ts';
import { otherNames } from './align.ts';
import { compareExprs } from './compare.ts';
import { entriesOf, type FormulaQuestion } from './question.ts';
import { isOfFunction } from './same-function.ts';

/** A derivative without its slots: `adjoint a[L]`. */
function derivativeName(e: Expr): string | null {
  switch (e.kind) {
    case 'adjoint':
      return `adjoint ${entryName(e.by)}`;
    case 'head':
      return `adjoint ${entryName(e.by)}`;
    case 'jacobian':
      return `jacobian ${entryName(e.of)} ${entryName(e.by)}`;
    case 'partial':
      return 'partial';
    default:
      return null;
  }
}

const entryName = (e: SymbolEntry): string => `${e.of.name}[${e.of.stage.map((s) => s.key).join()}]`;

/** The derivatives that may stand on the right: those that the right answers end in. */
function allowed(q: FormulaQuestion, fixed: readonly Condition[]): Set<string> {
  const names = new Set<string>();
  const map = new Map(fixed.flatMap((c) => [[bareName(c.left) ?? '', c.right] as const]));
  const left = q.left === null ? [] : entriesOf(q.left).map((e) => stageOf(e));
  for (const answer of q.answers)
    visit(substitute(answer, map), (e) => {
      addName(e, names);
      // Another layer's delta may be called dC/dz.
      if (!isSymbolEntry(e) || left.includes(stageOf(e))) return;
      for (const other of otherNames(e, q.system)) addName(other, names);
    });
  // What an unknown loss is differentiated by can't be worked out further.
  for (const eq of q.system.equations)
    visit(eq.rhs, (e) => {
      if (e.kind === 'opaque' && eq.lhs.of.name === q.system.loss)
        for (const t of e.args) names.add(`adjoint ${entryName({ kind: 'entry', of: t, slots: [] })}`);
    });
  return names;
}

function addName(e: Expr, names: Set<string>): void {
  const name = derivativeName(e);
  if (name !== null) names.add(name);
}

const stageOf = (e: SymbolEntry): string => e.of.stage.map((s) => s.key).join();

/** The first quantity in an answer that is still to be worked out; null where there is none. */
export function stillHeld(e: Expr, q: FormulaQuestion, fixed: readonly Condition[] = []): Expr | null {
  const fn = q.left?.kind === 'call' && q.left.fn.order > 0 ? q.left : null;
  const own = q.left === null ? [] : ownNames(q.left, q.system);
  const may = allowed(q, fixed);
  let found: Expr | null = null;
  visit(e, (c) => {
    if (found !== null) return;
    const name = derivativeName(c);
    if (name !== null && !may.has(name) && !isRecursion(c, q)) found = c;
    if (fn !== null && c.kind === 'call' && c.fn.order >= fn.fn.order && isOfFunction(c, fn, q.system))
      found = c;
    if (isSymbolEntry(c) && own.includes(entryName(c)) && !answersHold(c, q)) found = c;
  });
  return found;
}

/** The derivative asked for, of another layer: dC/da^l in terms of dC/da^{l+1} is worked out as BP2 is. */
const isRecursion = (c: Expr, { left, system }: FormulaQuestion): boolean =>
  left?.kind === 'adjoint' &&
  c.kind === 'adjoint' &&
  c.by.of.name === left.by.of.name &&
  system.tensors.get(c.by.of.name)?.kind === 'variable' &&
  stageOf(c.by) !== stageOf(left.by);

const answersHold = (e: SymbolEntry, q: FormulaQuestion): boolean =>
  q.answers.some((a) => some(a, (c) => isSymbolEntry(c) && entryName(c) === entryName(e)));

/** The entries that are the left side itself: delta[l], also where dC/dz[l] is asked for. */
const ownNames = (left: Expr, system: System): string[] =>
  [left, ...otherNames(left, system)].flatMap((e) => (isSymbolEntry(e) ? [entryName(e)] : []));

/** A product with a factor that is always 0 and another that says something; null where there is none. */
export function timesZero(e: Expr, system: System, given: readonly Condition[]): Expr | null {
  const known = both(system.given, given);
  let found: Expr | null = null;
  visit(e, (c) => {
    if (found !== null) return;
    if (c.kind === 'mul' && c.args.some((f) => isZero(f, system, known)) && c.args.some(says)) found = c;
    if (c.kind === 'power' && c.exponent.kind === 'number' && c.exponent.value.n === 0n && says(c.base))
      found = c;
  });
  return found;
}

/** Whether something stands in it beyond numbers. */
const says = (e: Expr): boolean =>
  some(e, (c) => c.kind === 'entry' || derivativeName(c) !== null || c.kind === 'opaque');

function isZero(e: Expr, system: System, given: readonly Condition[]): boolean {
  if (e.kind === 'number') return e.value.n === 0n;
  if (e.kind === 'guard') return e.where.some((c) => decide(c, given) === false);
  if (e.kind !== 'add' && e.kind !== 'power' && e.kind !== 'mul') return false;
  if (!some(e, (c) => c.kind === 'entry') && compareExprs(e, num(0), { system, given }).verdict === 'equal')
    return true;
  try {
    return comparisonKey(e, given) === '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
