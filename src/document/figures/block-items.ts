// A tensor as a row of blocks and signs.

import type { Tensor } from '../../expr/expr.ts';
import { latexFunction } from '../../text/latex.ts';
import type { Style } from '../../text/style.ts';
import { unicodeFunction } from '../../text/unicode.ts';
import { exprFormula, sign } from './draw.ts';
import type { FigureFormula } from './shapes.ts';

/** `touches`: the block is multiplied by the one before it. `tall`: the sign is a bracket round blocks. */
export type Item =
  | { readonly kind: 'block'; readonly of: Tensor; readonly touches: boolean }
  | { readonly kind: 'sign'; readonly text: FigureFormula; readonly tall: boolean };

export const signItem = (latex: string, unicode: string): Item => ({
  kind: 'sign',
  text: sign(latex, unicode),
  tall: false,
});
const formulaItem = (text: FigureFormula): Item => ({ kind: 'sign', text, tall: false });

const bracketed = (items: readonly Item[]): Item[] => [
  { kind: 'sign', text: sign('(', '('), tall: true },
  ...items,
  { kind: 'sign', text: sign(')', ')'), tall: true },
];

/** The row of a tensor: products side by side, sums and Hadamard products with their signs, functions round brackets. */
export function itemsOf(t: Tensor, style: Style): Item[] {
  switch (t.kind) {
    case 'product':
      return t.args.flatMap((a, i) => touching(factor(a, style), i > 0));
    case 'outer':
      return [...factor(t.left, style), ...touching(factor({ kind: 'transpose', of: t.right }, style), true)];
    case 'hadamard': {
      const part = (a: Tensor): Item[] =>
        a.kind === 'product' ? bracketed(itemsOf(a, style)) : factor(a, style);
      return separated(t.args.map(part), formulaItem({ latex: style.notation.hadamard, unicode: '⊙' }));
    }
    case 'tensorSum':
      return separated(
        t.args.map((a) => itemsOf(a, style)),
        signItem('+', '+'),
      );
    case 'map': {
      if (t.of.kind === 'symbol') return [{ kind: 'block', of: t, touches: false }];
      const letter = { latex: latexFunction(t.fn, style), unicode: unicodeFunction(t.fn, style) };
      return [formulaItem(letter), ...bracketed(itemsOf(t.of, style))];
    }
    case 'scale':
      return [formulaItem(exprFormula(t.by, style)), ...factor(t.of, style)];
    default:
      return [{ kind: 'block', of: t, touches: false }];
  }
}

/** A factor: in brackets where it is a sum or a Hadamard product. */
const factor = (t: Tensor, style: Style): Item[] =>
  t.kind === 'tensorSum' || t.kind === 'hadamard' ? bracketed(itemsOf(t, style)) : itemsOf(t, style);

/** The items, the first of them multiplied by the block before. */
const touching = (items: readonly Item[], by: boolean): Item[] =>
  items.map((item, i) => (i === 0 && by && item.kind === 'block' ? { ...item, touches: true } : item));

const separated = (parts: readonly (readonly Item[])[], between: Item): Item[] =>
  parts.flatMap((items, i) => (i === 0 ? items : [between, ...items]));
