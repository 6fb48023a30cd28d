// The value of any expression or tensor in a world. Derivatives are worth what the oracle says, never what a rule says.

import { UserError } from '../expr/error.ts';
import type { CutMember, Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { type Oracle, positionsOf, remember, valueForm } from './compile.ts';
import { dualForm } from './dual.ts';
import { storeOf, supplied } from './forward.ts';
import { adjointAt, type Held, jacobianAt, type Place, seed } from './push.ts';
import { type Reference, referenceForm } from './reference.ts';
import { intForm, type Num, newScope, runAll, type Scope } from './scope.ts';
import { enter, type Machine, type Slab } from './store.ts';
import { tensorForm } from './tensor.ts';
import type { Env, Values, World } from './world.ts';

const placeOf = (r: Reference): Place => {
  const slab = r.slab();
  return { slab, at: r.offset(slab) };
};

const heldForm = (cut: readonly CutMember[], scope: Scope): (() => Held[]) => {
  const forms = cut.map((m) => ({
    name: m.name,
    stage: m.stage.map((s) => (s === null ? () => null : intForm(s, scope).run)),
  }));
  return () => forms.map((m) => ({ name: m.name, stage: m.stage.map((s) => s()) }));
};

function partialForm(of: Expr, by: SymbolEntry, scope: Scope): Num {
  const { machine, dual } = scope.unit;
  const r = referenceForm(by, scope);
  const run = dualForm(of, scope, ORACLE);
  return () => {
    const place = placeOf(r);
    if (place.slab.tangent !== null) throw new UserError('a derivative inside a derivative: partial');
    const touched: Slab[] = [];
    try {
      seed(place, touched);
      machine.pass++;
      run();
      return dual.d;
    } finally {
      place.slab.tangent = null;
    }
  };
}

const ORACLE: Oracle = {
  adjoint: (by, scope) => {
    const r = referenceForm(by, scope);
    return () => adjointAt(scope.unit.machine, placeOf(r));
  },
  jacobian: (of, by, cut, scope) => {
    const [u, v] = [referenceForm(of, scope), referenceForm(by, scope)];
    const held = heldForm(cut, scope);
    return () => jacobianAt(scope.unit.machine, placeOf(u), placeOf(v), held());
  },
  partial: partialForm,
  compound: (e, scope) => {
    const names = tensorFreeNames(e.of);
    const { frame, machine } = scope.unit;
    const whole = remember(
      tensorForm(e.of, scope, ORACLE),
      positionsOf(names, scope),
      frame,
      () => machine.epoch,
    );
    const slots = e.slots.map((s) => intForm(s, scope));
    return () => entryAt(whole(), runAll(slots));
  },
};

/** The entry of a compound tensor at slots from 1. */
function entryAt({ shape, entries }: Values, slots: readonly number[]): number {
  let offset = 0;
  for (const [d, size] of shape.entries()) {
    const slot = slots[d] ?? 0;
    if (slot < 1 || slot > size || slots.length !== shape.length)
      throw new UserError(
        `there is no entry [${slots.join(',')}] of a ${shape.join(' x ') || 'scalar'} tensor`,
      );
    offset = offset * size + slot - 1;
  }
  return entries[offset] as number;
}

/** A compiled expression or tensor: its free indices, in the order in which they stand in the frame. */
interface Compiled<T> {
  readonly names: readonly string[];
  readonly frame: number[];
  readonly run: () => T;
}

function compile<T>(
  free: ReadonlySet<string>,
  machine: Machine,
  form: (scope: Scope) => () => T,
): Compiled<T> {
  const names = [...free].filter((name) => !machine.system.sizes.has(name));
  const scope = newScope(machine, names);
  return { names, frame: scope.unit.frame, run: form(scope) };
}

function runWith<T>(c: Compiled<T>, machine: Machine, env: Env): T {
  for (const [i, name] of c.names.entries()) {
    const value = env.get(name);
    if (value === undefined) throw new UserError(`the index ${name} has no value`);
    c.frame[i] = value;
  }
  return supplied(machine, c.run);
}

const compiledExprs = new WeakMap<Machine, WeakMap<Expr, Compiled<number>>>();

/**
 * The value of an expression in a world, its free indices as `env` says: adjoints, Jacobians (the entries of their cut
 * held) and partials by dual numbers, heads by the unknown function's own derivative. Throws a `UserError` for what has
 * no value: an index, a size, an entry outside its range.
 */
export function evaluate(e: Expr, world: World, env: Env = new Map()): number {
  const machine = enter(storeOf(world));
  let own = compiledExprs.get(machine);
  if (own === undefined) {
    own = new WeakMap();
    compiledExprs.set(machine, own);
  }
  let compiled = own.get(e);
  if (compiled === undefined) {
    compiled = compile(freeNames(e), machine, (scope) => valueForm(e, scope, ORACLE));
    own.set(e, compiled);
  }
  return runWith(compiled, machine, env);
}

/** The numbers of a tensor in a world, row-major; a scalar has an empty shape. */
export function evaluateTensor(t: Tensor, world: World, env: Env = new Map()): Values {
  const machine = enter(storeOf(world));
  const compiled = compile(tensorFreeNames(t), machine, (scope) => tensorForm(t, scope, ORACLE));
  return runWith(compiled, machine, env);
}
