// Arithmetic modulo primes below 2^30, and chains of primes in which exp, log, sin and cos have exact counterparts.

/**
 * The fields of one chain. If q = (p-1)/2 is prime too, the squares modulo p are a group of order q: exp(u) is g^u with
 * u modulo q, so that exp(u + v) = exp(u) exp(v) holds exactly, and log is the discrete logarithm. A square stands for a
 * positive number: the primes are chosen so that 2, 3 and 5 are squares and -1 isn't, and so products, roots, absolute
 * values and signs follow the rules of the reals. cos and sin are a point of the circle x^2 + y^2 = 1, whose group has
 * order p+1: the angle lives modulo t, a prime that divides p+1 in every field of a chain.
 */
export interface Field {
  readonly p: number;
  readonly inverse: number;
  /** (p-1)/2: prime, but in the last two fields. */
  readonly half: number;
  /** Of order `half`. */
  readonly g: number;
}

export interface Chain {
  /** BASE, three fields of exponents below it, the field above it, and the field of angles. */
  readonly fields: readonly Field[];
  /** The order of the circle group of each field divided by t. */
  readonly t: number;
}

export const BASE = 0;
export const ABOVE = 4;
export const ANGLE = 5;
/** In which field the exponent of exp lives, by field; -1: in none. */
export const EXPONENT = [1, 2, 3, -1, 0, -1] as const;
/** In which field the argument of log lives. */
export const ARGUMENT = [4, 0, 1, 2, -1, -1] as const;

/** a b mod p for 0 <= a, b < p < 2^30: the low 32 bits of both products are exact, and the quotient is off by 1 at most. */
export function mulMod(a: number, b: number, f: Field): number {
  const quotient = Math.floor(a * b * f.inverse);
  const r = (Math.imul(a, b) - Math.imul(quotient, f.p)) | 0;
  return r < 0 ? r + f.p : r >= f.p ? r - f.p : r;
}

export const addMod = (a: number, b: number, f: Field): number => (a + b >= f.p ? a + b - f.p : a + b);
export const negMod = (a: number, f: Field): number => (a === 0 ? 0 : f.p - a);

export function powMod(a: number, n: number, f: Field): number {
  let result = 1;
  let square = a;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = mulMod(result, square, f);
    square = mulMod(square, square, f);
  }
  return result;
}

/** 1/a modulo m, whether m is prime or not; null where there is none. */
export function inverseMod(a: number, m: number): number | null {
  let [r0, r1, s0, s1] = [m, a % m, 0, 1];
  while (r1 !== 0) {
    const q = Math.floor(r0 / r1);
    [r0, r1, s0, s1] = [r1, r0 - q * r1, s1, s0 - q * s1];
  }
  return r0 === 1 ? ((s0 % m) + m) % m : null;
}

/** n/d modulo m; null where d has no inverse. */
export function fractionMod(n: bigint, d: bigint, m: number): number | null {
  const big = BigInt(m);
  const bottom = d === 1n ? 1 : inverseMod(Number(((d % big) + big) % big), m);
  if (bottom === null) return null;
  return Number(((((n % big) + big) % big) * BigInt(bottom)) % big);
}

/** 1 for a square, -1 for none, 0 for 0. */
export function character(a: number, f: Field): number {
  if (a === 0) return 0;
  return powMod(a, f.half, f) === 1 ? 1 : -1;
}

const field = (p: number): Field => {
  const f = { p, inverse: 1 / p, half: (p - 1) / 2, g: 4 };
  return { ...f, g: mulMod(1234577 % p, 1234577 % p, f) };
};

/** From the prime t: the fields 120t-1, and four times the double plus 1. */
function chain(t: number): Chain {
  const lowest = 120 * t - 1;
  const [q3, q2, q1, base, above] = [1, 2, 4, 8, 16].map((k) => field(k * (lowest + 1) - 1));
  if (!q3 || !q2 || !q1 || !base || !above) throw new RangeError('a chain has five fields');
  return { fields: [base, q1, q2, q3, above, field(t)], t };
}

/** Found by search: 120t-1 and the four numbers above it are prime, and -1 is no square modulo t either. */
export const chains: readonly Chain[] = [341927, 244943, 215827, 139439, 111271, 90107].map(chain);

/** A point of the circle x^2 + y^2 = 1. */
export type Point = readonly [number, number];

export const turned = ([a, b]: Point, [c, d]: Point, f: Field): Point => [
  addMod(mulMod(a, c, f), negMod(mulMod(b, d, f), f), f),
  addMod(mulMod(a, d, f), mulMod(b, c, f), f),
];

export function pointPower(point: Point, n: number, f: Field): Point {
  let result: Point = [1, 0];
  let square = point;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = turned(result, square, f);
    square = turned(square, square, f);
  }
  return result;
}

const circles = new WeakMap<Field, Point>();

/** A point whose order is t, in a field whose p+1 it divides: what the angle 1 turns by. */
export function unitTurn(f: Field, t: number): Point {
  let found = circles.get(f);
  if (found === undefined) {
    // (1 - s^2, 2s)/(1 + s^2) lies on the circle for every s.
    const s = 98765 % f.p;
    const square = mulMod(s, s, f);
    const bottom = inverseMod(addMod(1, square, f), f.p) ?? 1;
    const x = mulMod(addMod(1, negMod(square, f), f), bottom, f);
    found = pointPower([x, mulMod(addMod(s, s, f), bottom, f)], (f.p + 1) / t, f);
    circles.set(f, found);
  }
  return found;
}

const STEPS = 16384;
const tables = new WeakMap<Field, Map<number, number>>();
const logs = new WeakMap<Field, Map<number, number>>();
const MOST_LOGS = 20_000;

/** The exponent e with g^e = a, for a square a; the gradient of a cross-entropy asks for the same ones again and again. */
export function discreteLog(a: number, f: Field): number {
  const own = logs.get(f) ?? new Map<number, number>();
  logs.set(f, own);
  const known = own.get(a);
  if (known !== undefined) return known;
  const found = workedOut(a, f);
  if (own.size >= MOST_LOGS) own.clear();
  own.set(a, found);
  return found;
}

/** Small steps from a table, large ones by multiplication. */
function workedOut(a: number, f: Field): number {
  let table = tables.get(f);
  if (table === undefined) {
    table = new Map();
    let power = 1;
    for (let i = 0; i < STEPS; i++) {
      table.set(power, i);
      power = mulMod(power, f.g, f);
    }
    tables.set(f, table);
  }
  const leap = powMod(f.g, f.half - STEPS, f);
  let rest = a;
  for (let i = 0; i * STEPS <= f.half; i++) {
    const small = table.get(rest);
    if (small !== undefined) return (i * STEPS + small) % f.half;
    rest = mulMod(rest, leap, f);
  }
  throw new RangeError('not a power of the generator');
}

/** Mixes numbers to 30 bits that look random: the value of an unknown function at them. */
export function mixed(seed: number, a: number, b: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(a + 0x7f4a7c15, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) ^ Math.imul(b + 0x165667b1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  return (h ^ (h >>> 16)) >>> 2;
}

/** 32 bits from a text (FNV-1a). */
export function textHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
