// An answer's own letters put in terms of the question's: its left side says which index is which.

import {
  type Affine,
  bareName,
  type IndexMap,
  index,
  minus,
  solveFor,
  substituteIndices,
} from '../expr/affine.ts';
import { type Condition, equal } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { lowerAll, lowerEntry } from '../expr/lower.ts';
import { adjoint, isSymbolEntry } from '../expr/make.ts';
import { same, substitute, substituteTensor } from '../expr/substitute.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { freeNames, tensorFreeNames } from '../expr/walk.ts';
import { errorSource } from '../rules/definitions.ts';
import { isTensor, type Read } from '../text/read.ts';
import { type FormulaQuestion, indicesOf } from './question.ts';
import { isOfFunction } from './same-function.ts';

/** What an answer's letters are in the question's, and which of the question's indices it fixes. */
export interface Alignment {
  /** By the answer's letters, each written with MARK in front. */
  readonly map: IndexMap;
  readonly fixed: readonly Condition[];
  /** What the answer says of the question's indices beyond that: `for l < L`. */
  readonly said: readonly Condition[];
}

/** Put before an answer's own letters, so that none is taken for one of the question's. */
export const MARK = '$';

/** The names that stand free in a reading and aren't sizes. */
export function freeIn(r: Read, system: System): string[] {
  const names = isTensor(r) ? tensorFreeNames(r) : freeNames(r);
  return [...names].filter((n) => !system.sizes.has(n));
}

/** A reading with its free indices marked as its own. */
export function marked(r: Read, system: System): Read {
  const map = new Map(freeIn(r, system).map((n) => [n, index(MARK + n)]));
  if (map.size === 0) return r;
  return isTensor(r) ? substituteTensor(r, map) : substitute(r, map);
}

/** A reading in components: a tensor's entry at the question's slots. */
export function entryAt(r: Read, slots: readonly string[], system: System): Expr {
  if (!isTensor(r)) return lowerAll(r, system);
  const at = slots.map((s) => index(s));
  return lowerEntry(r, at, system, new Set(slots));
}

/** A marked reading in the question's letters; a letter that stays open keeps its mark. */
export function aligned(r: Read, by: Alignment): Read {
  if (by.map.size === 0) return r;
  return isTensor(r) ? substituteTensor(r, by.map) : substitute(r, by.map);
}

/** How a left side (marked) is the one that is asked for; null where it is another quantity. */
export function alignLeft(written: Read, q: FormulaQuestion): Alignment | null {
  if (q.left === null) return null;
  const { left } = q;
  for (const form of [left, ...otherNames(left, q.system, q.perSample !== null)]) {
    const given = entryAt(written, q.leftSlots ?? q.slots, q.system);
    const renamed = form.kind === 'call' && given.kind === 'call' && isOfFunction(given, form, q.system);
    const pairs = pairsOf(form, renamed ? { ...given, fn: { ...given.fn, name: form.fn.name } } : given);
    const found = pairs === null ? null : solve(pairs, q);
    if (found !== null) return found;
  }
  return null;
}

/** The same quantity under its other name: delta and dC/dz, where one is no multiple of the other, or is meant to be none. */
export function otherNames(left: Expr, system: System, scaled = false): Expr[] {
  const source = errorSource(system, left);
  if (source !== null && isSymbolEntry(left))
    return scaled || tensorDecl(system, left.of.name).scale === undefined ? [adjoint(source)] : [];
  if (left.kind !== 'adjoint') return [];
  return [...system.tensors.values()].flatMap((d): Expr[] =>
    d.kind === 'error' && d.of === left.by.of.name && (scaled || d.scale === undefined)
      ? [{ ...left.by, of: { ...left.by.of, name: d.name } }]
      : [],
  );
}

type Pair = readonly [asked: Affine, given: Affine];

/** The index forms of two expressions of the same make, side by side; null where they differ in more. */
function pairsOf(asked: Expr, given: Expr): Pair[] | null {
  if (isSymbolEntry(asked) && isSymbolEntry(given)) {
    const [a, b] = [asked.of, given.of];
    if (a.name !== b.name || a.stage.length !== b.stage.length || asked.slots.length !== given.slots.length)
      return null;
    const other = [...b.stage, ...given.slots];
    return [...a.stage, ...asked.slots].map((x, i): Pair => [x, other[i] ?? x]);
  }
  if (asked.kind === 'adjoint' && given.kind === 'adjoint') return pairsOf(asked.by, given.by);
  if (asked.kind === 'jacobian' && given.kind === 'jacobian')
    return joined(pairsOf(asked.of, given.of), pairsOf(asked.by, given.by));
  if (asked.kind === 'call' && given.kind === 'call') return pairsOfCalls(asked, given);
  return same(asked, given) ? [] : null;
}

const joined = (a: Pair[] | null, b: Pair[] | null): Pair[] | null =>
  a === null || b === null ? null : [...a, ...b];

function pairsOfCalls(asked: Expr & { kind: 'call' }, given: Expr & { kind: 'call' }): Pair[] | null {
  if (asked.fn.name !== given.fn.name || asked.fn.order !== given.fn.order) return null;
  if (asked.args.length !== given.args.length) return null;
  return asked.args.reduce<Pair[] | null>((all, a, i) => {
    const b = given.args[i];
    return b === undefined ? null : joined(all, pairsOf(a, b));
  }, []);
}

function solve(pairs: readonly Pair[], q: FormulaQuestion): Alignment | null {
  const map = new Map<string, Affine>();
  const fixed: Condition[] = [];
  const own = indicesOf(q);
  for (const [asked, given] of pairs) {
    const known = substituteIndices(given, map);
    const open = openLetter(known);
    if (open !== null) {
      const value = solveFor(minus(known, asked), open);
      if (value === null) return null;
      map.set(open, value);
    } else if (known.key !== asked.key) {
      const name = bareName(asked);
      if (name === null || !own.has(name)) return null;
      fixed.push(equal(asked, known));
    }
  }
  return { map, fixed, said: [] };
}

/** The one marked letter in a form; null where there is none, or several. */
function openLetter(a: Affine): string | null {
  const open = a.terms.filter((t) => t.symbol.name.startsWith(MARK));
  return open.length === 1 ? (open[0]?.symbol.name ?? null) : null;
}

/**
 * The ways to take the letters of a right side that stands alone: a letter of the question's is itself; the others stand
 * for the question's remaining ones, in any order.
 */
export function alignAlone(r: Read, q: FormulaQuestion): readonly Alignment[] {
  // A tensor's name in an index place is a label: a_y.
  const letters = freeIn(r, q.system)
    .map((n) => n.slice(n.startsWith(MARK) ? MARK.length : 0))
    .filter((n) => !q.system.tensors.has(n));
  const own = indicesOf(q);
  const kept = letters.filter((n) => own.has(n));
  const others = letters.filter((n) => !own.has(n));
  const left = [...own].filter((n) => !kept.includes(n));
  const base = kept.map((n) => [MARK + n, index(n)] as const);
  if (others.length === 0 || others.length > 3) return [{ map: new Map(base), fixed: [], said: [] }];
  return arrangements(left, others.length).map((chosen) => ({
    map: new Map([
      ...base,
      ...others.flatMap((n, i) => (chosen[i] === undefined ? [] : [[MARK + n, index(chosen[i])] as const])),
    ]),
    fixed: [],
    said: [],
  }));
}

/** All ways to take up to `count` of some names, in order. */
function arrangements(names: readonly string[], count: number): string[][] {
  if (count === 0 || names.length === 0) return [[]];
  return names.flatMap((n) =>
    arrangements(
      names.filter((m) => m !== n),
      count - 1,
    ).map((rest) => [n, ...rest]),
  );
}
