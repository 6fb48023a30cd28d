// Names and derivatives: entries, whole tensors, sizes, constants; dC/dv, du/dv with a cut, d(E)/dv.

import { type Affine, index, substituteIndices } from '../expr/affine.ts';
import type { CutMember, DerivativeTensor, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { adjoint, call, entry, jacobian, NUM1, partial, size, symbol } from '../expr/make.ts';
import { sizesAt, type TensorDecl } from '../expr/system.ts';
import { suggestion } from './nearest.ts';
import { type Env, fail, scalar, tensor, type Value } from './resolve-env.ts';
import { affineOf } from './resolve-index.ts';
import { COMMON_FUNCTIONS, isFunctionName } from './scope.ts';
import type { DerivativeSyntax, NameSyntax, PartialSyntax, Syntax } from './syntax.ts';

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

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** The tensor that a name with its brackets stands for. */
export function tensorRef(s: NameSyntax, env: Env): TensorRef {
  const decl = env.scope.tensors.get(s.name);
  if (decl === undefined) return unknownTensor(s, env);
  const stages = decl.stage.length;
  const brackets = stages === 0 ? [[], ...s.brackets] : s.brackets;
  const [stage, slots, more] = brackets;
  if (stage === undefined) return fail(env, s.span, `${s.name} wants its stage: ${exampleOf(decl)}`);
  if (more !== undefined)
    fail(env, s.span, `${s.name} has too many brackets; an entry is ${exampleOf(decl)}`);
  if (stage.length !== stages)
    fail(env, s.span, `${s.name} has ${counted(stages, 'stage')}, not ${stage.length}: ${exampleOf(decl)}`);
  if (slots !== undefined && slots.length !== decl.size.length) {
    const has = decl.size.length === 0 ? 'is a scalar' : `has ${counted(decl.size.length, 'slot')}`;
    fail(env, s.span, `${s.name} ${has}, not ${counted(slots.length, 'slot')}: ${exampleOf(decl)}`, 'shape');
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
  const near = suggestion(s.name, env.scope.tensors.keys());
  return fail(env, s.span, `unknown tensor "${s.name}"${near}`, 'name', 'a tensor');
}

const entryAt = (ref: TensorRef, slots: readonly Affine[]): SymbolEntry =>
  entry(ref.of.name, ref.of.stage, slots);

/** What a name stands for where a value is wanted. */
export function nameValue(s: NameSyntax, env: Env): Value {
  const { scope } = env;
  const bare = s.brackets.length === 0;
  if (bare && env.bound.has(s.name)) return scalar(size(index(s.name)));
  if (scope.tensors.has(s.name)) {
    const ref = tensorRef(s, env);
    return ref.slots === null ? tensor(ref.of, ref.shape) : scalar(entryAt(ref, ref.slots));
  }
  if (scope.sizes.has(s.name)) return scalar(size(affineOf(s, env)));
  if (bare && scope.indices?.has(s.name)) return scalar(size(index(s.name)));
  if (bare && s.name === 'pi') return scalar(call('pi'));
  if (bare && s.name === 'e') return scalar(call('exp', NUM1));
  if (isFunctionName(scope, s.name))
    return fail(env, s.span, `${s.name} is a function; expected "(" after it`, 'form', '"("');
  const known = [...scope.tensors.keys(), ...scope.sizes.keys(), ...scope.functions, ...COMMON_FUNCTIONS];
  return fail(env, s.span, `unknown name "${s.name}"${suggestion(s.name, known)}`, 'name');
}

/** dX/dY: the loss's total derivative, or a Jacobian with what is held; of entries, or of whole tensors. */
export function derivativeValue(s: DerivativeSyntax, env: Env): Value {
  const of = tensorRef(s.of, env);
  const by = tensorRef(s.by, env);
  const cut = (s.cut ?? []).map((m) => cutMember(m, env));
  const total = of.of.name === env.scope.loss && s.cut === null;
  if (of.slots !== null && by.slots !== null) {
    const below = entryAt(by, by.slots);
    return scalar(total ? adjoint(below) : jacobian(entryAt(of, of.slots), below, cut));
  }
  const mixed = (ref: TensorRef): boolean => ref.slots !== null && ref.shape.length > 0;
  if (mixed(of) || mixed(by))
    return fail(env, s.span, 'a derivative is of an entry by an entry, or of a tensor by a tensor', 'shape');
  const t: DerivativeTensor = {
    kind: 'derivative',
    what: total ? 'adjoint' : 'jacobian',
    head: null,
    of: total ? null : of.of,
    by: by.of,
    cut,
  };
  return tensor(t, [...of.shape, ...by.shape]);
}

/** `z[l+1]`, `h[*]`: a tensor at a stage, or at every stage. */
function cutMember(s: NameSyntax, env: Env): CutMember {
  const decl = env.scope.tensors.get(s.name);
  if (decl === undefined) return unknownTensor(s, env);
  const [stage = [], more] = s.brackets;
  if (more !== undefined)
    fail(env, s.span, `what is held is a whole tensor: ${s.name}[${decl.stage.join(',')}]`);
  if (stage.length !== decl.stage.length)
    fail(env, s.span, `${s.name} has ${counted(decl.stage.length, 'stage')}, not ${stage.length}`);
  return { name: s.name, stage: stage.map((a) => (isStar(a) ? null : affineOf(a, env))) };
}

const isStar = (s: Syntax): boolean => s.kind === 'name' && s.name === '*';

/** d(E)/dv of one expression by an entry. */
export function partialValue(s: PartialSyntax, env: Env): Value {
  const by = tensorRef(s.by, env);
  if (by.slots === null)
    return fail(env, s.by.span, 'd(...) is differentiated by one entry', 'shape', 'an entry');
  const of = env.resolve(s.of, env);
  if (of.kind === 'tensor')
    return fail(env, s.of.span, 'd(...) wants one number in its brackets, not a tensor', 'shape');
  return scalar(partial(of.of, entryAt(by, by.slots)));
}
