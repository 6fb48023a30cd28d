// Numbers put in for what a formula is made of: entries, or whole vectors and matrices with dots where they are long.

import { isConstant } from '../../expr/affine.ts';
import type { Expr, Tensor } from '../../expr/expr.ts';
import { isSymbolEntry } from '../../expr/make.ts';
import { mapParts } from '../../expr/parts.ts';
import type { Formula } from '../../lang/phrase.ts';
import { evaluate, evaluateTensor } from '../../numeric/evaluate.ts';
import type { Values, World } from '../../numeric/world.ts';
import { latex, latexTensor } from '../../text/latex.ts';
import { plain } from '../../text/plain.ts';
import { unicode, unicodeTensor } from '../../text/unicode.ts';
import type { Sizes } from '../assign.ts';
import { latexNumber, unicodeNumber } from '../digits.ts';
import { givenFormula, lazily, type Printing } from '../formulas.ts';
import { unrolled } from '../unroll.ts';
import { shownPositions } from '../whole.ts';

export interface PutIn {
  readonly world: World;
  readonly printing: Printing;
  readonly digits: number;
}

/** Rows and columns of a matrix that are shown. */
const MOST_SHOWN = 4;

const isDots = (e: Expr): boolean => isSymbolEntry(e) && e.of.name === 'dots';

/** Every sum written out, inside functions too. The free names have numbers already. */
export function writtenOut(e: Expr, sizes: Sizes): Expr {
  if (e.kind === 'sum') return unrolled(e, sizes);
  if (e.kind === 'entry') return e;
  return mapParts(e, { expr: (c) => writtenOut(c, sizes), tensor: (t) => t, affine: (a) => a });
}

/** What a number stands for: entries and derivatives; functions and arithmetic stay. */
const isQuantity = (e: Expr): boolean =>
  (e.kind === 'entry' && !isDots(e)) ||
  e.kind === 'adjoint' ||
  e.kind === 'jacobian' ||
  (e.kind === 'size' && !isConstant(e.value));

/** An expression without free names, its quantities as numbers: sigma(0.4 * 0.5 + ...). */
export function withEntries(e: Expr, { world, printing, digits }: PutIn): Formula {
  const leaf = (dots: string, print: (x: number, digits: number) => string) => (part: Expr) =>
    isDots(part) ? dots : isQuantity(part) ? print(evaluate(part, world), digits) : null;
  return lazily({
    latex: () => latex(e, { ...printing, leaf: leaf('\\dots', latexNumber) }),
    unicode: () => unicode(e, { ...printing, leaf: leaf('…', unicodeNumber) }),
    plain: null,
  });
}

/** An expression with its sums written out, in symbols; dots stand for what is left out. */
export const withDots = (e: Expr, printing: Printing): Formula => {
  const leaf = (dots: string) => (part: Expr) => (isDots(part) ? dots : null);
  return lazily({
    latex: () => latex(e, { ...printing, leaf: leaf('\\dots') }),
    unicode: () => unicode(e, { ...printing, leaf: leaf('…') }),
    plain: hasDots(e) ? null : () => plain(e, printing.system),
  });
};

function hasDots(e: Expr): boolean {
  if (isDots(e)) return true;
  let found = false;
  mapParts(e, {
    expr: (part) => {
      found ||= hasDots(part);
      return part;
    },
    tensor: (t) => t,
    affine: (a) => a,
  });
  return found;
}

/** The same for functions of one number each: sigma(0.9). `isPart`: what becomes a number. */
export function withParts(
  e: Expr,
  isPart: (e: Expr) => boolean,
  { world, printing, digits }: PutIn,
): Formula {
  const leaf = (print: (x: number, digits: number) => string) => (part: Expr) =>
    isPart(part) ? print(evaluate(part, world), digits) : null;
  return lazily({
    latex: () => latex(e, { ...printing, leaf: leaf(latexNumber) }),
    unicode: () => unicode(e, { ...printing, leaf: leaf(unicodeNumber) }),
    plain: null,
  });
}

const isNamed = (t: Tensor): boolean => t.kind === 'symbol' || t.kind === 'derivative';

/** A compound tensor with its parts as columns and matrices of numbers; `isPart`: what becomes one, the named tensors unless said. */
export function withTensors(
  t: Tensor,
  { world, printing, digits }: PutIn,
  isPart: (t: Tensor) => boolean = isNamed,
): Formula {
  const whole = (print: (v: Values, digits: number) => string) => (part: Tensor) =>
    isPart(part) ? print(evaluateTensor(part, world), digits) : null;
  return lazily({
    latex: () => latexTensor(t, { ...printing, whole: whole(latexArray) }),
    unicode: () => unicodeTensor(t, { ...printing, whole: whole(unicodeArray) }),
    plain: null,
  });
}

/** The numbers of a tensor as a column or a matrix. */
export const arrayFormula = (v: Values, digits: number): Formula =>
  givenFormula(latexArray(v, digits), unicodeArray(v, digits));

type Positions = readonly (number | null)[];

function grid({ shape }: Values): { rows: Positions; columns: Positions; wide: number } {
  const [height = 1, wide = 1] = shape;
  return { rows: shownPositions(height, MOST_SHOWN), columns: shownPositions(wide, MOST_SHOWN), wide };
}

const at = (v: Values, wide: number, i: number, j: number): number =>
  v.entries[(i - 1) * wide + j - 1] ?? Number.NaN;

function latexArray(v: Values, digits: number): string {
  if (v.shape.length === 0) return latexNumber(v.entries[0] ?? Number.NaN, digits);
  const { rows, columns, wide } = grid(v);
  const line = (i: number | null): string =>
    columns
      .map((j) => {
        if (i === null) return j === null ? '\\ddots' : '\\vdots';
        return j === null ? '\\cdots' : latexNumber(at(v, wide, i, j), digits);
      })
      .join(' & ');
  return `\\begin{bmatrix} ${rows.map(line).join(' \\\\ ')} \\end{bmatrix}`;
}

function unicodeArray(v: Values, digits: number): string {
  if (v.shape.length === 0) return unicodeNumber(v.entries[0] ?? Number.NaN, digits);
  const { rows, columns, wide } = grid(v);
  const number = (i: number, j: number | null): string =>
    j === null ? '…' : unicodeNumber(at(v, wide, i, j), digits);
  const line = (i: number | null): string => (i === null ? '…' : columns.map((j) => number(i, j)).join(' '));
  return `[${rows.map(line).join('; ')}]`;
}

/** a = b = c, each a formula. */
export const chained = (...parts: readonly Formula[]): Formula =>
  lazily({
    latex: () => parts.map((f) => f.latex).join(' = '),
    unicode: () => parts.map((f) => f.unicode).join(' = '),
    plain: null,
  });
