// Whether the sides of a statement have one shape.

import { shapeOf, shapeText } from '../../expr/shape.ts';
import { UserError } from '../../expr/error.ts';
import { isTensor } from '../resolve-range.ts';
import type { Env, Fault } from '../resolve-env.ts';
import type { ReadSide } from './reading.ts';

/** The first side whose shape differs from that of the first one; none where they agree. */
export function shapeFault(sides: readonly ReadSide[], env: Env): Fault[] {
  const [first, ...rest] = sides.map((s) => ({ side: s, shape: textOf(s, env) }));
  if (first === undefined || first.shape === null) return [];
  const other = rest.find(({ shape }) => shape !== null && shape !== first.shape);
  if (other === undefined) return [];
  return [{ span: other.side.span, sentence: `the left side is ${first.shape}, but this is ${other.shape}` }];
}

function textOf(s: ReadSide, env: Env): string | null {
  if (s.of === null) return null;
  if (!isTensor(s.of)) return 'a scalar';
  try {
    const text = shapeText(shapeOf(s.of, env.system));
    return s.row ? `1 x ${text}` : text;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
