// An expression with identities put in that neither numbers nor primes can use: a function of its own inverse, signs.

import type { Expr } from '../expr/expr.ts';
import { add, call, mul, NUM1, negative, num, power } from '../expr/make.ts';
import { mapParts } from '../expr/parts.ts';

const half = (e: Expr, n: number): Expr => power(e, num(n, 2));
const square = (e: Expr): Expr => power(e, num(2));
const root = (sign: (e: Expr) => Expr, u: Expr): Expr => half(add(NUM1, sign(square(u))), 1);
const same = (e: Expr): Expr => e;

/** sin(asin u) and its like, outer and inner function. */
const COMPOSED: ReadonlyMap<string, (u: Expr) => Expr> = new Map<string, (u: Expr) => Expr>([
  ['exp log', same],
  ['log exp', same],
  ['sinh asinh', same],
  ['cosh acosh', same],
  ['tanh atanh', same],
  ['sin asin', same],
  ['cos acos', same],
  ['tan atan', same],
  ['cos asin', (u) => root(negative, u)],
  ['sin acos', (u) => root(negative, u)],
  ['tan asin', (u) => mul(u, half(add(NUM1, negative(square(u))), -1))],
  ['tan acos', (u) => mul(root(negative, u), power(u, num(-1)))],
  ['sin atan', (u) => mul(u, half(add(NUM1, square(u)), -1))],
  ['cos atan', (u) => half(add(NUM1, square(u)), -1)],
]);

/** Whether an expression can't be negative where it has a value: squares, exponentials, sums and products of such. */
function neverNegative(e: Expr): boolean {
  switch (e.kind) {
    case 'number':
      return e.value.n >= 0n;
    case 'add':
    case 'mul':
      return e.args.every(neverNegative);
    case 'power': {
      const { exponent } = e;
      const whole = exponent.kind === 'number' && exponent.value.d === 1n;
      return (
        (whole && exponent.value.n % 2n === 0n) ||
        (exponent.kind === 'number' && !whole) ||
        neverNegative(e.base)
      );
    }
    case 'sum':
      return neverNegative(e.body);
    case 'guard':
      return true;
    case 'call':
      return e.fn.order === 0 && NEVER_NEGATIVE.has(e.fn.name);
    default:
      return false;
  }
}
const NEVER_NEGATIVE = new Set(['exp', 'cosh', 'sech', 'abs', 'pi', 'pos', 'nonneg', 'acos', 'acosh']);

/** Whether an expression is positive where it has a value, for a reason as simple. */
function positive(e: Expr): boolean {
  switch (e.kind) {
    case 'number':
      return e.value.n > 0n;
    case 'add':
      return e.args.every(neverNegative) && e.args.some(positive);
    case 'mul':
      return e.args.every(positive);
    case 'power':
      return positive(e.base);
    case 'call':
      return e.fn.order === 0 && POSITIVE.has(e.fn.name);
    default:
      return false;
  }
}
const POSITIVE = new Set(['exp', 'cosh', 'sech', 'pi']);

/** An equal expression, wherever it has a value; the same object where nothing applies. */
export function reduced(e: Expr): Expr {
  const inner = mapParts(e, { expr: reduced, tensor: (t) => t, affine: (a) => a });
  if (inner.kind !== 'call' || inner.fn.order > 0) return inner;
  const [u] = inner.args;
  if (u === undefined || inner.args.length > 1) return inner;
  if (inner.fn.name === 'abs' && neverNegative(u)) return u;
  if (inner.fn.name === 'sign' && positive(u)) return NUM1;
  if (u.kind !== 'call' || u.fn.order > 0 || u.args.length !== 1) return inner;
  const made = COMPOSED.get(`${inner.fn.name} ${u.fn.name}`);
  return made === undefined ? inner : made(u.args[0] ?? call('pi'));
}
