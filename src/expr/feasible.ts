// Whether affine conditions can hold together over the integers: Fourier-Motzkin elimination on rows of numbers.

import type { Affine } from './affine.ts';

/** Coefficients of the symbols, the constant last: the form is >= 0, or = 0. */
type Row = readonly number[];

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Divided by the coefficients' common factor; over the integers the constant of an inequality rounds down. */
function tightened(row: Row): Row {
  const last = row.length - 1;
  let common = 0;
  for (let i = 0; i < last; i++) common = gcd(common, Math.abs(row[i] ?? 0));
  return common <= 1 ? row : row.map((c, i) => (i < last ? c / common : Math.floor(c / common)));
}

/** p * a + q * b */
const combined = (a: Row, p: number, b: Row, q: number): Row => a.map((c, i) => p * c + q * (b[i] ?? 0));

const MOST_ROWS = 400;

/** Rows as they are added: null once one of them says that a negative number is >= 0. */
function added(rows: Row[] | null, row: Row): Row[] | null {
  if (rows === null) return null;
  const tight = tightened(row);
  const last = tight.length - 1;
  if (tight.some((c, i) => i < last && c !== 0)) {
    const twin = rows.findIndex((r) => r.every((c, i) => i === last || c === tight[i]));
    if (twin < 0) rows.push(tight);
    else if ((rows[twin]?.[last] ?? 0) > (tight[last] ?? 0)) rows[twin] = tight;
    return rows;
  }
  return (tight[last] ?? 0) < 0 ? null : rows;
}

/** The symbol whose elimination makes the fewest new rows; -1 when none stands in the rows any more. */
function cheapestPivot(rows: readonly Row[]): number {
  let best = -1;
  let cost = Number.POSITIVE_INFINITY;
  const symbols = (rows[0]?.length ?? 1) - 1;
  for (let i = 0; i < symbols; i++) {
    let [up, down] = [0, 0];
    for (const row of rows) {
      const c = row[i] ?? 0;
      if (c > 0) up++;
      else if (c < 0) down++;
    }
    if (up + down > 0 && up * down < cost) [best, cost] = [i, up * down];
  }
  return best;
}

/** One symbol gone: every lower bound against every upper bound. */
function eliminated(rows: readonly Row[], pivot: number): Row[] | null {
  let rest: Row[] | null = rows.filter((r) => (r[pivot] ?? 0) === 0);
  for (const p of rows) {
    const cp = p[pivot] ?? 0;
    if (cp <= 0) continue;
    for (const q of rows) {
      const cq = q[pivot] ?? 0;
      if (cq < 0) rest = added(rest, combined(p, -cq, q, cp));
    }
  }
  return rest;
}

/** The symbol that an equality can be solved for over the integers, with coefficient 1 or -1; -1 where there is none. */
function solvedFor(equality: Row): number {
  return equality.findIndex((c, i) => i < equality.length - 1 && Math.abs(c) === 1);
}

function rowOf(form: Affine, column: ReadonlyMap<string, number>): Row {
  const row = new Array<number>(column.size + 1).fill(0);
  for (const t of form.terms) row[column.get(t.symbol.key) ?? 0] = t.coefficient;
  row[column.size] = form.constant;
  return row;
}

/** Every symbol with a stage, n[l], is a size: at least 1. */
function columnsOf(forms: readonly Affine[]): { column: Map<string, number>; sizes: number[] } {
  const column = new Map<string, number>();
  const sizes: number[] = [];
  for (const form of forms)
    for (const { symbol } of form.terms) {
      if (column.has(symbol.key)) continue;
      if (symbol.at.length > 0) sizes.push(column.size);
      column.set(symbol.key, column.size);
    }
  return { column, sizes };
}

/** Whether no integers make all `zero` forms 0 and all `nonnegative` forms >= 0, sizes being at least 1; `false` means "not shown". */
export function infeasible(zero: readonly Affine[], nonnegative: readonly Affine[]): boolean {
  const { column, sizes } = columnsOf([...zero, ...nonnegative]);
  let equalities = zero.map((f) => rowOf(f, column));
  let given = nonnegative.map((f) => rowOf(f, column));
  for (const at of sizes) given.push(unit(at, column.size));
  for (;;) {
    const chosen = equalities.find((e) => solvedFor(e) >= 0);
    if (chosen === undefined) break;
    const pivot = solvedFor(chosen);
    const sign = chosen[pivot] ?? 1;
    const put = (r: Row): Row =>
      (r[pivot] ?? 0) === 0 ? r : combined(r, 1, chosen, -sign * (r[pivot] ?? 0));
    equalities = equalities.filter((e) => e !== chosen).map(put);
    given = given.map(put);
  }
  let rows: Row[] | null = [];
  for (const e of equalities)
    rows = added(
      added(rows, e),
      e.map((c) => -c),
    );
  for (const g of given) rows = added(rows, g);
  while (rows !== null && rows.length > 0 && rows.length <= MOST_ROWS) {
    const pivot = cheapestPivot(rows);
    if (pivot < 0) return false;
    rows = eliminated(rows, pivot);
  }
  return rows === null;
}

/** The row of x - 1 >= 0. */
const unit = (at: number, symbols: number): Row =>
  Array.from({ length: symbols + 1 }, (_, i) => (i === at ? 1 : i === symbols ? -1 : 0));
