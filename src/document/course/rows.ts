// Rows that fit a page: a chain of equal signs goes on below where it is too long, a long sum breaks before its plus signs.

import type { Expr } from '../../expr/expr.ts';
import { add, termsOf } from '../../expr/make.ts';
import type { Formula } from '../../lang/phrase.ts';
import type { DisplayRow } from '../blocks.ts';
import { lazily } from '../formulas.ts';
import { ON } from './parts.ts';
import { chained } from './put-in.ts';

/** Characters, as a terminal shows them, that a column of text has room for. */
const ROOM = 70;

/** A fraction is as wide as its longer line: about half of what a terminal needs for it. */
const FRACTION = /\([^()]*\/[^()]*\)/g;

const lengthOf = (parts: readonly Formula[]): number =>
  parts.reduce((n, f) => n + [...f.unicode.replace(FRACTION, (t) => t.slice(t.length / 2))].length + 3, 0);

/** left = a = b = c on one row where it fits, else the first on its own, and the others below. */
export function chainRows(left: Formula | null, ...parts: readonly Formula[]): DisplayRow[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  if (rest.length === 0 || lengthOf(left === null ? parts : [left, ...parts]) <= ROOM)
    return [{ left, right: chained(...parts), where: null }];
  return [{ left, right: first, where: null }, ...chainRows(ON, ...rest)];
}

/** The same for arrays of numbers, which are as wide as they have columns. */
export function arrayRows(left: Formula | null, parts: readonly Formula[]): DisplayRow[] {
  const [first, ...rest] = parts;
  const columns = parts.reduce((n, f) => n + columnsIn(f.latex), 0);
  if (first === undefined || rest.length === 0 || columns <= MOST_COLUMNS)
    return [{ left, right: chained(...parts), where: null }];
  return [{ left, right: first, where: null }, ...arrayRows(ON, rest)];
}

/** Columns of numbers side by side that a column of text has room for. */
const MOST_COLUMNS = 7;

const columnsIn = (latex: string): number =>
  [...latex.matchAll(/\\begin\{bmatrix\}(.*?)(?:\\\\|\\end)/g)].reduce(
    (n, [, row = '']) => n + row.split('&').length,
    0,
  );

/** left = sum = rest, the sum as `print` writes its terms: in as many rows as it needs. */
export function sumRows(
  left: Formula | null,
  e: Expr,
  print: (e: Expr) => Formula,
  ...rest: readonly Formula[]
): DisplayRow[] {
  const terms = termsOf(e);
  if (terms.length === 1 || lengthOf([print(e)]) <= ROOM) return chainRows(left, print(e), ...rest);
  const lines = packed(terms, print);
  const rows = lines.map(
    (line, i): DisplayRow =>
      i === 0 ? { left, right: line, where: null } : { left: null, right: plus(line), where: null },
  );
  return [...rows, ...chainRows(ON, ...rest)];
}

/** As many terms to a line as fit. */
function packed(terms: readonly Expr[], print: (e: Expr) => Formula): Formula[] {
  const lines: Expr[][] = [];
  for (const term of terms) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf([print(add(...last, term))]) <= ROOM) last.push(term);
    else lines.push([term]);
  }
  return lines.map((line) => print(add(...line)));
}

/** + b, where b doesn't begin with a minus sign of its own. */
const plus = (f: Formula): Formula =>
  lazily({
    latex: () => `${f.latex.startsWith('-') ? '' : '{}+ '}${f.latex}`,
    unicode: () => `${f.unicode.startsWith('−') ? '' : '+ '}${f.unicode}`,
    plain: null,
  });
