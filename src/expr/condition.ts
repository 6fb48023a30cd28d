// Affine conditions (k = j, 2 <= l) and what follows from a set of them over the integers.

import {
  type Affine,
  addScaled,
  collectNames,
  type IndexMap,
  minus,
  scale,
  shift,
  substituteIndices,
} from './affine.ts';

/** `left = right` or `left <= right`, over the integers; the two sides are kept as written, for printing. */
export interface Condition {
  readonly relation: '=' | '<=';
  readonly left: Affine;
  readonly right: Affine;
}

export const equal = (left: Affine, right: Affine): Condition => ({ relation: '=', left, right });
export const atMost = (left: Affine, right: Affine): Condition => ({ relation: '<=', left, right });
/** lo <= i <= hi as two conditions. */
export const between = (lo: Affine, i: Affine, hi: Affine): Condition[] => [atMost(lo, i), atMost(i, hi)];

const slacks = new WeakMap<Condition, Affine>();

/** right - left: zero for an equality, not negative for an inequality. */
export function slack(c: Condition): Affine {
  let form = slacks.get(c);
  if (form === undefined) {
    form = minus(c.right, c.left);
    slacks.set(c, form);
  }
  return form;
}

/** The same key for the same condition, whatever its sides look like. */
export function conditionKey(c: Condition): string {
  const form = slack(c);
  if (c.relation === '<=') return `${form.key}>=0`;
  const first = form.terms[0];
  return `${(first === undefined || first.coefficient > 0 ? form : scale(form, -1)).key}=0`;
}

export function substituteCondition(c: Condition, map: IndexMap): Condition {
  const left = substituteIndices(c.left, map);
  const right = substituteIndices(c.right, map);
  return left === c.left && right === c.right ? c : { relation: c.relation, left, right };
}

export function conditionNames(c: Condition, into: Set<string>): void {
  collectNames(c.left, into);
  collectNames(c.right, into);
}

/** What must hold where `c` does not: one condition for an inequality, two alternatives for an equality. */
export function negations(c: Condition): Condition[] {
  if (c.relation === '<=') return [atMost(shift(c.right, 1), c.left)];
  return [atMost(c.left, shift(c.right, -1)), atMost(shift(c.right, 1), c.left)];
}

/** Rows of forms that are all >= 0, divided by their common factor (over the integers the constant rounds down). */
function tighten(a: Affine): Affine {
  let common = 0;
  for (const t of a.terms) common = gcd(common, Math.abs(t.coefficient));
  if (common <= 1) return a;
  const constant = Math.floor(a.constant / common);
  const rest = shift(a, -a.constant);
  return shift(divide(rest, common), constant);
}

function divide(a: Affine, by: number): Affine {
  let result = shift(scale(a, 0), 0);
  for (const t of a.terms) {
    const one: Affine = { constant: 0, terms: [{ symbol: t.symbol, coefficient: 1 }], key: t.symbol.key };
    result = addScaled(result, one, t.coefficient / by);
  }
  return result;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Whether no integers satisfy all of `forms >= 0`: Fourier-Motzkin elimination; `false` means "not shown". */
function infeasible(forms: readonly Affine[]): boolean {
  let rows = new Map<string, Affine>();
  const add = (a: Affine): boolean => {
    const row = tighten(a);
    if (row.terms.length === 0) return row.constant < 0;
    rows.set(row.key, row);
    return false;
  };
  for (const form of forms) if (add(form)) return true;
  const LIMIT = 400;
  while (rows.size > 0) {
    const all = [...rows.values()];
    const pivot = cheapestPivot(all);
    if (pivot === null || all.length > LIMIT) return false;
    rows = new Map();
    const lower: [Affine, number][] = [];
    const upper: [Affine, number][] = [];
    for (const row of all) {
      const c = row.terms.find((t) => t.symbol.key === pivot)?.coefficient ?? 0;
      if (c === 0) rows.set(row.key, row);
      else (c > 0 ? lower : upper).push([row, c]);
    }
    for (const [p, cp] of lower) {
      for (const [q, cq] of upper) if (add(addScaled(scale(p, -cq), q, cp))) return true;
    }
  }
  return false;
}

/** The symbol whose elimination makes the fewest new rows. */
function cheapestPivot(rows: readonly Affine[]): string | null {
  const counts = new Map<string, [number, number]>();
  for (const row of rows) {
    for (const t of row.terms) {
      const count = counts.get(t.symbol.key) ?? [0, 0];
      count[t.coefficient > 0 ? 0 : 1]++;
      counts.set(t.symbol.key, count);
    }
  }
  let best: string | null = null;
  let cost = Number.POSITIVE_INFINITY;
  for (const [key, [up, down]] of counts) {
    if (up * down < cost) {
      best = key;
      cost = up * down;
    }
  }
  return best;
}

function forms(c: Condition): Affine[] {
  const s = slack(c);
  return c.relation === '<=' ? [s] : [s, scale(s, -1)];
}

/** Every size is at least 1, those that stand in the conditions too. */
function sizesPositive(conditions: readonly Condition[]): Affine[] {
  const seen = new Map<string, Affine>();
  for (const c of conditions) {
    for (const side of [c.left, c.right]) {
      for (const t of side.terms) {
        if (t.symbol.at.length === 0 || seen.has(t.symbol.key)) continue;
        seen.set(t.symbol.key, {
          constant: -1,
          terms: [{ symbol: t.symbol, coefficient: 1 }],
          key: `${t.symbol.key}-1`,
        });
      }
    }
  }
  return [...seen.values()];
}

/** Whether the conditions can't hold together. */
export function inconsistent(conditions: readonly Condition[]): boolean {
  return infeasible([...conditions.flatMap(forms), ...sizesPositive(conditions)]);
}

/** a - b, where the two differ by a constant only; otherwise null. */
function gap(a: Affine, b: Affine): number | null {
  if (a.terms.length !== b.terms.length) return null;
  const alike = a.terms.every((t, i) => {
    const u = b.terms[i];
    return u !== undefined && t.coefficient === u.coefficient && t.symbol.key === u.symbol.key;
  });
  return alike ? a.constant - b.constant : null;
}

/** Whether one of `given` alone says form >= 0, or that its only symbol is a size, which is at least 1. */
function saidAtOnce(form: Affine, given: readonly Condition[]): boolean {
  const [only] = form.terms;
  if (
    only !== undefined &&
    form.terms.length === 1 &&
    only.symbol.at.length > 0 &&
    only.coefficient > 0 &&
    form.constant >= -only.coefficient
  )
    return true;
  return given.some((g) => {
    const more = gap(form, slack(g));
    return more !== null && more >= 0;
  });
}

const decided = new WeakMap<readonly Condition[], Map<string, boolean | null>>();

/** true: follows from `given`; false: contradicts it; null: open. Remembered for each list of conditions. */
export function decide(c: Condition, given: readonly Condition[]): boolean | null {
  const s = slack(c);
  if (s.terms.length === 0) return c.relation === '=' ? s.constant === 0 : s.constant >= 0;
  if (c.relation === '<=' && saidAtOnce(s, given)) return true;
  let answers = decided.get(given);
  if (answers === undefined) {
    answers = new Map();
    decided.set(given, answers);
  }
  const name = conditionKey(c);
  let answer = answers.get(name);
  if (answer === undefined) {
    answer = workOut(c, given);
    answers.set(name, answer);
  }
  return answer;
}

function workOut(c: Condition, given: readonly Condition[]): boolean | null {
  const s = slack(c);
  const against = scale(s, -1);
  if (saidAtOnce(shift(against, -1), given) || (c.relation === '=' && saidAtOnce(shift(s, -1), given)))
    return false;
  const relevant = connected(c, given);
  if (inconsistent([...relevant, c])) return false;
  return negations(c).every((n) => inconsistent([...relevant, n])) ? true : null;
}

/** Those of `given` that share a symbol with `c`, directly or through others: the rest can't matter. */
function connected(c: Condition, given: readonly Condition[]): Condition[] {
  const names = new Set<string>();
  conditionNames(c, names);
  let rest = [...given];
  const found: Condition[] = [];
  for (;;) {
    const kept: Condition[] = [];
    const before = found.length;
    for (const g of rest) {
      const own = new Set<string>();
      conditionNames(g, own);
      if ([...own].some((n) => names.has(n))) {
        found.push(g);
        for (const n of own) names.add(n);
      } else kept.push(g);
    }
    rest = kept;
    if (found.length === before) return found;
  }
}
