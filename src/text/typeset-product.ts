// Sums of terms with their signs, products, and quotients.

import type { Expr, PowerExpr } from '../expr/expr.ts';
import { isNumber, numberOf, power } from '../expr/make.ts';
import { isIntegerR, negR, type Rational, rational, rationalText } from '../expr/rational.ts';
import { LEVEL } from './operators.ts';
import { around, atom, type Piece, piece, QUOTIENT } from './piece.ts';
import { bracketed, fitted, type Typesetter } from './typesetter.ts';

/** A term with its sign taken off. */
export interface Term {
  readonly negative: boolean;
  readonly piece: Piece;
}

/** A number as it stands; a sign is part of it. */
export function numberPiece(value: Rational, t: Typesetter): Piece {
  if (value.n < 0n) return negated(numberPiece(negR(value), t), t);
  const text = rationalText(value);
  if (!text.includes('/')) return atom(text, { number: true });
  const [n = '', d = ''] = text.split('/');
  return quotient(atom(n, { number: true }), atom(d, { number: true }), t);
}

/** -p, as one piece. */
export function negated(p: Piece, t: Typesetter): Piece {
  const inner = fitted(p, LEVEL.hadamard, t);
  return piece(`${t.look.signs.minus}${inner.text}`, LEVEL.negative, {
    ...around([inner]),
    open: inner.open,
    number: inner.number,
  });
}

/** a + b - c */
export function sumPiece(terms: readonly Term[], t: Typesetter): Piece {
  const parts = terms.map((term, i) => {
    const p = fitted(term.piece, i === 0 && !term.negative ? LEVEL.negative : LEVEL.hadamard, t);
    const sign = i === 0 ? (term.negative ? t.look.signs.minus : '') : signBetween(term, t);
    return { ...p, text: sign + p.text };
  });
  return piece(parts.map((p) => p.text).join(''), LEVEL.sum, {
    ...around(parts),
    open: parts.at(-1)?.open ?? false,
    number: parts.every((p) => p.number),
  });
}

const signBetween = (term: Term, t: Typesetter): string =>
  ` ${term.negative ? t.look.signs.minus : t.look.signs.plus} `;

/** Factors side by side; those that bind looser, or would swallow what follows, in brackets. */
export function juxtaposed(factors: readonly Piece[], t: Typesetter): Piece {
  const [only] = factors;
  if (only !== undefined && factors.length === 1) return only;
  const parts = factors.map((p, i) =>
    p.open && i < factors.length - 1 ? bracketed(p, t) : fitted(p, LEVEL.product, t),
  );
  let text = '';
  parts.forEach((p, i) => {
    const left = parts[i - 1];
    text += (left === undefined ? '' : t.look.between(left, p)) + p.text;
  });
  return piece(text, LEVEL.product, {
    ...around(parts),
    open: parts.at(-1)?.open ?? false,
    number: parts.every((p) => p.number),
  });
}

/** top / bottom, in two storeys where the look has them. */
export function quotient(top: Piece, bottom: Piece, t: Typesetter): Piece {
  const stacked = t.look.fraction(top, bottom, t.small);
  if (stacked !== null) return stacked;
  const over = top.open ? bracketed(top, t) : fitted(top, LEVEL.product, t);
  const under = fitted(bottom, LEVEL.power, t);
  return piece(`${over.text}/${under.text}`, QUOTIENT, {
    ...around([over, under]),
    number: over.number && under.number,
  });
}

const asked = (e: Expr, t: Typesetter): boolean => (t.style.leaf?.(e) ?? null) !== null;

/** A power that goes under the line. */
function isDivisor(e: Expr, t: Typesetter): e is PowerExpr {
  return e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.value.n < 0n && !asked(e, t);
}

/** base^(-k) as base^k. */
function divisor(e: PowerExpr): Expr {
  if (e.exponent.kind !== 'number') return e;
  const exponent = numberOf(negR(e.exponent.value));
  return isNumber(exponent, 1) ? e.base : power(e.base, exponent);
}

const LIGHT = new Set<Expr['kind']>(['number', 'size']);
/** What goes beneath the line without asking for company above it. */
const isLight = (e: Expr): boolean =>
  LIGHT.has(e.kind) || (e.kind === 'entry' && e.slots.length === 0 && e.of.kind === 'symbol');

const BESIDE = new Set<Expr['kind']>(['sum', 'adjoint', 'jacobian', 'partial', 'head', 'guard', 'opaque']);
/** What stands after a fraction rather than above the line: sums, derivatives, an activation's derivative. */
const standsBeside = (e: Expr): boolean => BESIDE.has(e.kind) || (e.kind === 'call' && e.fn.order > 0);

/** A product of expressions and, last, pieces printed already (a tensor under scalars). */
export function productPiece(factors: readonly Expr[], last: readonly Piece[], t: Typesetter): Piece {
  const divisors = factors.filter((f): f is PowerExpr => isDivisor(f, t)).map(divisor);
  if (divisors.length === 0) return juxtaposed([...factors.map((f) => t.expr(f)), ...last], t);
  const others = factors.filter((f) => !isDivisor(f, t));
  const [first] = others;
  const count =
    first?.kind === 'number' && first.value.n > 0n && !asked(first, t) ? split(first.value) : null;
  const rest = count === null ? others : others.slice(1);
  const light = divisors.every(isLight);
  const printed = rest.map((f) => ({ piece: t.expr(f), beside: standsBeside(f) }));
  // A tall factor over a light divisor stands beside 1/m, and so does all that is read after it.
  const tall = printed.findIndex((p) => !p.beside && light && p.piece.height > 1);
  const rises = (p: { beside: boolean }, i: number): boolean => !p.beside && (tall < 0 || i < tall);
  const above = printed.filter(rises).map((p) => p.piece);
  const beside = [...printed.filter((p, i) => !rises(p, i)).map((p) => p.piece), ...last];
  const top = [...(count?.top ?? []), ...above];
  const under = [...(count?.bottom ?? []), ...divisors.map((d) => t.expr(d))];
  const lift = top.length === 0 && !light && !rest.some(isFraction);
  const over = lift ? beside.splice(0) : top;
  const fraction = quotient(over.length === 0 ? ONE : juxtaposed(over, t), juxtaposed(under, t), t);
  return juxtaposed([fraction, ...beside], t);
}

const isFraction = (e: Expr): boolean => e.kind === 'adjoint' || e.kind === 'jacobian' || e.kind === 'head';
const ONE = atom('1', { number: true });

/** A positive coefficient as what it puts above and below a line. */
function split(value: Rational): { top: Piece[]; bottom: Piece[] } {
  const n = isIntegerR(value) || !rationalText(value).includes('/') ? value : rational(value.n);
  const d = n === value ? rational(1) : rational(value.d);
  const one = (r: Rational): Piece[] =>
    r.n === 1n && r.d === 1n ? [] : [atom(rationalText(r), { number: true })];
  return { top: one(n), bottom: one(d) };
}

/** A term with its sign taken off, where it begins with a negative number. `last`: pieces that follow the factors. */
export function termOf(e: Expr, t: Typesetter, last: readonly Piece[] = []): Term {
  if (asked(e, t)) return { negative: false, piece: juxtaposed([t.expr(e), ...last], t) };
  const factors = signFirst(e.kind === 'mul' ? e.args : [e], t);
  const [first, ...rest] = factors;
  if (first?.kind !== 'number' || first.value.n >= 0n || asked(first, t))
    return { negative: false, piece: productPiece(factors, last, t) };
  const positive = numberOf(negR(first.value));
  const bare = isNumber(positive, 1) && rest.length + last.length > 0;
  if (!bare && rest.length + last.length === 0)
    return { negative: true, piece: numberPiece(positive.value, t) };
  return { negative: true, piece: productPiece(bare ? rest : [positive, ...rest], last, t) };
}

/** The factors with a lone -1 brought to the front, where its sign is that of the term. */
function signFirst(factors: readonly Expr[], t: Typesetter): readonly Expr[] {
  const signs = factors.filter((f) => isNumber(f, -1) && !asked(f, t));
  const [sign] = signs;
  if (sign === undefined || signs.length > 1 || factors[0]?.kind === 'number') return factors;
  return [sign, ...factors.filter((f) => f !== sign)];
}

/** A term as one piece. */
export function signedPiece(term: Term, t: Typesetter): Piece {
  return term.negative ? negated(term.piece, t) : term.piece;
}
