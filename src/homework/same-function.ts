// Whether a function of the question is one that has a name of its own: sigma of a network with tanh is tanh.

import { elementaryRow } from '../expr/elementary.ts';
import type { CallExpr, Expr } from '../expr/expr.ts';
import { call } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { compareExprs } from './compare.ts';

const known = new WeakMap<System, Map<string, boolean>>();

/** Whether a call is of the function that `left` is of, by its name or by another one for the same function. */
export function isOfFunction(e: CallExpr, left: CallExpr, system: System): boolean {
  const [own, other] = [left.fn.name, e.fn.name];
  if (own === other) return true;
  const [at] = left.args;
  if (at === undefined || elementaryRow(other) === null) return false;
  const found = known.get(system) ?? new Map<string, boolean>();
  known.set(system, found);
  const key = `${own} ${other}`;
  const before = found.get(key);
  if (before !== undefined) return before;
  const at0 = (name: string): Expr => call(name, at);
  const same = compareExprs(at0(own), at0(other), { system, given: [] }).verdict === 'equal';
  found.set(key, same);
  return same;
}
