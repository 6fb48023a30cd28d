// Slips with indices: swapped, wrong, a bracket that takes in too much, one product for the other, a layer off by one.

import { type Affine, bareName, index, shift } from '../expr/affine.ts';
import type { Expr, SumExpr, SymbolEntry } from '../expr/expr.ts';
import { factorsOf, isSymbolEntry, mul } from '../expr/make.ts';
import { freshName, substitute } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import {
  atSlots,
  atStage,
  type Edit,
  edits,
  entryIn,
  FREE,
  type SlipRow,
  type SlipSource,
} from './slip-edits.ts';

/** Slots one by one replaced by another index in scope. */
function otherSlots(e: SymbolEntry, names: readonly string[]): SymbolEntry[] {
  return e.slots.flatMap((slot, i) =>
    names.flatMap((n) => (bareName(slot) === n ? [] : [atSlots(e, e.slots.with(i, index(n)))])),
  );
}

/** The left side's two indices swapped in the whole formula. */
function reversed({ right, slots }: SlipSource): Edit[] {
  const [j, k] = slots;
  if (slots.length !== 2 || j === undefined || k === undefined) return [];
  const to = substitute(
    right,
    new Map([
      [j, index(k)],
      [k, index(j)],
    ]),
  );
  return [{ to, right: null, wrong: null }];
}

/** A factor drawn into a sum beside it, its index becoming the sum's: w' (delta .* s) for (w' delta) .* s. */
function drawnIn(e: Expr, slots: readonly string[]): Expr[] {
  if (e.kind !== 'mul') return [];
  return e.args.flatMap((s, i) =>
    s.kind === 'sum'
      ? e.args.flatMap((f, at) => {
          if (at === i) return [];
          const own = slots.filter((n) => freeNames(f).has(n));
          return own.map((n) => {
            const inside = substitute(f, new Map([[n, index(s.index)]]));
            return mul(...e.args.filter((_, x) => x !== i && x !== at), { ...s, body: mul(s.body, inside) });
          });
        })
      : [],
  );
}

/** A factor drawn out of a sum, its index becoming one of the left side's. */
function drawnOut(e: Expr, slots: readonly string[]): Expr[] {
  if (e.kind !== 'sum' || e.body.kind !== 'mul') return [];
  const { body } = e;
  return body.args.flatMap((f, i) =>
    freeNames(f).has(e.index)
      ? slots.map((n) =>
          mul(
            { ...e, body: mul(...body.args.toSpliced(i, 1)) },
            substitute(f, new Map([[e.index, index(n)]])),
          ),
        )
      : [],
  );
}

/** sum_k A_jk B_ki as A_ji B_ji. */
function entrywise(e: Expr, slots: readonly string[]): Expr[] {
  const [j, i] = slots;
  if (e.kind !== 'sum' || j === undefined || i === undefined) return [];
  const factors = factorsOf(e.body);
  if (!factors.every((f) => isSymbolEntry(f) && f.slots.length === 2)) return [];
  const at: Affine[] = [index(j), index(i)];
  return [mul(...factors.map((f) => (isSymbolEntry(f) ? atSlots(f, at) : f)))];
}

/** delta_j a_j for delta_j a_k: the product entry by entry of two vectors for their outer product. */
function onDiagonal({ right, slots }: SlipSource): Edit[] {
  const [j, k] = slots;
  if (slots.length !== 2 || j === undefined || k === undefined) return [];
  return [{ to: substitute(right, new Map([[k, index(j)]])), right: null, wrong: null }];
}

/** A_ji B_ji as sum_k A_jk B_ki. */
function multiplied(e: Expr, { slots, system }: SlipSource): Expr[] {
  const [j, i] = slots;
  if (e.kind !== 'mul' || j === undefined || i === undefined || e.args.length !== 2) return [];
  const [A, B] = e.args;
  if (A === undefined || B === undefined) return [];
  // Matrices both: entries with both indices.
  if (![A, B].every((f) => freeNames(f).has(i) && freeNames(f).has(j))) return [];
  const k = freshName(['k', 'q', 'r'], new Set([...freeNames(e), ...system.sizes.keys()]));
  const sizeOf = [...system.sizes.keys()].find((n) => n !== 'L');
  if (sizeOf === undefined) return [];
  const where: SumExpr['where'] = [
    { relation: '<=', left: { constant: 1, terms: [], key: '1' }, right: index(k) },
    { relation: '<=', left: index(k), right: index(sizeOf) },
  ];
  const both = (a: Expr, b: Expr): Expr =>
    mul(substitute(a, new Map([[i, index(k)]])), substitute(b, new Map([[j, index(k)]])));
  return [
    { kind: 'sum', index: k, where: where, body: both(A, B) },
    { kind: 'sum', index: k, where: where, body: both(B, A) },
  ];
}

/** Entries with a stage: one layer up, one down. */
function offByOne(e: Expr): Expr[] {
  const found = entryIn(e);
  if (found !== null) {
    const { entry, put } = found;
    return entry.of.stage.flatMap((s, i) =>
      [1, -1].map((by) => put(atStage(entry, entry.of.stage.with(i, shift(s, by))))),
    );
  }
  if (e.kind !== 'call' || e.fn.stage === null) return [];
  const { stage } = e.fn;
  return [1, -1].map((by) => ({ ...e, fn: { ...e.fn, stage: shift(stage, by) } }));
}

/** All stages of a formula moved by one. */
function allMoved({ right }: SlipSource): Edit[] {
  const letters = new Set<string>();
  edits(right, (e) => {
    for (const s of entryIn(e)?.entry.of.stage ?? []) for (const t of s.terms) letters.add(t.symbol.name);
    return [];
  });
  return [...letters].flatMap((name) =>
    [1, -1].map((by) => ({
      to: substitute(right, new Map([[name, shift(index(name), by)]])),
      right: null,
      wrong: null,
    })),
  );
}

const LAST = index('L');

/** z^L for z^l. */
function last(e: Expr, source: SlipSource): Expr[] {
  const found = entryIn(e);
  if (found === null || !source.system.sizes.has('L')) return [];
  const { entry, put } = found;
  return entry.of.stage.flatMap((s, i) =>
    s.key === LAST.key ? [] : [put(atStage(entry, entry.of.stage.with(i, LAST)))],
  );
}

export const indexRows: readonly SlipRow[] = [
  {
    code: 'outer-reversed',
    cost: 1,
    example: "delta a' -> a delta'",
    apply: reversed,
  },
  {
    code: 'indices-swapped',
    cost: 1,
    example: 'w_kj -> w_jk',
    apply: ({ right }) =>
      edits(right, (e) => {
        const found = entryIn(e);
        if (found === null || found.entry.slots.length !== 2) return [];
        return [found.put(atSlots(found.entry, [...found.entry.slots].reverse()))];
      }),
  },
  {
    code: 'layer-off',
    cost: 1.1,
    example: "sigma'(z[l]) -> sigma'(z[l+1])",
    apply: (source) => [...edits(source.right, offByOne), ...allMoved(source)],
  },
  {
    code: 'layer-last',
    cost: 1.1,
    example: "sigma'(z[l]) -> sigma'(z[L])",
    apply: (source) => edits(source.right, (e) => last(e, source)),
  },
  {
    code: 'brackets',
    cost: 1.2,
    example: "(w' delta) .* s -> w' (delta .* s)",
    apply: ({ right, slots }) => [
      ...edits(right, (e) => drawnIn(e, slots)),
      ...edits(right, (e) => drawnOut(e, slots)),
    ],
  },
  {
    code: 'hadamard-for-product',
    cost: 1.2,
    example: "delta a' -> delta .* a",
    apply: (source) => [...edits(source.right, (e) => entrywise(e, source.slots)), ...onDiagonal(source)],
  },
  {
    code: 'product-for-hadamard',
    cost: 1.2,
    example: 'A .* B -> A B',
    apply: (source) => edits(source.right, (e) => multiplied(e, source)),
  },
  {
    code: 'index-wrong',
    cost: 1.4,
    example: 'z_j -> z_k',
    apply: ({ right, slots }) =>
      edits(right, (e, bound) => {
        const found = entryIn(e);
        return found === null ? [] : otherSlots(found.entry, [...slots, ...bound, FREE]).map(found.put);
      }),
  },
];
