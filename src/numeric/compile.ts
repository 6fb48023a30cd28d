// Component expressions compiled to closures that give their value.

import { unreachable } from '../expr/error.ts';
import type {
  CallExpr,
  CutMember,
  EntryExpr,
  Expr,
  HeadExpr,
  MulExpr,
  OpaqueExpr,
  PowerExpr,
  SumExpr,
  SymbolEntry,
} from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { toNumber } from '../expr/rational.ts';
import { tensorDecl } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import { calleeForm, tensorFunctionAt } from './callee.ts';
import { type Contraction, contraction, dot, type Strand, total } from './contraction.ts';
import { constantValue } from './functions.ts';
import { referenceForm, slabForm } from './reference.ts';
import { pickOf } from './scalar.ts';
import { allHold, intForm, type Num, rangeOf, type Scope } from './scope.ts';
import type { Machine, Slab } from './store.ts';
import { stageKey, type TensorFunction } from './world.ts';

/** What an expression may hold that a forward equation doesn't: derivatives and entries of compound tensors. */
export interface Oracle {
  adjoint(by: SymbolEntry, scope: Scope): Num;
  jacobian(of: SymbolEntry, by: SymbolEntry, cut: readonly CutMember[], scope: Scope): Num;
  partial(of: Expr, by: SymbolEntry, scope: Scope): Num;
  compound(e: EntryExpr, scope: Scope): Num;
}

/** Compiles an expression to a closure over the scope's frame. */
export function valueForm(e: Expr, scope: Scope, oracle: Oracle): Num {
  const of = (c: Expr): Num => valueForm(c, scope, oracle);
  switch (e.kind) {
    case 'number': {
      const value = toNumber(e.value);
      return () => value;
    }
    case 'size':
      return intForm(e.value, scope).run;
    case 'entry':
      return isSymbolEntry(e) ? entryForm(e, scope, oracle) : oracle.compound(e, scope);
    case 'add':
      return addition(e.args.map(of));
    case 'mul':
      return multiplication(guardsFirst(e).map(of));
    case 'power':
      return powerForm(e, of);
    case 'call':
      return callForm(e, of, scope);
    case 'sum':
      return sumForm(e, scope, oracle);
    case 'guard': {
      const holds = allHold(e.where, scope);
      return () => (holds() ? 1 : 0);
    }
    case 'opaque': {
      const { f, slabs } = opaqueForm(e, scope);
      return () => {
        const args = slabs();
        return f(args).value(args);
      };
    }
    case 'head':
      return headForm(e, scope);
    case 'adjoint':
      return oracle.adjoint(e.by, scope);
    case 'jacobian':
      return oracle.jacobian(e.of, e.by, e.cut, scope);
    case 'partial':
      return oracle.partial(e.of, e.by, scope);
    default:
      return unreachable(e);
  }
}

function entryForm(e: SymbolEntry, scope: Scope, oracle: Oracle): Num {
  const decl = tensorDecl(scope.unit.machine.system, e.of.name);
  if (decl.kind === 'error') {
    const name = decl.of ?? decl.name;
    const adjoint = oracle.adjoint({ ...e, of: { ...e.of, name } }, scope);
    if (decl.scale === undefined) return adjoint;
    const scale = valueForm(decl.scale, scope, oracle);
    return () => scale() * adjoint();
  }
  const r = referenceForm(e, scope);
  return () => {
    const slab = r.slab();
    return slab.entries[r.offset(slab)] as number;
  };
}

function addition(terms: readonly Num[]): Num {
  const [f, g] = terms;
  if (f !== undefined && g !== undefined && terms.length === 2) return () => f() + g();
  return () => {
    let sum = 0;
    for (const term of terms) sum += term();
    return sum;
  };
}

/** The factors of a product, guards first: what a false guard keeps away is never looked at. */
export const guardsFirst = (e: MulExpr): Expr[] => [
  ...e.args.filter((f) => f.kind === 'guard'),
  ...e.args.filter((f) => f.kind !== 'guard'),
];

/** A factor that is 0 hides what the others overflow to, as in a branch that isn't taken. */
function multiplication(factors: readonly Num[]): Num {
  const [f, g] = factors;
  if (f !== undefined && g !== undefined && factors.length === 2)
    return () => {
      const first = f();
      return first === 0 ? 0 : first * g();
    };
  return () => {
    let product = 1;
    for (const factor of factors) {
      product *= factor();
      if (product === 0) return 0;
    }
    return product;
  };
}

/** b^r with the usual exponents worked out at once. */
export function raise(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  if (exponent === -1) return 1 / base;
  return exponent === 0.5 ? Math.sqrt(base) : base ** exponent;
}

function powerForm(e: PowerExpr, of: (c: Expr) => Num): Num {
  const base = of(e.base);
  const exponent = of(e.exponent);
  if (e.exponent.kind !== 'number') return () => raise(base(), exponent());
  const r = toNumber(e.exponent.value);
  return () => raise(base(), r);
}

function callForm(e: CallExpr, of: (c: Expr) => Num, scope: Scope): Num {
  const [u, v] = e.args.map(of);
  if (u === undefined) {
    const value = constantValue(e.fn.name);
    return () => value;
  }
  if (v !== undefined) {
    const pick = pickOf(e);
    return () => pick(u(), v());
  }
  const callee = calleeForm(e.fn, scope);
  const { order } = e.fn;
  return () => callee().derivative(order, u());
}

function sumForm(e: SumExpr, scope: Scope, oracle: Oracle): Num {
  const range = rangeOf(e.index, e.where, scope);
  const loop = contraction(e, range, scope);
  const { frame, machine } = scope.unit;
  if (loop !== null) return remembered(e, scope, contractionForm(loop, machine));
  const body = valueForm(e.body, range.inner, oracle);
  const { at, holds, lo, hi, keeps } = range;
  return remembered(e, scope, () => {
    if (!holds()) return 0;
    const first = lo();
    const last = hi();
    let sum = 0;
    for (let i = first; i <= last; i++) {
      frame[at] = i;
      if (keeps === null || keeps()) sum += body();
    }
    if (last >= first) machine.store.counter.multiplyAdds += last - first + 1;
    return sum;
  });
}

function contractionForm({ strands, open }: Contraction, machine: Machine): Num {
  return () => {
    const count = open();
    if (count === 0) return 0;
    machine.store.counter.multiplyAdds += count;
    const [s, t] = strands as [Strand, Strand?];
    return t === undefined
      ? total(s.slab.entries, s, count)
      : dot(s.slab.entries, s, t.slab.entries, t, count);
  };
}

/** The indices in scope that an expression doesn't mention, other than through sizes: it is the same for all their values. */
function isInvariant(e: Expr, scope: Scope): boolean {
  const free = freeNames(e);
  return [...scope.at.keys()].some((name) => !free.has(name));
}

/** Where the frame holds the indices that an expression mentions. */
export function positionsOf(names: ReadonlySet<string>, scope: Scope): number[] {
  return [...scope.at].filter(([name]) => names.has(name)).map(([, at]) => at);
}

/** A closure that gives the last result again while the frame's `positions` and the clock stay the same. */
export function remember<T>(
  run: () => T,
  positions: readonly number[],
  frame: readonly number[],
  clock: () => number,
): () => T {
  const seen = positions.map(() => Number.NaN);
  let time = -1;
  let result: T | undefined;
  return () => {
    let same = time === clock();
    for (let i = 0; same && i < positions.length; i++)
      if (frame[positions[i] as number] !== seen[i]) same = false;
    if (same) return result as T;
    result = run();
    for (let i = 0; i < positions.length; i++) seen[i] = frame[positions[i] as number] as number;
    time = clock();
    return result;
  };
}

function remembered(e: Expr, scope: Scope, run: Num): Num {
  if (scope.at.size === 0 || !isInvariant(e, scope)) return run;
  const { frame, machine } = scope.unit;
  return remember(run, positionsOf(freeNames(e), scope), frame, () => machine.epoch);
}

/** The slabs that an unknown function of tensors is given, and the function. */
export function opaqueForm(
  e: OpaqueExpr | HeadExpr,
  scope: Scope,
): { f: (args: readonly Slab[]) => TensorFunction; slabs: () => Slab[] } {
  const { machine } = scope.unit;
  const forms = e.args.map((a) => slabForm(a, scope));
  const callText = (args: readonly Slab[]): string =>
    `${e.name}(${args.map((a) => stageKey(a.name, a.stage)).join(', ')})`;
  return {
    f: (args) => tensorFunctionAt(machine.store.world, e.name, callText(args)),
    slabs: () => forms.map((form) => form()),
  };
}

function headForm(e: HeadExpr, scope: Scope): Num {
  const { f, slabs } = opaqueForm(e, scope);
  const by = referenceForm(e.by, scope);
  return () => {
    const args = slabs();
    const slab = by.slab();
    const at = by.offset(slab);
    let sum = 0;
    for (const [i, arg] of args.entries()) if (arg === slab) sum += f(args).partial(args, i, at);
    return sum;
  };
}
