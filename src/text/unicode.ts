// The Unicode text of expressions, tensors and conditions, for terminals.

import type { Condition } from '../expr/condition.ts';
import type { Expr, FunctionHead, Tensor } from '../expr/expr.ts';
import type { Style } from './style.ts';
import { printers } from './typeset.ts';
import { unicodeLook } from './unicode-look.ts';

const print = printers(unicodeLook);

/** A component expression on one line: `wⱼₖˡ aₖˡ⁻¹`. */
export const unicode = (e: Expr, s: Style): string => print.expr(e, s);

/** A tensor on one line: `(wˡ⁺¹)ᵀ δˡ⁺¹`. */
export const unicodeTensor = (t: Tensor, s: Style): string => print.tensor(t, s);

/** One condition, solved for the index: `l < L`. */
export const unicodeCondition = (c: Condition, s: Style): string => print.conditions([c], s);

/** Conditions, chained where one follows on another: `2 ≤ l < L`. */
export const unicodeConditions = (cs: readonly Condition[], s: Style): string => print.conditions(cs, s);

/** `left = right`, each side an expression or a tensor. */
export const unicodeEquation = (left: Expr | Tensor, right: Expr | Tensor, s: Style): string =>
  print.equation(left, right, s);

/** A function's letter with its stage and primes: `σₗ′`. */
export const unicodeFunction = (fn: FunctionHead, s: Style): string => print.fn(fn, s);
