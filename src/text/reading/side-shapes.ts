// Whether the sides of a statement have one shape.

import { type Affine, collectNames } from '../../expr/affine.ts';
import { UserError } from '../../expr/error.ts';
import type { Expr, Tensor } from '../../expr/expr.ts';
import { shapeOf, shapeText } from '../../expr/shape.ts';
import { substituteTensor } from '../../expr/substitute.ts';
import type { System } from '../../expr/system.ts';
import type { Env, Fault } from '../resolve-env.ts';
import { isTensor } from '../resolve-range.ts';
import { ANY_SIZE } from '../resolve-shapes.ts';
import type { ReadSide } from './reading.ts';

/** The first side whose shape differs from that of the first one; none where they agree. */
export function shapeFault(sides: readonly ReadSide[], env: Env): Fault[] {
  const [first, ...rest] = sides.map((s) => ({ side: s, shape: textOf(s, env.system) }));
  if (first === undefined || first.shape === null) return [];
  const other = rest.find(({ shape }) => shape !== null && shape !== first.shape);
  if (other === undefined) return [];
  return [{ span: other.side.span, sentence: `the left side is ${first.shape}, but this is ${other.shape}` }];
}

/** In code, and where samples are rows, a vector is no column: rows and columns of one size are the same. */
export function withoutRows(sides: readonly ReadSide[]): readonly ReadSide[] {
  const vectors = sides.filter((s) => s.of !== null && isTensor(s.of));
  return vectors.some((s) => !s.row) ? sides.map((s) => (s.row ? { ...s, row: false } : s)) : sides;
}

/** The sides with sizes that one leaves open taken from another: z = w a + b 1^T. */
export function settledSides(sides: readonly ReadSide[], { system }: Env): readonly ReadSide[] {
  const known = sides
    .map((s) => shapeIn(s.of, system))
    .find((shape) => shape !== null && !shape.some(isOpen));
  if (known === undefined || known === null) return sides;
  return sides.map((s) => {
    const own = shapeIn(s.of, system);
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

function shapeIn(of: Expr | Tensor | null, system: System): readonly Affine[] | null {
  if (of === null || !isTensor(of)) return null;
  try {
    return shapeOf(of, system);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function textOf(s: ReadSide, system: System): string | null {
  if (s.of === null) return null;
  if (!isTensor(s.of)) return 'a scalar';
  const shape = shapeIn(s.of, system);
  if (shape === null) return null;
  return s.row ? `1 x ${shapeText(shape)}` : shapeText(shape);
}
