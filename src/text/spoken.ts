// Formulas in English words, for screen readers.

import type { Expr, Tensor } from '../expr/expr.ts';
import { spokenLook } from './spoken-look.ts';
import type { Style } from './style.ts';
import { printers } from './typeset.ts';

const print = printers(spokenLook);

/** `delta sub j, layer l` */
export const spoken = (e: Expr, s: Style): string => print.expr(e, s);

export const spokenTensor = (t: Tensor, s: Style): string => print.tensor(t, s);

/** `delta sub j, layer l equals ...` */
export const spokenEquation = (left: Expr | Tensor, right: Expr | Tensor, s: Style): string =>
  print.equation(left, right, s);
