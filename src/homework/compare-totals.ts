// What a system's identities say about the totals of its inputs: sum(k, y[k]) = 1.

import { bareName } from '../expr/affine.ts';
import { isSymbolEntry } from '../expr/make.ts';
import type { Rational } from '../expr/rational.ts';
import type { System } from '../expr/system.ts';

export interface Total {
  /** The slot along which the entries add up to `value`. */
  readonly slot: number;
  readonly value: Rational;
}

/** The total that an identity fixes for a tensor; null where none does. */
export function totalOf(system: System, name: string): Total | null {
  for (const { left, right } of system.identities) {
    if (left.kind !== 'sum' || right.kind !== 'number' || !isSymbolEntry(left.body)) continue;
    if (left.body.of.name !== name) continue;
    const slot = left.body.slots.findIndex((s) => bareName(s) === left.index);
    if (slot >= 0) return { slot, value: right.value };
  }
  return null;
}
