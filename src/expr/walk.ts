// Walking expressions: places, what stands below, and the names that stand free in one.

import { collectNames } from './affine.ts';
import { conditionNames } from './condition.ts';
import type { Expr, SumExpr, Tensor } from './expr.ts';
import { children, mapParts, mapTensorParts, type PartMap, withChild } from './parts.ts';

export type Path = readonly number[];

/** The expression at a path below `e`. */
export function at(e: Expr, path: Path): Expr {
  let here = e;
  for (const i of path) {
    const next = children(here)[i];
    if (next === undefined) throw new RangeError(`no expression at path ${path.join('.')}`);
    here = next;
  }
  return here;
}

/** `e` with the expression at `path` replaced. Sums and products stay flat, so paths may shift. */
export function replaceAt(e: Expr, path: Path, by: Expr): Expr {
  const [first, ...rest] = path;
  if (first === undefined) return by;
  const child = children(e)[first];
  if (child === undefined) throw new RangeError(`no expression at path ${path.join('.')}`);
  return withChild(e, first, replaceAt(child, rest, by));
}

/** Whether `test` holds for `e` or an expression below it (derivatives' entries and compound tensors included). */
export function some(e: Expr, test: (e: Expr) => boolean): boolean {
  let found = false;
  const look: PartMap = {
    expr: (c) => {
      if (found || test(c)) found = true;
      else mapParts(c, look);
      return c;
    },
    tensor: (t) => (found || t.kind === 'symbol' ? t : mapTensorParts(t, look)),
    affine: (a) => a,
  };
  look.expr(e);
  return found;
}

/** Calls `visit` for every expression in `e`, outermost first. */
export function visit(e: Expr, each: (e: Expr) => void): void {
  some(e, (c) => {
    each(c);
    return false;
  });
}

const freeCache = new WeakMap<Expr, ReadonlySet<string>>();

/** Puts the names it meets into a set; a binder's own name only where bound names are wanted. */
function collector(into: Set<string>, bound: boolean): PartMap {
  const under = (b: Pick<SumExpr, 'index' | 'where'>, body: (inside: PartMap) => unknown): void => {
    const names = new Set<string>();
    for (const c of b.where) conditionNames(c, names);
    body(collector(names, bound));
    if (bound) names.add(b.index);
    else names.delete(b.index);
    for (const n of names) into.add(n);
  };
  const all: PartMap = {
    expr: (e) => {
      const known = bound ? undefined : freeCache.get(e);
      if (known !== undefined) for (const n of known) into.add(n);
      else if (e.kind === 'sum') under(e, (inside) => inside.expr(e.body));
      else mapParts(e, all);
      return e;
    },
    tensor: (t) => {
      if (t.kind === 'stageSum') under(t, (inside) => inside.tensor(t.of));
      else mapTensorParts(t, all);
      return t;
    },
    affine: (a) => {
      collectNames(a, into);
      return a;
    },
  };
  return all;
}

/** The index variables and sizes that stand free in `e`. */
export function freeNames(e: Expr): ReadonlySet<string> {
  let names = freeCache.get(e);
  if (names === undefined) {
    const fresh = new Set<string>();
    collector(fresh, false).expr(e);
    names = fresh;
    freeCache.set(e, names);
  }
  return names;
}

/** Every index name in `e`, bound ones too. */
export function allNames(e: Expr): Set<string> {
  const names = new Set<string>();
  collector(names, true).expr(e);
  return names;
}

export function tensorFreeNames(t: Tensor): Set<string> {
  const names = new Set<string>();
  collector(names, false).tensor(t);
  return names;
}
