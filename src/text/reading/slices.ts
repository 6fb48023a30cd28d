// Tensors with some slots left open: w_{j,:}, and w_j for the weights of neuron j.

import { minus } from '../../expr/affine.ts';
import type { TensorDecl } from '../../expr/system.ts';
import type { Syntax } from '../syntax.ts';
import type { Glyph } from './glyph.ts';

/** What stands in a slot that is left open. */
export const ALL = ':';

/** Both slots of a matrix of which one is written; null where that says nothing about a row or a column. */
export function withOpenSlot(decl: TensorDecl, g: Glyph, slot: Syntax): Syntax[] | null {
  const open: Syntax = { kind: 'name', name: ALL, brackets: [], span: slot.span };
  const colon = g.subs.findIndex((i) => i.kind === 'all');
  if (colon >= 0) return colon === g.subs.length - 1 ? [slot, open] : [open, slot];
  if (decl.kind !== 'parameter') return null;
  return neuronSlot(decl) === 0 ? [slot, open] : [open, slot];
}

/** The slot of the neurons that weights belong to: those of the later layer. */
function neuronSlot({ size }: TensorDecl): 0 | 1 {
  const [first, second] = size.map((s) => s.terms[0]?.symbol.at[0]);
  if (first === undefined || second === undefined) return 0;
  const apart = minus(second, first);
  return apart.terms.length === 0 && apart.constant > 0 ? 1 : 0;
}
