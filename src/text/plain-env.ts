// What the plain printer hands down, and how it puts brackets.

import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { LEVEL } from './operators.ts';

/** A printed text and how tight it binds. One of level `negative` begins with its minus sign. */
export interface Piece {
  readonly text: string;
  readonly level: number;
}

export interface PlainEnv {
  readonly system: System;
  /** Names that sums around the place bind. */
  readonly bound: ReadonlySet<string>;
  /** Handed in, as expressions and tensors hold one another. */
  readonly expr: (e: Expr, env: PlainEnv) => Piece;
  readonly tensor: (t: Tensor, env: PlainEnv) => Piece;
}

export const atom = (text: string): Piece => ({ text, level: LEVEL.atom });
export const piece = (text: string, level: number): Piece => ({ text, level });

/** The text where at least `level` is asked for: in brackets if it binds looser. */
export const inside = (p: Piece, level: number): string => (p.level >= level ? p.text : `(${p.text})`);

/** Terms joined by + and -, a term's own minus sign becoming the operator. */
export function joinTerms(terms: readonly Piece[]): Piece {
  const text = terms
    .map((t, i) => {
      const own = inside(t, LEVEL.negative);
      if (i === 0) return own;
      return t.level === LEVEL.negative ? ` - ${own.slice(1)}` : ` + ${own}`;
    })
    .join('');
  return piece(text, LEVEL.sum);
}
