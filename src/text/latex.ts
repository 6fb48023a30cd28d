// The LaTeX of expressions, tensors and conditions.

import type { Condition } from '../expr/condition.ts';
import type { Expr, FunctionHead, Tensor } from '../expr/expr.ts';
import { latexLook } from './latex-look.ts';
import type { Style } from './style.ts';
import { printers } from './typeset.ts';

const print = printers(latexLook);

/** A component expression as LaTeX without dollar signs: `w_{jk}^l\,a_k^{l-1}`. */
export const latex = (e: Expr, s: Style): string => print.expr(e, s);

/** A tensor as LaTeX: `(w^{l+1})^{\mathsf T}\,\delta^{l+1}`. */
export const latexTensor = (t: Tensor, s: Style): string => print.tensor(t, s);

/** One condition, solved for the index: `l < L`. */
export const latexCondition = (c: Condition, s: Style): string => print.conditions([c], s);

/** Conditions, chained where one follows on another: `2 \le l < L`. */
export const latexConditions = (cs: readonly Condition[], s: Style): string => print.conditions(cs, s);

/** `left = right`, each side an expression or a tensor. */
export const latexEquation = (left: Expr | Tensor, right: Expr | Tensor, s: Style): string =>
  print.equation(left, right, s);

/** A function's letter with its stage and primes: `\sigma_l'`. */
export const latexFunction = (fn: FunctionHead, s: Style): string => print.fn(fn, s);
