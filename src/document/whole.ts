// Whole vectors and matrices as numbers, long ones with dots.

import type { Formula } from '../lang/phrase.ts';
import { latexNumber, unicodeNumber } from './digits.ts';
import { lazily } from './formulas.ts';

const MOST_ENTRIES = 6;
const MOST_ROWS = 4;

/** The positions that are shown, from 1; null stands for the dots. */
export function shownPositions(size: number, most: number): (number | null)[] {
  if (size <= most) return Array.from({ length: size }, (_, i) => i + 1);
  const first = most === MOST_ENTRIES ? 3 : 2;
  return [...Array.from({ length: first }, (_, i) => i + 1), null, size];
}

const shown = (shape: readonly number[]): (number | null)[][] =>
  shape.map((size) => shownPositions(size, shape.length === 1 ? MOST_ENTRIES : MOST_ROWS));

/** Slots of all entries that are shown. */
export function shownSlots(shape: readonly number[]): number[][] {
  return shown(shape).reduce<number[][]>(
    (all, positions) => all.flatMap((slots) => positions.flatMap((p) => (p === null ? [] : [[...slots, p]]))),
    [[]],
  );
}

/** A vector as a row with a transpose sign, a matrix in brackets. Null for a tensor of higher order or none. */
export function wholeFormula(
  shape: readonly number[],
  at: (slots: readonly number[]) => number,
  digits: number,
  transpose: string,
): Formula | null {
  const [rows, columns] = shown(shape);
  if (rows === undefined || shape.length > 2) return null;
  if (columns === undefined) {
    const list = (dots: string, print: (x: number, d: number) => string): string[] =>
      rows.map((i) => (i === null ? dots : print(at([i]), digits)));
    return lazily({
      latex: () => `\\left(${list('\\dots', latexNumber).join(',\\ ')}\\right)^{${transpose}}`,
      unicode: () => `(${list('…', unicodeNumber).join(', ')})ᵀ`,
      plain: null,
    });
  }
  return lazily({
    latex: () => `\\begin{bmatrix} ${latexRows(rows, columns, at, digits).join(' \\\\ ')} \\end{bmatrix}`,
    unicode: () => `[${unicodeRows(rows, columns, at, digits).join('; ')}]`,
    plain: null,
  });
}

type Positions = readonly (number | null)[];

const latexRows = (
  rows: Positions,
  columns: Positions,
  at: (slots: readonly number[]) => number,
  digits: number,
): string[] =>
  rows.map((i) =>
    columns
      .map((j) => {
        if (i === null) return j === null ? '\\ddots' : '\\vdots';
        return j === null ? '\\cdots' : latexNumber(at([i, j]), digits);
      })
      .join(' & '),
  );

const unicodeRows = (
  rows: Positions,
  columns: Positions,
  at: (slots: readonly number[]) => number,
  digits: number,
): string[] =>
  rows.map((i) =>
    i === null
      ? '…'
      : `${columns.map((j) => (j === null ? '…' : unicodeNumber(at([i, j]), digits))).join(' ')}`,
  );
