// What holds at a place inside an expression: the binders and guards around it.

import { both, type Condition, without } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { children } from '../expr/parts.ts';
import type { System } from '../expr/system.ts';
import type { Path } from '../expr/walk.ts';
import type { Context } from '../rules/rule.ts';

/** The context at the root: the system's assumptions, the target's, and the names in use. */
export const rootContext = (system: System, given: readonly Condition[], root: Expr): Context => ({
  system,
  given: both(system.given, given),
  root,
  bound: [],
});

/** The context one level down: a sum adds its range and its name, a product the conditions of the other factors' guards. */
export function contextOfChild(parent: Expr, child: number, ctx: Context): Context {
  if (parent.kind === 'sum') {
    // A binder hides an outer index of the same name, and with it what is known of that one.
    const given = both(without(ctx.given, parent.index), parent.where);
    return { ...ctx, given, bound: [...ctx.bound, parent.index] };
  }
  if (parent.kind !== 'mul') return ctx;
  const given = parent.args.reduce(
    (so, f, i) => (f.kind === 'guard' && i !== child ? both(so, f.where) : so),
    ctx.given,
  );
  return given === ctx.given ? ctx : { ...ctx, given };
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
