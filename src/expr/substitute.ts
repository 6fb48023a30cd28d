// Capture-safe substitution of index variables, fresh names, and keys that identify expressions.

import { type Affine, collectNames, type IndexMap, index, substituteIndices } from './affine.ts';
import { type Condition, conditionKey, conditionNames, substituteCondition } from './condition.ts';
import type { Expr, FunctionHead, StageSumTensor, SumExpr, Tensor } from './expr.ts';
import { mapParts, mapTensorParts, type PartMap } from './parts.ts';
import { rationalText, sameR } from './rational.ts';
import { freeNames, tensorFreeNames } from './walk.ts';

/** The first name of `pool` not in `taken`; then the last one with a number. */
export function freshName(pool: readonly string[], taken: ReadonlySet<string>): string {
  for (const name of pool) if (!taken.has(name)) return name;
  const stem = pool[0] ?? 'k';
  for (let i = 1; ; i++) if (!taken.has(`${stem}${i}`)) return `${stem}${i}`;
}

/** A binder's index and the map below it, renamed so that nothing in `map` is captured. */
function underBinder(
  bound: string,
  inner: () => ReadonlySet<string>,
  map: IndexMap,
): { name: string; map: IndexMap } {
  const shadowed = map.has(bound);
  const captures = [...map].some(([name, value]) => name !== bound && names(value, bound));
  if (!captures) return { name: bound, map: shadowed ? without(map, bound) : map };
  const around = inner();
  const used = new Map([...map].filter(([name]) => name !== bound && around.has(name)));
  const coming = new Set<string>();
  for (const value of used.values()) collectNames(value, coming);
  if (!coming.has(bound)) return { name: bound, map: used };
  const name = freshName([bound, 'k', 'i', 'm', 'p', 'q', 'r'], new Set([...coming, ...around]));
  return { name, map: new Map([...used, [bound, index(name)]]) };
}

const names = (a: Affine, name: string): boolean =>
  a.terms.some((t) => t.symbol.name === name || t.symbol.at.some((s) => names(s, name)));

const without = (map: IndexMap, name: string): IndexMap => new Map([...map].filter(([n]) => n !== name));

/** Replaces free index variables. Bound names give way where they would capture. The same object when nothing changed. */
export function substitute<E extends Expr>(e: E, map: IndexMap): E {
  return substitution(map).expr(e) as E;
}

export function substituteTensor(t: Tensor, map: IndexMap): Tensor {
  return substitution(map).tensor(t);
}

function substitution(map: IndexMap): PartMap {
  const parts: PartMap = {
    expr: (e) => (e.kind === 'sum' ? substituteSum(e, map, parts) : mapParts(e, parts)),
    tensor: (t) => (t.kind === 'stageSum' ? substituteStageSum(t, map, parts) : mapTensorParts(t, parts)),
    affine: (a) => substituteIndices(a, map),
  };
  return parts;
}

function substituteSum(e: SumExpr, map: IndexMap, parts: PartMap): Expr {
  const under = underBinder(e.index, () => namesUnder(e, freeNames(e.body)), map);
  const below = under.map === map ? parts : substitution(under.map);
  const moved = mapParts(e, below);
  return under.name === e.index || moved.kind !== 'sum' ? moved : { ...moved, index: under.name };
}

function substituteStageSum(t: StageSumTensor, map: IndexMap, parts: PartMap): Tensor {
  const under = underBinder(t.index, () => namesUnder(t, tensorFreeNames(t.of)), map);
  const below = under.map === map ? parts : substitution(under.map);
  const moved = mapTensorParts(t, below);
  return under.name === t.index || moved.kind !== 'stageSum' ? moved : { ...moved, index: under.name };
}

/** The names that stand free in a binder's body and in its conditions. */
function namesUnder(b: SumExpr | StageSumTensor, body: ReadonlySet<string>): Set<string> {
  const inner = new Set(body);
  for (const c of b.where) conditionNames(c, inner);
  return inner;
}

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
  switch (e.kind) {
    case 'number':
      return rationalText(e.value);
    case 'call':
      return `(${e.fn.name}${"'".repeat(e.fn.order)}${e.fn.stage === null ? '' : '@'} ${partKeys(e)})`;
    case 'sum':
      return `(sum ${e.index} {${whereKey(e.where)}} ${key(e.body)})`;
    case 'guard':
      return `{${whereKey(e.where)}}`;
    case 'opaque':
    case 'head':
      return `(${e.kind} ${e.name} ${partKeys(e)})`;
    case 'jacobian':
      return `(jacobian ${key(e.of)} ${key(e.by)} ${e.cut.map((c) => `${c.name}@${c.stage.map((s) => s?.key ?? '*').join(',')}`).join('|')})`;
    default:
      return `(${e.kind} ${partKeys(e)})`;
  }
}

const whereKey = (where: readonly Condition[]): string => where.map(conditionKey).sort().join('&');

function partKeys(e: Expr): string {
  const parts: string[] = [];
  mapParts(e, collecting(parts));
  return parts.join(' ');
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
              : t.kind === 'slice'
                ? t.at.map((a) => (a === null ? ':' : '.')).join('')
                : '';
    found = `<${t.kind} ${extra} ${parts.join(' ')}>`;
    tensorKeyCache.set(t, found);
  }
  return found;
}

/** Whether two expressions are structurally equal, bound names included: what equal keys say, mostly without making them. */
export function same(a: Expr, b: Expr): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && sameR(a.value, b.value);
    case 'entry':
      return b.kind === 'entry' && sameTensor(a.of, b.of) && sameStages(a.slots, b.slots);
    case 'add':
    case 'mul':
      return b.kind === a.kind && sameAll(a.args, b.args);
    case 'power':
      return b.kind === 'power' && same(a.base, b.base) && same(a.exponent, b.exponent);
    case 'call':
      return b.kind === 'call' && sameHead(a.fn, b.fn) && sameAll(a.args, b.args);
    case 'sum':
      return b.kind === 'sum' && a.index === b.index && same(a.body, b.body) && sameWhere(a.where, b.where);
    case 'guard':
      return b.kind === 'guard' && sameWhere(a.where, b.where);
    case 'adjoint':
      return b.kind === 'adjoint' && same(a.by, b.by);
    case 'partial':
      return b.kind === 'partial' && same(a.by, b.by) && same(a.of, b.of);
    default:
      return a.kind === b.kind && key(a) === key(b);
  }
}

const sameAll = (a: readonly Expr[], b: readonly Expr[]): boolean =>
  a.length === b.length && a.every((c, i) => same(c, b[i] ?? c));

const sameWhere = (a: readonly Condition[], b: readonly Condition[]): boolean =>
  a === b || (a.length === b.length && whereKey(a) === whereKey(b));

const sameHead = (a: FunctionHead, b: FunctionHead): boolean =>
  a.name === b.name && a.order === b.order && a.stage?.key === b.stage?.key;

const sameTensor = (a: Tensor, b: Tensor): boolean =>
  a === b ||
  (a.kind === 'symbol'
    ? b.kind === 'symbol' && a.name === b.name && sameStages(a.stage, b.stage)
    : a.kind === b.kind && tensorKey(a) === tensorKey(b));

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
