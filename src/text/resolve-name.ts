// Names and derivatives: entries, whole tensors, sizes, constants; dC/dv, du/dv with a cut, d(E)/dv.

import { type Affine, index, substituteIndices } from '../expr/affine.ts';
import type { CutMember, DerivativeTensor, SliceTensor, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { adjoint, call, entry, jacobian, NUM1, partial, size, symbol } from '../expr/make.ts';
import { sizesAt, type TensorDecl } from '../expr/system.ts';
import { nearHint } from './nearest.ts';
import { type Env, fail, scalar, type TensorValue, tensor, type Value } from './resolve-env.ts';
import { affineOf } from './resolve-index.ts';
import { COMMON_FUNCTIONS, isFunctionName } from './scope.ts';
import { type DerivativeSyntax, DOTS, type NameSyntax, type PartialSyntax, type Syntax } from './syntax.ts';

/** A tensor of the scope with its stage, and its slots where they are given (a scalar has all of its none). */
export interface TensorRef {
  readonly of: SymbolTensor;
  readonly slots: readonly Affine[] | null;
  readonly shape: readonly Affine[];
}

const SLOT_LETTERS = ['j', 'k', 'i', 'p', 'q'];

/** `w[l][j,k]`: how an entry of the tensor is written. */
export function exampleOf(decl: TensorDecl): string {
  const slots = decl.size.map((_, i) => SLOT_LETTERS[i] ?? 'r');
  return [decl.stage, slots].reduce(
    (text, b) => (b.length === 0 ? text : `${text}[${b.join(',')}]`),
    decl.name,
  );
}

/** The tensor that a name with its brackets stands for. */
export function tensorRef(s: NameSyntax, env: Env): TensorRef {
  const decl = env.scope.tensors.get(s.name);
  if (decl === undefined) return unknownTensor(s, env);
  const { name } = s;
  const example = exampleOf(decl);
  const stages = decl.stage.length;
  const brackets = stages === 0 ? [[], ...s.brackets] : s.brackets;
  const [stage, slots, more] = brackets;
  if (stage === undefined) return fail(env, s.span, { code: 'stage-missing', is: 'tensor', name, example });
  if (more !== undefined) fail(env, s.span, { code: 'brackets', name, example });
  if (stage.length !== stages)
    fail(env, s.span, { code: 'stages', is: 'tensor', name, has: stages, given: stage.length, example });
  if (slots !== undefined && slots.length !== decl.size.length) {
    fail(
      env,
      s.span,
      { code: 'tensor-slots', name, has: decl.size.length, given: slots.length, example },
      'shape',
    );
  }
  const at = stage.map((a) => affineOf(a, env));
  const given = slots?.map((a) => affineOf(a, env)) ?? null;
  return {
    of: symbol(s.name, at),
    slots: decl.size.length === 0 ? [] : given,
    shape: sizesAt(decl, at).map((s) => substituteIndices(s, env.numbers)),
  };
}

function unknownTensor(s: NameSyntax, env: Env): never {
  const hint = nearHint(s.name, env.scope.tensors.keys());
  return fail(env, s.span, { code: 'unknown', as: 'tensor', name: s.name, hint }, 'name', 'tensor');
}

/** Whether a gradient of that shape is a row. */
const isRow = (shape: readonly Affine[], env: Env): boolean => env.rows && shape.length === 1;

const entryAt = (ref: TensorRef, slots: readonly Affine[]): SymbolEntry =>
  entry(ref.of.name, ref.of.stage, slots);

/** What a name stands for where a value is wanted. */
export function nameValue(s: NameSyntax, env: Env): Value {
  const { scope } = env;
  const bare = s.brackets.length === 0;
  // What is left out has no value: the reader marks the side that it stands in.
  if (s.name === DOTS) return scalar(NUM1);
  if (bare && env.bound.has(s.name)) return scalar(size(index(s.name)));
  if (scope.tensors.has(s.name)) {
    const ref = tensorRef(s, env);
    if (ref.slots?.some(isAll)) return sliceOf(ref.of, openAt(ref), ref.shape);
    if (ref.slots !== null) return scalar(entryAt(ref, ref.slots));
    return tensor(ref.of, ref.shape, scope.tensors.get(s.name)?.kind === 'error' && isRow(ref.shape, env));
  }
  if (scope.sizes.has(s.name)) return scalar(size(affineOf(s, env)));
  if (bare && scope.indices?.has(s.name)) return scalar(size(index(s.name)));
  if (bare && s.name === 'pi') return scalar(call('pi'));
  if (bare && s.name === 'e') return scalar(call('exp', NUM1));
  if (isFunctionName(scope, s.name))
    return fail(env, s.span, { code: 'function-alone', name: s.name, wants: 'bracket' }, 'form', {
      sign: '(',
    });
  const known = [...scope.tensors.keys(), ...scope.sizes.keys(), ...scope.functions, ...COMMON_FUNCTIONS];
  return fail(
    env,
    s.span,
    { code: 'unknown', as: 'name', name: s.name, hint: nearHint(s.name, known) },
    'name',
  );
}

/** dX/dY: the loss's total derivative, or a Jacobian with what is held; of entries, or of whole tensors. */
export function derivativeValue(s: DerivativeSyntax, env: Env): Value {
  const of = tensorRef(s.of, env);
  const by = tensorRef(s.by, env);
  const cut = (s.cut ?? []).map((m) => cutMember(m, env));
  const total = of.of.name === env.scope.loss && s.cut === null;
  const whole = [of, by].every((ref) => ref.slots !== null && !ref.slots.some(isAll));
  if (whole && of.slots !== null && by.slots !== null) {
    const below = entryAt(by, by.slots);
    return scalar(total ? adjoint(below) : jacobian(entryAt(of, of.slots), below, cut));
  }
  const mixed = (ref: TensorRef): boolean => ref.slots !== null && ref.shape.length > 0;
  if (env.faults === null && (mixed(of) || mixed(by)))
    return fail(env, s.span, { code: 'derivative-sides' }, 'shape');
  const t: DerivativeTensor = {
    kind: 'derivative',
    what: total ? 'adjoint' : 'jacobian',
    head: null,
    of: total ? null : of.of,
    by: by.of,
    cut,
  };
  const shape = [...of.shape, ...by.shape];
  if (mixed(of) || mixed(by)) return sliceOf(t, [...openAt(of), ...openAt(by)], shape);
  return tensor(t, shape, total && isRow(by.shape, env));
}

/** The `:` of w[l][j,:]. */
const isAll = (slot: Affine): boolean => slot.key === ':';

/** What fixes each slot; null for an open one. */
const openAt = ({ slots, shape }: TensorRef): (Affine | null)[] =>
  shape.map((_, i) => slots?.[i] ?? null).map((slot) => (slot === null || isAll(slot) ? null : slot));

/** A tensor with some slots fixed: the row w_j, the derivatives of all z by one weight. */
const sliceOf = (
  of: SliceTensor['of'],
  at: readonly (Affine | null)[],
  shape: readonly Affine[],
): TensorValue =>
  tensor(
    { kind: 'slice', of, at },
    shape.filter((_, i) => at[i] === null),
  );

/** `z[l+1]`, `h[*]`: a tensor at a stage, or at every stage. */
function cutMember(s: NameSyntax, env: Env): CutMember {
  const decl = env.scope.tensors.get(s.name);
  if (decl === undefined) return unknownTensor(s, env);
  const [stage = [], more] = s.brackets;
  if (more !== undefined)
    fail(env, s.span, { code: 'held-whole', example: `${s.name}[${decl.stage.join(',')}]` });
  if (stage.length !== decl.stage.length)
    fail(env, s.span, {
      code: 'stages',
      is: 'tensor',
      name: s.name,
      has: decl.stage.length,
      given: stage.length,
      example: '',
    });
  return { name: s.name, stage: stage.map((a) => (isStar(a) ? null : affineOf(a, env))) };
}

const isStar = (s: Syntax): boolean => s.kind === 'name' && s.name === '*';

/** d(E)/dv of one expression by an entry. */
export function partialValue(s: PartialSyntax, env: Env): Value {
  const by = tensorRef(s.by, env);
  if (by.slots === null) return fail(env, s.by.span, { code: 'inline-by' }, 'shape', 'entry');
  const of = env.resolve(s.of, env);
  if (of.kind === 'tensor') return fail(env, s.of.span, { code: 'inline-of' }, 'shape');
  return scalar(partial(of.of, entryAt(by, by.slots)));
}
