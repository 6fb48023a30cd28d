// Dual numbers: every closure returns a value and leaves its derivative along the seed in `dual.d`.

import { UserError, unreachable } from '../expr/error.ts';
import type { CallExpr, EntryExpr, Expr, MulExpr, OpaqueExpr, PowerExpr, SumExpr } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { tensorDecl } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { calleeForm } from './callee.ts';
import { guardsFirst, type Oracle, opaqueForm, positionsOf, raise, remember, valueForm } from './compile.ts';
import { type Contraction, contraction, dot, type Strand, total } from './contraction.ts';
import { referenceForm } from './reference.ts';
import { pickOf } from './scalar.ts';
import { type Num, rangeOf, type Scope } from './scope.ts';

/** Compiles an expression to a dual closure over the scope's frame: the slabs' tangents say what the seed is. */
export function dualForm(e: Expr, scope: Scope, oracle: Oracle): Num {
  const of = (c: Expr): Num => dualForm(c, scope, oracle);
  const { dual } = scope.unit;
  switch (e.kind) {
    case 'number':
    case 'size':
    case 'guard': {
      const value = valueForm(e, scope, oracle);
      return () => {
        const v = value();
        dual.d = 0;
        return v;
      };
    }
    case 'entry':
      return entryDual(e, scope, oracle);
    case 'add':
      return additionDual(e.args.map(of), scope);
    case 'mul':
      return multiplicationDual(e, of, scope);
    case 'power':
      return powerDual(e, of, scope);
    case 'call':
      return callDual(e, of, scope, oracle);
    case 'sum':
      return sumDual(e, scope, oracle);
    case 'opaque':
      return opaqueDual(e, scope);
    case 'head':
    case 'adjoint':
    case 'jacobian':
    case 'partial':
      throw new UserError(`a derivative inside a derivative: ${e.kind}`);
    default:
      return unreachable(e);
  }
}

function entryDual(e: EntryExpr, scope: Scope, oracle: Oracle): Num {
  const { dual, machine } = scope.unit;
  if (!isSymbolEntry(e)) throw new UserError('a compound tensor inside a derivative');
  if (tensorDecl(machine.system, e.of.name).kind === 'error') {
    const value = valueForm(e, scope, oracle);
    return () => {
      const v = value();
      dual.d = 0;
      return v;
    };
  }
  const r = referenceForm(e, scope);
  return () => {
    const slab = r.slab();
    const at = r.offset(slab);
    dual.d = slab.tangent === null ? 0 : (slab.tangent[at] as number);
    return slab.entries[at] as number;
  };
}

function additionDual(terms: readonly Num[], scope: Scope): Num {
  const { dual } = scope.unit;
  return () => {
    let v = 0;
    let d = 0;
    for (const term of terms) {
      v += term();
      d += dual.d;
    }
    dual.d = d;
    return v;
  };
}

function multiplicationDual(e: MulExpr, of: (c: Expr) => Num, scope: Scope): Num {
  const { dual } = scope.unit;
  const factors = guardsFirst(e).map(of);
  return () => {
    let v = 1;
    let d = 0;
    for (const factor of factors) {
      const x = factor();
      // Apart, so that 0 times what overflows is 0 as in the value.
      d = (d === 0 ? 0 : d * x) + (v === 0 || dual.d === 0 ? 0 : v * dual.d);
      v = v === 0 ? 0 : v * x;
      if (v === 0 && d === 0) break;
    }
    dual.d = d;
    return v;
  };
}

function powerDual(e: PowerExpr, of: (c: Expr) => Num, scope: Scope): Num {
  const { dual } = scope.unit;
  const base = of(e.base);
  const exponent = of(e.exponent);
  return () => {
    const b = base();
    const db = dual.d;
    const r = exponent();
    const dr = dual.d;
    const v = raise(b, r);
    dual.d = (db === 0 ? 0 : r * raise(b, r - 1) * db) + (dr === 0 ? 0 : v * Math.log(b) * dr);
    return v;
  };
}

function callDual(e: CallExpr, of: (c: Expr) => Num, scope: Scope, oracle: Oracle): Num {
  const { dual } = scope.unit;
  const [u, v] = e.args.map(of);
  if (u === undefined) {
    const value = valueForm(e, scope, oracle);
    return () => {
      dual.d = 0;
      return value();
    };
  }
  if (v !== undefined) return pickDual(pickOf(e) === Math.max, u, v, scope);
  const callee = calleeForm(e.fn, scope);
  const { order } = e.fn;
  return () => {
    const f = callee();
    const x = u();
    const dx = dual.d;
    dual.d = dx === 0 ? 0 : f.derivative(order + 1, x) * dx;
    return f.derivative(order, x);
  };
}

/** max and min: at a tie the first argument counts, as in the rules. */
function pickDual(larger: boolean, u: Num, v: Num, scope: Scope): Num {
  const { dual } = scope.unit;
  return () => {
    const x = u();
    const dx = dual.d;
    const y = v();
    if (larger ? x < y : x > y) return y;
    dual.d = dx;
    return x;
  };
}

function sumDual(e: SumExpr, scope: Scope, oracle: Oracle): Num {
  const { dual, frame } = scope.unit;
  const range = rangeOf(e.index, e.where, scope);
  const loop = contraction(e, range, scope);
  if (loop !== null) return contractionDual(loop, scope);
  const body = dualForm(e.body, range.inner, oracle);
  const { at, holds, lo, hi, keeps } = range;
  const run = (): { v: number; d: number } => {
    let v = 0;
    let d = 0;
    if (!holds()) return { v, d };
    const last = hi();
    for (let i = lo(); i <= last; i++) {
      frame[at] = i;
      if (keeps !== null && !keeps()) continue;
      v += body();
      d += dual.d;
    }
    return { v, d };
  };
  const free = freeNames(e);
  const again = [...scope.at.keys()].some((name) => !free.has(name));
  const clock = (): number => scope.unit.machine.pass;
  const result = again ? remember(run, positionsOf(free, scope), frame, clock) : run;
  return () => {
    const { v, d } = result();
    dual.d = d;
    return v;
  };
}

/** The tangent of sum_k u_k v_k is that of u against v and that of v against u. */
function contractionDual({ strands, open }: Contraction, scope: Scope): Num {
  const { dual } = scope.unit;
  return () => {
    const count = open();
    dual.d = 0;
    if (count === 0) return 0;
    const [s, t] = strands as [Strand, Strand?];
    const [du, u] = [s.slab.tangent, s.slab.entries];
    if (t === undefined) {
      if (du !== null) dual.d = total(du, s, count);
      return total(u, s, count);
    }
    const [dv, v] = [t.slab.tangent, t.slab.entries];
    if (du !== null) dual.d = dot(du, s, v, t, count);
    if (dv !== null) dual.d += dot(u, s, dv, t, count);
    return dot(u, s, v, t, count);
  };
}

function opaqueDual(e: OpaqueExpr, scope: Scope): Num {
  const { dual } = scope.unit;
  const { f, slabs } = opaqueForm(e, scope);
  return () => {
    const args = slabs();
    const own = f(args);
    let d = 0;
    for (const [i, arg] of args.entries()) {
      for (const [at, dx] of arg.tangent?.entries() ?? []) if (dx !== 0) d += own.partial(args, i, at) * dx;
    }
    dual.d = d;
    return own.value(args);
  };
}
