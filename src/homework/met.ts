// What was found of a formula before: many students write the same one.

import type { Expr } from '../expr/expr.ts';
import { alphaKey } from '../expr/substitute.ts';
import type { FormulaQuestion } from './question.ts';

const met = new WeakMap<FormulaQuestion, Map<string, Map<string, unknown>>>();
const MOST_KEPT = 2000;

/** A pure function of a question and a formula, worked out once for each formula; `name` tells such functions apart. */
export function once<T>(q: FormulaQuestion, name: string, e: Expr, make: () => T): T {
  const all = met.get(q) ?? new Map<string, Map<string, unknown>>();
  met.set(q, all);
  const own = all.get(name) ?? new Map<string, unknown>();
  all.set(name, own);
  const key = alphaKey(e);
  if (own.has(key)) return own.get(key) as T;
  const made = make();
  if (own.size >= MOST_KEPT) own.clear();
  own.set(key, made);
  return made;
}
