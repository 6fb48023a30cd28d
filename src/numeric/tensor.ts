// Compound tensors compiled to closures that give all their entries: products, transposes, gradients.

import { index } from '../expr/affine.ts';
import { UserError, unreachable } from '../expr/error.ts';
import type { DerivativeTensor, SliceTensor, StageSumTensor, SymbolTensor, Tensor } from '../expr/expr.ts';
import { lowerEntry } from '../expr/lower.ts';
import { shapeOf } from '../expr/shape.ts';
import { tensorDecl } from '../expr/system.ts';
import { calleeForm } from './callee.ts';
import { type Oracle, raise, valueForm } from './compile.ts';
import { slabForm } from './reference.ts';
import { bind, intForm, rangeOf, type Scope } from './scope.ts';
import { countOf } from './store.ts';
import type { Values } from './world.ts';

type Form = () => Values;

const shapeText = (v: Values): string => v.shape.join(' x ') || 'scalar';

/** Compiles a tensor to a closure that gives its shape and entries. */
export function tensorForm(t: Tensor, scope: Scope, oracle: Oracle): Form {
  const of = (c: Tensor): Form => tensorForm(c, scope, oracle);
  switch (t.kind) {
    case 'symbol':
      return symbolForm(t, scope, oracle);
    case 'derivative':
      return derivativeForm(t, scope, oracle);
    case 'transpose':
      return mapped(of(t.of), transpose);
    case 'product':
      return folded(t.args.map(of), product);
    case 'chain':
      return t.rest.reduce<Form>((so, d) => {
        const link = d.of === null ? 0 : tensorDecl(scope.unit.machine.system, d.of.name).size.length;
        return folded([so, of(d)], (a, b) => contracted(a, b, link));
      }, of(t.first));
    case 'hadamard':
      return folded(t.args.map(of), (a, b) => entrywise('Hadamard product', a, b, (x, y) => x * y));
    case 'tensorSum':
      return folded(t.args.map(of), (a, b) => entrywise('sum', a, b, (x, y) => x + y));
    case 'outer':
      return folded([of(t.left), of(t.right)], outer);
    case 'diag':
      return mapped(of(t.of), diag);
    case 'diagonal':
      return mapped(of(t.of), diagonal);
    case 'dot':
      return folded([of(t.left), of(t.right)], inner);
    case 'trace':
      return mapped(of(t.of), (a) => scalar(diagonal(a).entries.reduce((s, x) => s + x, 0)));
    case 'scale': {
      const by = valueForm(t.by, scope, oracle);
      return mapped(of(t.of), (a) => each(a, times(by())));
    }
    case 'map': {
      const callee = calleeForm(t.fn, scope);
      return mapped(of(t.of), (a) => each(a, (x) => callee().derivative(t.fn.order, x)));
    }
    case 'tensorPower': {
      const exponent = valueForm(t.exponent, scope, oracle);
      return mapped(of(t.base), (a) => each(a, power(exponent())));
    }
    case 'ones':
    case 'identity': {
      const size = intForm(t.size, scope).run;
      return () => (t.kind === 'ones' ? ones(size()) : diag(ones(size())));
    }
    case 'slice':
      return sliceForm(t, of(t.of), scope);
    case 'stageSum':
      return stageSumForm(t, scope, oracle);
    default:
      return unreachable(t);
  }
}

const mapped =
  (of: Form, f: (v: Values) => Values): Form =>
  () =>
    f(of());

/** Puts tensors together from the left. */
const folded =
  (args: readonly Form[], f: (a: Values, b: Values) => Values): Form =>
  () =>
    args.map((a) => a()).reduce(f);

const scalar = (value: number): Values => ({ shape: [], entries: Float64Array.of(value) });
const ones = (size: number): Values => ({ shape: [size], entries: new Float64Array(size).fill(1) });
const each = (a: Values, f: (x: number) => number): Values => ({ shape: a.shape, entries: a.entries.map(f) });
const times =
  (by: number) =>
  (x: number): number =>
    by * x;
const power =
  (exponent: number) =>
  (x: number): number =>
    raise(x, exponent);

function entrywise(what: string, a: Values, b: Values, f: (x: number, y: number) => number): Values {
  if (a.shape.join() !== b.shape.join())
    throw new UserError(`${what}: ${shapeText(a)} does not go with ${shapeText(b)}`);
  return { shape: a.shape, entries: a.entries.map((x, i) => f(x, b.entries[i] as number)) };
}

/** The entry of a matrix, or of a vector as a column. */
const at = (a: Values, row: number, column: number): number =>
  a.entries[row * (a.shape[1] ?? 1) + column] as number;

function build(rows: number, columns: number, f: (row: number, column: number) => number): Values {
  const entries = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) entries[r * columns + c] = f(r, c);
  return { shape: [rows, columns], entries };
}

function transpose(a: Values): Values {
  const [rows, columns] = a.shape;
  return rows === undefined || columns === undefined ? a : build(columns, rows, (r, c) => at(a, c, r));
}

function product(a: Values, b: Values): Values {
  const [rows = 1, inside = 1] = a.shape;
  const [other, columns] = b.shape;
  if (a.shape.length !== 2 || inside !== other)
    throw new UserError(`product: ${shapeText(a)} does not go with ${shapeText(b)}`);
  const result = build(rows, columns ?? 1, (r, c) => {
    let sum = 0;
    for (let i = 0; i < inside; i++) sum += at(a, r, i) * at(b, i, c);
    return sum;
  });
  return columns === undefined ? { ...result, shape: [rows] } : result;
}

function sliceForm(t: SliceTensor, of: Form, scope: Scope): Form {
  const at = t.at.map((a) => (a === null ? null : intForm(a, scope).run));
  return mapped(of, (v) =>
    sliced(
      v,
      at.map((run) => run?.() ?? null),
    ),
  );
}

/** The entries with some slots fixed, counted from 1. */
function sliced(v: Values, at: readonly (number | null)[]): Values {
  const strides = v.shape.map((_, d) => countOf(v.shape.slice(d + 1)));
  const start = at.reduce<number>((sum, n, d) => sum + (n === null ? 0 : (n - 1) * (strides[d] ?? 1)), 0);
  const open = v.shape.flatMap((size, d) => (at[d] === null ? [{ size, stride: strides[d] ?? 1 }] : []));
  const offsets = open.reduce<number[]>(
    (all, { size, stride }) => all.flatMap((o) => Array.from({ length: size }, (_, i) => o + i * stride)),
    [start],
  );
  return {
    shape: open.map((o) => o.size),
    entries: Float64Array.from(offsets, (o) => v.entries[o] as number),
  };
}

/** Contracted along the last `link` slots of one and the first of the other. */
function contracted(a: Values, b: Values, link: number): Values {
  const shape = [...a.shape.slice(0, a.shape.length - link), ...b.shape.slice(link)];
  const inside = countOf(b.shape.slice(0, link));
  const [rows, columns] = [a.entries.length / inside, b.entries.length / inside];
  const matrix = (v: Values, r: number, c: number): Values => ({ ...v, shape: [r, c] });
  return { ...product(matrix(a, rows, inside), matrix(b, inside, columns)), shape };
}

const outer = (a: Values, b: Values): Values =>
  build(a.entries.length, b.entries.length, (r, c) => at(a, r, 0) * (b.entries[c] as number));

const inner = (a: Values, b: Values): Values =>
  scalar(entrywise('inner product', a, b, (x, y) => x * y).entries.reduce((s, x) => s + x, 0));

const diag = (a: Values): Values =>
  build(a.entries.length, a.entries.length, (r, c) => (r === c ? (a.entries[r] as number) : 0));

function diagonal(a: Values): Values {
  const [rows, columns] = a.shape;
  if (rows === undefined || rows !== columns) throw new UserError(`the diagonal of a ${shapeText(a)} tensor`);
  return { shape: [rows], entries: Float64Array.from({ length: rows }, (_, i) => at(a, i, i)) };
}

function symbolForm(t: SymbolTensor, scope: Scope, oracle: Oracle): Form {
  const decl = tensorDecl(scope.unit.machine.system, t.name);
  if (decl.kind !== 'error') return slabForm(t, scope);
  const by: SymbolTensor = { ...t, name: decl.of ?? decl.name };
  const gradient: DerivativeTensor = {
    kind: 'derivative',
    what: 'adjoint',
    head: null,
    of: null,
    by,
    cut: [],
  };
  const form = derivativeForm(gradient, scope, oracle);
  if (decl.scale === undefined) return form;
  const scale = valueForm(decl.scale, scope, oracle);
  return () => {
    const { shape, entries } = form();
    const by = scale();
    return { shape, entries: entries.map((v) => by * v) };
  };
}

/** Entry by entry: a scope with an index for each slot, run over the tensor's shape. */
function derivativeForm(t: DerivativeTensor, scope: Scope, oracle: Oracle): Form {
  const { frame, machine } = scope.unit;
  const { system } = machine;
  const sides = t.of === null ? [t.by] : [t.of, t.by];
  const slabs = sides.map((s) => slabForm(s, scope));
  const count = sides.reduce((n, s) => n + tensorDecl(system, s.name).size.length, 0);
  const names = Array.from({ length: count }, (_, i) => `slot ${i + 1}`);
  let inside = scope;
  const places = names.map((name) => {
    const bound = bind(inside, name);
    inside = bound.inner;
    return bound.at;
  });
  const slots = names.map((name) => index(name));
  const value = valueForm(lowerEntry(t, slots, system), inside, oracle);
  return () => {
    const shape = slabs.flatMap((s) => s().shape);
    const entries = new Float64Array(countOf(shape));
    for (let i = 0; i < entries.length; i++) {
      let rest = i;
      for (let d = shape.length - 1; d >= 0; d--) {
        const size = shape[d] as number;
        frame[places[d] as number] = (rest % size) + 1;
        rest = Math.floor(rest / size);
      }
      entries[i] = value();
    }
    return { shape, entries };
  };
}

function stageSumForm(t: StageSumTensor, scope: Scope, oracle: Oracle): Form {
  const { at, inner, holds, lo, hi, keeps } = rangeOf(t.index, t.where, scope);
  const { frame, machine } = scope.unit;
  const body = tensorForm(t.of, inner, oracle);
  const sizes = shapeOf(t.of, machine.system);
  const empty = (): Values => {
    const shape = sizes.map((s) => intForm(s, scope).run());
    return { shape, entries: new Float64Array(countOf(shape)) };
  };
  return () => {
    if (!holds()) return empty();
    let sum: Values | null = null;
    const last = hi();
    for (let i = lo(); i <= last; i++) {
      frame[at] = i;
      if (keeps !== null && !keeps()) continue;
      const term = body();
      sum = sum === null ? term : entrywise('sum', sum, term, (x, y) => x + y);
    }
    return sum ?? empty();
  };
}
