// Whether the sides of a statement have one shape.

import { type Affine, collectNames, substituteIndices } from '../../expr/affine.ts';
import { UserError } from '../../expr/error.ts';
import type { Expr, Tensor } from '../../expr/expr.ts';
import { shapeOf, shapeText } from '../../expr/shape.ts';
import { substituteTensor } from '../../expr/substitute.ts';
import type { ShapeFact } from '../complaint.ts';
import type { Env, Fault } from '../resolve-env.ts';
import { isTensor } from '../resolve-range.ts';
import { ANY_SIZE } from '../resolve-shapes.ts';
import type { ReadSide } from './reading.ts';

/** The first side whose shape differs from that of the first one; none where they agree. */
export function shapeFault(sides: readonly ReadSide[], env: Env): Fault[] {
  const [first, ...rest] = sides.map((s) => ({ side: s, shape: textOf(s, env) }));
  if (first === undefined || first.shape === null) return [];
  const other = rest.find(({ shape }) => shape !== null && shape !== first.shape);
  if (other === undefined) return [];
  const complaint = { code: 'other-side-shape', left: first.shape, shape: other.shape ?? '' } as const;
  return [{ span: other.side.span, complaint }];
}

/** In code, and where samples are rows, a vector is no column: rows and columns of one size are the same. */
export function withoutRows(sides: readonly ReadSide[]): readonly ReadSide[] {
  const vectors = sides.filter((s) => s.of !== null && isTensor(s.of));
  return vectors.some((s) => !s.row) ? sides.map((s) => (s.row ? { ...s, row: false } : s)) : sides;
}

/** The sides with sizes that one leaves open taken from another: z = w a + b 1^T. */
export function settledSides(sides: readonly ReadSide[], env: Env): readonly ReadSide[] {
  const known = sides.map((s) => shapeIn(s.of, env)).find((shape) => shape !== null && !shape.some(isOpen));
  if (known === undefined || known === null) return sides;
  return sides.map((s) => {
    const own = shapeIn(s.of, env);
    const at = own?.findIndex(isOpen) ?? -1;
    const size = known[at];
    if (s.of === null || !isTensor(s.of) || own?.length !== known.length || size === undefined) return s;
    return { ...s, of: substituteTensor(s.of, new Map([[ANY_SIZE.key, size]])) };
  });
}

function isOpen(a: Affine): boolean {
  const names = new Set<string>();
  collectNames(a, names);
  return names.has(ANY_SIZE.key);
}

function shapeIn(of: Expr | Tensor | null, { system, numbers }: Env): readonly Affine[] | null {
  if (of === null || !isTensor(of)) return null;
  try {
    return shapeOf(of, system).map((s) => substituteIndices(s, numbers));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function textOf(s: ReadSide, env: Env): ShapeFact | null {
  if (s.of === null) return null;
  if (!isTensor(s.of)) return '';
  const shape = shapeIn(s.of, env);
  if (shape === null) return null;
  return s.row ? `1 x ${shapeText(shape)}` : shapeText(shape);
}
