// What holds at a place inside an expression: the binders and guards around it.

import type { Condition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { children, type Path } from '../expr/walk.ts';
import type { Context } from '../rules/rule.ts';

const known = new WeakMap<readonly Condition[], { system: System; all: readonly Condition[] }>();

/** The system's assumptions and the target's: the same list for the same two, so that decisions about it are made once. */
function allGiven(system: System, given: readonly Condition[]): readonly Condition[] {
  const found = known.get(given);
  if (found?.system === system) return found.all;
  const all = [...system.given, ...given];
  known.set(given, { system, all });
  return all;
}

/** The context at the root: the system's assumptions, the target's, and the names in use. */
export const rootContext = (system: System, given: readonly Condition[], root: Expr): Context => ({
  system,
  given: allGiven(system, given),
  root,
  bound: [],
});

/** The context one level down: a sum adds its range and its name, a product the conditions of the other factors' guards. */
export function contextOfChild(parent: Expr, child: number, ctx: Context): Context {
  if (parent.kind === 'sum')
    return { ...ctx, given: [...ctx.given, ...parent.where], bound: [...ctx.bound, parent.index] };
  if (parent.kind !== 'mul') return ctx;
  const conditions = parent.args.flatMap((f, i) => (f.kind === 'guard' && i !== child ? f.where : []));
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
