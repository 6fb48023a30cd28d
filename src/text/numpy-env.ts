// What the NumPy printer knows while it prints: the system, the Python names, and which indices are axes of arrays.

import type { Affine } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { either, type NumpyPiece } from './numpy-piece.ts';

/** The Python name of each thing in the system. */
export interface NumpyNames {
  readonly tensor: (name: string) => string;
  readonly size: (name: string) => string;
  readonly index: (name: string) => string;
  /** `sigma`, `sigma_prime`. */
  readonly fn: (name: string, order: number) => string;
}

/** An index along which whole arrays are taken, from 1 to `size`. */
export interface Axis {
  readonly name: string;
  readonly size: Affine;
}

export interface NumpyEnv {
  readonly system: System;
  readonly names: NumpyNames;
  /** The axes in their order; every other index is an integer variable of Python's. */
  readonly axes: readonly Axis[];
  /** Is told every size, and every function beyond NumPy's, that the text mentions. */
  readonly uses: (what: 'size' | 'function', name: string) => void;
  /** Handed in, as expressions and tensors hold one another. */
  readonly expr: (e: Expr, env: NumpyEnv) => NumpyPiece;
  readonly tensor: (t: Tensor, env: NumpyEnv) => NumpyPiece;
}

export const orderOf = (env: NumpyEnv): string[] => env.axes.map((a) => a.name);
export const axisOf = (env: NumpyEnv, name: string): Axis | null =>
  env.axes.find((a) => a.name === name) ?? null;

/** What was printed, and a way to tell `uses` of what it mentions: only what ends up in the text is used. */
export interface Attempt<T> {
  readonly made: T;
  readonly keep: () => void;
}

/** Prints without telling `uses` yet; null where that can't be printed. */
export function attempt<T>(env: NumpyEnv, print: (env: NumpyEnv) => T): Attempt<T> | null {
  const used: [what: 'size' | 'function', name: string][] = [];
  const made = either(
    () => ({ value: print({ ...env, uses: (what, name) => used.push([what, name]) }) }),
    () => null,
  );
  if (made === null) return null;
  return {
    made: made.value,
    keep: () => {
      for (const [what, name] of used) env.uses(what, name);
    },
  };
}

/** What `first` prints; where it can't, what `second` prints. */
export function eitherIn<T>(env: NumpyEnv, first: (env: NumpyEnv) => T, second: (env: NumpyEnv) => T): T {
  const found = attempt(env, first);
  if (found === null) return second(env);
  found.keep();
  return found.made;
}
