// The reader of plain syntax: text to expressions, tensors, equations and conditions.

import { type Affine, bareName, collectNames } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry, Tensor } from '../expr/expr.ts';
import { entry } from '../expr/make.ts';
import { type Equation, type System, slotRanges } from '../expr/system.ts';
import { type Parsed, parseFormula, parseList } from './parse.ts';
import type { Names } from './parse-cursor.ts';
import type { Span } from './read-error.ts';
import { envOf } from './resolve.ts';
import { type Env, fail, shapeOfValue, type Value } from './resolve-env.ts';
import { conditionsOf } from './resolve-index.ts';
import { exampleOf, tensorRef } from './resolve-name.ts';
import { isDeclared, type Scope, scopeOf } from './scope.ts';
import type { RelationSyntax, Syntax } from './syntax.ts';
import { tokensOf } from './tokens.ts';

export { isTensor } from './resolve-range.ts';

/** A number for each value of its free indices, or a tensor of order 1 or more. */
export type Read = Expr | Tensor;
export interface Statement {
  readonly left: Read;
  readonly right: Read;
}

/** How the parser is to take names. */
export const namesOf = (scope: Scope): Names => ({
  declared: (name) => isDeclared(scope, name),
  callable: (name) => scope.functions.has(name) || scope.opaque.has(name) || !isDeclared(scope, name),
});

const parsed = (text: string, scope: Scope): Parsed => parseFormula(text, tokensOf(text), namesOf(scope));

/** One formula, no statement and no conditions. */
function formula(text: string, env: Env): Syntax {
  const { formula: s, where } = parsed(text, env.scope);
  if (where !== null) fail(env, where[0]?.span ?? s.span, '"for" and conditions belong to an equation');
  return s;
}

/** A component expression. A tensor of order 1 or more is an error. */
export const readExpr = (text: string, system: System): Expr => readExprIn(text, scopeOf(system));

export function readExprIn(text: string, scope: Scope): Expr {
  const env = envOf(text, scope);
  const s = formula(text, env);
  const v = env.resolve(s, env);
  if (v.kind === 'scalar') return v.of;
  return fail(env, s.span, `a single number is wanted here, but this is ${shapeOfValue(v)}`, 'shape');
}

/** A component expression or a tensor. */
export const readFormula = (text: string, system: System): Read => readFormulaIn(text, scopeOf(system));

export function readFormulaIn(text: string, scope: Scope): Read {
  const env = envOf(text, scope);
  const s = formula(text, env);
  return columnOf(env.resolve(s, env), s.span, env);
}

function columnOf(v: Value, span: Span, env: Env): Read {
  if (v.kind === 'tensor' && v.row)
    return fail(
      env,
      span,
      `this is a row, ${shapeOfValue(v)}; vectors are columns, so transpose it`,
      'shape',
    );
  return v.of;
}

/** `left = right`, as one line of a derivation. Both sides have the same shape; two rows are read as columns. */
export const readStatement = (text: string, system: System): Statement =>
  readStatementIn(text, scopeOf(system));

export function readStatementIn(text: string, scope: Scope): Statement {
  const env = envOf(text, scope);
  const { left, right } = sidesOf(formula(text, env), env);
  const values = [env.resolve(left, env), env.resolve(right, env)] as const;
  const [a, b] = values;
  if (shapeOfValue(a) !== shapeOfValue(b))
    fail(env, right.span, `the left side is ${shapeOfValue(a)}, the right side ${shapeOfValue(b)}`, 'shape');
  return { left: a.of, right: b.of };
}

function sidesOf(s: Syntax, env: Env): { left: Syntax; right: Syntax } {
  const relation = equality(s, env);
  const [left = s, right = s] = relation.sides;
  return { left, right };
}

function equality(s: Syntax, env: Env): RelationSyntax {
  if (s.kind === 'relation' && s.relations.length === 1 && s.relations[0] === '=') return s;
  const found = s.kind === 'relation' ? `${s.relations.join(' and ')}` : 'none';
  const at = s.kind === 'relation' ? s.span : { offset: s.span.offset + s.span.length, length: 0 };
  return fail(env, at, `expected one "=", found ${found}`, 'form', '"="');
}

/** `z[l][j] = ... for 2 <= l <= L`: its range is what stands behind `for`, and the sizes of the left side's slots. */
export function readEquation(text: string, system: System): Equation {
  const scope = scopeOf(system);
  const outside = envOf(text, scope);
  const { formula: s, where } = parsed(text, scope);
  const { left, right } = sidesOf(s, outside);
  const { lhs, indices } = leftSide(left, outside);
  const env = envOf(text, { ...scope, indices: new Set(indices) });
  const rhs = env.resolve(right, env);
  if (rhs.kind === 'tensor')
    return fail(env, right.span, `an equation is of entries, but this is ${shapeOfValue(rhs)}`, 'shape');
  const ranges = (where ?? []).flatMap((c) => conditionsOf(c, env));
  return { lhs, rhs: rhs.of, indices, where: [...ranges, ...slotRanges(system, lhs)] };
}

function leftSide(s: Syntax, env: Env): { lhs: SymbolEntry; indices: string[] } {
  if (s.kind !== 'name') return fail(env, s.span, 'the left side of an equation is one entry: z[l][j] = ...');
  const ref = tensorRef(s, env);
  const decl = env.scope.tensors.get(s.name);
  if (ref.slots === null || decl === undefined)
    return fail(env, s.span, `the left side is one entry: ${decl === undefined ? s.name : exampleOf(decl)}`);
  const indices: string[] = [];
  const own = (a: Affine, fixed: boolean): void => {
    const name = bareName(a);
    if (name !== null && !env.scope.sizes.has(name)) {
      if (indices.includes(name)) fail(env, s.span, `${name} stands twice on the left side; use two indices`);
      indices.push(name);
    } else if (!fixed || !isFixed(a, env.scope))
      fail(env, s.span, `the left side has plain indices: ${a.key} can't stand in ${exampleOf(decl)}`);
  };
  for (const stage of ref.of.stage) own(stage, true);
  for (const slot of ref.slots) own(slot, false);
  return { lhs: entry(ref.of.name, ref.of.stage, ref.slots), indices };
}

/** Whether only sizes stand in the form. */
function isFixed(a: Affine, scope: Scope): boolean {
  const names = new Set<string>();
  collectNames(a, names);
  return [...names].every((name) => scope.sizes.has(name));
}

/** Conditions separated by commas, chains such as `2 <= l <= L` among them. */
export const readConditions = (text: string, system: System): Condition[] =>
  readConditionsIn(text, scopeOf(system));

export function readConditionsIn(text: string, scope: Scope): Condition[] {
  const env = envOf(text, scope);
  return parseList(text, tokensOf(text), namesOf(scope)).flatMap((s) => conditionsOf(s, env));
}
