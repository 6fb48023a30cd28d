// How wrong formulas are made of right ones: every place of an expression, with what stands around it.

import type { Affine } from '../expr/affine.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { children, withChild } from '../expr/parts.ts';
import type { System } from '../expr/system.ts';
import type { SlipCode } from './verdict.ts';

/** The name of an index that a missing sum leaves free. */
export const FREE = '$1';

/** A changed expression, with the piece that was changed and what it became. */
export interface Edit {
  readonly to: Expr;
  readonly right: Expr | null;
  readonly wrong: Expr | null;
}

/** A right formula, and where it comes from. */
export interface SlipSource {
  /** In the square system, in components. */
  readonly right: Expr;
  readonly system: System;
  /** The free indices of the left side, those of slots. */
  readonly slots: readonly string[];
  /** The lines that led to it. */
  readonly lines: readonly Expr[];
}

export interface SlipRow {
  readonly code: SlipCode;
  /** How likely: less is likelier. */
  readonly cost: number;
  /** `e.g. a b -> -a b`: what a teacher would write on the board. */
  readonly example: string;
  readonly apply: (source: SlipSource) => readonly Edit[];
}

/** What may stand for a piece, given the names bound around it. */
export type Replacements = (e: Expr, bound: readonly string[]) => readonly Expr[];

/** Every expression that differs from `e` by one replacement somewhere. */
export function edits(e: Expr, by: Replacements, bound: readonly string[] = []): Edit[] {
  const here = by(e, bound).map((to): Edit => ({ to, right: e, wrong: to }));
  const inside = e.kind === 'sum' ? [...bound, e.index] : bound;
  const below = children(e).flatMap((child, i) =>
    edits(child, by, inside).map((edit): Edit => ({ ...edit, to: withChild(e, i, edit.to) })),
  );
  return [...here, ...below];
}

/** The entry that an expression is, or differentiates by, and the expression with another in its place. */
export function entryIn(
  e: Expr,
): { readonly entry: SymbolEntry; readonly put: (by: SymbolEntry) => Expr } | null {
  if (isSymbolEntry(e)) return { entry: e, put: (by) => by };
  if (e.kind === 'adjoint') return { entry: e.by, put: (by) => ({ ...e, by }) };
  return null;
}

export const atStage = (e: SymbolEntry, stage: readonly Affine[]): SymbolEntry => ({
  ...e,
  of: { ...e.of, stage },
});

export const atSlots = (e: SymbolEntry, slots: readonly Affine[]): SymbolEntry => ({ ...e, slots });
