// Syntax and a scope to expressions and tensors, with their shapes: one short case for each kind of syntax.

import { unreachable } from '../expr/error.ts';
import { entryOf, isNumber, numberOf, power } from '../expr/make.ts';
import { parseRational, type Rational } from '../expr/rational.ts';
import { applied, callValue, squaredNorm } from './resolve-call.ts';
import { type Env, fail, scalar, shapeOfValue, type Value } from './resolve-env.ts';
import { affineOf } from './resolve-index.ts';
import { derivativeValue, nameValue, partialValue } from './resolve-name.ts';
import { signed, sumOfTerms } from './resolve-terms.ts';
import { isDeclared, type Scope, shapesOnly } from './scope.ts';
import type { IndexedSyntax, NumberSyntax, PowerSyntax, RelationSyntax, Syntax } from './syntax.ts';

const NO_NUMBERS: Env['numbers'] = new Map();

/** The resolver's start: nothing bound. */
export const envOf = (
  text: string,
  scope: Scope,
  faults: Env['faults'] = null,
  numbers: Env['numbers'] = NO_NUMBERS,
  rows = false,
): Env => ({
  text,
  scope,
  system: shapesOnly(scope),
  bound: new Set(),
  faults,
  numbers,
  rows,
  resolve,
});

/** What a piece of syntax stands for. Throws a ReadError. */
export function resolve(s: Syntax, env: Env): Value {
  switch (s.kind) {
    case 'number':
      return scalar(numberOf(rationalOf(s, env)));
    case 'name':
      return nameValue(s, env);
    case 'call':
      return callValue(s, env);
    case 'group':
      return resolve(s.of, env);
    case 'sum':
      return sumOfTerms(s.parts, env);
    case 'product':
    case 'hadamard':
    case 'negative':
      return signed(s, false, env);
    case 'power':
      return powerValue(s, env);
    case 'transpose':
      return transposed(resolve(s.of, env), s, env);
    case 'indexed':
      return indexed(s, env);
    case 'relation':
      return misplaced(s, env);
    case 'derivative':
      return derivativeValue(s, env);
    case 'partial':
      return partialValue(s, env);
    default:
      return unreachable(s);
  }
}

function misplaced(s: RelationSyntax, env: Env): never {
  const is = s.relations.every((r) => r === '=') ? 'equation' : 'condition';
  return fail(env, s.span, { code: 'relation-misplaced', is }, 'form', 'formula');
}

function rationalOf(s: NumberSyntax, env: Env): Rational {
  try {
    return parseRational(s.text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fail(env, s.span, { code: 'exponent-range' });
  }
}

function powerValue(s: PowerSyntax, env: Env): Value {
  const exponent = resolve(s.exponent, env);
  if (isE(s.base, env)) return applied({ name: 'exp', order: 0, stage: null }, exponent);
  if (exponent.kind === 'tensor')
    return fail(env, s.exponent.span, { code: 'exponent-shape', shape: shapeOfValue(exponent) }, 'shape');
  if (s.base.kind === 'call' && s.base.name === 'norm' && isNumber(exponent.of, 2))
    return scalar(squaredNorm(s.base, env));
  const base = resolve(s.base, env);
  if (base.kind === 'scalar') return scalar(power(base.of, exponent.of));
  if (!s.entrywise && env.faults === null)
    return fail(env, s.base.span, { code: 'power-base', shape: shapeOfValue(base) }, 'shape');
  return { ...base, of: { kind: 'tensorPower', base: base.of, exponent: exponent.of } };
}

/** The number e, where no tensor or index has its name. */
const isE = (s: Syntax, env: Env): boolean =>
  s.kind === 'name' &&
  s.name === 'e' &&
  s.brackets.length === 0 &&
  !isDeclared(env.scope, 'e') &&
  !env.bound.has('e') &&
  env.scope.indices?.has('e') !== true;

function transposed(v: Value, s: Syntax, env: Env): Value {
  if (v.kind === 'scalar') return v;
  if (v.shape.length === 1) return { ...v, row: !v.row };
  if (v.shape.length > 2) return fail(env, s.span, { code: 'no-transpose', order: v.shape.length }, 'shape');
  return { ...v, of: { kind: 'transpose', of: v.of }, shape: [...v.shape].reverse() };
}

function indexed(s: IndexedSyntax, env: Env): Value {
  const v = resolve(s.of, env);
  if (v.kind === 'scalar') return fail(env, s.of.span, { code: 'number-entries' }, 'shape');
  const slots = s.slots.map((slot) => affineOf(slot, env));
  if (slots.length !== v.shape.length) {
    return fail(
      env,
      s.span,
      { code: 'slots', shape: shapeOfValue(v), has: v.shape.length, given: slots.length },
      'shape',
    );
  }
  return scalar(entryOf(v.of, slots));
}
