// The one printer of LaTeX and Unicode: a walk over expressions and tensors in a given look.

import type { Condition } from '../expr/condition.ts';
import type { Expr, FunctionHead, Tensor } from '../expr/expr.ts';
import type { Look } from './look.ts';
import { isTensor } from './resolve-range.ts';
import type { Style } from './style.ts';
import { functionText } from './typeset-call.ts';
import { exprPiece } from './typeset-expr.ts';
import { conditionsText } from './typeset-index.ts';
import { tensorPiece } from './typeset-tensor.ts';
import type { Typesetter } from './typesetter.ts';

export function typesetter(look: Look, style: Style, small = false): Typesetter {
  const t: Typesetter = {
    look,
    style,
    small,
    expr: (e) => exprPiece(e, t),
    tensor: (x) => tensorPiece(x, t),
    inScript: () => (small ? t : typesetter(look, style, true)),
  };
  return t;
}

/** The printers of one look. */
export interface Printers {
  expr(e: Expr, s: Style): string;
  tensor(x: Tensor, s: Style): string;
  conditions(where: readonly Condition[], s: Style): string;
  equation(left: Expr | Tensor, right: Expr | Tensor, s: Style): string;
  fn(f: FunctionHead, s: Style): string;
}

export function printers(look: Look): Printers {
  const text = (x: Expr | Tensor, s: Style): string => {
    const t = typesetter(look, s);
    return (isTensor(x) ? t.tensor(x) : t.expr(x)).text;
  };
  const whole = (x: Expr | Tensor, s: Style): string => look.finish(text(x, s));
  return {
    expr: whole,
    tensor: whole,
    conditions: (where, style) => look.finish(conditionsText(where, { look, style })),
    equation: (left, right, s) => look.finish(`${text(left, s)} ${look.signs.equals} ${text(right, s)}`),
    fn: (f, s) => look.finish(functionText(f, typesetter(look, s))),
  };
}
