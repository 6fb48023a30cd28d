// The one printer of LaTeX and Unicode: a walk over expressions and tensors in a given look.

import type { Condition } from '../expr/condition.ts';
import type { Expr, FunctionHead, Tensor } from '../expr/expr.ts';
import { fittingNotation } from './letters.ts';
import type { Look } from './look.ts';
import type { Piece } from './piece.ts';
import { isTensor } from './resolve-range.ts';
import type { Style } from './style.ts';
import { functionText } from './typeset-call.ts';
import { exprPiece } from './typeset-expr.ts';
import { conditionsText } from './typeset-index.ts';
import { tensorAlone, tensorPiece } from './typeset-tensor.ts';
import type { Typesetter } from './typesetter.ts';

/** A printer that prints what stands in many lines once: expressions are immutable and shared from line to line. */
export function typesetter(look: Look, style: Style, small = false): Typesetter {
  const exprs = new WeakMap<Expr, Piece>();
  const tensors = new WeakMap<Tensor, Piece>();
  const scripts: Typesetter[] = [];
  const t: Typesetter = {
    look,
    style,
    small,
    expr: (e) => once(exprs, e, () => exprPiece(e, t)),
    tensor: (x) => once(tensors, x, () => tensorPiece(x, t)),
    inScript: () => {
      if (small) return t;
      scripts[0] ??= typesetter(look, style, true);
      return scripts[0];
    },
  };
  return t;
}

function once<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  let found = memory.get(key);
  if (found === undefined) {
    found = make();
    memory.set(key, found);
  }
  return found;
}

/** The style with the letters that its system leaves free. */
function fitting(s: Style): Style {
  const notation = fittingNotation(s.notation, s.system);
  return notation === s.notation ? s : { ...s, notation };
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
  const setters = new WeakMap<Style, Typesetter>();
  const setter = (s: Style): Typesetter => once(setters, s, () => typesetter(look, fitting(s)));
  const text = (x: Expr | Tensor, s: Style): string => {
    const t = setter(s);
    return (isTensor(x) ? tensorAlone(x, t) : t.expr(x)).text;
  };
  const whole = (x: Expr | Tensor, s: Style): string => look.finish(text(x, s));
  return {
    expr: whole,
    tensor: whole,
    conditions: (where, s) => look.finish(conditionsText(where, setter(s))),
    equation: (left, right, s) => look.finish(`${text(left, s)} ${look.signs.equals} ${text(right, s)}`),
    fn: (f, s) => look.finish(functionText(f, setter(s))),
  };
}
