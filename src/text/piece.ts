// A printed part of a formula, with what decides about brackets round it.

import { LEVEL } from './operators.ts';

export interface Piece {
  readonly text: string;
  /** How tight it binds: see LEVEL. */
  readonly level: number;
  /** 0 a line of text, 1 holds brackets, 2 a fraction or a sum, and more: how tall brackets must be. */
  readonly height: number;
  /** It holds brackets that group, other than a function's: the next ones are square. */
  readonly grouped: boolean;
  /** It ends in the body of a sum, which would swallow a factor to its right. */
  readonly open: boolean;
  /** It carries a superscript, so that a power needs brackets. */
  readonly scripted: boolean;
  /** A plain number: a dot stands before it in a product. */
  readonly number: boolean;
}

/** A quotient on one line: stands bare in a sum, in brackets beside a factor. */
export const QUOTIENT = (LEVEL.hadamard + LEVEL.product) / 2;

export function piece(text: string, level: number, more: Partial<Piece> = {}): Piece {
  return { text, level, height: 0, grouped: false, open: false, scripted: false, number: false, ...more };
}

export const atom = (text: string, more: Partial<Piece> = {}): Piece => piece(text, LEVEL.atom, more);

/** What a whole takes over from its parts. */
export const around = (parts: readonly Piece[]): Pick<Piece, 'height' | 'grouped'> => ({
  height: Math.max(0, ...parts.map((p) => p.height)),
  grouped: parts.some((p) => p.grouped),
});
