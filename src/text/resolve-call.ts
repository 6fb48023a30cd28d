// What a name with round brackets stands for: functions, unknown functions of tensors, and the forms of the syntax.

import type { Affine } from '../expr/affine.ts';
import { elementaryRow } from '../expr/elementary.ts';
import type { Expr, FunctionHead, SymbolTensor, Tensor } from '../expr/expr.ts';
import { call, entry, entryOf, head, inverse, num, opaque, power } from '../expr/make.ts';
import { nearHint } from './nearest.ts';
import { goesOn } from './resolve-chain.ts';
import { type Env, fail, scalar, shapeOfValue, type TensorValue, tensor, type Value } from './resolve-env.ts';
import { affineOf } from './resolve-index.ts';
import { tensorRef } from './resolve-name.ts';
import { scaled } from './resolve-product.ts';
import { ANY_SIZE, flatProduct, transposeOf } from './resolve-shapes.ts';
import { indicator, kronecker, sumOver } from './resolve-sum.ts';
import { COMMON_FUNCTIONS, FORMS } from './scope.ts';
import type { CallSyntax, Syntax } from './syntax.ts';

type Form = (s: CallSyntax, env: Env) => Value;

const FORM_OF: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['sum', sumOver],
  ['ind', indicator],
  ['kron', kronecker],
  ['partial', headDerivative],
  ['size', (s, env) => scalar({ kind: 'size', value: affineOf(one(s, env), env) })],
  ['norm', (s, env) => scalar(power(squaredNorm(s, env), num(1, 2)))],
  ['diag', diagonal],
  ['tr', trace],
  ['ones', ones],
  ['eye', identity],
]);

/** The mean along an axis. */
function axisMean(axis: 0 | 1): Form {
  return (s, env) => {
    const v = env.resolve(one(s, env), env);
    const count = v.kind === 'tensor' && v.shape.length === 2 ? v.shape[axis === 0 ? 0 : 1] : undefined;
    const sum = axisSum(axis)(s, env);
    if (count === undefined || sum.kind === 'scalar') return sum;
    return scaled(inverse({ kind: 'size', value: count }), sum);
  };
}

/** Forms that only what people type has. */
const TYPED_FORM: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['samplesum', sampleSum],
  ['chain', chainOf],
  ['rowsum', axisSum(1)],
  ['colsum', axisSum(0)],
  ['rowmean', axisMean(1)],
  ['colmean', axisMean(0)],
]);

export function callValue(s: CallSyntax, env: Env): Value {
  const { scope } = env;
  const form = FORM_OF.get(s.name) ?? (env.faults === null ? undefined : TYPED_FORM.get(s.name));
  if (form !== undefined && !scope.functions.has(s.name)) {
    if (s.primes > 0 || s.stage !== null) fail(env, s.span, { code: 'form-of-syntax', name: s.name });
    return form(s, env);
  }
  if (scope.functions.has(s.name)) return functionValue(s, env);
  if (scope.opaque.has(s.name)) return opaqueValue(s, env);
  if (!COMMON_FUNCTIONS.has(s.name)) {
    const known = [...scope.functions, ...COMMON_FUNCTIONS, ...FORMS];
    return fail(
      env,
      s.span,
      { code: 'unknown', as: 'function', name: s.name, hint: nearHint(s.name, known) },
      'name',
      'function',
    );
  }
  if (s.stage !== null) fail(env, s.span, { code: 'no-stage', name: s.name });
  return commonValue(s, env);
}

/** The only argument. */
export function one(s: CallSyntax, env: Env): Syntax {
  const [arg] = s.args;
  if (arg === undefined || s.args.length > 1)
    return fail(env, s.span, {
      code: 'arguments',
      name: s.name,
      takes: 'one-argument',
      given: s.args.length,
    });
  return arg;
}

function functionValue(s: CallSyntax, env: Env): Value {
  const stage = s.stage === null ? null : affineOf(s.stage, env);
  return applied(head(s.name, s.primes, stage), env.resolve(one(s, env), env));
}

/** A function of one number, or of every entry. */
export const applied = (fn: FunctionHead, v: Value): Value =>
  v.kind === 'scalar' ? scalar(call(fn, v.of)) : { ...v, of: { kind: 'map', fn, of: v.of } };

function commonValue(s: CallSyntax, env: Env): Value {
  if (s.name === 'pi' && s.args.length === 0) return scalar(call('pi'));
  if (s.name === 'max' || s.name === 'min') return extreme(s, env);
  const arg = env.resolve(one(s, env), env);
  if (s.name === 'sqrt') {
    if (s.primes > 0) fail(env, s.span, { code: 'sqrt-derivative' });
    return rootOf(arg);
  }
  const name = s.name === 'ln' ? 'log' : s.name;
  if (elementaryRow(name) === null) return fail(env, s.span, { code: 'not-function', name });
  return applied(head(name, s.primes), arg);
}

const rootOf = (v: Value): Value =>
  v.kind === 'scalar'
    ? scalar(power(v.of, num(1, 2)))
    : { ...v, of: { kind: 'tensorPower', base: v.of, exponent: num(1, 2) } };

function extreme(s: CallSyntax, env: Env): Value {
  if (s.primes > 0) fail(env, s.span, { code: 'binary-derivative', name: s.name });
  if (s.args.length !== 2)
    fail(env, s.span, { code: 'arguments', name: s.name, takes: 'two-arguments', given: s.args.length });
  const args = s.args.map((a) => numberArgument(a, s.name, env));
  return scalar(call(s.name, ...args));
}

function numberArgument(s: Syntax, name: string, env: Env): Expr {
  const v = env.resolve(s, env);
  if (v.kind === 'tensor')
    return fail(
      env,
      s.span,
      { code: 'argument-shape', name, takes: 'numbers', shape: shapeOfValue(v) },
      'shape',
    );
  return v.of;
}

/** C(a[L]): an unknown function of whole tensors. */
function opaqueValue(s: CallSyntax, env: Env): Value {
  if (s.primes > 0) fail(env, s.span, { code: 'opaque-derivative', name: s.name });
  return scalar(opaque(s.name, opaqueArgs(s, env)));
}

const opaqueArgs = (s: CallSyntax, env: Env): SymbolTensor[] =>
  s.args.map((a) => {
    if (a.kind !== 'name') return fail(env, a.span, { code: 'opaque-argument', name: s.name, entry: false });
    const ref = tensorRef(a, env);
    if (ref.slots !== null && ref.slots.length > 0)
      return fail(env, a.span, { code: 'opaque-argument', name: s.name, entry: true }, 'shape');
    return ref.of;
  });

/** partial(C, a[L][j]), partial(C, a[L]), or with the arguments written out: partial(C(a[L]), a[L][j]). */
function headDerivative(s: CallSyntax, env: Env): Value {
  const [f, v] = s.args;
  const named = f?.kind === 'name' && f.brackets.length === 0 ? f : f?.kind === 'call' ? f : null;
  if (named === null || v?.kind !== 'name' || s.args.length !== 2 || !env.scope.opaque.has(named.name))
    return fail(env, s.span, { code: 'partial-form' });
  const by = tensorRef(v, env);
  const args =
    named.kind === 'call' ? opaqueArgs(named, env) : (env.scope.opaqueArgs.get(named.name) ?? [by.of]);
  const { name } = named;
  if (by.slots !== null)
    return scalar({ kind: 'head', name, args, by: entry(by.of.name, by.of.stage, by.slots) });
  const t: Tensor = { kind: 'derivative', what: 'head', head: { name, args }, of: null, by: by.of, cut: [] };
  return tensor(t, by.shape);
}

function tensorArgument(s: CallSyntax, env: Env, order: 1 | 2 | null): TensorValue {
  const v = env.resolve(one(s, env), env);
  const takes = order === 1 ? 'vector' : order === 2 ? 'square-matrix' : 'vector-or-square-matrix';
  if (v.kind === 'scalar' || v.shape.length > 2 || (order !== null && v.shape.length !== order))
    return fail(
      env,
      s.span,
      { code: 'argument-shape', name: s.name, takes, shape: shapeOfValue(v) },
      'shape',
    );
  const [rows, columns] = v.shape;
  if (columns !== undefined && rows?.key !== columns.key)
    return fail(
      env,
      s.span,
      { code: 'argument-shape', name: s.name, takes, shape: shapeOfValue(v) },
      'shape',
    );
  return v;
}

/** norm(v)^2 as v'v: what stands behind norm, and before an exponent 2. */
export function squaredNorm(s: CallSyntax, env: Env): Expr {
  const { of } = tensorArgument(s, env, 1);
  return entryOf({ kind: 'dot', left: of, right: of }, []);
}

/** The diagonal matrix of a vector, or the vector on a matrix's diagonal. */
function diagonal(s: CallSyntax, env: Env): Value {
  const v = tensorArgument(s, env, null);
  const [rows] = v.shape;
  return v.shape.length === 1 && rows !== undefined
    ? tensor({ kind: 'diag', of: v.of }, [rows, rows])
    : tensor({ kind: 'diagonal', of: v.of }, v.shape.slice(0, 1));
}

function trace(s: CallSyntax, env: Env): Value {
  return scalar(entryOf({ kind: 'trace', of: tensorArgument(s, env, 2).of }, []));
}

function ones(s: CallSyntax, env: Env): Value {
  const sizes = s.args.map((a) => sizeOf(a, env));
  const [rows, columns] = sizes;
  if (rows === undefined || sizes.length > 2)
    return fail(env, s.span, {
      code: 'arguments',
      name: 'ones',
      takes: 'one-or-two-sizes',
      given: sizes.length,
    });
  const left: Tensor = { kind: 'ones', size: rows };
  if (columns === undefined) return tensor(left, sizes);
  return tensor({ kind: 'outer', left, right: { kind: 'ones', size: columns } }, sizes);
}

/** A size; one that the text leaves open is settled by what the tensor meets. */
const sizeOf = (s: Syntax, env: Env): Affine =>
  env.faults !== null && s.kind === 'name' && s.name === ANY_SIZE.key ? ANY_SIZE : affineOf(s, env);

/** prod(dC/dy, dy/dx) in the chain rule, reordered so that the shapes go together: (dy/dx)' dC/dy. */
function chainOf(s: CallSyntax, env: Env): Value {
  const [first, ...rest] = s.args.map((a) => env.resolve(a, env));
  if (first === undefined)
    return fail(env, s.span, { code: 'arguments', name: s.name, takes: 'two-arguments', given: 0 });
  return rest.reduce((so, v): Value => {
    const chain = so.kind === 'tensor' && v.kind === 'tensor' ? goesOn(so, v, env) : null;
    if (chain !== null) return chain;
    const entrywise =
      so.kind === 'tensor' && v.kind === 'tensor' && so.shape.length === 1 && v.shape.length === 2;
    if (!entrywise || so.shape[0]?.key !== v.shape[0]?.key)
      return fail(
        env,
        s.span,
        { code: 'product', of: 'prod', left: shapeOfValue(so), right: shapeOfValue(v) },
        'shape',
      );
    return tensor(flatProduct(transposeOf(v.of), so.of), v.shape.slice(1));
  }, first);
}

/** The samples added up: a matrix's rows or columns, those that count samples; what has none stays. */
function sampleSum(s: CallSyntax, env: Env): Value {
  const [of, size] = s.args;
  if (of === undefined || size === undefined)
    return fail(env, s.span, {
      code: 'arguments',
      name: s.name,
      takes: 'two-arguments',
      given: s.args.length,
    });
  const v = env.resolve(of, env);
  const { key } = affineOf(size, env);
  if (v.kind === 'scalar' || v.shape.length !== 2) return v;
  if (v.shape[1]?.key === key) return addedUp(v, 1);
  return v.shape[0]?.key === key ? addedUp(v, 0) : v;
}

/** The sum along an axis, as NumPy counts them: 0 adds up the rows, 1 the columns. */
function axisSum(axis: 0 | 1): Form {
  return (s, env) => {
    const v = env.resolve(one(s, env), env);
    if (v.kind === 'scalar') return v;
    if (v.shape.length === 2) return addedUp(v, axis);
    return (axis === 0) === v.row ? v : sumOver({ ...s, name: 'sum' }, env);
  };
}

function addedUp(v: TensorValue, axis: 0 | 1): Value {
  const [rows, columns] = v.shape;
  if (rows === undefined || columns === undefined) return v;
  if (axis === 1) return tensor(flatProduct(v.of, { kind: 'ones', size: columns }), [rows]);
  return tensor(flatProduct(transposeOf(v.of), { kind: 'ones', size: rows }), [columns], true);
}

function identity(s: CallSyntax, env: Env): Value {
  const size = sizeOf(one(s, env), env);
  return tensor({ kind: 'identity', size }, [size, size]);
}
