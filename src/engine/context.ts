// What holds at a place inside an expression: the binders and guards around it.

import { type Condition, conditionNames } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { factorsOf } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { children, freeNames, type Path } from '../expr/walk.ts';
import type { Context } from '../rules/rule.ts';

/** The context at the root: the system's assumptions, the target's, and the names in use. */
export function rootContext(system: System, given: readonly Condition[], e: Expr): Context {
  const taken = new Set([...freeNames(e), ...system.tensors.keys(), ...system.sizes.keys()]);
  for (const c of given) conditionNames(c, taken);
  return { system, given: [...system.given, ...given], taken };
}

/** The context one level down: a sum adds its range and its name, a product the conditions of the other factors' guards. */
export function contextOfChild(parent: Expr, child: number, ctx: Context): Context {
  if (parent.kind === 'sum')
    return { ...ctx, given: [...ctx.given, ...parent.where], taken: new Set([...ctx.taken, parent.index]) };
  if (parent.kind !== 'mul') return ctx;
  const conditions = factorsOf(parent).flatMap((f, i) => (f.kind === 'guard' && i !== child ? f.where : []));
  return conditions.length === 0 ? ctx : { ...ctx, given: [...ctx.given, ...conditions] };
}

export function contextAt(root: Expr, path: Path, ctx: Context): Context {
  let here = root;
  let context = ctx;
  for (const i of path) {
    context = contextOfChild(here, i, context);
    const next = children(here)[i];
    if (next === undefined) throw new RangeError(`no expression at path ${path.join('.')}`);
    here = next;
  }
  return context;
}
