// A formula as a tree, operators above what they join: the engine's own expression, drawn.

import { index } from '../../expr/affine.ts';
import { unreachable } from '../../expr/error.ts';
import type { CallExpr, Expr, MulExpr, PowerExpr, SumExpr } from '../../expr/expr.ts';
import { isNumber, mul, NUM1, numberOf, size, symbol } from '../../expr/make.ts';
import { negR } from '../../expr/rational.ts';
import { latexConditions, latexFunction } from '../../text/latex.ts';
import type { Style } from '../../text/style.ts';
import { unicodeConditions, unicodeFunction } from '../../text/unicode.ts';
import { exprFormula, sign, tensorFormula } from './draw.ts';
import type { FigureFormula } from './shapes.ts';

export interface ExprTree {
  readonly label: FigureFormula;
  /** An operator or a function, over its arguments; false: a quantity or a number. */
  readonly joins: boolean;
  readonly children: readonly ExprTree[];
}

const leaf = (label: FigureFormula): ExprTree => ({ label, joins: false, children: [] });
const over = (label: FigureFormula, ...children: ExprTree[]): ExprTree => ({ label, joins: true, children });

/** The tree of an expression in a style's letters: `-1` times a term is a minus, a negative power a division. */
export function exprTree(e: Expr, style: Style): ExprTree {
  switch (e.kind) {
    case 'number':
    case 'size':
    case 'entry':
    case 'head':
    case 'adjoint':
    case 'jacobian':
      return leaf(exprFormula(e, style));
    case 'add':
      return terms(e.args, style);
    case 'mul':
      return product(e, style);
    case 'power':
      return powerTree(e, style);
    case 'call':
      return callTree(e, style);
    case 'sum':
      return sumTree(e, style);
    case 'guard':
      return leaf({
        latex: `[${latexConditions(e.where, style)}]`,
        unicode: `[${unicodeConditions(e.where, style)}]`,
      });
    case 'opaque': {
      const of = e.args.map((t) => leaf(tensorFormula(t, style)));
      return over(tensorFormula(symbol(e.name), style), ...of);
    }
    case 'partial':
      return over(sign('\\partial', '∂'), exprTree(e.of, style), exprTree(e.by, style));
    default:
      return unreachable(e);
  }
}

/** The term that is subtracted, or null: 2x of -2x. */
function subtracted(e: Expr): Expr | null {
  const [first, ...rest] = e.kind === 'mul' ? e.args : [e];
  if (first?.kind !== 'number' || first.value.n >= 0n) return null;
  const opposite = numberOf(negR(first.value));
  return isNumber(opposite, 1) && rest.length > 0 ? mul(...rest) : mul(opposite, ...rest);
}

/** A difference of two as one minus, otherwise a plus with minus signs over single terms. */
function terms(args: readonly Expr[], style: Style): ExprTree {
  const [first, second] = args;
  const less = second === undefined ? null : subtracted(second);
  if (args.length === 2 && first !== undefined && less !== null && subtracted(first) === null)
    return over(sign('-', '−'), exprTree(first, style), exprTree(less, style));
  return over(sign('+', '+'), ...args.map((a) => exprTree(a, style)));
}

function product(e: MulExpr, style: Style): ExprTree {
  const less = subtracted(e);
  if (less !== null) return over(sign('-', '−'), exprTree(less, style));
  const below = e.args.flatMap((a) => {
    const of = inverted(a);
    return of === null ? [] : [of];
  });
  const above = e.args.filter((a) => inverted(a) === null && !isNumber(a, 1));
  if (below.length > 0) {
    const top = above.length === 0 ? NUM1 : mul(...above);
    return over(DIVIDE, exprTree(top, style), exprTree(mul(...below), style));
  }
  return over(sign('\\times', '×'), ...e.args.map((a) => exprTree(a, style)));
}

const DIVIDE = sign('/', '/');

/** x of x^-1. */
const inverted = (e: Expr): Expr | null => (e.kind === 'power' && isNumber(e.exponent, -1) ? e.base : null);

function powerTree(e: PowerExpr, style: Style): ExprTree {
  const below = inverted(e);
  if (below !== null) return over(DIVIDE, exprTree(NUM1, style), exprTree(below, style));
  const exponent = exprFormula(e.exponent, style);
  if (e.exponent.kind !== 'number')
    return over(sign('(\\cdot)^{(\\cdot)}', '(·)^(·)'), exprTree(e.base, style), leaf(exponent));
  return over(
    { latex: `(\\cdot)^{${exponent.latex}}`, unicode: `(·)^${exponent.unicode}` },
    exprTree(e.base, style),
  );
}

/** Functions that are written round their argument. */
const ROUND: ReadonlyMap<string, FigureFormula> = new Map([
  ['abs', sign('\\lvert\\cdot\\rvert', '|·|')],
  ['sqrt', sign('\\sqrt{\\cdot}', '√')],
  ['pos', sign('[\\cdot>0]', '[· > 0]')],
  ['nonneg', sign('[\\cdot\\ge 0]', '[· ≥ 0]')],
]);

function callTree(e: CallExpr, style: Style): ExprTree {
  if (e.args.length === 0) return leaf(exprFormula(e, style));
  const round = e.fn.order === 0 ? ROUND.get(e.fn.name) : undefined;
  if (round !== undefined) return over(round, ...e.args.map((a) => exprTree(a, style)));
  const letter = { latex: latexFunction(e.fn, style), unicode: unicodeFunction(e.fn, style) };
  return over(letter, ...e.args.map((a) => exprTree(a, style)));
}

function sumTree(e: SumExpr, style: Style): ExprTree {
  const name = exprFormula(size(index(e.index)), style);
  const label = { latex: `\\sum_{${name.latex}}`, unicode: `Σ_${name.unicode}` };
  return over(label, exprTree(e.body, style));
}
