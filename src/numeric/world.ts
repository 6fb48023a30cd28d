// A world: numbers for everything that an expression leaves open, so that it has a value.

import type { System } from '../expr/system.ts';

/** The numbers of one tensor at one stage, in row-major order. */
export interface Values {
  readonly shape: readonly number[];
  readonly entries: Float64Array;
}

/** A function of one variable with all its derivatives. */
export interface ScalarFunction {
  /** The derivative of the given order at x; order 0 is the value. */
  derivative(order: number, x: number): number;
}

/** A function of whole tensors, such as an unknown loss C(a[L]). */
export interface TensorFunction {
  value(args: readonly Values[]): number;
  /** The derivative by entry number `entry` (row-major, from 0) of argument number `arg`, all other entries held. */
  partial(args: readonly Values[], arg: number, entry: number): number;
}

/** Where numbers come from that a world doesn't list: random worlds draw them when they are first needed. */
export interface Source {
  size(name: string, stage: readonly number[]): number | null;
  values(name: string, stage: readonly number[], shape: readonly number[]): Values | null;
  /** `head`: `sigma` or `sigma[2]`. */
  scalarFunction(head: string): ScalarFunction | null;
  /** `call`: `C(a[4])`, the function with its arguments. */
  tensorFunction(call: string): TensorFunction | null;
}

export interface World {
  readonly system: System;
  /** By key: `L`, `n[2]`. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Inputs and parameters by key: `w[2]`, `x`. */
  readonly values: ReadonlyMap<string, Values>;
  /** Functions of one variable by head, `sigma` or `sigma[2]`; they come before a body in the system, which may overflow. */
  readonly functions: ReadonlyMap<string, ScalarFunction>;
  /** Functions of tensors by name: `C`. */
  readonly losses: ReadonlyMap<string, TensorFunction>;
  /** Where the rest comes from; null: what isn't listed is an error. */
  readonly source: Source | null;
}

/** Values of the free indices. */
export type Env = ReadonlyMap<string, number>;

/** The key of a tensor, a size or a function at integer stages: `w[2]`, `x`. */
export const stageKey = (name: string, stage: readonly number[]): string =>
  stage.length === 0 ? name : `${name}[${stage.join(',')}]`;

/** An entry as it is written: `w[2][1,3]`, `C`. */
export const entryText = (name: string, stage: readonly number[], slots: readonly number[]): string =>
  `${stageKey(name, stage)}${slots.length === 0 ? '' : `[${slots.join(',')}]`}`;
