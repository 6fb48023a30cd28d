// Residues modulo a chain of primes: exact where functions are unknown, exponential, circular, or powers.

import { addR, isIntegerR, mulR, negR, R0, R1, type Rational } from '../expr/rational.ts';
import { type Arithmetic, type Callee, NoValue, type OpaqueCall } from './compare-arithmetic.ts';
import { kernelFormula } from './compare-kernel.ts';
import {
  ANGLE,
  ARGUMENT,
  addMod,
  type Chain,
  character,
  discreteLog,
  EXPONENT,
  type Field,
  fractionMod,
  mixed,
  mulMod,
  negMod,
  type Point,
  pointPower,
  powMod,
  textHash,
  turned,
  unitTurn,
} from './compare-primes.ts';

/** A number: what it is in each field in use, and what is known of it exactly. */
export interface Residue {
  readonly at: readonly number[];
  /** The number itself, where it is a fraction. */
  readonly exact: Rational | null;
  /** How many times pi is in it as a term; `at` counts them too. */
  readonly turns: Rational;
  /** Whether a root or logarithm of a negative number went into it. */
  readonly outside: boolean;
}

export interface Run {
  readonly chain: Chain;
  readonly seed: string;
  /** Which of the chain's fields are needed. */
  readonly uses: readonly boolean[];
}

const seedOf = (run: Run, text: string): number => textHash(`${run.seed}:${text}`);

/** Numbers for every field in use. */
function each(run: Run, f: (field: Field, i: number) => number): number[] {
  const { fields } = run.chain;
  const found: number[] = [];
  for (let i = 0; i < fields.length; i++) {
    const here = fields[i];
    found.push(run.uses[i] === true && here !== undefined ? f(here, i) : 0);
  }
  return found;
}

const plain = (at: readonly number[], outside = false): Residue => ({ at, exact: null, turns: R0, outside });

const drawn = (run: Run, text: string): Residue => {
  const seed = seedOf(run, text);
  return plain(each(run, (f, i) => mixed(seed, i, 1) % f.p));
};

function rationalIn(run: Run, value: Rational): Residue {
  const at = each(run, (f) => {
    const found = fractionMod(value.n, value.d, f.p);
    if (found === null) throw new NoValue('a denominator that the prime divides');
    return found;
  });
  return { at, exact: value, turns: R0, outside: false };
}

const residueAt = (u: Residue, i: number): number => u.at[i] ?? 0;

function product(run: Run, a: Residue, b: Residue): Residue {
  const at = each(run, (f, i) => mulMod(residueAt(a, i), residueAt(b, i), f));
  const turns = a.exact !== null ? mulR(a.exact, b.turns) : b.exact !== null ? mulR(b.exact, a.turns) : R0;
  const exact = a.exact !== null && b.exact !== null ? mulR(a.exact, b.exact) : null;
  return { at, exact, turns, outside: a.outside || b.outside };
}

/** |u|^(n/d) for a fraction, |u|^v with v modulo the group's order otherwise; the sign is kept by odd integers. */
function powerIn(run: Run, u: Residue, v: Residue): Residue {
  const exponent = v.exact;
  const whole = exponent !== null && isIntegerR(exponent);
  const exact = whole && u.exact !== null ? smallPower(u.exact, exponent.n) : null;
  let outside = u.outside || v.outside;
  const at = each(run, (f, i) => {
    const base = residueAt(u, i);
    if (base === 0) {
      if (exponent !== null && exponent.n > 0n) return 0;
      throw new NoValue('a power of 0');
    }
    if (whole) return integerPower(base, exponent.n, f);
    if (character(base, f) < 0) outside = true;
    return realPower(positive(base, f), v, f, i);
  });
  return { at, exact, turns: exponent !== null && exponent.n === 1n && whole ? u.turns : R0, outside };
}

const integerPower = (base: number, n: bigint, f: Field): number =>
  powMod(base, Number(((n % BigInt(f.p - 1)) + BigInt(f.p - 1)) % BigInt(f.p - 1)), f);

function realPower(base: number, v: Residue, f: Field, i: number): number {
  if (v.exact !== null) {
    const n = fractionMod(v.exact.n, v.exact.d, f.half);
    return n === null ? mixed(base, textHash(`${v.exact.n}/${v.exact.d}`), i) % f.p : powMod(base, n, f);
  }
  const child = EXPONENT[i] ?? -1;
  return child >= 0 ? powMod(base, residueAt(v, child), f) : mixed(base, residueAt(v, i), 7) % f.p;
}

const positive = (a: number, f: Field): number => (character(a, f) < 0 ? negMod(a, f) : a);

function smallPower(a: Rational, n: bigint): Rational | null {
  if (n < -64n || n > 64n || (a.n === 0n && n < 0n)) return null;
  let result = R1;
  for (let i = n < 0n ? -n : n; i > 0n; i--) result = mulR(result, a);
  return n >= 0n ? result : result.n < 0n ? { n: -result.d, d: -result.n } : { n: result.d, d: result.n };
}

function expIn(run: Run, u: Residue): Residue {
  return plain(
    each(run, (f, i) => {
      const child = EXPONENT[i] ?? -1;
      return child >= 0 ? powMod(f.g, residueAt(u, child), f) : mixed(residueAt(u, i), 11, i) % f.p;
    }),
    u.outside,
  );
}

function logIn(run: Run, u: Residue): Residue {
  let { outside } = u;
  const at = each(run, (f, i) => {
    const parent = ARGUMENT[i] ?? -1;
    const above = run.chain.fields[parent];
    if (above === undefined || run.uses[parent] !== true)
      return mixed(positive(residueAt(u, i), f), 13, i) % f.p;
    const value = residueAt(u, parent);
    if (value === 0) throw new NoValue('log of 0');
    if (character(value, above) < 0) outside = true;
    return discreteLog(positive(value, above), above);
  });
  return plain(at, outside);
}

const HALF: Rational = { n: 1n, d: 2n };
/** cos and sin of pi times a fraction between 0 and 1/2, as squares over a square: [cos^2, sin^2]. */
const SQUARES: ReadonlyMap<string, readonly [Rational, Rational]> = new Map([
  [
    '1/6',
    [
      { n: 3n, d: 4n },
      { n: 1n, d: 4n },
    ],
  ],
  ['1/4', [HALF, HALF]],
  [
    '1/3',
    [
      { n: 1n, d: 4n },
      { n: 3n, d: 4n },
    ],
  ],
]);

/** The point at an angle of pi times a fraction; null where it isn't known. */
function fixedPoint(turns: Rational, f: Field): Point | null {
  const quarters = (turns.n * 2n) / turns.d - ((turns.n * 2n) % turns.d < 0n ? 1n : 0n);
  const rest = addR(turns, negR({ n: quarters, d: 2n }));
  let point: Point = [1, 0];
  const lowest = addR(rest, R0);
  if (lowest.n !== 0n) {
    const squares = SQUARES.get(`${lowest.n}/${lowest.d}`);
    if (squares === undefined) return null;
    const root = (r: Rational): number => powMod(fractionMod(r.n, r.d, f.p) ?? 0, (f.p + 1) / 4, f);
    point = [root(squares[0]), root(squares[1])];
  }
  for (let i = ((quarters % 4n) + 4n) % 4n; i > 0n; i--) point = [negMod(point[1], f), point[0]];
  return point;
}

/** cos and sin of a number: a turn of the circle for the part without pi, and a known point for the rest. */
function circleAt(run: Run, u: Residue, f: Field, i: number): Point {
  const angle = run.chain.fields[ANGLE];
  if (i === ANGLE || angle === undefined) {
    const seed = residueAt(u, i);
    return [mixed(seed, 17, i) % f.p, mixed(seed, 19, i) % f.p];
  }
  const pi = residueAt(constantIn(run, 'pi'), ANGLE);
  const turns = fractionMod(u.turns.n, u.turns.d, angle.p);
  if (turns === null) throw new NoValue('an angle that the prime divides');
  const rest = addMod(residueAt(u, ANGLE), negMod(mulMod(turns, pi, angle), angle), angle);
  const free = pointPower(unitTurn(f, run.chain.t), rest, f);
  if (u.turns.n === 0n) return free;
  const fixed = fixedPoint(u.turns, f);
  // An angle without a known point turns by something of its own.
  const unknown = (): Point => pointPower(unitTurn(f, run.chain.t), mixed(turns, 23, i) % run.chain.t, f);
  return turned(free, fixed ?? unknown(), f);
}

const constantIn = (run: Run, name: string): Residue =>
  name === 'pi' ? { ...drawn(run, 'constant pi'), turns: R1 } : drawn(run, `constant ${name}`);

function callIn(run: Run, f: Callee, u: Residue, A: Arithmetic<Residue>): Residue {
  if (f.order === 0) {
    switch (f.name) {
      case 'exp':
        return expIn(run, u);
      case 'log':
        return logIn(run, u);
      case 'sin':
        return plain(
          each(run, (field, i) => circleAt(run, u, field, i)[1]),
          u.outside,
        );
      case 'cos':
        return plain(
          each(run, (field, i) => circleAt(run, u, field, i)[0]),
          u.outside,
        );
      case 'abs':
        return plain(
          each(run, (field, i) => positive(residueAt(u, i), field)),
          u.outside,
        );
      case 'sign':
        return signIn(run, u);
    }
    const formula = kernelFormula(f.name);
    if (formula !== null) return formula(u, A);
  }
  return unknownAt(run, `${f.name} ${f.order} ${f.stage ?? ''}`, u);
}

/** Functions known to be odd keep their sign, so that atan(-x) = -atan(x). */
const ODD = new Set(['atan', 'erf']);

function unknownAt(run: Run, text: string, u: Residue): Residue {
  const seed = seedOf(run, text);
  const odd = ODD.has(text.split(' ')[0] ?? '');
  return plain(
    each(run, (f, i) => {
      const x = residueAt(u, i);
      if (!odd) return mixed(seed, x, i) % f.p;
      if (x === 0) return 0;
      const value = mixed(seed, positive(x, f), i) % f.p;
      return character(x, f) < 0 ? negMod(value, f) : value;
    }),
    u.outside,
  );
}

const signIn = (run: Run, u: Residue): Residue =>
  plain(
    each(run, (f, i) => {
      const sign = character(residueAt(u, i), f);
      return sign < 0 ? f.p - 1 : sign;
    }),
    u.outside,
  );

function opaqueIn(run: Run, call: OpaqueCall<Residue>, text: string): Residue {
  const seed = seedOf(run, text);
  return plain(
    each(run, (f, i) => {
      let h = seed;
      for (const arg of call.args) for (const x of arg.entries) h = mixed(h, residueAt(x, i), i);
      return mixed(h, i, 29) % f.p;
    }),
    call.args.some((a) => a.entries.some((x) => x.outside)),
  );
}

/** The arithmetic of one run: inputs and unknown functions are tables made from the run's seed. */
export function modularArithmetic(run: Run): Arithmetic<Residue> {
  const A: Arithmetic<Residue> = {
    rational: (value) => rationalIn(run, value),
    add: (a, b) => ({
      at: each(run, (f, i) => addMod(residueAt(a, i), residueAt(b, i), f)),
      exact: a.exact !== null && b.exact !== null ? addR(a.exact, b.exact) : null,
      turns: a.turns.n === 0n ? b.turns : b.turns.n === 0n ? a.turns : addR(a.turns, b.turns),
      outside: a.outside || b.outside,
    }),
    mul: (a, b) => product(run, a, b),
    power: (u, v) => powerIn(run, u, v),
    constant: (name) => constantIn(run, name),
    call: (f, u) => callIn(run, f, u, A),
    input: (name, stage, slots) => drawn(run, `entry ${name}[${stage.join()}][${slots.join()}]`),
    opaque: (call) => opaqueIn(run, call, `opaque ${call.text}`),
    head: (call, arg, at) => opaqueIn(run, call, `head ${call.text} ${arg} ${at}`),
  };
  return A;
}

/** Whether two numbers are the same modulo the first prime of the chain. */
export const sameResidue = (a: Residue, b: Residue): boolean => a.at[0] === b.at[0];
