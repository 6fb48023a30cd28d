// Real numbers with a bound of their rounding error, which grows where terms cancel.

import { toNumber } from '../expr/rational.ts';
import { constantValue, realFunction } from '../numeric/functions.ts';
import type { ScalarFunction, TensorFunction, Values } from '../numeric/world.ts';
import { type Arithmetic, type Callee, NoValue, type OpaqueCall } from './compare-arithmetic.ts';

export interface Real {
  readonly v: number;
  /** |v - the true value| is at most this, to first order. */
  readonly e: number;
  /** VARIES, ALONE, both or none. */
  readonly marks: number;
}

/** An input went into it: it is no constant. */
const VARIES = 1;
/** A negative number was raised to an exponent that only happens to be whole here: a lone point of the domain. */
const ALONE = 2;
export const isAlone = (x: Real): boolean => (x.marks & ALONE) !== 0;

const EPS = 2 ** -52;

/** Where inputs and unknown functions come from: a world. */
export interface RealSource {
  readonly input: (name: string, stage: readonly number[], slots: readonly number[]) => number;
  readonly function: (name: string, stage: number | null) => ScalarFunction | null;
  readonly opaque: (call: OpaqueCall<unknown>) => TensorFunction;
}

function real(v: number, e: number, marks: number): Real {
  if (!Number.isFinite(v)) throw new NoValue('no finite value');
  return { v, e, marks };
}

/** A number worked out elsewhere, with the error that such a number usually has. */
export const measured = (v: number): Real => real(v, 1e-12 * Math.abs(v) + 1e-15, VARIES);

/** base^exponent over the reals: negative bases to whole exponents only. */
function powerOf(a: Real, b: Real): Real {
  if (a.v < 0 && !Number.isInteger(b.v)) throw new NoValue('a root of a negative number');
  if (a.v === 0 && b.v <= 0) throw new NoValue('a power of 0');
  const v = a.v ** b.v;
  if (v === 0 && a.v !== 0) throw new NoValue('underflow');
  const byBase = a.v === 0 ? a.e ** Math.min(1, b.v) : Math.abs((b.v * v) / a.v) * a.e;
  const byExponent = b.e === 0 || a.v === 0 ? 0 : Math.abs(v * Math.log(Math.abs(a.v))) * b.e;
  const marks = a.marks | b.marks | (a.v < 0 && (b.marks & VARIES) !== 0 ? ALONE : 0);
  return real(v, byBase + byExponent + (2 + Math.abs(b.v)) * EPS * Math.abs(v), marks);
}

function callOf(f: Callee, u: Real, source: RealSource): Real {
  const unknown = source.function(f.name, f.stage);
  if (unknown !== null) {
    const v = unknown.derivative(f.order, u.v);
    const slope = unknown.derivative(f.order + 1, u.v);
    return real(v, Math.abs(slope) * u.e + 16 * EPS * Math.max(1, Math.abs(v)), u.marks);
  }
  const row = f.order === 0 ? realFunction(f.name) : null;
  if (row === null) throw new NoValue(`the function ${f.name} has no value`);
  const v = row.value(u.v);
  if (v === 0 && f.name === 'exp') throw new NoValue('underflow');
  const step = isStep(f.name) ? 0 : Math.abs(row.slope(u.v));
  // Beside a jump nothing is sure.
  if (isStep(f.name) && u.e > 0 && Math.abs(u.v) <= 4 * u.e) throw new NoValue('too near a jump');
  return real(v, step * u.e + 8 * EPS * (Math.abs(v) + step * Math.abs(u.v)), u.marks);
}

const STEPS = new Set(['sign', 'pos', 'nonneg']);
const isStep = (name: string): boolean => STEPS.has(name);

const valuesOf = (call: OpaqueCall<Real>): Values[] =>
  call.args.map((a) => ({ shape: a.shape, entries: Float64Array.from(a.entries, (x) => x.v) }));

const errorOf = (call: OpaqueCall<Real>): number =>
  call.args.reduce((s, a) => s + a.entries.reduce((t, x) => t + x.e, 0), 0);

export const realArithmetic = (source: RealSource): Arithmetic<Real> => ({
  rational: (value) => {
    const v = toNumber(value);
    return real(v, value.d === 1n && Number.isSafeInteger(v) ? 0 : EPS * Math.abs(v), 0);
  },
  constant: (name) => real(constantValue(name), EPS * 4, 0),
  add: (a, b) => {
    const v = a.v + b.v;
    return real(v, a.e + b.e + EPS * Math.abs(v), a.marks | b.marks);
  },
  mul: (a, b) => {
    const v = a.v * b.v;
    if (v === 0 && a.v !== 0 && b.v !== 0) throw new NoValue('underflow');
    return real(
      v,
      Math.abs(a.v) * b.e + Math.abs(b.v) * a.e + a.e * b.e + EPS * Math.abs(v),
      a.marks | b.marks,
    );
  },
  power: powerOf,
  call: (f, u) => callOf(f, u, source),
  input: (name, stage, slots) => real(source.input(name, stage, slots), 0, VARIES),
  opaque: (call) => {
    const v = source.opaque(call).value(valuesOf(call));
    return real(v, 4 * errorOf(call) + 16 * EPS * Math.max(1, Math.abs(v)), VARIES);
  },
  head: (call, arg, at) => {
    const v = source.opaque(call).partial(valuesOf(call), arg, at);
    return real(v, 4 * errorOf(call) + 16 * EPS * Math.max(1, Math.abs(v)), VARIES);
  },
});
