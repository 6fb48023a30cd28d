// The one file that knows where children live: expressions, tensors and index forms below a node.

import type { Affine } from './affine.ts';
import type { Condition } from './condition.ts';
import { unreachable } from './error.ts';
import type {
  AdjointExpr,
  CutMember,
  DerivativeTensor,
  Expr,
  HeadExpr,
  JacobianExpr,
  PartialExpr,
  SliceTensor,
  SymbolEntry,
  SymbolTensor,
  Tensor,
} from './expr.ts';
import { add, mul } from './make.ts';

/** What to do with each kind of part of a node; a map that returns what it is given only looks. `bound` is the name that binds inside the body of a sum. */
export interface PartMap {
  expr: (e: Expr) => Expr;
  tensor: (t: Tensor) => Tensor;
  affine: (a: Affine) => Affine;
}

function mapAll<T>(items: readonly T[], f: (item: T) => T): readonly T[] {
  let mapped: T[] | null = null;
  let done = 0;
  for (const item of items) {
    const next = f(item);
    if (next !== item) mapped ??= items.slice(0, done);
    mapped?.push(next);
    done++;
  }
  return mapped ?? items;
}

function mapConditions(where: readonly Condition[], f: (a: Affine) => Affine): readonly Condition[] {
  if (where.length === 0) return where;
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
      return value === e.value ? e : { kind: 'size', value };
    }
    case 'entry': {
      const of = m.tensor(e.of);
      const slots = mapAll(e.slots, m.affine);
      return of === e.of && slots === e.slots ? e : { kind: 'entry', of, slots };
    }
    case 'add':
    case 'mul': {
      const args = mapAll(e.args, m.expr);
      return args === e.args ? e : e.kind === 'add' ? add(...args) : mul(...args);
    }
    case 'power': {
      const base = m.expr(e.base);
      const exponent = m.expr(e.exponent);
      return base === e.base && exponent === e.exponent ? e : { kind: 'power', base, exponent };
    }
    case 'call': {
      const args = mapAll(e.args, m.expr);
      const stage = e.fn.stage === null ? null : m.affine(e.fn.stage);
      return args === e.args && stage === e.fn.stage
        ? e
        : { kind: 'call', fn: stage === e.fn.stage ? e.fn : { ...e.fn, stage }, args };
    }
    case 'sum': {
      const where = mapConditions(e.where, m.affine);
      const body = m.expr(e.body);
      return where === e.where && body === e.body ? e : { kind: 'sum', index: e.index, where, body };
    }
    case 'guard': {
      const where = mapConditions(e.where, m.affine);
      return where === e.where ? e : { kind: 'guard', where };
    }
    case 'opaque': {
      const args = mapAll(e.args, (t) => m.tensor(t) as SymbolTensor);
      return args === e.args ? e : { kind: 'opaque', name: e.name, args };
    }
    case 'head':
    case 'adjoint':
    case 'jacobian':
    case 'partial':
      return mapDerivative(e, m);
    default:
      return unreachable(e);
  }
}

type DerivativeExpr = HeadExpr | AdjointExpr | JacobianExpr | PartialExpr;

function mapDerivative(e: DerivativeExpr, m: PartMap): Expr {
  switch (e.kind) {
    case 'head': {
      const args = mapAll(e.args, (t) => m.tensor(t) as SymbolTensor);
      const by = mapEntry(e.by, m);
      return args === e.args && by === e.by ? e : { kind: 'head', name: e.name, args, by };
    }
    case 'adjoint': {
      const by = mapEntry(e.by, m);
      return by === e.by ? e : { kind: 'adjoint', by };
    }
    case 'jacobian': {
      const of = mapEntry(e.of, m);
      const by = mapEntry(e.by, m);
      const cut = mapCut(e.cut, m.affine);
      return of === e.of && by === e.by && cut === e.cut ? e : { kind: 'jacobian', of, by, cut };
    }
    case 'partial': {
      const of = m.expr(e.of);
      const by = mapEntry(e.by, m);
      return of === e.of && by === e.by ? e : { kind: 'partial', of, by };
    }
    default:
      return unreachable(e);
  }
}

function mapSymbol(t: SymbolTensor, m: PartMap): SymbolTensor {
  const stage = mapAll(t.stage, m.affine);
  return stage === t.stage ? t : { kind: 'symbol', name: t.name, stage };
}

function mapSlice(t: SliceTensor, m: PartMap): SliceTensor {
  const of = m.tensor(t.of) as SliceTensor['of'];
  const at = mapAll(t.at, (a) => (a === null ? null : m.affine(a)));
  return of === t.of && at === t.at ? t : { ...t, of, at };
}

function mapGradient(t: DerivativeTensor, m: PartMap): DerivativeTensor {
  const of = t.of === null ? null : (m.tensor(t.of) as SymbolTensor);
  const by = m.tensor(t.by) as SymbolTensor;
  const args = t.head === null ? null : mapAll(t.head.args, (a) => m.tensor(a) as SymbolTensor);
  const head = t.head === null || args === null || args === t.head.args ? t.head : { ...t.head, args };
  const cut = mapCut(t.cut, m.affine);
  return of === t.of && by === t.by && head === t.head && cut === t.cut ? t : { ...t, of, by, head, cut };
}

/** The same for a tensor. */
export function mapTensorParts(t: Tensor, m: PartMap): Tensor {
  switch (t.kind) {
    case 'symbol':
      return mapSymbol(t, m);
    case 'derivative':
      return mapGradient(t, m);
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
    case 'slice':
      return mapSlice(t, m);
    case 'chain': {
      const first = m.tensor(t.first);
      const rest = mapAll(t.rest, (d) => m.tensor(d) as DerivativeTensor);
      return first === t.first && rest === t.rest ? t : { ...t, first, rest };
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

/** The same node with child number `at` replaced; sums and products stay flat. */
export function withChild(e: Expr, at: number, child: Expr): Expr {
  switch (e.kind) {
    case 'add':
      return add(...e.args.with(at, child));
    case 'mul':
      return mul(...e.args.with(at, child));
    case 'call':
      return { kind: 'call', fn: e.fn, args: e.args.with(at, child) };
    case 'power':
      return at === 0
        ? { kind: 'power', base: child, exponent: e.exponent }
        : { kind: 'power', base: e.base, exponent: child };
    case 'sum':
      return { kind: 'sum', index: e.index, where: e.where, body: child };
    case 'partial':
      return { kind: 'partial', of: child, by: e.by };
    default:
      throw new RangeError(`no expressions below ${e.kind}`);
  }
}
