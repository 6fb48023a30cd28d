// A line with its sums written out for one entry: numbers stand where the symbols were.

import { integer } from '../expr/affine.ts';
import { elementaryRow } from '../expr/elementary.ts';
import type { Expr, SumExpr } from '../expr/expr.ts';
import { add, entry, isSymbolEntry } from '../expr/make.ts';
import { children, mapParts } from '../expr/parts.ts';
import { substitute } from '../expr/substitute.ts';
import type { Formula } from '../lang/phrase.ts';
import { latex } from '../text/latex.ts';
import { unicode } from '../text/unicode.ts';
import { type Sizes, valuesOf } from './assign.ts';
import { latexNumber, unicodeNumber } from './digits.ts';
import { lazily, type Printing } from './formulas.ts';

/** Sums of so many terms are written out; longer ones show their first two terms and the last. */
const MOST_TERMS = 4;
const MOST_FLAT_TERMS = 6;
const MOST_NUMBERS = 20;

/** What stands for the terms left out. */
const DOTS = entry('dots', [], []);
const isDots = (e: Expr): boolean => isSymbolEntry(e) && e.of.name === 'dots';

/** The expression with every sum written out. Its free names have numbers already. */
export function unrolled(e: Expr, sizes: Sizes): Expr {
  if (isNumberLeaf(e)) return e;
  if (e.kind === 'sum') return terms(e, sizes);
  return mapParts(e, { expr: (c) => unrolled(c, sizes), tensor: (t) => t, affine: (a) => a });
}

function terms(e: SumExpr, sizes: Sizes): Expr {
  const values = valuesOf(e.index, e.where, new Map(), sizes);
  const term = (v: number): Expr => unrolled(substitute(e.body, new Map([[e.index, integer(v)]])), sizes);
  if (values.length <= MOST_TERMS) return shortened(add(...values.map(term)));
  const [first, second, last] = [...values.slice(0, 2), ...values.slice(-1)].map(term);
  return shortened(add(first ?? DOTS, second ?? DOTS, DOTS, last ?? DOTS));
}

/** Sums in sums flow together; what is too long then shows its ends. */
function shortened(e: Expr): Expr {
  if (e.kind !== 'add' || e.args.filter((a) => !isDots(a)).length <= MOST_FLAT_TERMS) return e;
  const [first, second] = e.args;
  const last = e.args.at(-1);
  return add(first ?? DOTS, second ?? DOTS, DOTS, last ?? DOTS);
}

/** Whether a number stands for the whole expression: a quantity of the network, not arithmetic with it. */
export function isNumberLeaf(e: Expr): boolean {
  switch (e.kind) {
    case 'entry':
      return !isDots(e);
    case 'adjoint':
    case 'jacobian':
    case 'head':
    case 'opaque':
    case 'partial':
    case 'size':
    case 'guard':
      return true;
    case 'call':
      return (
        e.args.length > 0 && (e.fn.order > 0 || elementaryRow(e.fn.name) === null) && !isChoice(e.fn.name)
      );
    default:
      return false;
  }
}

const isChoice = (name: string): boolean => name === 'max' || name === 'min';

function count(e: Expr): number {
  if (isNumberLeaf(e)) return 1;
  return children(e).reduce((n, c) => n + count(c), 0);
}

/** An expression with numbers put in for its quantities; null where there would be more than anyone reads. */
export function withNumbers(
  e: Expr,
  value: (e: Expr) => number,
  p: Printing,
  digits: number,
): Formula | null {
  if (isNumberLeaf(e) || e.kind === 'number' || count(e) > MOST_NUMBERS) return null;
  const leaf = (dots: string, print: (x: number, digits: number) => string) => (part: Expr) =>
    isDots(part) ? dots : isNumberLeaf(part) ? print(value(part), digits) : null;
  return lazily({
    latex: () => latex(e, { ...p, leaf: leaf('\\dots', latexNumber) }),
    unicode: () => unicode(e, { ...p, leaf: leaf('…', unicodeNumber) }),
    plain: null,
  });
}
