// Formulas, equations and conditions of a spec, read by the plain reader: the only file here that knows the reader.

import { index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { lowerAll } from '../expr/lower.ts';
import type { Equation, System, TensorDecl } from '../expr/system.ts';
import { readConditions, readExprIn } from '../text/read.ts';
import { readEquation } from '../text/read-equation.ts';
import { ReadError } from '../text/read-error.ts';
import { type Scope, scopeOf } from '../text/scope.ts';

/** Why a text can't be read: a sentence without its place, and the column (from 1) where it goes wrong. */
export interface ReadProblem {
  readonly message: string;
  readonly column: number;
}

/** The names of a formula that is read on its own. */
const scopeWith = (tensors: readonly TensorDecl[], sizes: readonly [string, number][]): Scope => ({
  tensors: new Map(tensors.map((t) => [t.name, t])),
  functions: new Set(),
  opaque: new Set(),
  opaqueArgs: new Map(),
  stagedFunctions: new Set(),
  outputs: new Map(),
  sizes: new Map(sizes),
  loss: '',
  indices: null,
});

const input = (name: string, size: TensorDecl['size']): TensorDecl => ({
  name,
  stage: [],
  size,
  kind: 'input',
});

/** A function of one number z, over the scalar entry z. Throws a ReadError. */
export const readScalarFormula = (text: string): Expr =>
  readExprIn(text, { ...scopeWith([input('z', [])], []), indices: new Set() });

const lossScope = (names: readonly string[]): Scope =>
  scopeWith(
    names.map((name) => input(name, [index('n', [index('L')])])),
    [
      ['n', 1],
      ['L', 0],
    ],
  );

/** A formula of the last layer over entries such as a[j], y[j], z[j]; n[L] is their number. Throws a ReadError. */
export const readLossFormula = (text: string, names: readonly string[]): Expr =>
  readExprIn(text, lossScope(names));

/** The value read, or why it can't be read. */
function tried<T>(read: () => T): T | ReadProblem {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { message: error.sentence, column: error.offset + 1 };
  }
}

/** A loss of one sample over a[j] and y[j], with no free index. */
export const tryReadLoss = (text: string): Expr | ReadProblem =>
  tried(() => readExprIn(text, { ...lossScope(['a', 'y']), indices: new Set() }));

/** An equation such as `z[l][j] = ... for 2 <= l <= L`. */
export const tryReadEquation = (text: string, system: System): Equation | ReadProblem =>
  tried(() => readEquation(text, system));

/** Conditions on sizes, such as `L >= 2`. */
export const tryReadConditions = (text: string, system: System): readonly Condition[] | ReadProblem =>
  tried(() => readConditions(text, system));

/** A component expression with no free index. */
export const tryReadExpr = (text: string, system: System): Expr | ReadProblem =>
  tried(() => lowerAll(readExprIn(text, { ...scopeOf(system), indices: new Set() }), system));
