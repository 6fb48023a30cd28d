// The reverse pass over the forward equations: dC by every entry at once. It knows operations, not derived formulas.

import { UserError, unreachable } from '../expr/error.ts';
import type { CallExpr, Expr, MulExpr, OpaqueExpr, PowerExpr, SumExpr } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { toNumber } from '../expr/rational.ts';
import { calleeForm } from './callee.ts';
import { guardsFirst, opaqueForm, raise, valueForm } from './compile.ts';
import { type Contraction, contraction, type Strand } from './contraction.ts';
import { NO_ORACLE } from './forward.ts';
import { referenceForm } from './reference.ts';
import { pickOf } from './scalar.ts';
import { type Num, rangeOf, type Scope } from './scope.ts';
import type { Machine } from './store.ts';

/** Adds seed * d(expression) by each entry in it to the slabs' adjoints. */
export type Back = (seed: number) => void;

const NOTHING: Back = () => {};

/** Compiles an expression of a forward equation to a closure over the scope's frame. */
export function backForm(e: Expr, scope: Scope): Back {
  const of = (c: Expr): Back => backForm(c, scope);
  switch (e.kind) {
    case 'number':
    case 'size':
    case 'guard':
      return NOTHING;
    case 'entry': {
      if (!isSymbolEntry(e)) throw new UserError('a forward equation holds a compound tensor');
      const r = referenceForm(e, scope);
      return (seed) => {
        const { adjoint } = r.slab();
        if (adjoint !== null) {
          const at = r.offset(r.slab());
          adjoint[at] = (adjoint[at] as number) + seed;
        }
      };
    }
    case 'add': {
      const terms = e.args.map(of).filter((t) => t !== NOTHING);
      return (seed) => {
        for (const term of terms) term(seed);
      };
    }
    case 'mul':
      return productBack(e, of, scope);
    case 'power':
      return powerBack(e, of, scope);
    case 'call':
      return callBack(e, of, scope);
    case 'sum':
      return sumBack(e, scope);
    case 'opaque':
      return opaqueBack(e, scope);
    case 'head':
    case 'adjoint':
    case 'jacobian':
    case 'partial':
      throw new UserError('a forward equation holds a derivative');
    default:
      return unreachable(e);
  }
}

const values = (args: readonly Expr[], scope: Scope): Num[] =>
  args.map((a) => valueForm(a, scope, NO_ORACLE));

/** Each factor gets the seed times the others; a false guard keeps all of them away. */
function productBack(e: MulExpr, of: (c: Expr) => Back, scope: Scope): Back {
  const factors = guardsFirst(e);
  const value = values(factors, scope);
  const back = factors.map(of);
  return (seed) => {
    const now: number[] = [];
    let zeros = 0;
    for (const [i, v] of value.entries()) {
      const x = v();
      now.push(x);
      if (x === 0) zeros++;
      if (zeros > 1 || (x === 0 && factors[i]?.kind === 'guard')) return;
    }
    for (const [i, b] of back.entries()) {
      if (b === NOTHING || (zeros === 1 && now[i] !== 0)) continue;
      let others = seed;
      for (const [j, x] of now.entries()) if (j !== i) others *= x;
      b(others);
    }
  };
}

function powerBack(e: PowerExpr, of: (c: Expr) => Back, scope: Scope): Back {
  const [base, exponent] = values([e.base, e.exponent], scope) as [Num, Num];
  const [toBase, toExponent] = [of(e.base), of(e.exponent)];
  if (e.exponent.kind === 'number') {
    const r = toNumber(e.exponent.value);
    return (seed) => toBase(seed * r * raise(base(), r - 1));
  }
  return (seed) => {
    const [b, r] = [base(), exponent()];
    toBase(seed * r * raise(b, r - 1));
    if (toExponent !== NOTHING) toExponent(seed * raise(b, r) * Math.log(b));
  };
}

function callBack(e: CallExpr, of: (c: Expr) => Back, scope: Scope): Back {
  const [u, v] = values(e.args, scope);
  const [toU, toV] = e.args.map(of);
  if (u === undefined || toU === undefined) return NOTHING;
  if (v !== undefined && toV !== undefined) {
    const larger = pickOf(e) === Math.max;
    return (seed) => {
      const [x, y] = [u(), v()];
      if (larger ? x < y : x > y) toV(seed);
      else toU(seed);
    };
  }
  const callee = calleeForm(e.fn, scope);
  const { order } = e.fn;
  return (seed) => {
    const slope = callee().derivative(order + 1, u());
    if (slope !== 0) toU(seed * slope);
  };
}

function sumBack(e: SumExpr, scope: Scope): Back {
  const { frame } = scope.unit;
  const range = rangeOf(e.index, e.where, scope);
  const loop = contraction(e, range, scope);
  if (loop !== null) return contractionBack(loop, scope.unit.machine);
  const body = backForm(e.body, range.inner);
  const { at, holds, lo, hi, keeps } = range;
  return (seed) => {
    if (!holds()) return;
    const last = hi();
    for (let i = lo(); i <= last; i++) {
      frame[at] = i;
      if (keeps === null || keeps()) body(seed);
    }
  };
}

function contractionBack({ strands, open }: Contraction, machine: Machine): Back {
  return (seed) => {
    const count = open();
    if (count === 0) return;
    const [s, t] = strands as [Strand, Strand?];
    if (t === undefined) addConstant(s, seed, count);
    else {
      machine.store.counter.multiplyAdds += addMultiple(s, t, seed, count) + addMultiple(t, s, seed, count);
    }
  };
}

function addConstant({ slab, start, step }: Strand, seed: number, count: number): void {
  const { adjoint } = slab;
  if (adjoint === null) return;
  let p = start;
  for (let i = 0; i < count; i++) {
    adjoint[p] = (adjoint[p] as number) + seed;
    p += step;
  }
}

/** The adjoints of one strand get the seed times the other's numbers; how many products that took. */
function addMultiple(to: Strand, of: Strand, seed: number, count: number): number {
  const { adjoint } = to.slab;
  if (adjoint === null) return 0;
  const { entries } = of.slab;
  let p = to.start;
  let q = of.start;
  if (to.step === 1 && of.step === 1) {
    for (let i = 0; i < count; i++)
      adjoint[p + i] = (adjoint[p + i] as number) + seed * (entries[q + i] as number);
    return count;
  }
  for (let i = 0; i < count; i++) {
    adjoint[p] = (adjoint[p] as number) + seed * (entries[q] as number);
    p += to.step;
    q += of.step;
  }
  return count;
}

function opaqueBack(e: OpaqueExpr, scope: Scope): Back {
  const { f, slabs } = opaqueForm(e, scope);
  return (seed) => {
    const args = slabs();
    const own = f(args);
    for (const [i, { adjoint }] of args.entries()) {
      if (adjoint === null) continue;
      for (let at = 0; at < adjoint.length; at++)
        adjoint[at] = (adjoint[at] as number) + seed * own.partial(args, i, at);
    }
  };
}
