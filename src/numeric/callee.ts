// Which function a head stands for in a world: given, defined by a body, elementary, or drawn.

import { evaluateAffine } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import type { Expr, FunctionHead } from '../expr/expr.ts';
import type { FunctionDef } from '../expr/system.ts';
import { realFunction } from './functions.ts';
import { functionOf, type Surroundings } from './scalar.ts';
import { intForm, type Scope } from './scope.ts';
import { derivativeOf, elementaryOf, variable } from './series.ts';
import { type Store, sizeAt } from './store.ts';
import { type ScalarFunction, stageKey, type TensorFunction, type World } from './world.ts';

const known = new WeakMap<Store, Map<string, ScalarFunction>>();

/** The function `name`, at a stage where its head carries one. Throws where nothing says what it is. */
export function functionAt(store: Store, name: string, stage: number | null): ScalarFunction {
  let functions = known.get(store);
  if (functions === undefined) {
    functions = new Map();
    known.set(store, functions);
  }
  const head = stage === null ? name : stageKey(name, [stage]);
  let found = functions.get(head);
  if (found === undefined) {
    found = resolve(store, name, stage, head);
    functions.set(head, found);
  }
  return found;
}

function resolve(store: Store, name: string, stage: number | null, head: string): ScalarFunction {
  const { world } = store;
  const given = world.functions.get(head) ?? world.functions.get(name);
  if (given !== undefined) return given;
  const def = definition(store, name, stage);
  if (def !== null) return definedFunction(store, def);
  const declared = world.system.functions.some((f) => f.name === name);
  if (!declared && realFunction(name) !== null) return elementary(name);
  const drawn = declared ? (world.source?.scalarFunction(head) ?? null) : null;
  if (drawn === null) throw new UserError(`the function ${head} has no value`);
  return drawn;
}

export type FunctionWithBody = FunctionDef & { readonly body: Expr };

/** The function that a definition's body says. */
export const definedFunction = (store: Store, def: FunctionWithBody): ScalarFunction =>
  functionOf(def, surroundings(store));

/** The definition with a body that holds at a stage. */
function definition(store: Store, name: string, stage: number | null): FunctionWithBody | null {
  for (const def of store.world.system.functions) {
    const { body } = def;
    if (def.name !== name || body === null) continue;
    if (def.stage === null || evaluateAffine(def.stage, (n, at) => sizeAt(store, n, at)) === stage)
      return { ...def, body };
  }
  return null;
}

function surroundings(store: Store): Surroundings {
  const size: Surroundings['size'] = (name, stage) => sizeAt(store, name, stage);
  return {
    size,
    function: (fn) => functionAt(store, fn.name, fn.stage === null ? null : evaluateAffine(fn.stage, size)),
  };
}

function elementary(name: string): ScalarFunction {
  const row = realFunction(name);
  return {
    derivative: (order, x) => {
      if (order === 0) return row?.value(x) ?? Number.NaN;
      if (order === 1) return row?.slope(x) ?? Number.NaN;
      return derivativeOf(elementaryOf(name, variable(x, order)), order);
    },
  };
}

/** The function of a head whose stage may depend on indices. */
export function calleeForm(fn: FunctionHead, scope: Scope): () => ScalarFunction {
  const { machine } = scope.unit;
  const stage = fn.stage === null ? null : intForm(fn.stage, scope).run;
  let at = Number.NaN;
  let last: ScalarFunction | null = null;
  let of: Store | null = null;
  return () => {
    const now = stage === null ? null : stage();
    if (last !== null && of === machine.store && (now === null || now === at)) return last;
    at = now ?? Number.NaN;
    of = machine.store;
    last = functionAt(of, fn.name, now);
    return last;
  };
}

/** The function of tensors `name` called with arguments as written: an unknown one is another for other arguments. */
export function tensorFunctionAt(world: World, name: string, call: string): TensorFunction {
  const found = world.losses.get(name) ?? world.source?.tensorFunction(call) ?? null;
  if (found === null) throw new UserError(`the function ${call} has no value`);
  return found;
}
