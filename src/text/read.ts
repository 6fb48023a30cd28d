// The reader of plain syntax: text to expressions, tensors, equations and conditions.

import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { type Parsed, parseFormula, parseList } from './parse.ts';
import type { Names } from './parse-cursor.ts';
import type { Span } from './read-error.ts';
import { envOf } from './resolve.ts';
import { type Env, fail, shapeOfValue, type Value } from './resolve-env.ts';
import { conditionsOf } from './resolve-index.ts';
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

export const parsed = (text: string, scope: Scope): Parsed =>
  parseFormula(text, tokensOf(text), namesOf(scope));

/** One formula, no statement and no conditions. */
function formula(text: string, env: Env): Syntax {
  const { formula: s, where } = parsed(text, env.scope);
  if (where !== null) fail(env, where[0]?.span ?? s.span, { code: 'for-without-equation' });
  return s;
}

/** A component expression. A tensor of order 1 or more is an error. */
export const readExpr = (text: string, system: System): Expr => readExprIn(text, scopeOf(system));

export function readExprIn(text: string, scope: Scope): Expr {
  const env = envOf(text, scope);
  const s = formula(text, env);
  const v = env.resolve(s, env);
  if (v.kind === 'scalar') return v.of;
  return fail(env, s.span, { code: 'number-wanted', shape: shapeOfValue(v) }, 'shape');
}

/** A component expression or a tensor. */
export const readFormula = (text: string, system: System): Read => readFormulaIn(text, scopeOf(system));

export function readFormulaIn(text: string, scope: Scope): Read {
  const env = envOf(text, scope);
  const s = formula(text, env);
  return columnOf(env.resolve(s, env), s.span, env);
}

function columnOf(v: Value, span: Span, env: Env): Read {
  if (v.kind === 'tensor' && v.row) return fail(env, span, { code: 'row', shape: shapeOfValue(v) }, 'shape');
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
    fail(env, right.span, { code: 'side-shapes', left: shapeOfValue(a), right: shapeOfValue(b) }, 'shape');
  return { left: a.of, right: b.of };
}

export function sidesOf(s: Syntax, env: Env): { left: Syntax; right: Syntax } {
  const relation = equality(s, env);
  const [left = s, right = s] = relation.sides;
  return { left, right };
}

function equality(s: Syntax, env: Env): RelationSyntax {
  if (s.kind === 'relation' && s.relations.length === 1 && s.relations[0] === '=') return s;
  const relations = s.kind === 'relation' ? s.relations : [];
  const at = s.kind === 'relation' ? s.span : { offset: s.span.offset + s.span.length, length: 0 };
  return fail(env, at, { code: 'one-equal-sign', relations }, 'form', { sign: '=' });
}

/** Conditions separated by commas, chains such as `2 <= l <= L` among them. */
export const readConditions = (text: string, system: System): Condition[] =>
  readConditionsIn(text, scopeOf(system));

export function readConditionsIn(text: string, scope: Scope): Condition[] {
  const env = envOf(text, scope);
  return parseList(text, tokensOf(text), namesOf(scope)).flatMap((s) => conditionsOf(s, env));
}
