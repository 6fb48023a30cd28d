// The value of an expression in any arithmetic: entries by the forward equations, derivatives by dual numbers.

import { type Affine, bareName } from '../expr/affine.ts';
import { elementaryRow } from '../expr/elementary.ts';
import { unreachable } from '../expr/error.ts';
import type { CallExpr, CutMember, Expr, MulExpr, SumExpr, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { entry } from '../expr/make.ts';
import { R1, rational } from '../expr/rational.ts';
import type { Equation } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { type Callee, NO_ENTRY, NoValue, type OpaqueCall, TooMuch } from './compare-arithmetic.ts';
import { type Dual, dualArithmetic } from './compare-dual.ts';
import {
  type At,
  type Bound,
  boundsIn,
  checkSlots,
  choice,
  holds,
  integerIn,
  integersIn,
  keyAt,
  type Override,
  opened,
  type Place,
  positions,
  sameAt,
  shapeAt,
} from './compare-place.ts';
import { totalOf } from './compare-totals.ts';

/** The value of a component expression; entries of compound tensors must have been lowered. Throws `NoValue`, `TooMuch`. */
export function evaluateIn<T>(e: Expr, env: Bound | null, p: Place<T>): T {
  if (--p.budget.left < 0) throw new TooMuch('operations');
  const { arithmetic: A } = p;
  switch (e.kind) {
    case 'number':
      return A.rational(e.value);
    case 'size':
      return A.rational(rational(integerIn(e.value, env, p)));
    case 'entry':
      if (e.of.kind !== 'symbol') throw new NoValue('an entry of a compound tensor that was not lowered');
      return entryIn(pointAt(e as SymbolEntry, env, p), p);
    case 'add':
      return e.args.map((a) => evaluateIn(a, env, p)).reduce(A.add);
    case 'mul':
      return productIn(e, env, p);
    case 'power':
      return A.power(evaluateIn(e.base, env, p), evaluateIn(e.exponent, env, p));
    case 'call':
      return callIn(e, env, p);
    case 'sum':
      return sumIn(e, env, p);
    case 'guard':
      return A.rational(e.where.every((c) => holds(c, env, p)) ? R1 : rational(0));
    case 'opaque':
      return A.opaque(opaqueCall(e.name, e.args, env, p));
    case 'head':
      return headIn(e.name, e.args, pointAt(e.by, env, p), env, p);
    case 'adjoint':
      return adjointAt(pointAt(e.by, env, p), p);
    case 'jacobian':
      return jacobianAt(pointAt(e.of, env, p), pointAt(e.by, env, p), e.cut, env, p);
    case 'partial':
      return partialAt(e.of, pointAt(e.by, env, p), env, p);
    default:
      return unreachable(e);
  }
}

const pointAt = <T>(e: SymbolEntry, env: Bound | null, p: Place<T>): At => ({
  name: e.of.name,
  stage: integersIn(e.of.stage, env, p),
  slots: integersIn(e.slots, env, p),
});

/** Guards first: where one fails, the other factors need not exist. */
function productIn<T>(e: MulExpr, env: Bound | null, p: Place<T>): T {
  const { arithmetic: A } = p;
  for (const f of e.args)
    if (f.kind === 'guard' && !f.where.every((c) => holds(c, env, p))) return A.rational(rational(0));
  let product: T | null = null;
  for (const f of e.args) {
    if (f.kind === 'guard') continue;
    const value = evaluateIn(f, env, p);
    product = product === null ? value : A.mul(product, value);
  }
  return product ?? A.rational(R1);
}

function callIn<T>(e: CallExpr, env: Bound | null, p: Place<T>): T {
  const [first, second] = e.args;
  if (first === undefined) return p.arithmetic.constant(e.fn.name);
  const u = evaluateIn(first, env, p);
  if (second !== undefined) return choice(e.fn.name, u, evaluateIn(second, env, p), p.arithmetic);
  const stage = e.fn.stage === null ? null : integerIn(e.fn.stage, env, p);
  return functionIn({ name: e.fn.name, order: e.fn.order, stage }, u, p);
}

/** A function at a point: by its body where it has one, by the derivatives of the elementary ones, else unknown. */
export function functionIn<T>(f: Callee, u: T, p: Place<T>): T {
  const declared = p.system.functions.filter((d) => d.name === f.name);
  const own = declared.find(
    (d) => d.body !== null && (d.stage === null || integerIn(d.stage, null, p) === f.stage),
  );
  if (own?.body != null) return bodyIn(own.body, own.param, f.order, u, p);
  if (declared.length === 0 && f.order > 0) {
    const row = elementaryRow(f.name);
    if (row !== null) return bodyIn(row.derivative(entry(PARAM, [], [])), PARAM, f.order - 1, u, p);
  }
  return p.arithmetic.call(f, u);
}

const PARAM = '$u';

function bodyIn<T>(body: Expr, param: string, order: number, u: T, p: Place<T>): T {
  const at = (value: T, place: Place<T>): Place<T> => ({
    ...place,
    override: (x) => (x.name === param && x.slots.length === 0 && x.stage.length === 0 ? value : null),
    known: new Map(),
  });
  if (order === 0) return evaluateIn(body, null, at(u, p));
  const one = p.arithmetic.rational(R1);
  const dual = bodyIn(body, param, order - 1, { value: u, slope: one }, lifted(p, null));
  return dual.slope ?? p.arithmetic.rational(rational(0));
}

/** The same place over dual numbers. */
function lifted<T>(p: Place<T>, override: Override<Dual<T>> | null): Place<Dual<T>> {
  return {
    system: p.system,
    arithmetic: dualArithmetic(p.arithmetic, (f, u) => functionIn(f, u, { ...p, override: null })),
    size: p.size,
    known: new Map(),
    override,
    budget: p.budget,
    opening: null,
    oracle: null,
    shapes: p.shapes,
    adjoints: new Map(),
  };
}

function sumIn<T>(e: SumExpr, env: Bound | null, p: Place<T>): T {
  const { lo, hi, rest } = boundsIn(e, env, p);
  const { arithmetic: A } = p;
  let total: T | null = null;
  for (let value = lo; value <= hi; value++) {
    const inner: Bound = { name: e.index, value, outer: env };
    if (!rest.every((c) => holds(c, inner, p))) continue;
    const term = evaluateIn(e.body, inner, p);
    total = total === null ? term : A.add(total, term);
  }
  return total ?? A.rational(rational(0));
}

/** The value of an entry: what an override says, an input's number, or what its forward equation gives. */
export function entryIn<T>(at: At, p: Place<T>): T {
  const held = p.override?.(at) ?? null;
  if (held !== null) return held;
  const decl = p.system.tensors.get(at.name);
  if (decl === undefined) throw NO_ENTRY;
  if (decl.kind === 'input' || decl.kind === 'parameter') {
    checkSlots(at, p);
    return inputIn(at, p);
  }
  if (decl.kind === 'error') {
    const adjoint = adjointAt({ ...at, name: decl.of ?? '' }, p);
    return decl.scale === undefined ? adjoint : p.arithmetic.mul(evaluateIn(decl.scale, null, p), adjoint);
  }
  return openedIn(at, p);
}

/** An input; the last one along a slot is what an assumed total, such as sum(k, y[k]) = 1, leaves for it. */
function inputIn<T>(at: At, p: Place<T>): T {
  const { arithmetic: A } = p;
  const total = totalOf(p.system, at.name);
  if (total === null) return A.input(at.name, at.stage, at.slots);
  const last = shapeAt(at.name, at.stage, p)[total.slot] ?? 0;
  if (at.slots[total.slot] !== last) return A.input(at.name, at.stage, at.slots);
  let rest = A.rational(total.value);
  for (let i = 1; i < last; i++) {
    const slots = at.slots.map((s, d) => (d === total.slot ? i : s));
    rest = A.add(rest, A.mul(A.rational(rational(-1)), A.input(at.name, at.stage, slots)));
  }
  return rest;
}

/** An entry by the equation that defines it. */
function openedIn<T>(at: At, p: Place<T>): T {
  const key = keyAt(at);
  const known = p.known.get(key);
  if (known !== undefined) return known;
  checkSlots(at, p);
  for (const eq of p.system.equations) {
    const env = eq.lhs.of.name === at.name ? matched(eq, at, p) : null;
    if (env === null) continue;
    const value = evaluateIn(eq.rhs, env.env, opened(p));
    p.known.set(key, value);
    return value;
  }
  throw NO_ENTRY;
}

function matched<T>(eq: Equation, at: At, p: Place<T>): { env: Bound | null } | null {
  let env: Bound | null = null;
  const forms = [...eq.lhs.of.stage, ...eq.lhs.slots];
  const values = [...at.stage, ...at.slots];
  const fixed: [Affine, number][] = [];
  for (const [i, form] of forms.entries()) {
    const name = bareName(form);
    const value = values[i] ?? 0;
    if (name !== null && eq.indices.includes(name)) env = { name, value, outer: env };
    else fixed.push([form, value]);
  }
  if (!fixed.every(([form, value]) => integerIn(form, env, p) === value)) return null;
  return eq.where.every((c) => holds(c, env, p)) ? { env } : null;
}

function opaqueCall<T>(
  name: string,
  args: readonly SymbolTensor[],
  env: Bound | null,
  p: Place<T>,
): OpaqueCall<T> {
  const read = args.map((t) => {
    const stage = integersIn(t.stage, env, p);
    const shape = shapeAt(t.name, stage, p);
    const entries = positions(shape).map((slots) => entryIn({ name: t.name, stage, slots }, p));
    return { shape, entries, text: stage.length === 0 ? t.name : `${t.name}[${stage.join()}]` };
  });
  return { name, text: `${name}(${read.map((r) => r.text).join()})`, args: read };
}

function headIn<T>(name: string, args: readonly SymbolTensor[], by: At, env: Bound | null, p: Place<T>): T {
  checkSlots(by, p);
  const arg = args.findIndex(
    (t) => t.name === by.name && integersIn(t.stage, env, p).join() === by.stage.join(),
  );
  if (arg < 0) return p.arithmetic.rational(rational(0));
  const shape = shapeAt(by.name, by.stage, p);
  const at = by.slots.reduce((offset, slot, i) => offset * (shape[i] ?? 1) + slot - 1, 0);
  return p.arithmetic.head(opaqueCall(name, args, env, p), arg, at);
}

/** dC/dv along every path. */
function adjointAt<T>(by: At, p: Place<T>): T {
  const key = keyAt(by);
  const known = p.adjoints.get(key);
  if (known !== undefined) return known;
  const loss = { name: p.system.loss, stage: [], slots: [] };
  const value = p.oracle?.(by) ?? slopeOf(loss, by, () => false, opened(p));
  p.adjoints.set(key, value);
  return value;
}

function jacobianAt<T>(of: At, by: At, cut: readonly CutMember[], env: Bound | null, p: Place<T>): T {
  const members = cut.map((m) => ({
    name: m.name,
    stage: m.stage.map((s) => (s === null ? null : integerIn(s, env, p))),
  }));
  const held = (at: At): boolean =>
    members.some((m) => m.name === at.name && m.stage.every((s, i) => s === null || s === at.stage[i]));
  return slopeOf(of, by, held, p);
}

/** The derivative of one entry by another, other entries that are `held` being constants. */
function slopeOf<T>(of: At, by: At, held: (at: At) => boolean, p: Place<T>): T {
  const { arithmetic: A } = p;
  if (sameAt(of, by)) return A.rational(R1);
  // The values themselves come from the place below, where they are remembered.
  const own = entryIn(by, p);
  const place = lifted<T>(p, (at) => {
    if (sameAt(at, by)) return { value: own, slope: A.rational(R1) };
    const outside = p.override?.(at) ?? null;
    if (outside !== null) return { value: outside, slope: null };
    return held(at) && !sameAt(at, of) ? { value: entryIn(at, p), slope: null } : null;
  });
  return entryIn(of, place).slope ?? A.rational(rational(0));
}

/**
 * The derivative of an expression by an entry that stands in it, every other entry held; where no such entry stands in it,
 * d(log a)/dz means the derivative along every path.
 */
function partialAt<T>(of: Expr, by: At, env: Bound | null, p: Place<T>): T {
  const { arithmetic: A } = p;
  if (!some(of, (e) => e.kind === 'entry' && e.of.kind === 'symbol' && e.of.name === by.name)) {
    const own = entryIn(by, p);
    const along = lifted<T>(p, (at) => (sameAt(at, by) ? { value: own, slope: A.rational(R1) } : null));
    return evaluateIn(of, env, along).slope ?? A.rational(rational(0));
  }
  const place = lifted<T>(p, (at) => ({
    value: entryIn(at, p),
    slope: sameAt(at, by) ? A.rational(R1) : null,
  }));
  return evaluateIn(of, env, place).slope ?? A.rational(rational(0));
}
