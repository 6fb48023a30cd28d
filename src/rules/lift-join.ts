// Lifting products and sums of terms: the factors joined over their free indices.

import { bareName } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { factorsOf, mul, NUM1, symbol, termsOf } from '../expr/make.ts';
import {
  entryAt,
  fits,
  hadamard,
  liftRule,
  ones,
  product,
  scaled,
  seen,
  sizeOf,
  transpose,
} from './lift-tensor.ts';

interface Parts {
  readonly scalars: Expr[];
  readonly vectors: Map<string, Tensor[]>;
  readonly matrices: { readonly slots: readonly string[]; readonly of: Tensor }[];
}

function partsOf(e: Expr): Parts | null {
  const parts: Parts = { scalars: [], vectors: new Map(), matrices: [] };
  for (const f of factorsOf(e)) {
    if (f.kind === 'guard') {
      const delta = deltaSlots(f);
      if (delta === null) return null;
      parts.matrices.push(delta);
      continue;
    }
    const s = seen(f);
    if (s === null) return null;
    if ('scalar' in s) parts.scalars.push(s.scalar);
    else if (s.slots.length === 1 && s.slots[0] !== undefined)
      parts.vectors.set(s.slots[0], [...(parts.vectors.get(s.slots[0]) ?? []), s.of]);
    else if (s.slots[0] === s.slots[1] && s.slots[0] !== undefined)
      parts.vectors.set(s.slots[0], [
        ...(parts.vectors.get(s.slots[0]) ?? []),
        { kind: 'diagonal', of: s.of },
      ]);
    else parts.matrices.push({ slots: s.slots, of: s.of });
  }
  return parts;
}

export function deltaSlots(f: Expr): { slots: string[]; of: Tensor } | null {
  const [c] = f.kind === 'guard' && f.where.length === 1 ? f.where : [];
  const left = c?.relation === '=' ? bareName(c.left) : null;
  const right = c?.relation === '=' ? bareName(c.right) : null;
  // The size is put in where the other factors or the left side tell it.
  return left === null || right === null || left === right
    ? null
    : { slots: [left, right], of: symbol('#identity') };
}

/** A product's factors joined over the indices `slots`: scale, Hadamard, diag, outer. */
function joined(e: Expr, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  const parts = partsOf(e);
  if (parts === null) return null;
  const names = new Set([...parts.vectors.keys(), ...parts.matrices.flatMap((m) => m.slots)]);
  if ([...names].some((n) => !slots.includes(n))) return null;
  const of =
    slots.length === 1
      ? joinedVector(parts, slots, given)
      : slots.length === 2
        ? joinedMatrix(parts, slots, given)
        : null;
  return of === null ? null : scaled(parts.scalars.length === 0 ? NUM1 : mul(...parts.scalars), of);
}

function joinedVector(parts: Parts, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  if (parts.matrices.length > 0) return null;
  const vectors = parts.vectors.get(slots[0] ?? '') ?? [];
  return vectors.length === 0 ? ones(slots[0], given) : hadamard(vectors);
}

function joinedMatrix(parts: Parts, slots: readonly string[], given: readonly Condition[]): Tensor | null {
  const [row = '', column = ''] = slots;
  const rows = parts.vectors.get(row) ?? [];
  const columns = parts.vectors.get(column) ?? [];
  const size = sizeOf(row, given);
  const matrices = parts.matrices.map((m): Tensor | null => {
    const of: Tensor | null =
      m.of.kind === 'symbol' && m.of.name === '#identity'
        ? size === null
          ? null
          : { kind: 'identity', size }
        : m.of;
    return of === null || m.slots[0] === row ? of : transpose(of);
  });
  if (matrices.some((m) => m === null)) return null;
  const left = rows.length === 0 ? null : hadamard(rows);
  const right = columns.length === 0 ? null : hadamard(columns);
  if (matrices.length === 0) {
    const u = left ?? ones(row, given);
    const v = right ?? ones(column, given);
    return u === null || v === null ? null : { kind: 'outer', left: u, right: v };
  }
  const known = matrices.flatMap((m) => (m === null ? [] : [m]));
  const identity = known.find((m) => m.kind === 'identity');
  if (identity !== undefined && known.length === 1 && (left !== null || right !== null))
    return {
      kind: 'diag',
      of: hadamard([...(left === null ? [] : [left]), ...(right === null ? [] : [right])]),
    };
  const diag = (of: Tensor | null): Tensor[] => (of === null ? [] : [{ kind: 'diag', of }]);
  return product([...diag(left), hadamard(known), ...diag(right)]);
}

/** The indices a bracket is lifted over: those of the left side in its order, then others as they come. */
export function openSlots(e: Expr, slots: readonly string[]): string[] {
  const names = new Set<string>();
  for (const t of termsOf(e))
    for (const f of factorsOf(t)) {
      const s = f.kind === 'guard' ? deltaSlots(f) : seen(f);
      if (s !== null && 'slots' in s) for (const n of s.slots) names.add(n);
    }
  return [...slots.filter((s) => names.has(s)), ...[...names].filter((n) => !slots.includes(n))];
}

export const liftProduct = liftRule(
  'join-factors',
  'step',
  "[w^T d]_j sigma'(z_j) -> [(w^T d) .* sigma'(z)]_j",
  (e, args, ctx) => {
    const slots = args.slots ?? [];
    if ((e.kind !== 'mul' && e.kind !== 'entry' && e.kind !== 'guard') || slots.length === 0) return null;
    const of = joined(e, slots, ctx.given);
    return of === null || !fits(of, ctx.system) ? null : entryAt(of, slots);
  },
);

export const liftTerms = liftRule('join-terms', 'step', 'a_j - y_j -> [a - y]_j', (e, args, ctx) => {
  const slots = args.slots ?? [];
  if (e.kind !== 'add' || slots.length === 0) return null;
  const terms = e.args.map((t) => joined(t, slots, ctx.given));
  const known = terms.flatMap((t) => (t === null ? [] : [t]));
  const of: Tensor = {
    kind: 'tensorSum',
    args: known.flatMap((t) => (t.kind === 'tensorSum' ? t.args : [t])),
  };
  return known.length < terms.length || !fits(of, ctx.system) ? null : entryAt(of, slots);
});
