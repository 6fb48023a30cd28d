// Products as people write them: one sign may be a matrix product or an entrywise one, and the shapes say which.

import type { Expr } from '../expr/expr.ts';
import { factorsOf, isNumber, mul, NUM_1, numberOf, power } from '../expr/make.ts';
import { negR } from '../expr/rational.ts';
import type { Span } from './read-error.ts';
import { withChains } from './resolve-chain.ts';
import { type Env, type Fault, scalar, shapeOfValue, type TensorValue, type Value } from './resolve-env.ts';
import { divide, type Item, negated, scaled } from './resolve-product.ts';
import { forcedProduct, hadamardProduct, matrixProduct } from './resolve-shapes.ts';
import type { Part } from './syntax.ts';

/** A tensor of a product, and the sign before it. */
interface Operand {
  readonly value: TensorValue;
  readonly sign: string;
  readonly span: Span;
}

interface Signed extends Item {
  readonly sign: string;
}

/** a b * c \odot d / e in one chain. Faults of shape are noted, and the product is made as written. */
export function flexibleProduct(env: Env, parts: readonly Part[], negate: boolean, faults: Fault[]): Value {
  const items: Item[] = [];
  for (const p of parts) {
    const value = env.resolve(p.of, env);
    if (p.operator !== '/' && p.operator !== './') items.push(signedItem(value, p.of.span, p.operator));
    else if (value.kind === 'scalar') divideByFactors(items, value.of, p, env);
    else divideEntrywise(items, value, p.of.span);
  }
  const scalars: Expr[] = [];
  const operands: Operand[] = [];
  let sign = '';
  for (const item of negate ? negated(items) : items) {
    const own = 'sign' in item ? (item as Signed).sign : '';
    sign = sign === '' ? own : sign;
    if (item.value.kind === 'scalar') scalars.push(item.value.of);
    else {
      operands.push({ value: item.value, sign, span: item.span });
      sign = '';
    }
  }
  const of = associated(withChains(operands, env), faults);
  if (of === null) return scalar(mul(...scalars));
  if (of.kind === 'scalar') return scalar(mul(...scalars, of.of));
  return scalars.length === 0 ? of : scaled(mul(...scalars), of);
}

const signedItem = (value: Value, span: Span, sign: string): Signed => ({ value, span, sign });

/** One factor under the line after the other, a power as the power of the opposite sign: x/(2 y^2) is x * 1/2 * y^(-2). */
function divideByFactors(items: Item[], by: Expr, p: Part, env: Env): void {
  for (const factor of factorsOf(by)) {
    if (factor.kind === 'power' && factor.exponent.kind === 'number') {
      const exponent = numberOf(negR(factor.exponent.value));
      const last = items.at(-1)?.value;
      if (last?.kind === 'scalar' && isNumber(last.of, 1)) items.pop();
      items.push({ value: scalar(power(factor.base, exponent)), span: p.of.span });
    } else divide(items, scalar(factor), p, env);
  }
}

/** Division by a tensor is entry by entry. */
function divideEntrywise(items: Item[], value: TensorValue, span: Span): void {
  const last = items.at(-1)?.value;
  if (last?.kind === 'scalar' && isNumber(last.of, 1)) items.pop();
  const of: TensorValue = { ...value, of: { kind: 'tensorPower', base: value.of, exponent: NUM_1 } };
  items.push(signedItem(of, span, '.*'));
}

/** How tight a sign binds where several stand in a chain: nothing, dots, stars, then the entrywise product. */
const LOOSENESS: ReadonlyMap<string, number> = new Map([
  ['', 0],
  ['·', 1],
  ['*', 2],
  ['×', 2],
  ['@', 2],
  ['⊙', 3],
  ['.*', 3],
  ['∘', 3],
  ['⊗', 3],
]);
const looseness = (sign: string): number => LOOSENESS.get(sign) ?? 2;

/** Two values put together by a sign; null where their shapes don't allow it. */
function combined(a: Value, b: Value, sign: string): Value | null {
  if (a.kind === 'scalar') return b.kind === 'scalar' ? scalar(mul(a.of, b.of)) : scaled(a.of, b);
  if (b.kind === 'scalar') return scaled(b.of, a);
  switch (sign) {
    case '@':
      return matrixProduct(a, b);
    case '⊙':
    case '.*':
      return hadamardProduct(a, b);
    case '∘':
      return hadamardProduct(a, b) ?? matrixProduct(a, b);
    case '⊗':
      return hadamardProduct(a, b) ?? matrixProduct(a, b) ?? outerProduct(a, b);
    default:
      return matrixProduct(a, b) ?? rowProduct(a, b) ?? hadamardProduct(a, b);
  }
}

/** w_j a, where a row or a column of a matrix meets a vector: both are written without saying how they stand. */
function rowProduct(a: TensorValue, b: TensorValue): Value | null {
  if ((a.of.kind !== 'slice' && b.of.kind !== 'slice') || a.row || b.row) return null;
  return a.shape.length === 1 && b.shape.length === 1 ? matrixProduct({ ...a, row: true }, b) : null;
}

/** u \otimes v of two columns. */
function outerProduct(a: TensorValue, b: TensorValue): Value | null {
  if (a.shape.length !== 1 || b.shape.length !== 1 || a.row || b.row) return null;
  return matrixProduct(a, { ...b, row: true });
}

/** The operands by the usual precedence; where that doesn't fit, in the first way that does; else as written. */
function associated(operands: readonly Operand[], faults: Fault[]): Value | null {
  const [only] = operands;
  if (only === undefined) return null;
  if (operands.length === 1) return only.value;
  return (
    byPrecedence(operands, combined) ?? bySomeBrackets(operands) ?? byPrecedence(operands, forcing(faults))
  );
}

type Combine = (a: Value, b: Value, sign: string, at: Span) => Value | null;

function byPrecedence(operands: readonly Operand[], combine: Combine): Value | null {
  let rest: { value: Value; sign: string; span: Span }[] = [...operands];
  for (let level = 0; level <= 3 && rest.length > 1; level++) {
    const joined: typeof rest = [];
    for (const item of rest) {
      const last = joined.at(-1);
      if (last === undefined || looseness(item.sign) > level) joined.push(item);
      else {
        const value = combine(last.value, item.value, item.sign, item.span);
        if (value === null) return null;
        joined[joined.length - 1] = { ...last, value };
      }
    }
    rest = joined;
  }
  return rest[0]?.value ?? null;
}

const MOST_BRACKETED = 10;

/** The first way of putting brackets that fits, loosest signs split first. */
function bySomeBrackets(operands: readonly Operand[]): Value | null {
  if (operands.length > MOST_BRACKETED) return null;
  const known = new Map<string, Value | null>();
  const best = (from: number, to: number): Value | null => {
    if (to - from === 1) return operands[from]?.value ?? null;
    const key = `${from}:${to}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const places = Array.from({ length: to - from - 1 }, (_, i) => to - 1 - i);
    places.sort((x, y) => looseness(operands[y]?.sign ?? '') - looseness(operands[x]?.sign ?? ''));
    let value: Value | null = null;
    for (const at of places) {
      const [left, right] = [best(from, at), best(at, to)];
      value = left === null || right === null ? null : combined(left, right, operands[at]?.sign ?? '');
      if (value !== null) break;
    }
    known.set(key, value);
    return value;
  };
  return best(0, operands.length);
}

const ENTRYWISE = new Set(['⊙', '.*']);

const forcing =
  (faults: Fault[]): Combine =>
  (a, b, sign, at) => {
    const value = combined(a, b, sign);
    if (value !== null || a.kind === 'scalar' || b.kind === 'scalar') return value;
    const entrywise = ENTRYWISE.has(sign);
    const of = entrywise ? 'entrywise' : 'product';
    faults.push({
      span: at,
      complaint: { code: 'product', of, left: shapeOfValue(a), right: shapeOfValue(b) },
    });
    return forcedProduct(a, b, entrywise);
  };
