// The printer's own circle: expressions hold tensors and tensors hold expressions, so each is handed the other.

import type { Expr, Tensor } from '../expr/expr.ts';
import type { Look } from './look.ts';
import { LEVEL } from './operators.ts';
import { around, type Piece, piece } from './piece.ts';
import type { Style } from './style.ts';

export interface Typesetter {
  readonly look: Look;
  readonly style: Style;
  /** Inside a script: one line, small brackets. */
  readonly small: boolean;
  expr(e: Expr): Piece;
  tensor(t: Tensor): Piece;
  /** The same printer for what stands inside a script. */
  inScript(): Typesetter;
}

/** The piece in brackets. */
export function bracketed(p: Piece, t: Typesetter, shape?: 'round' | 'square'): Piece {
  const kind = shape ?? (p.grouped && p.height === 1 && t.look.stacked && !t.small ? 'square' : 'round');
  const text = t.look.bracket(p, kind, t.small);
  return piece(text, LEVEL.atom, {
    height: Math.max(p.height, 1) + (p.height > 0 ? 1 : 0),
    grouped: p.level < LEVEL.postfix,
    number: p.number,
  });
}

/** The piece, in brackets where it binds looser than `level`. */
export const fitted = (p: Piece, level: number, t: Typesetter): Piece =>
  p.level >= level ? p : bracketed(p, t);

/** What a superscript can stand on. */
export const scriptable = (p: Piece, t: Typesetter): Piece =>
  p.level >= LEVEL.postfix && !(p.scripted && t.look.oneSuperscript) ? p : bracketed(p, t);

/** What is raised: a power, or the sign that transposes. */
export function superscript(
  p: Piece,
  raised: { power: string } | { transposed: string },
  t: Typesetter,
  number = false,
): Piece {
  const base = scriptable(p, t);
  return piece(t.look.scripts(base.text, raised, t.style.notation), LEVEL.power, {
    ...around([base]),
    grouped: base !== p && p.level < LEVEL.postfix,
    scripted: true,
    number,
  });
}

/** u^T */
export const transposed = (p: Piece, t: Typesetter): Piece =>
  superscript(p, { transposed: t.look.transpose(t.style.notation) }, t);
