// Sums of products of one or two entries, such as sum_k w_jk a_k: loops over arrays with a fixed step.

import { mentions } from '../expr/affine.ts';
import type { Expr, SumExpr, SymbolEntry } from '../expr/expr.ts';
import { factorsOf, isNumber, isSymbolEntry } from '../expr/make.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { type Reference, referenceForm } from './reference.ts';
import type { Range, Scope } from './scope.ts';
import type { Slab } from './store.ts';

/** One entry along the loop: where it starts in its slab, and by how much it moves. */
export interface Strand {
  slab: Slab;
  start: number;
  step: number;
}

/** Sets the strands for the frame's other indices; the number of terms. */
export interface Contraction {
  readonly strands: readonly Strand[];
  readonly open: () => number;
}

/** The factors that a loop with fixed steps can run over: one or two entries whose slabs don't change on the way. */
function runners(e: SumExpr, system: System): SymbolEntry[] | null {
  const found: SymbolEntry[] = [];
  for (const factor of factorsOf(e.body)) {
    const square = factor.kind === 'power' && isNumber(factor.exponent, 2);
    const entry: Expr = square ? factor.base : factor;
    if (!isSymbolEntry(entry) || !isStraight(entry, e.index)) return null;
    if (tensorDecl(system, entry.of.name).kind === 'error') return null;
    found.push(entry);
    if (square) found.push(entry);
  }
  return found.length <= 2 ? found : null;
}

/** The index stands in no stage: neither the tensor's nor that of a size in a slot. */
const isStraight = (e: SymbolEntry, index: string): boolean =>
  !e.of.stage.some((s) => mentions(s, index)) &&
  !e.slots.some((s) => s.terms.some((t) => t.symbol.at.some((a) => mentions(a, index))));

/** A sum as a loop with fixed steps; null where it isn't one. */
export function contraction(e: SumExpr, range: Range, scope: Scope): Contraction | null {
  const entries = range.keeps === null ? runners(e, scope.unit.machine.system) : null;
  if (entries === null) return null;
  const references = entries.map((entry) => referenceForm(entry, range.inner));
  const { frame } = scope.unit;
  const strands: Strand[] = [];
  return {
    strands,
    open: () => {
      if (!range.holds()) return 0;
      const lo = range.lo();
      const hi = range.hi();
      if (hi < lo) return 0;
      const count = hi - lo + 1;
      for (let i = 0; i < references.length; i++)
        strands[i] = strandOf(references[i] as Reference, frame, range.at, lo, hi);
      return count;
    },
  };
}

/** Both ends are looked at, so that a slot outside its size is still an error. */
function strandOf(r: Reference, frame: number[], at: number, lo: number, hi: number): Strand {
  const slab = r.slab();
  frame[at] = hi;
  const end = r.offset(slab);
  frame[at] = lo;
  const start = r.offset(slab);
  return { slab, start, step: hi > lo ? (end - start) / (hi - lo) : 0 };
}

/** The sum over `count` terms of a product of strands' numbers. */
export function dot(a: Float64Array, s: Strand, b: Float64Array, t: Strand, count: number): number {
  let sum = 0;
  let p = s.start;
  let q = t.start;
  if (s.step === 1 && t.step === 1) {
    for (let i = 0; i < count; i++) sum += (a[p + i] as number) * (b[q + i] as number);
    return sum;
  }
  for (let i = 0; i < count; i++) {
    sum += (a[p] as number) * (b[q] as number);
    p += s.step;
    q += t.step;
  }
  return sum;
}

/** The sum over `count` terms of a strand's numbers. */
export function total(a: Float64Array, s: Strand, count: number): number {
  let sum = 0;
  let p = s.start;
  for (let i = 0; i < count; i++) {
    sum += a[p] as number;
    p += s.step;
  }
  return sum;
}
