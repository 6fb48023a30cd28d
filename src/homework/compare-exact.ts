// Fractions: what needs no roots and no functions is compared without any rounding.

import { addR, isIntegerR, mulR, negR, type Rational, rational } from '../expr/rational.ts';
import { type Arithmetic, type Callee, NoValue, TooMuch } from './compare-arithmetic.ts';

const MOST_BITS = 8_000;
const MOST_DIGITS = 1n << BigInt(MOST_BITS);

/** Whether a number has outgrown its budget. */
function kept(a: Rational): Rational {
  if (a.d > MOST_DIGITS || a.n > MOST_DIGITS || a.n < -MOST_DIGITS) throw new TooMuch('digits');
  return a;
}

const bits = (n: bigint): number => (n < 0n ? -n : n).toString(16).length * 4;

function powerOf(a: Rational, b: Rational): Rational {
  if (!isIntegerR(b)) throw new NoValue('a root has no fraction');
  if (a.n === 0n && b.n <= 0n) throw new NoValue('a power of 0');
  const size = b.n < 0n ? -b.n : b.n;
  if (size > MOST_BITS || Number(size) * Math.max(bits(a.n), bits(a.d)) > MOST_BITS) {
    if (a.d !== 1n || (a.n !== 1n && a.n !== -1n && a.n !== 0n)) throw new TooMuch('digits');
    return rational(size % 2n === 0n ? a.n * a.n : a.n);
  }
  return b.n >= 0n ? rational(a.n ** b.n, a.d ** b.n) : rational(a.d ** size, a.n ** size);
}

const ofSign = (a: Rational, negative: number, zero: number, positive: number): Rational =>
  rational(a.n < 0n ? negative : a.n === 0n ? zero : positive);

function callOf(f: Callee, u: Rational): Rational {
  if (f.order === 0) {
    if (f.name === 'abs') return u.n < 0n ? negR(u) : u;
    if (f.name === 'sign') return ofSign(u, -1, 0, 1);
    if (f.name === 'pos') return ofSign(u, 0, 0, 1);
    if (f.name === 'nonneg') return ofSign(u, 0, 1, 1);
  }
  throw new NoValue(`${f.name} has no fraction`);
}

/** A double is a fraction with a power of 2 below. */
export function fractionOf(x: number): Rational {
  let bottom = 1n;
  let top = x;
  while (!Number.isInteger(top)) [top, bottom] = [top * 2, bottom * 2n];
  return rational(BigInt(top), bottom);
}

type Input = (name: string, stage: readonly number[], slots: readonly number[]) => number;

/** Fractions; unknown functions have no value here. */
export const exactArithmetic = (input: Input): Arithmetic<Rational> => ({
  rational: (value) => value,
  add: (a, b) => kept(addR(a, b)),
  mul: (a, b) => kept(mulR(a, b)),
  power: powerOf,
  constant: (name) => {
    throw new NoValue(`${name} is no fraction`);
  },
  call: callOf,
  input: (name, stage, slots) => fractionOf(input(name, stage, slots)),
  opaque: ({ name }) => {
    throw new NoValue(`${name} has no fraction`);
  },
  head: ({ name }) => {
    throw new NoValue(`${name} has no fraction`);
  },
});
