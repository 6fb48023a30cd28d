// Component expressions: one function for each kind.

import { unreachable } from '../expr/error.ts';
import type { CallExpr, EntryExpr, Expr, PartialExpr, PowerExpr, SumExpr } from '../expr/expr.ts';
import { LEVEL } from './operators.ts';
import { around, atom, type Piece, piece } from './piece.ts';
import {
  callPiece,
  derivativePiece,
  differential,
  indicator,
  opaquePiece,
  takesPower,
  withCut,
} from './typeset-call.ts';
import { affine, affineText, conditionsText, lettered, symbolPiece } from './typeset-index.ts';
import { numberPiece, productPiece, signedPiece, sumPiece, termOf } from './typeset-product.ts';
import { ownSize, rangeOf } from './typeset-range.ts';
import { bracketed, fitted, superscript, type Typesetter } from './typesetter.ts';

/** An expression as a piece; numbers that the style puts in for it come first. */
export function exprPiece(e: Expr, t: Typesetter): Piece {
  const leaf = t.style.leaf?.(e) ?? null;
  return leaf === null ? ownPiece(e, t) : leafPiece(leaf);
}

/** A text that the caller printed: how tight it binds shows in its signs. */
function leafPiece(text: string): Piece {
  const height = text.includes('\\frac') ? 2 : 0;
  if (/^[-−]/.test(text)) return piece(text, LEVEL.negative, { height, number: true });
  const product = /\\cdot|\\times|[·×]/.test(text);
  return piece(text, product ? LEVEL.product : LEVEL.atom, { height, number: true });
}

function ownPiece(e: Expr, t: Typesetter): Piece {
  switch (e.kind) {
    case 'number':
      return numberPiece(e.value, t);
    case 'size':
      return affine(e.value, t);
    case 'entry':
      return entryPiece(e, t);
    case 'add':
      return sumPiece(
        e.args.map((a) => termOf(a, t)),
        t,
      );
    case 'mul':
      return signedPiece(termOf(e, t), t);
    case 'power':
      return powerPiece(e, t);
    case 'call':
      return ownCall(e, t);
    case 'sum':
      return sumOver(e, t);
    case 'guard':
      return atom(t.look.guard(conditionsText(e.where, t)), { height: 1 });
    case 'opaque':
      return opaquePiece(e.name, e.args, t);
    case 'head':
      return derivativePiece(lettered(e.name, {}, t), entryText(e.by, t), t);
    case 'adjoint':
      return (
        differential(e.by.of.name, entryPiece(e.by, t), t) ??
        derivativePiece(lettered(t.style.system.loss, {}, t), entryText(e.by, t), t)
      );
    case 'jacobian':
      return withCut(derivativePiece(entryText(e.of, t), entryText(e.by, t), t), e.cut, t);
    case 'partial':
      return partialPiece(e, t);
    default:
      return unreachable(e);
  }
}

const entryText = (e: EntryExpr, t: Typesetter): string => entryPiece(e, t).text;

/** z_j^l, or an entry of a compound tensor: [w^T delta]_j. */
function entryPiece(e: EntryExpr, t: Typesetter): Piece {
  if (e.of.kind === 'symbol') return symbolPiece(e.of.name, e.of.stage, e.slots, t);
  const whole = t.tensor(e.of);
  if (e.slots.length === 0) return whole;
  const brackets = bracketed(whole, t, 'square');
  const sub = t.look.beside(e.slots.map((s) => affineText(s, t)));
  return piece(t.look.scripts(brackets.text, { sub }, t.style.notation), LEVEL.atom, {
    height: brackets.height,
  });
}

/** x^k; under a line where k is negative, as a root where it is a half. */
function powerPiece(e: PowerExpr, t: Typesetter): Piece {
  const { base, exponent } = e;
  if (exponent.kind === 'number') {
    if (exponent.value.n < 0n) return productPiece([e], [], t);
    if (exponent.value.n === 1n && exponent.value.d === 2n) return t.look.root(t.expr(base));
  }
  const sup = t.inScript().expr(exponent);
  if (base.kind === 'call' && takesPower(base.fn) && exponent.kind === 'number' && exponent.value.d === 1n) {
    if ((t.style.leaf?.(base) ?? null) === null)
      return callPiece(base.fn, base.args.map(t.expr), t, sup.text);
  }
  const below = t.expr(base);
  return superscript(below, { power: sup.text }, t, below.number && sup.number);
}

function ownCall(e: CallExpr, t: Typesetter): Piece {
  const [x] = e.args;
  if (x !== undefined && e.args.length === 1 && e.fn.order === 0) {
    if (e.fn.name === 'exp') {
      const text = t.look.exponential(t.inScript().expr(x));
      if (text !== null) return piece(text, LEVEL.power, { scripted: true });
    }
    const strict = e.fn.name === 'pos';
    if (strict || e.fn.name === 'nonneg') {
      const term = termOf(x, t);
      if (term.negative) return indicator(term.piece, strict ? t.look.signs.less : t.look.signs.atMost, t);
    }
  }
  return callPiece(e.fn, e.args.map(t.expr), t);
}

/** The sum sign and its body, which reaches as far as the product does. */
function sumOver(e: SumExpr, t: Typesetter): Piece {
  const { under, over } = rangeOf(e.index, e.where, ownSize(e.body, e.index, t.style.system), t);
  const body = fitted(t.expr(e.body), LEVEL.hadamard, t);
  return sumText(t.look.sumSign(under, over, t.style.notation), body, t);
}

/** A sum sign before its body. */
export function sumText(sign: string, body: Piece, t: Typesetter): Piece {
  const { height, grouped } = around([body]);
  return piece(`${sign} ${body.text}`, LEVEL.product, {
    height: t.look.stacked ? Math.max(2, height) : height,
    grouped,
    open: true,
  });
}

/** d/dz (...): always with brackets, so that it can't be taken for a derivative of named things. */
function partialPiece(e: PartialExpr, t: Typesetter): Piece {
  const d = derivativePiece('', entryText(e.by, t), t);
  const of = bracketed(t.expr(e.of), t, 'round');
  return piece(
    `${d.text}${d.text.endsWith('}') ? '' : ' '}${of.text}`,
    t.look.stacked ? LEVEL.power : d.level,
    around([d, of]),
  );
}
