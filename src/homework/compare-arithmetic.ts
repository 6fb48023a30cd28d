// What numbers an expression is evaluated in: reals with an error bound, fractions, residues modulo primes, duals of these.

import type { Rational } from '../expr/rational.ts';

/** A function at an integer stage; `order` counts its derivatives. */
export interface Callee {
  readonly name: string;
  readonly order: number;
  readonly stage: number | null;
}

/** An unknown function of tensors with its arguments: as written (`C(a[4])`), and the numbers of each, row-major. */
export interface OpaqueCall<T> {
  readonly name: string;
  readonly text: string;
  readonly args: readonly { readonly shape: readonly number[]; readonly entries: readonly T[] }[];
}

export interface Arithmetic<T> {
  readonly rational: (value: Rational) => T;
  readonly add: (a: T, b: T) => T;
  readonly mul: (a: T, b: T) => T;
  readonly power: (base: T, exponent: T) => T;
  /** A constant such as pi. */
  readonly constant: (name: string) => T;
  /** An elementary function (order 0), or an unknown function and its derivatives. */
  readonly call: (f: Callee, arg: T) => T;
  /** An input or parameter. */
  readonly input: (name: string, stage: readonly number[], slots: readonly number[]) => T;
  readonly opaque: (call: OpaqueCall<T>) => T;
  /** Its derivative by entry number `at` of argument number `arg`. */
  readonly head: (call: OpaqueCall<T>, arg: number, at: number) => T;
}

/** Thrown where an expression has no value at a point: outside its domain, or an entry that doesn't exist. */
export class NoValue extends Error {
  override name = 'NoValue';
}

/** Thrown where an entry doesn't exist: a layer past the last one, a slot outside the tensor. */
export class NoEntry extends NoValue {
  override name = 'NoEntry';
}

/** The one that is thrown: making an error costs more than most evaluations. */
export const NO_ENTRY = new NoEntry('there is no such entry');

/** Thrown where a comparison has used up its budget: of operations, or of digits. */
export class TooMuch extends Error {
  override name = 'TooMuch';
  readonly why: 'operations' | 'digits';
  constructor(why: TooMuch['why']) {
    super(`too many ${why}`);
    this.why = why;
  }
}
