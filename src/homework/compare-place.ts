// Where an expression is evaluated: its indices, the entries at integers, and the ranges that conditions leave.

import { type Affine, evaluateAffine, mentions } from '../expr/affine.ts';
import { type Condition, slack } from '../expr/condition.ts';
import type { SumExpr } from '../expr/expr.ts';
import { rational } from '../expr/rational.ts';
import { type System, sizesAt, tensorDecl } from '../expr/system.ts';
import { type Arithmetic, NO_ENTRY, NoValue } from './compare-arithmetic.ts';

/** Bound and free indices with their values, innermost first. */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly outer: Bound | null;
}

/** An entry at integers. */
export interface At {
  readonly name: string;
  readonly stage: readonly number[];
  readonly slots: readonly number[];
}

/** What entries are worth where a derivative is being taken: null for those that are opened as usual. */
export type Override<T> = (at: At) => T | null;

export interface Place<T> {
  readonly system: System;
  readonly arithmetic: Arithmetic<T>;
  readonly size: (name: string, stage: readonly number[]) => number;
  /** Entries already worked out. */
  readonly known: Map<string, T>;
  readonly override: Override<T> | null;
  /** The shapes of tensors at integer stages, once looked up. */
  readonly shapes: Map<string, readonly number[]>;
  readonly budget: { left: number };
  /** What entries and derivatives of the loss may cost, where pairs share them: a pair's budget must not depend on others. */
  readonly opening: { left: number } | null;
  /** Derivatives of the loss already worked out: they are the same in every arithmetic over this one. */
  readonly adjoints: Map<string, T>;
  /** Another source of derivatives of the loss; null: by dual numbers. */
  readonly oracle: ((by: At) => T) | null;
}

export const integerIn = <T>(a: Affine, env: Bound | null, p: Place<T>): number => {
  const only = a.terms[0];
  if (only === undefined) return a.constant;
  return evaluateAffine(a, (name, at) => (at.length === 0 ? symbolIn(name, env, p) : p.size(name, at)));
};

export function symbolIn<T>(name: string, env: Bound | null, p: Place<T>): number {
  for (let b = env; b !== null; b = b.outer) if (b.name === name) return b.value;
  return p.size(name, []);
}

export const integersIn = <T>(forms: readonly Affine[], env: Bound | null, p: Place<T>): number[] =>
  forms.map((a) => integerIn(a, env, p));

export const keyAt = (a: At): string => `${a.name}[${a.stage.join()}][${a.slots.join()}]`;

export function holds<T>(c: Condition, env: Bound | null, p: Place<T>): boolean {
  const value = integerIn(slack(c), env, p);
  return c.relation === '=' ? value === 0 : value >= 0;
}

/** The place where what pairs share is worked out. */
export const opened = <T>(p: Place<T>): Place<T> =>
  p.opening === null ? p : { ...p, budget: p.opening, opening: null };

/** The range that conditions leave to a binder; those that only filter are handed back. */
export function boundsIn<T>(
  e: SumExpr,
  env: Bound | null,
  p: Place<T>,
): { lo: number; hi: number; rest: readonly Condition[] } {
  let lo = Number.NEGATIVE_INFINITY;
  let hi = Number.POSITIVE_INFINITY;
  const rest: Condition[] = [];
  const zero: Bound = { name: e.index, value: 0, outer: env };
  for (const c of e.where) {
    const form = slack(c);
    const own = form.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === e.index);
    if (form.terms.some((t) => t !== own && t.symbol.at.some((a) => mentions(a, e.index)))) {
      rest.push(c);
      continue;
    }
    const other = integerIn(form, zero, p);
    const k = own?.coefficient ?? 0;
    if (k > 0) lo = Math.max(lo, Math.ceil(-other / k));
    if (k < 0) hi = Math.min(hi, Math.floor(other / -k));
    if (c.relation === '=' && k > 0) hi = Math.min(hi, Math.floor(-other / k));
    if (c.relation === '=' && k < 0) lo = Math.max(lo, Math.ceil(other / -k));
    if (k === 0 && !holds(c, env, p)) return { lo: 1, hi: 0, rest };
  }
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) throw new NoValue(`the sum over ${e.index} has no bound`);
  return { lo, hi, rest };
}

/** All slots of a shape, row-major, from 1. */
export const positions = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>(
    (all, n) => all.flatMap((s) => Array.from({ length: Math.max(0, n) }, (_, i) => [...s, i + 1])),
    [[]],
  );

/**
 * max and min of two, in every arithmetic that knows steps. The one that isn't taken has the factor 0, so that max(0, z) is
 * 0 without any rounding; where both are equal the slope is the first one's, as in the rule that differentiates them.
 */
export function choice<T>(name: string, u: T, v: T, A: Arithmetic<T>): T {
  if (name !== 'max' && name !== 'min') throw new NoValue(`${name} of two arguments`);
  const [first, second] = name === 'max' ? [u, v] : [v, u];
  const minus = (x: T): T => A.mul(A.rational(rational(-1)), x);
  const step = (of: string, x: T): T => A.call({ name: of, order: 0, stage: null }, x);
  const taken = step('nonneg', A.add(first, minus(second)));
  return A.add(A.mul(taken, u), A.mul(step('pos', A.add(second, minus(first))), v));
}

export function checkSlots<T>(at: At, p: Place<T>): void {
  const shape = shapeAt(at.name, at.stage, p);
  if (shape.length !== at.slots.length || at.slots.some((s, i) => s < 1 || s > (shape[i] ?? 0)))
    throw NO_ENTRY;
}

export function shapeAt<T>(name: string, stage: readonly number[], p: Place<T>): readonly number[] {
  const key = stage.length === 0 ? name : `${name}[${stage.join()}]`;
  let shape = p.shapes.get(key);
  if (shape === undefined) {
    shape = sizesOf(name, stage, p);
    p.shapes.set(key, shape);
  }
  return shape;
}

const sizesOf = <T>(name: string, stage: readonly number[], p: Place<T>): number[] => {
  const map = new Map(tensorDecl(p.system, name).stage.map((letter, i) => [letter, stage[i] ?? 0]));
  return sizesAt(tensorDecl(p.system, name), []).map((s) =>
    evaluateAffine(s, (n, at) => (at.length === 0 ? (map.get(n) ?? p.size(n, [])) : p.size(n, at))),
  );
};

export const sameAt = (a: At, b: At): boolean =>
  a.name === b.name && a.stage.join() === b.stage.join() && a.slots.join() === b.slots.join();
