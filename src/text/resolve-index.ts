// Syntax in an index place: affine forms of indices and sizes, and conditions on them.

import {
  type Affine,
  addScaled,
  index,
  integer,
  isConstant,
  plus,
  scale,
  shift,
  ZERO,
} from '../expr/affine.ts';
import { atMost, type Condition, equal } from '../expr/condition.ts';
import { nearest } from './nearest.ts';
import { type Env, fail } from './resolve-env.ts';
import type { NameSyntax, Part, RelationSyntax, Syntax } from './syntax.ts';

const LARGEST = 1e9;

/** The form that a piece of syntax stands for in an index place. Throws where it is none. */
export function affineOf(s: Syntax, env: Env): Affine {
  switch (s.kind) {
    case 'number':
      return integer(integerOf(s.text, s, env));
    case 'name':
      return indexNamed(s, env);
    case 'group':
      return affineOf(s.of, env);
    case 'negative':
      return scale(affineOf(s.of, env), -1);
    case 'sum':
      return s.parts.reduce(
        (total, p) => bounded(addScaled(total, affineOf(p.of, env), p.operator === '-' ? -1 : 1), s, env),
        ZERO,
      );
    case 'product':
      return s.parts.reduce<Affine>((total, p) => timesPart(total, p, env), integer(1));
    default:
      return fail(env, s.span, { code: 'expected', what: 'index-behind' }, 'form', 'index');
  }
}

function integerOf(text: string, s: Syntax, env: Env): number {
  if (!/^\d+$/.test(text)) fail(env, s.span, { code: 'index-not-whole', text: text.slice(0, 24) });
  const value = Number(text);
  if (value > LARGEST) fail(env, s.span, { code: 'index-range' });
  return value;
}

function bounded(a: Affine, s: Syntax, env: Env): Affine {
  const fits = [a.constant, ...a.terms.map((t) => t.coefficient)].every((n) => Math.abs(n) <= LARGEST);
  return fits ? a : fail(env, s.span, { code: 'index-range' });
}

function timesPart(total: Affine, p: Part, env: Env): Affine {
  if (p.operator !== '*') fail(env, p.span, { code: 'index-quotient' });
  const by = affineOf(p.of, env);
  if (isConstant(by)) return bounded(scale(total, by.constant), p.of, env);
  if (isConstant(total)) return bounded(scale(by, total.constant), p.of, env);
  return fail(env, p.of.span, { code: 'index-product' });
}

function indexNamed(s: NameSyntax, env: Env): Affine {
  const { sizes, indices } = env.scope;
  const stages = sizes.get(s.name);
  const [first] = s.brackets;
  if (first === undefined) {
    if (env.bound.has(s.name) || stages === 0) return index(s.name);
    if (stages !== undefined)
      return fail(env, s.span, {
        code: 'stage-missing',
        is: 'size',
        name: s.name,
        example: `${s.name}[...]`,
      });
    if (indices === null || indices.has(s.name)) return index(s.name);
    const near = nearest(s.name, [...env.bound, ...sizes.keys(), ...indices]);
    return fail(env, s.span, { code: 'unknown', as: 'index', name: s.name, hint: { near } }, 'name', 'index');
  }
  if (stages === undefined || stages === 0 || s.brackets.length > 1)
    return fail(env, s.span, { code: 'index-brackets', name: s.name }, 'name', 'index');
  if (first.length !== stages)
    fail(env, s.span, {
      code: 'stages',
      is: 'size',
      name: s.name,
      has: stages,
      given: first.length,
      example: '',
    });
  return index(
    s.name,
    first.map((stage) => plus(affineOf(stage, env), ZERO)),
  );
}

/** Whether a piece of syntax is an index form, going by its names: a tensor's name is none, unless it lacks its stage. */
export function isIndexForm(s: Syntax, env: Env): boolean {
  switch (s.kind) {
    case 'number':
      return /^\d+$/.test(s.text);
    case 'name': {
      if (env.bound.has(s.name) && s.brackets.length === 0) return true;
      const decl = env.scope.tensors.get(s.name);
      if (decl !== undefined && (s.brackets.length > 0 || decl.stage.length === 0)) return false;
      if (env.scope.sizes.has(s.name)) return true;
      return s.brackets.length === 0 && (env.scope.indices === null || env.scope.indices.has(s.name));
    }
    case 'group':
    case 'negative':
      return isIndexForm(s.of, env);
    case 'sum':
    case 'product':
      return s.parts.every((p) => p.operator !== '/' && isIndexForm(p.of, env));
    default:
      return false;
  }
}

/** The conditions of a chain such as 2 <= l < L. Over the integers a < b is a <= b-1. */
export function conditionsOf(s: Syntax, env: Env): Condition[] {
  if (s.kind !== 'relation')
    return fail(env, s.span, { code: 'expected', what: 'condition-like' }, 'form', 'condition');
  const sides = s.sides.map((side) => affineOf(side, env));
  return s.relations.map((relation, i) => conditionOf(relation, sides[i] ?? ZERO, sides[i + 1] ?? ZERO));
}

function conditionOf(relation: string, left: Affine, right: Affine): Condition {
  switch (relation) {
    case '=':
      return equal(left, right);
    case '<=':
      return atMost(left, right);
    case '>=':
      return atMost(right, left);
    case '<':
      return below(left, right);
    default:
      return below(right, left);
  }
}

/** left < right, shifted on the side that isn't a number: 2 < l is 3 <= l, l < L is l <= L-1. */
const below = (left: Affine, right: Affine): Condition =>
  isConstant(left) ? atMost(shift(left, 1), right) : atMost(left, shift(right, -1));

export const isRelation = (s: Syntax): s is RelationSyntax => s.kind === 'relation';
