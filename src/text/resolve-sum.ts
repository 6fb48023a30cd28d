// Sums over an index, indicators and Kronecker deltas.

import { type Affine, bareName, index, integer, mentions, shift, substituteIndices } from '../expr/affine.ts';
import { between, type Condition, equal } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Tensor } from '../expr/expr.ts';
import { call, entryOf, guard, sum } from '../expr/make.ts';
import { freeNames } from '../expr/walk.ts';
import { ReadError } from './read-error.ts';
import { type Env, fail, scalar, shapeOfValue, type Value } from './resolve-env.ts';
import { affineOf, conditionsOf, isIndexForm, isRelation } from './resolve-index.ts';
import { slotSizes } from './resolve-range.ts';
import { differenceOf } from './resolve-terms.ts';
import type { CallSyntax, NameSyntax, RelationSyntax, Syntax } from './syntax.ts';

/** sum(k, body), sum(k, lo, hi, body), sum(k, conditions..., body); of tensors too. */
export function sumOver(s: CallSyntax, env: Env): Value {
  const [first, ...rest] = s.args;
  const body = rest.pop();
  if (first !== undefined && body === undefined && !isBareIndex(first, env)) return sumOfEntries(first, env);
  if (first === undefined || body === undefined) return fail(env, s.span, { code: 'sum-form' });
  const index = binder(first, env);
  const inside: Env = { ...env, bound: new Set([...env.bound, index.name]) };
  const said = rest.filter((s) => !isOpenRange(s));
  const stated =
    env.faults === null ? statedRange(index, rest, env, inside) : usualRange(index, said, env, inside);
  const value = inside.resolve(body, inside);
  const own = (): Condition[] => inferred(index, value, env);
  const where = rest.some(isOpenRange)
    ? [...own(), ...(stated ?? [])]
    : stated === null
      ? looseRange(said, own(), value, env)
      : saysNoMore(stated, index, value, inside)
        ? own()
        : stated;
  if (value.kind === 'scalar') return scalar(sum(index.name, where, value.of));
  if (value.shape.some((size) => mentions(size, index.name)))
    return fail(env, body.span, { code: 'summed-shape', index: index.name }, 'shape');
  return { ...value, of: { kind: 'stageSum', index: index.name, where, of: value.of } };
}

const isBareIndex = (s: Syntax, env: Env): boolean =>
  s.kind === 'name' && s.brackets.length === 0 && !env.scope.tensors.has(s.name);

/** sum(E): all entries of a vector or a matrix. */
function sumOfEntries(s: Syntax, env: Env): Value {
  const value = env.resolve(s, env);
  if (value.kind === 'scalar') return fail(env, s.span, { code: 'sum-of-number' });
  const [rows, columns] = value.shape.map((size): Tensor => ({ kind: 'ones', size }));
  if (rows === undefined || value.shape.length > 2)
    return fail(env, s.span, { code: 'sum-entries', shape: shapeOfValue(value) }, 'shape');
  const each: Tensor = columns === undefined ? value.of : { kind: 'product', args: [value.of, columns] };
  return scalar(entryOf({ kind: 'dot', left: rows, right: each }, []));
}

function binder(s: Syntax, env: Env): NameSyntax {
  if (s.kind !== 'name' || s.brackets.length > 0)
    return fail(env, s.span, { code: 'sum-first' }, 'form', 'index');
  if (env.scope.sizes.has(s.name)) fail(env, s.span, { code: 'sum-over-size', name: s.name });
  return s;
}

function statedRange(index: NameSyntax, range: readonly Syntax[], env: Env, inside: Env): Condition[] | null {
  const [lo, hi] = range;
  if (lo === undefined) return null;
  if (range.every(isRelation)) return range.flatMap((c) => conditionsOf(c, inside));
  if (hi === undefined || range.length > 2 || range.some(isRelation)) {
    return fail(env, lo.span, { code: 'range-form', index: index.name });
  }
  return between(affineOf(lo, env), affineOf(index, inside), affineOf(hi, env));
}

/** The mark of a reader that the range of the slots holds too. */
const isOpenRange = (s: Syntax): boolean => s.kind === 'name' && s.name === '?';

/**
 * Whether bounds as people write them mean the range of the slots: from 0 to n-1 where one counts from 0, or up to a letter
 * that is no size here. From 0 to n is one term more.
 */
function saysNoMore(stated: readonly Condition[], index: NameSyntax, value: Value, env: Env): boolean {
  const [lo, hi] = stated;
  const [size, other] = env.faults === null ? [] : sizesOf(value, index.name, env);
  if (size === undefined || other !== undefined || stated.length > 2) return false;
  if (lo === undefined || hi === undefined || hi.relation === '=') return false;
  const start = lo.left.key;
  const end = hi.right;
  if (start !== '0' && start !== '1') return false;
  const letter = bareName(end);
  if (letter !== null && !env.scope.sizes.has(letter) && !env.bound.has(letter))
    return !isIndexOf(letter, value);
  return start === '0' && end.key === shift(size, -1).key;
}

/** Whether a letter stands for a neuron or a layer beside the sum: up to it there are other terms in each entry. */
const isIndexOf = (letter: string, value: Value): boolean =>
  value.kind === 'scalar' && freeNames(value.of).has(letter);

/**
 * The range up to a letter that stands for the number of terms: n without a layer, or K, which nothing here has. From 1 to n
 * and from 0 to n-1 are the range of the slots; so is from 0 to K, which may be the last index. Others are off by some terms.
 */
function looseRange(
  [lo, hi]: readonly Syntax[],
  own: readonly Condition[],
  value: Value,
  env: Env,
): Condition[] {
  const [from, to] = own;
  const end = hi === undefined ? null : letterAndMore(hi);
  if (from !== undefined && to !== undefined && (lo?.kind === 'negative' || hi?.kind === 'product'))
    return [from, { ...to, right: shift(to.right, 1) }];
  if (from !== undefined && to !== undefined && end !== null && isIndexOf(end.letter, value))
    return [from, { ...to, right: shift(index(end.letter), end.more) }];
  if (lo?.kind !== 'number' || from === undefined || to === undefined || end === null) return [...own];
  const start = Number(lo.text);
  const counted = start === 0 ? 1 : 0;
  const last = start === 0 && end.more === 0 && !env.scope.sizes.has(end.letter);
  if (last || (start < 2 && end.more + counted === 0)) return [...own];
  return [
    { ...from, left: shift(from.left, start - 1) },
    { ...to, right: shift(to.right, end.more) },
  ];
}

/** n, n-1, n+1: a letter with what is added; null for anything else. */
function letterAndMore(s: Syntax): { readonly letter: string; readonly more: number } | null {
  if (s.kind === 'name') return { letter: s.name, more: 0 };
  const [first, second, third] = s.kind === 'sum' ? s.parts : [];
  if (first?.of.kind !== 'name' || second?.of.kind !== 'number' || third !== undefined) return null;
  return { letter: first.of.name, more: Number(second.of.text) * (second.operator === '-' ? -1 : 1) };
}

/** The stated range as people write it; null where a letter that nothing here has stands in it. */
function usualRange(index: NameSyntax, range: readonly Syntax[], env: Env, inside: Env): Condition[] | null {
  if (range.some(isRelation)) return statedRange(index, range, env, inside);
  const stages = [...env.scope.tensors.values()].flatMap((t) => t.stage);
  const known = { ...env, scope: { ...env.scope, indices: env.scope.indices ?? new Set(stages) } };
  try {
    return statedRange(index, range, known, { ...inside, scope: known.scope });
  } catch (error) {
    if (error instanceof ReadError && range.length === 2) return null;
    throw error;
  }
}

/** The sizes of the slots where an index stands, those that numbers make one taken once. */
function sizesOf(value: Value, name: string, env: Env): Affine[] {
  const found = new Map<string, Affine>();
  for (const size of sizesBelow(value, name, env)) {
    const { key } = substituteIndices(size, env.numbers);
    if (!found.has(key)) found.set(key, size);
  }
  return [...found.values()];
}

/** None where the shapes of what is summed don't go together. */
function sizesBelow(value: Value, name: string, env: Env): readonly Affine[] {
  try {
    return slotSizes(value.of, name, env.system) ?? [];
  } catch (error) {
    if (error instanceof UserError && env.faults !== null) return [];
    throw error;
  }
}

function inferred(index: NameSyntax, value: Value, env: Env): Condition[] {
  const { name } = index;
  const [size, other] = sizesOf(value, name, env);
  if (size === undefined)
    return fail(env, index.span, { code: 'range-slots', index: name, sizes: [] }, 'shape');
  if (other !== undefined) {
    return fail(env, index.span, { code: 'range-slots', index: name, sizes: [size.key, other.key] }, 'shape');
  }
  return between(integer(1), affineOf(index, { ...env, bound: new Set([...env.bound, name]) }), size);
}

/** ind(conditions of indices) is a guard; ind(z > 0) of numbers is the step function, of a tensor entry by entry. */
export function indicator(s: CallSyntax, env: Env): Value {
  const relations = s.args.map((a) =>
    a.kind === 'relation' ? a : fail(env, a.span, { code: 'indicator-condition' }, 'form', 'condition'),
  );
  if (relations.every((r) => r.sides.every((side) => isIndexForm(side, env))))
    return scalar(guard(...relations.flatMap((r) => conditionsOf(r, env))));
  const [only] = relations;
  if (only === undefined || relations.length > 1 || only.relations.length > 1)
    return fail(env, s.span, { code: 'indicator-one' });
  return stepFunction(only, env);
}

function stepFunction(r: RelationSyntax, env: Env): Value {
  const [left, right] = r.sides;
  const [relation = ''] = r.relations;
  if (left === undefined || right === undefined || relation === '=')
    return fail(env, r.span, { code: 'indicator-one' });
  const [large, small] = relation.startsWith('>') ? [left, right] : [right, left];
  const name = relation.endsWith('=') ? 'nonneg' : 'pos';
  const difference = differenceOf(large, small, env);
  if (difference.kind === 'scalar') return scalar(call(name, difference.of));
  return { ...difference, of: { kind: 'map', fn: { name, order: 0, stage: null }, of: difference.of } };
}

/** kron(j,k) */
export function kronecker(s: CallSyntax, env: Env): Value {
  const [left, right] = s.args;
  if (left === undefined || right === undefined || s.args.length > 2)
    return fail(env, s.span, { code: 'arguments', name: 'kron', takes: 'two-indices', given: s.args.length });
  return scalar(guard(equal(affineOf(left, env), affineOf(right, env))));
}
