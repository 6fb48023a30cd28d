// Tensors with some slots left open: w_{j,:}, and w_j for the weights of neuron j.

import { minus } from '../../expr/affine.ts';
import type { TensorDecl } from '../../expr/system.ts';
import type { Syntax } from '../syntax.ts';
import type { Glyph } from './glyph.ts';
import type { IndexItem } from './scripts.ts';

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

/** `w_{12}`, `w_{213}`: digits with nothing between them are an index each (and a layer before them), not a neuron with that number. */
export function digitsApart(
  items: readonly IndexItem[],
  { size, stage }: TensorDecl,
  staged: boolean,
): IndexItem[] {
  const [only] = items;
  const count = size.length + (staged ? 0 : stage.length);
  const apart = items.length === 1 && only?.of.kind === 'number' && only.bracket === '' && size.length > 1;
  if (!apart || !/^\d+$/.test(only.text) || only.text.length !== count) return [...items];
  return [...only.text].map((text, i) => {
    const span = { offset: only.span.offset + i, length: 1 };
    return { kind: 'index', of: { kind: 'number', text, span }, bracket: '', text, span };
  });
}

/** The slot of the neurons that weights belong to: those of the later layer. */
function neuronSlot({ size }: TensorDecl): 0 | 1 {
  const [first, second] = size.map((s) => s.terms[0]?.symbol.at[0]);
  if (first === undefined || second === undefined) return 0;
  const apart = minus(second, first);
  return apart.terms.length === 0 && apart.constant > 0 ? 1 : 0;
}
