// Dual numbers over any arithmetic: a value, and its derivative along one direction (null: 0).

import { rational } from '../expr/rational.ts';
import { type Arithmetic, type Callee, NoValue, type OpaqueCall } from './compare-arithmetic.ts';

export interface Dual<T> {
  readonly value: T;
  readonly slope: T | null;
}

/** `apply`: functions of the arithmetic below, derivatives of elementary ones and of bodies included. */
export function dualArithmetic<T>(A: Arithmetic<T>, apply: (f: Callee, u: T) => T): Arithmetic<Dual<T>> {
  const constant = (value: T): Dual<T> => ({ value, slope: null });
  const sum = (a: T | null, b: T | null): T | null => (a === null ? b : b === null ? a : A.add(a, b));
  const below = (call: OpaqueCall<Dual<T>>): OpaqueCall<T> => ({
    ...call,
    args: call.args.map((a) => ({ shape: a.shape, entries: a.entries.map((x) => x.value) })),
  });
  return {
    rational: (value) => constant(A.rational(value)),
    constant: (name) => constant(A.constant(name)),
    input: (name, stage, slots) => constant(A.input(name, stage, slots)),
    add: (a, b) => ({ value: A.add(a.value, b.value), slope: sum(a.slope, b.slope) }),
    mul: (a, b) => ({
      value: A.mul(a.value, b.value),
      slope: sum(
        a.slope === null ? null : A.mul(a.slope, b.value),
        b.slope === null ? null : A.mul(a.value, b.slope),
      ),
    }),
    power: (a, b) => ({ value: A.power(a.value, b.value), slope: powerSlope(a, b, A, apply) }),
    call: (f, u) => ({
      value: apply(f, u.value),
      slope: u.slope === null ? null : A.mul(apply({ ...f, order: f.order + 1 }, u.value), u.slope),
    }),
    opaque: (call) => {
      const plain = below(call);
      const slopes = call.args.flatMap((a, i) =>
        a.entries.map((x, at) => (x.slope === null ? null : A.mul(A.head(plain, i, at), x.slope))),
      );
      return { value: A.opaque(plain), slope: slopes.reduce(sum, null) };
    },
    head: (call, arg, at) => {
      if (call.args.some((a) => a.entries.some((x) => x.slope !== null)))
        throw new NoValue('a second derivative of an unknown function of tensors');
      return constant(A.head(below(call), arg, at));
    },
  };
}

/** d(a^b) = b a^(b-1) da + a^b log(a) db */
function powerSlope<T>(a: Dual<T>, b: Dual<T>, A: Arithmetic<T>, apply: (f: Callee, u: T) => T): T | null {
  const less = A.add(b.value, A.rational(rational(-1)));
  const byBase = a.slope === null ? null : A.mul(A.mul(b.value, A.power(a.value, less)), a.slope);
  if (b.slope === null) return byBase;
  const log = apply({ name: 'log', order: 0, stage: null }, a.value);
  const byExponent = A.mul(A.mul(A.power(a.value, b.value), log), b.slope);
  return byBase === null ? byExponent : A.add(byBase, byExponent);
}
