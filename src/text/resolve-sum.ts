// Sums over an index, indicators and Kronecker deltas.

import { type Affine, bareName, integer, mentions, shift, substituteIndices } from '../expr/affine.ts';
import { between, type Condition, equal } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Tensor } from '../expr/expr.ts';
import { call, entryOf, guard, sum } from '../expr/make.ts';
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
  if (first === undefined || body === undefined)
    return fail(env, s.span, 'sum wants an index and what is summed: sum(k, a[k])');
  const index = binder(first, env);
  const inside: Env = { ...env, bound: new Set([...env.bound, index.name]) };
  const said = rest.filter((s) => !isOpenRange(s));
  const stated =
    env.faults === null ? statedRange(index, rest, env, inside) : usualRange(index, said, env, inside);
  const value = inside.resolve(body, inside);
  const own = (): Condition[] => inferred(index, value, env);
  const where = rest.some(isOpenRange)
    ? [...own(), ...(stated ?? [])]
    : stated === null || saysNoMore(stated, index, value, inside)
      ? own()
      : stated;
  if (value.kind === 'scalar') return scalar(sum(index.name, where, value.of));
  if (value.shape.some((size) => mentions(size, index.name)))
    return fail(env, body.span, `the shape of what is summed changes with ${index.name}`, 'shape');
  return { ...value, of: { kind: 'stageSum', index: index.name, where, of: value.of } };
}

const isBareIndex = (s: Syntax, env: Env): boolean =>
  s.kind === 'name' && s.brackets.length === 0 && !env.scope.tensors.has(s.name);

/** sum(E): all entries of a vector or a matrix. */
function sumOfEntries(s: Syntax, env: Env): Value {
  const value = env.resolve(s, env);
  if (value.kind === 'scalar') return fail(env, s.span, 'sum of one number; name its index: sum(k, a[k])');
  const [rows, columns] = value.shape.map((size): Tensor => ({ kind: 'ones', size }));
  if (rows === undefined || value.shape.length > 2)
    return fail(env, s.span, `sum(E) adds up a vector or a matrix, not ${shapeOfValue(value)}`, 'shape');
  const each: Tensor = columns === undefined ? value.of : { kind: 'product', args: [value.of, columns] };
  return scalar(entryOf({ kind: 'dot', left: rows, right: each }, []));
}

function binder(s: Syntax, env: Env): NameSyntax {
  if (s.kind !== 'name' || s.brackets.length > 0)
    return fail(env, s.span, 'the first thing in sum(...) is its index: sum(k, a[k])', 'form', 'an index');
  if (env.scope.sizes.has(s.name)) fail(env, s.span, `${s.name} is a size; a sum runs over an index`);
  return s;
}

function statedRange(index: NameSyntax, range: readonly Syntax[], env: Env, inside: Env): Condition[] | null {
  const [lo, hi] = range;
  if (lo === undefined) return null;
  if (range.every(isRelation)) return range.flatMap((c) => conditionsOf(c, inside));
  if (hi === undefined || range.length > 2 || range.some(isRelation)) {
    const form = `sum(${index.name}, lo, hi, ...)`;
    return fail(
      env,
      lo.span,
      `a range is two bounds or conditions: ${form}, sum(${index.name}, lo <= ${index.name}, ...)`,
    );
  }
  return between(affineOf(lo, env), affineOf(index, inside), affineOf(hi, env));
}

/** The mark of a reader that the range of the slots holds too. */
const isOpenRange = (s: Syntax): boolean => s.kind === 'name' && s.name === '?';

/**
 * Whether bounds as people write them mean the range of the slots: from 1 to n, from 0 to n-1 (or n) where one counts from 0,
 * or up to a letter that is no size here.
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
  if (letter !== null && !env.scope.sizes.has(letter) && !env.bound.has(letter)) return true;
  return start === '0' && (end.key === size.key || end.key === shift(size, -1).key);
}

/** The stated range as people write it: from 1 to a letter that nothing here has says no more than the slots do. */
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
  const way = `write sum(${name}, lo, hi, ...)`;
  if (size === undefined)
    return fail(env, index.span, `the range of ${name} does not show in a slot; ${way}`, 'shape');
  if (other !== undefined) {
    const both = `${size.key} and ${other.key}`;
    return fail(env, index.span, `${name} stands in slots of different sizes, ${both}; ${way}`, 'shape');
  }
  return between(integer(1), affineOf(index, { ...env, bound: new Set([...env.bound, name]) }), size);
}

/** ind(conditions of indices) is a guard; ind(z > 0) of numbers is the step function, of a tensor entry by entry. */
export function indicator(s: CallSyntax, env: Env): Value {
  const relations = s.args.map((a) =>
    a.kind === 'relation' ? a : fail(env, a.span, 'ind wants a condition: ind(z > 0)', 'form', 'a condition'),
  );
  if (relations.every((r) => r.sides.every((side) => isIndexForm(side, env))))
    return scalar(guard(...relations.flatMap((r) => conditionsOf(r, env))));
  const [only] = relations;
  if (only === undefined || relations.length > 1 || only.relations.length > 1)
    return fail(env, s.span, 'ind of numbers takes one inequality: ind(z > 0)');
  return stepFunction(only, env);
}

function stepFunction(r: RelationSyntax, env: Env): Value {
  const [left, right] = r.sides;
  const [relation = ''] = r.relations;
  if (left === undefined || right === undefined || relation === '=')
    return fail(env, r.span, 'ind of numbers takes an inequality: ind(z > 0)');
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
    return fail(env, s.span, `kron takes two indices, not ${s.args.length}`);
  return scalar(guard(equal(affineOf(left, env), affineOf(right, env))));
}
