// Capture-safe substitution of index variables, fresh names, and keys that identify expressions.

import { type Affine, collectNames, type IndexMap, index, substituteIndices } from './affine.ts';
import { conditionKey, substituteCondition } from './condition.ts';
import type { Expr, SymbolEntry, Tensor } from './expr.ts';
import { rationalText } from './rational.ts';
import { freeNames, mapParts, mapTensorParts, type PartMap, tensorFreeNames } from './walk.ts';

/** The first name of `pool` not in `taken`; then the last one with a number. */
export function freshName(pool: readonly string[], taken: ReadonlySet<string>): string {
  for (const name of pool) if (!taken.has(name)) return name;
  const stem = pool[0] ?? 'k';
  for (let i = 1; ; i++) if (!taken.has(`${stem}${i}`)) return `${stem}${i}`;
}

/** A binder's index and what it needs renamed to, so that nothing in `map` is captured. */
function underBinder(
  bound: string,
  inner: ReadonlySet<string>,
  map: IndexMap,
): { name: string; map: IndexMap } | null {
  const used = new Map([...map].filter(([name]) => name !== bound && inner.has(name)));
  if (used.size === 0) return null;
  const coming = new Set<string>();
  for (const value of used.values()) collectNames(value, coming);
  if (!coming.has(bound)) return { name: bound, map: used };
  const name = freshName([bound, 'k', 'i', 'm', 'p', 'q', 'r'], new Set([...coming, ...inner]));
  return { name, map: new Map([...used, [bound, index(name)]]) };
}

/** Replaces free index variables. Bound names give way where they would capture. The same object when nothing changed. */
export function substitute<E extends Expr>(e: E, map: IndexMap): E {
  return substituteExpr(e, map) as E;
}

function substituteExpr(e: Expr, map: IndexMap): Expr {
  if (e.kind === 'sum') {
    const inner = new Set(freeNames(e.body));
    for (const c of e.where) for (const side of [c.left, c.right]) collectNames(side, inner);
    const under = underBinder(e.index, inner, map);
    if (under === null) return e;
    return {
      kind: 'sum',
      index: under.name,
      where: e.where.map((c) => substituteCondition(c, under.map)),
      body: substituteExpr(e.body, under.map),
    };
  }
  return mapParts(e, substitution(map));
}

export function substituteTensor(t: Tensor, map: IndexMap): Tensor {
  if (t.kind === 'stageSum') {
    const inner = tensorFreeNames(t.of);
    for (const c of t.where) for (const side of [c.left, c.right]) collectNames(side, inner);
    const under = underBinder(t.index, inner, map);
    if (under === null) return t;
    return {
      kind: 'stageSum',
      index: under.name,
      where: t.where.map((c) => substituteCondition(c, under.map)),
      of: substituteTensor(t.of, under.map),
    };
  }
  return mapTensorParts(t, substitution(map));
}

const substitution = (map: IndexMap): PartMap => ({
  expr: (e) => substituteExpr(e, map),
  tensor: (t) => substituteTensor(t, map),
  affine: (a) => substituteIndices(a, map),
});

const keyCache = new WeakMap<Expr, string>();
const tensorKeyCache = new WeakMap<Tensor, string>();

/** A string that is equal for structurally equal expressions (bound names count). */
export function key(e: Expr): string {
  let found = keyCache.get(e);
  if (found === undefined) {
    found = buildKey(e);
    keyCache.set(e, found);
  }
  return found;
}

function buildKey(e: Expr): string {
  if (e.kind === 'number') return rationalText(e.value);
  const parts: string[] = [];
  mapParts(e, collecting(parts));
  const body = parts.join(' ');
  switch (e.kind) {
    case 'call':
      return `(${e.fn.name}${"'".repeat(e.fn.order)}${e.fn.stage === null ? '' : '@'} ${body})`;
    case 'sum':
      return `(sum ${e.index} {${e.where.map(conditionKey).sort().join('&')}} ${key(e.body)})`;
    case 'guard':
      return `{${e.where.map(conditionKey).sort().join('&')}}`;
    case 'opaque':
    case 'head':
      return `(${e.kind} ${e.name} ${body})`;
    case 'jacobian':
      return `(jacobian ${key(e.of)} ${key(e.by)} ${e.cut.map((c) => `${c.name}@${c.stage.map((s) => s?.key ?? '*').join(',')}`).join('|')})`;
    default:
      return `(${e.kind} ${body})`;
  }
}

function collecting(parts: string[]): PartMap {
  return {
    expr: (c) => {
      parts.push(key(c));
      return c;
    },
    tensor: (t) => {
      parts.push(tensorKey(t));
      return t;
    },
    affine: (a) => {
      parts.push(a.key);
      return a;
    },
  };
}

/** The same for tensors. */
export function tensorKey(t: Tensor): string {
  let found = tensorKeyCache.get(t);
  if (found === undefined) {
    const parts: string[] = [];
    mapTensorParts(t, collecting(parts));
    const extra =
      t.kind === 'symbol'
        ? t.name
        : t.kind === 'derivative'
          ? `${t.what} ${t.head?.name ?? ''} ${t.cut.map((c) => c.name).join('|')}`
          : t.kind === 'map'
            ? t.fn.name + "'".repeat(t.fn.order)
            : t.kind === 'stageSum'
              ? t.index
              : '';
    found = `<${t.kind} ${extra} ${parts.join(' ')}>`;
    tensorKeyCache.set(t, found);
  }
  return found;
}

/** Whether two expressions are structurally equal, bound names included. */
export const same = (a: Expr, b: Expr): boolean => a === b || (alike(a, b) && key(a) === key(b));

/** A first look that tells most different expressions apart without their keys. */
function alike(a: Expr, b: Expr): boolean {
  if (a.kind !== b.kind) return false;
  if ((a.kind !== 'add' && a.kind !== 'mul') || a.kind !== b.kind) return true;
  return a.args.length === b.args.length && a.args.every((c, i) => c.kind === b.args[i]?.kind);
}

const alphaCache = new WeakMap<Expr, string>();

/** A key that does not depend on bound names. */
export function alphaKey(e: Expr): string {
  let found = alphaCache.get(e);
  if (found === undefined) {
    found = key(renameBound(e, 0));
    alphaCache.set(e, found);
  }
  return found;
}

function renameBound(e: Expr, depth: number): Expr {
  const parts: PartMap = {
    expr: (c) => renameBound(c, depth),
    tensor: (t) => renameBoundTensor(t, depth),
    affine: (a) => a,
  };
  if (e.kind !== 'sum') return mapParts(e, parts);
  const name = `#${depth}`;
  const map = new Map([[e.index, index(name)]]);
  return {
    kind: 'sum',
    index: name,
    where: e.where.map((c) => substituteCondition(c, map)),
    body: renameBound(substitute(e.body, map), depth + 1),
  };
}

function renameBoundTensor(t: Tensor, depth: number): Tensor {
  const parts: PartMap = {
    expr: (c) => renameBound(c, depth),
    tensor: (c) => renameBoundTensor(c, depth),
    affine: (a) => a,
  };
  if (t.kind !== 'stageSum') return mapTensorParts(t, parts);
  const name = `#${depth}`;
  const map = new Map([[t.index, index(name)]]);
  return {
    kind: 'stageSum',
    index: name,
    where: t.where.map((c) => substituteCondition(c, map)),
    of: renameBoundTensor(substituteTensor(t.of, map), depth + 1),
  };
}

/** Whether two expressions are the same up to the names of bound indices. */
export const sameUpToNames = (a: Expr, b: Expr): boolean => same(a, b) || alphaKey(a) === alphaKey(b);

export const sameEntry = (a: SymbolEntry, b: SymbolEntry): boolean => key(a) === key(b);
export const sameStages = (a: readonly Affine[], b: readonly Affine[]): boolean =>
  a.length === b.length && a.every((s, i) => s.key === b[i]?.key);

/** The same expression with bound names that stand in `taken` replaced by fresh ones from `pool`. */
export function renameBoundApart(e: Expr, taken: ReadonlySet<string>, pool: readonly string[]): Expr {
  if (e.kind !== 'sum')
    return mapParts(e, { expr: (c) => renameBoundApart(c, taken, pool), tensor: (t) => t, affine: (a) => a });
  const name = taken.has(e.index) ? freshName(pool, new Set([...taken, ...freeNames(e.body)])) : e.index;
  const map = new Map([[e.index, index(name)]]);
  const renamed =
    name === e.index
      ? e
      : {
          ...e,
          index: name,
          where: e.where.map((c) => substituteCondition(c, map)),
          body: substitute(e.body, map),
        };
  const body = renameBoundApart(renamed.body, new Set([...taken, name]), pool);
  return body === renamed.body ? renamed : { ...renamed, body };
}
