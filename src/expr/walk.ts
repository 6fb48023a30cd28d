// The one file that knows where children live: expressions, tensors and index forms below a node.

import { type Affine, collectNames } from './affine.ts';
import { type Condition, conditionNames } from './condition.ts';
import { unreachable } from './error.ts';
import type { CutMember, Expr, SymbolEntry, SymbolTensor, Tensor } from './expr.ts';
import { add, mul } from './make.ts';

/** What to do with each kind of part of a node. `bound` is the name that binds inside the body of a sum. */
export interface PartMap {
  expr: (e: Expr) => Expr;
  tensor: (t: Tensor) => Tensor;
  affine: (a: Affine) => Affine;
}

const mapAll = <T>(items: readonly T[], f: (item: T) => T): readonly T[] => {
  let changed = false;
  const mapped = items.map((item) => {
    const next = f(item);
    if (next !== item) changed = true;
    return next;
  });
  return changed ? mapped : items;
};

function mapConditions(where: readonly Condition[], f: (a: Affine) => Affine): readonly Condition[] {
  return mapAll(where, (c) => {
    const left = f(c.left);
    const right = f(c.right);
    return left === c.left && right === c.right ? c : { relation: c.relation, left, right };
  });
}

const mapCut = (cut: readonly CutMember[], f: (a: Affine) => Affine): readonly CutMember[] =>
  mapAll(cut, (m) => {
    const stage = mapAll(m.stage, (s) => (s === null ? null : f(s)));
    return stage === m.stage ? m : { name: m.name, stage };
  });

const mapEntry = (e: SymbolEntry, m: PartMap): SymbolEntry => m.expr(e) as SymbolEntry;

/** The same node with its immediate parts replaced; the same object when no part changed. */
export function mapParts(e: Expr, m: PartMap): Expr {
  switch (e.kind) {
    case 'number':
      return e;
    case 'size': {
      const value = m.affine(e.value);
      return value === e.value ? e : { ...e, value };
    }
    case 'entry': {
      const of = m.tensor(e.of);
      const slots = mapAll(e.slots, m.affine);
      return of === e.of && slots === e.slots ? e : { ...e, of, slots };
    }
    case 'add':
    case 'mul': {
      const args = mapAll(e.args, m.expr);
      return args === e.args ? e : e.kind === 'add' ? add(...args) : mul(...args);
    }
    case 'power': {
      const base = m.expr(e.base);
      const exponent = m.expr(e.exponent);
      return base === e.base && exponent === e.exponent ? e : { ...e, base, exponent };
    }
    case 'call': {
      const args = mapAll(e.args, m.expr);
      const stage = e.fn.stage === null ? null : m.affine(e.fn.stage);
      return args === e.args && stage === e.fn.stage
        ? e
        : { ...e, fn: stage === e.fn.stage ? e.fn : { ...e.fn, stage }, args };
    }
    case 'sum': {
      const where = mapConditions(e.where, m.affine);
      const body = m.expr(e.body);
      return where === e.where && body === e.body ? e : { ...e, where, body };
    }
    case 'guard': {
      const where = mapConditions(e.where, m.affine);
      return where === e.where ? e : { ...e, where };
    }
    case 'opaque': {
      const args = mapAll(e.args, (t) => m.tensor(t) as SymbolTensor);
      return args === e.args ? e : { ...e, args };
    }
    case 'head': {
      const args = mapAll(e.args, (t) => m.tensor(t) as SymbolTensor);
      const by = mapEntry(e.by, m);
      return args === e.args && by === e.by ? e : { ...e, args, by };
    }
    case 'adjoint': {
      const by = mapEntry(e.by, m);
      return by === e.by ? e : { ...e, by };
    }
    case 'jacobian': {
      const of = mapEntry(e.of, m);
      const by = mapEntry(e.by, m);
      const cut = mapCut(e.cut, m.affine);
      return of === e.of && by === e.by && cut === e.cut ? e : { ...e, of, by, cut };
    }
    case 'partial': {
      const of = m.expr(e.of);
      const by = mapEntry(e.by, m);
      return of === e.of && by === e.by ? e : { ...e, of, by };
    }
    default:
      return unreachable(e);
  }
}

/** The same for a tensor. */
export function mapTensorParts(t: Tensor, m: PartMap): Tensor {
  switch (t.kind) {
    case 'symbol': {
      const stage = mapAll(t.stage, m.affine);
      return stage === t.stage ? t : { ...t, stage };
    }
    case 'derivative': {
      const of = t.of === null ? null : (m.tensor(t.of) as SymbolTensor);
      const by = m.tensor(t.by) as SymbolTensor;
      const args = t.head === null ? null : mapAll(t.head.args, (a) => m.tensor(a) as SymbolTensor);
      const head = t.head === null || args === null || args === t.head.args ? t.head : { ...t.head, args };
      const cut = mapCut(t.cut, m.affine);
      return of === t.of && by === t.by && head === t.head && cut === t.cut ? t : { ...t, of, by, head, cut };
    }
    case 'transpose':
    case 'diag':
    case 'diagonal':
    case 'trace':
    case 'map': {
      const of = m.tensor(t.of);
      const stage = t.kind === 'map' && t.fn.stage !== null ? m.affine(t.fn.stage) : null;
      if (t.kind === 'map' && stage !== t.fn.stage) return { ...t, fn: { ...t.fn, stage }, of };
      return of === t.of ? t : { ...t, of };
    }
    case 'product':
    case 'hadamard':
    case 'tensorSum': {
      const args = mapAll(t.args, m.tensor);
      return args === t.args ? t : { ...t, args };
    }
    case 'outer':
    case 'dot': {
      const left = m.tensor(t.left);
      const right = m.tensor(t.right);
      return left === t.left && right === t.right ? t : { ...t, left, right };
    }
    case 'scale': {
      const by = m.expr(t.by);
      const of = m.tensor(t.of);
      return by === t.by && of === t.of ? t : { ...t, by, of };
    }
    case 'tensorPower': {
      const base = m.tensor(t.base);
      const exponent = m.expr(t.exponent);
      return base === t.base && exponent === t.exponent ? t : { ...t, base, exponent };
    }
    case 'ones':
    case 'identity': {
      const size = m.affine(t.size);
      return size === t.size ? t : { ...t, size };
    }
    case 'stageSum': {
      const where = mapConditions(t.where, m.affine);
      const of = m.tensor(t.of);
      return where === t.where && of === t.of ? t : { ...t, where, of };
    }
    default:
      return unreachable(t);
  }
}

/** The expressions directly below, in reading order: what a path counts. Entries under a derivative are not places for rules. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'add':
    case 'mul':
    case 'call':
      return e.args;
    case 'power':
      return [e.base, e.exponent];
    case 'sum':
      return [e.body];
    case 'partial':
      return [e.of];
    default:
      return NONE;
  }
}
const NONE: readonly Expr[] = [];

/** The same node with child number `at` replaced. */
export function withChild(e: Expr, at: number, child: Expr): Expr {
  let i = 0;
  return mapParts(e, {
    expr: (c) => (children(e)[i] === c && i++ === at ? child : c),
    tensor: (t) => t,
    affine: (a) => a,
  });
}

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
  if (test(e)) return true;
  let found = false;
  const visitExpr = (c: Expr): Expr => {
    found ||= some(c, test);
    return c;
  };
  const visitTensor = (t: Tensor): Tensor => {
    if (!found && t.kind !== 'symbol') mapTensorParts(t, parts);
    return t;
  };
  const parts: PartMap = { expr: visitExpr, tensor: visitTensor, affine: (a) => a };
  mapParts(e, parts);
  return found;
}

/** Calls `visit` for every expression in `e`, outermost first. */
export function visit(e: Expr, each: (e: Expr) => void): void {
  some(e, (c) => {
    each(c);
    return false;
  });
}

function namesIn(e: Expr, into: Set<string>, free: boolean): void {
  const parts: PartMap = {
    expr: (c) => {
      namesIn(c, into, free);
      return c;
    },
    tensor: (t) => {
      tensorNames(t, into, free);
      return t;
    },
    affine: (a) => {
      collectNames(a, into);
      return a;
    },
  };
  if (e.kind === 'sum') {
    const inner = new Set<string>();
    for (const c of e.where) conditionNames(c, inner);
    namesIn(e.body, inner, free);
    if (free) inner.delete(e.index);
    else inner.add(e.index);
    for (const n of inner) into.add(n);
  } else mapParts(e, parts);
}

function tensorNames(t: Tensor, into: Set<string>, free: boolean): void {
  const parts: PartMap = {
    expr: (c) => {
      namesIn(c, into, free);
      return c;
    },
    tensor: (c) => {
      tensorNames(c, into, free);
      return c;
    },
    affine: (a) => {
      collectNames(a, into);
      return a;
    },
  };
  if (t.kind === 'stageSum') {
    const inner = new Set<string>();
    for (const c of t.where) conditionNames(c, inner);
    tensorNames(t.of, inner, free);
    if (free) inner.delete(t.index);
    else inner.add(t.index);
    for (const n of inner) into.add(n);
  } else mapTensorParts(t, parts);
}

const freeCache = new WeakMap<Expr, ReadonlySet<string>>();

/** The index variables and sizes that stand free in `e`. */
export function freeNames(e: Expr): ReadonlySet<string> {
  let names = freeCache.get(e);
  if (names === undefined) {
    const fresh = new Set<string>();
    namesIn(e, fresh, true);
    names = fresh;
    freeCache.set(e, names);
  }
  return names;
}

/** Every index name in `e`, bound ones too. */
export function allNames(e: Expr): Set<string> {
  const names = new Set<string>();
  namesIn(e, names, false);
  return names;
}

export function tensorFreeNames(t: Tensor): Set<string> {
  const names = new Set<string>();
  tensorNames(t, names, true);
  return names;
}
