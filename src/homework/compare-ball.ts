// Real constants to any precision: whole numbers of 2^-bits with a bound of their error, and a bound below which an
// algebraic number is 0.

import { isIntegerR, powR, type Rational } from '../expr/rational.ts';
import { type Arithmetic, type Callee, NoValue, TooMuch } from './compare-arithmetic.ts';
import { kernelFormula } from './compare-kernel.ts';

/** For a number made by + - * / and roots of whole numbers: u and l of the separation bound, as logarithms to base 2. */
interface Algebraic {
  readonly u: number;
  readonly l: number;
}

export interface Ball {
  /** The number times 2^bits. */
  readonly m: bigint;
  /** The error of `m` is at most this. */
  readonly e: bigint;
  /** Null for what may be transcendental. */
  readonly algebraic: Algebraic | null;
  /** The number, where it is a fraction. */
  readonly exact: Rational | null;
  /** What pi is multiplied by, where the number is a multiple of pi. */
  readonly turns: Rational | null;
}

export interface Precision {
  readonly bits: number;
  /** The roots taken, each counted once: their indices multiply to the degree. */
  readonly roots: Map<string, number>;
}

const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);
const plainBall = (m: bigint, e: bigint): Ball => ({
  m,
  e,
  algebraic: null,
  exact: null,
  turns: null,
});
const bitsOf = (a: bigint): number => magnitude(a).toString(16).length * 4;

/** log2 of a whole number, rounded up a little; 0 for 0. */
const logOfWhole = (a: bigint): number =>
  bitsOf(a) > 900 ? bitsOf(a) : Math.max(0, Math.log2(Number(magnitude(a)))) * (1 + 1e-12);

/** log2(2^a + 2^b), rounded up a little. */
const logSum = (a: number, b: number): number =>
  Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b)) * (1 + 1e-12) + 1e-12;

function ofRational(value: Rational, { bits }: Precision): Ball {
  const top = value.n << BigInt(bits);
  const algebraic = { u: logOfWhole(value.n), l: logOfWhole(value.d) };
  return { m: top / value.d, e: top % value.d === 0n ? 0n : 1n, algebraic, exact: value, turns: null };
}

function added(a: Ball, b: Ball): Ball {
  const [x, y] = [a.algebraic, b.algebraic];
  const algebraic = x === null || y === null ? null : { u: logSum(x.u + y.l, x.l + y.u), l: x.l + y.l };
  return { m: a.m + b.m, e: a.e + b.e, algebraic, exact: null, turns: null };
}

function multiplied(a: Ball, b: Ball, { bits }: Precision): Ball {
  const shift = BigInt(bits);
  const e = ((magnitude(a.m) * b.e + magnitude(b.m) * a.e + a.e * b.e) >> shift) + 2n;
  const [x, y] = [a.algebraic, b.algebraic];
  const algebraic = x === null || y === null ? null : { u: x.u + y.u, l: x.l + y.l };
  return { m: (a.m * b.m) >> shift, e, algebraic, exact: null, turns: null };
}

function inverted(a: Ball, { bits }: Precision): Ball {
  const size = magnitude(a.m);
  if (size <= 2n * a.e) throw new NoValue('1/0');
  const one = 1n << BigInt(2 * bits);
  const algebraic = a.algebraic === null ? null : { u: a.algebraic.l, l: a.algebraic.u };
  return { m: one / a.m, e: (2n * one * a.e) / (size * size) + 2n, algebraic, exact: null, turns: null };
}

/** The whole part of the k-th root, by Newton's method from above. */
function wholeRoot(a: bigint, k: number): bigint {
  if (a < 2n) return a;
  const n = BigInt(k);
  let x = 1n << BigInt(Math.ceil(bitsOf(a) / k) + 1);
  for (;;) {
    const next = ((n - 1n) * x + a / x ** (n - 1n)) / n;
    if (next >= x) return x;
    x = next;
  }
}

function rooted(a: Ball, k: number, p: Precision): Ball {
  if (a.m < -a.e) throw new NoValue('a root of a negative number');
  if (a.m <= a.e) throw new NoValue('a root too near 0');
  p.roots.set(`${k} ${a.m >> BigInt(Math.floor(p.bits / 2))}`, k);
  const m = wholeRoot(a.m << BigInt(p.bits * (k - 1)), k);
  // d(a^(1/k)) = a^(1/k) da/(k a)
  const e = (2n * m * a.e) / (BigInt(k) * a.m) + 2n;
  return { m, e, algebraic: rootBound(a.algebraic, k), exact: null, turns: null };
}

function rootBound(a: Algebraic | null, k: number): Algebraic | null {
  if (a === null) return null;
  return a.u >= a.l ? { u: (a.u + a.l * (k - 1)) / k, l: a.l } : { u: a.u, l: (a.u * (k - 1) + a.l) / k };
}

const MOST_POWER = 4096n;

function powerOf(a: Ball, b: Ball, p: Precision, A: Arithmetic<Ball>): Ball {
  const n = b.exact;
  if (n === null || n.d > 12n || n.n > MOST_POWER || n.n < -MOST_POWER) {
    const log = A.call({ name: 'log', order: 0, stage: null }, a);
    return A.call({ name: 'exp', order: 0, stage: null }, A.mul(b, log));
  }
  if (a.exact?.n === 0n && n.n > 0n) return a;
  const whole = a.exact === null || !isIntegerR(n) ? null : powR(a.exact, n.n);
  if (whole !== null) return ofRational(whole, p);
  if (n.n < 0n) return inverted(powerOf(a, ofRational({ n: -n.n, d: n.d }, p), p, A), p);
  let square = isIntegerR(n) ? a : rooted(a, Number(n.d), p);
  let result = ofRational({ n: 1n, d: 1n }, p);
  for (let left = n.n; left > 0n; left >>= 1n) {
    if (left % 2n === 1n) result = multiplied(result, square, p);
    square = multiplied(square, square, p);
  }
  return result;
}

/** sum x^k/k! with the signs and steps of exp, sin or cos, for |x| <= 1. */
function series(x: bigint, first: bigint, from: number, step: 1 | 2, bits: number): bigint {
  const shift = BigInt(bits);
  let [term, sum] = [first, first];
  for (let k = from; term !== 0n; k += step) {
    term = (term * x) >> shift;
    if (step === 2) term = -((term * x) >> shift) / BigInt(k * (k - 1));
    else term /= BigInt(k);
    sum += term;
    if (k > 20 * bits) break;
  }
  return sum;
}

const EXTRA = 64;

function expOf(a: Ball, { bits }: Precision): Ball {
  const halvings = Math.max(0, bitsOf(a.m) - bits) + 8;
  if (halvings > 40) throw new NoValue('too large');
  const deep = bits + EXTRA + halvings;
  let m = series((a.m << BigInt(deep - bits)) >> BigInt(halvings), 1n << BigInt(deep), 1, 1, deep);
  for (let i = 0; i < halvings; i++) m = (m * m) >> BigInt(deep);
  m >>= BigInt(deep - bits);
  // Each halving undone doubles the relative error of the series, far below the bits kept.
  const lost = magnitude(m) >> BigInt(bits + EXTRA / 2);
  return plainBall(m, ((2n * magnitude(m) * a.e) >> BigInt(bits)) + lost + 4n);
}

/** By Newton's method on exp. */
function logOf(a: Ball, p: Precision): Ball {
  if (a.m <= a.e) throw new NoValue('log of no positive number');
  const x = Number(a.m >> BigInt(Math.max(0, bitsOf(a.m) - 60)));
  const start = Math.log(x) + Math.max(0, bitsOf(a.m) - 60) * Math.LN2 - p.bits * Math.LN2;
  const inner = { ...p, bits: p.bits + EXTRA };
  const shift = BigInt(EXTRA);
  const target = a.m << shift;
  let y = BigInt(Math.round(start * 2 ** 40)) << BigInt(inner.bits - 40);
  for (let i = 0; i < 20; i++) {
    const { m } = expOf(plainBall(y, 0n), inner);
    const change = ((target - m) << BigInt(inner.bits)) / m;
    y += change;
    if (magnitude(change) < 1n << BigInt(EXTRA / 2)) break;
  }
  return plainBall(y >> shift, ((2n * a.e) << BigInt(p.bits)) / a.m + 4n);
}

/** pi by Machin's formula. */
function piOf(bits: number): bigint {
  const one = 1n << BigInt(bits + EXTRA);
  const arctan = (n: bigint): bigint => {
    let power = one / n;
    let sum = power;
    for (let k = 3n; power !== 0n; k += 2n) {
      power /= -(n * n);
      sum += power / k;
    }
    return sum;
  };
  return (4n * (4n * arctan(5n) - arctan(239n))) >> BigInt(EXTRA);
}

/** cos and sin of a multiple of pi are half the sum of two roots of unity: algebraic, of half the degree of these. */
function circleBound(name: 'sin' | 'cos', turns: Rational | null, { roots }: Precision): Algebraic | null {
  if (turns === null || turns.d > 200n) return null;
  const t = name === 'cos' ? turns : ratio(turns.d - 2n * turns.n, 2n * turns.d);
  const order = Number(t.n % 2n === 0n ? t.d : 2n * t.d);
  let units = 0;
  for (let i = 1; i <= order; i++) if (gcd(BigInt(i), BigInt(order)) === 1n) units++;
  roots.set(`unity ${order}`, Math.max(1, units / 2));
  return { u: 1, l: 1 };
}

function circular(name: 'sin' | 'cos', a: Ball, p: Precision): Ball {
  const { bits } = p;
  const deep = bits + EXTRA;
  const pi = piOf(deep);
  const x = a.m << BigInt(EXTRA);
  // To |rest| <= pi/4 by quarters of the circle.
  const quarters = (2n * x + pi / 2n) / pi - ((2n * x + pi / 2n) % pi < 0n ? 1n : 0n);
  const rest = x - (quarters * pi) / 2n;
  const one = 1n << BigInt(deep);
  const values = [series(rest, one, 2, 2, deep), series(rest, rest, 3, 2, deep)] as const;
  const turn = Number(((quarters % 4n) + 4n + (name === 'sin' ? 3n : 0n)) % 4n);
  // cos of rest, then of rest turned by one, two and three quarters.
  const m = turn === 0 ? values[0] : turn === 1 ? -values[1] : turn === 2 ? -values[0] : values[1];
  return { ...plainBall(m >> BigInt(EXTRA), a.e + 4n), algebraic: circleBound(name, a.turns, p) };
}

function callOf(f: Callee, a: Ball, p: Precision, A: Arithmetic<Ball>): Ball {
  if (f.order > 0) throw new NoValue('a derivative');
  switch (f.name) {
    case 'exp':
      return expOf(a, p);
    case 'log':
      return logOf(a, p);
    case 'sin':
    case 'cos':
      return circular(f.name, a, p);
    case 'abs':
      return a.m < 0n ? A.mul(ofRational({ n: -1n, d: 1n }, p), a) : a;
    case 'sign':
      if (magnitude(a.m) <= a.e) throw new NoValue('a sign too near 0');
      return ofRational({ n: a.m < 0n ? -1n : 1n, d: 1n }, p);
  }
  const formula = kernelFormula(f.name);
  if (formula === null) throw new NoValue(`${f.name} is not known to any precision`);
  return formula(a, A);
}

function refuse(): never {
  throw new NoValue('not a constant');
}

const sumOf = (x: Rational, y: Rational): Rational => ratio(x.n * y.d + y.n * x.d, x.d * y.d);
const productOf = (x: Rational, y: Rational): Rational => ratio(x.n * y.n, x.d * y.d);

/** Of two fractions; null where one isn't known. */
const both = (
  a: Rational | null,
  b: Rational | null,
  of: (x: Rational, y: Rational) => Rational,
): Rational | null => (a === null || b === null ? null : of(a, b));

export function ballArithmetic(p: Precision): Arithmetic<Ball> {
  const sized = (b: Ball): Ball => {
    if (bitsOf(b.m) > 3 * p.bits + 4096) throw new TooMuch('digits');
    return b;
  };
  const A: Arithmetic<Ball> = {
    rational: (value) => ofRational(value, p),
    constant: (name) =>
      name === 'pi' ? { ...plainBall(piOf(p.bits), 2n), turns: { n: 1n, d: 1n } } : refuse(),
    add: (a, b) => ({
      ...sized(added(a, b)),
      exact: both(a.exact, b.exact, sumOf),
      turns: both(a.turns, b.turns, sumOf),
    }),
    mul: (a, b) => ({
      ...sized(multiplied(a, b, p)),
      exact: both(a.exact, b.exact, productOf),
      turns: both(a.exact, b.turns, productOf) ?? both(a.turns, b.exact, productOf),
    }),
    power: (a, b) => sized(powerOf(a, b, p, A)),
    call: (f, a) => sized(callOf(f, a, p, A)),
    input: refuse,
    opaque: refuse,
    head: refuse,
  };
  return A;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? magnitude(a) : gcd(b, a % b));
const ratio = (n: bigint, d: bigint): Rational => {
  const common = gcd(n, d);
  return common === 0n ? { n: 0n, d: 1n } : { n: n / common, d: d / common };
};
