// The one printer of LaTeX and Unicode: a walk over expressions and tensors in a given look.

import type { Condition } from '../expr/condition.ts';
import type { Expr, FunctionHead, Tensor } from '../expr/expr.ts';
import type { Look } from './look.ts';
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

const EXPRESSIONS: ReadonlySet<string> = new Set<Expr['kind']>([
  'number',
  'size',
  'entry',
  'add',
  'mul',
  'power',
  'call',
  'sum',
  'guard',
  'opaque',
  'head',
  'adjoint',
  'jacobian',
  'partial',
]);

const isExpr = (x: Expr | Tensor): x is Expr => EXPRESSIONS.has(x.kind);

/** The printers of one look. */
export interface Printers {
  expr(e: Expr, s: Style): string;
  tensor(x: Tensor, s: Style): string;
  conditions(where: readonly Condition[], s: Style): string;
  equation(left: Expr | Tensor, right: Expr | Tensor, s: Style): string;
  fn(f: FunctionHead, s: Style): string;
}

export function printers(look: Look): Printers {
  const expr = (e: Expr, s: Style): string => look.finish(typesetter(look, s).expr(e).text);
  const tensor = (x: Tensor, s: Style): string => look.finish(typesetter(look, s).tensor(x).text);
  const either = (x: Expr | Tensor, s: Style): string => (isExpr(x) ? expr(x, s) : tensor(x, s));
  return {
    expr,
    tensor,
    conditions: (where, style) => look.finish(conditionsText(where, { look, style })),
    equation: (left, right, s) => look.finish(`${either(left, s)} ${look.signs.equals} ${either(right, s)}`),
    fn: (f, s) => look.finish(functionText(f, typesetter(look, s))),
  };
}
