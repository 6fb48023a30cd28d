// Functions with their arguments, and derivatives as fractions of partials.

import type { CutMember, FunctionHead, SymbolTensor } from '../expr/expr.ts';
import { LEVEL } from './operators.ts';
import { around, atom, type Piece, piece } from './piece.ts';
import { affineText, lettered, symbolPiece } from './typeset-index.ts';
import { quotient } from './typeset-product.ts';
import type { Typesetter } from './typesetter.ts';

/** sigma_l', with a power where it stands before the argument: tanh^2. */
export function functionText(fn: FunctionHead, t: Typesetter, exponent = ''): string {
  const stage = fn.stage === null ? '' : affineText(fn.stage, t);
  const { notation } = t.style;
  const above = stage !== '' && notation.functionStage === 'superscript';
  const own = Object.hasOwn(notation.letters, fn.name) ? null : t.look.functionLetter(fn.name);
  const sub = above ? '' : stage;
  const scripts = {
    stage: above ? `${notation.stage.left}${stage}${notation.stage.right}` : '',
    power: exponent,
    primes: fn.order,
  };
  if (own === null) return lettered(fn.name, { ...scripts, sub: [sub] }, t);
  return t.look.scripts(own, { ...scripts, sub }, notation);
}

const TRIGONOMETRIC = new Set(['sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh']);
/** Functions whose power is written before the argument: tanh^2(x). */
export const takesPower = (fn: FunctionHead): boolean =>
  TRIGONOMETRIC.has(fn.name) && fn.order === 0 && fn.stage === null;

/** f(x, y), and the functions that have signs of their own: |x|, the root, the indicator of x > 0. */
export function callPiece(fn: FunctionHead, args: readonly Piece[], t: Typesetter, exponent = ''): Piece {
  const [only] = args;
  if (only === undefined) return atom(functionText(fn, t), { scripted: fn.order > 0 || fn.stage !== null });
  if (args.length === 1 && fn.order === 0) {
    if (fn.name === 'abs') return atom(t.look.absolute(only), { height: Math.max(1, only.height) });
    if (fn.name === 'sqrt') return t.look.root(only);
    if (fn.name === 'pos') return indicator(only, t.look.signs.greater, t);
    if (fn.name === 'nonneg') return indicator(only, t.look.signs.atLeast, t);
  }
  const inner = piece(
    args.map((a) => a.text).join(', '),
    args.length === 1 ? only.level : LEVEL.relation,
    around(args),
  );
  return applied(functionText(fn, t, exponent), inner, t);
}

/** A name before arguments in brackets. */
export function applied(name: string, args: Piece, t: Typesetter): Piece {
  const height = Math.max(args.height, 1) + (args.height > 0 ? 1 : 0);
  return piece(t.look.call(name, args, t.small), LEVEL.postfix, { height });
}

/** 1[x > 0] */
export function indicator(x: Piece, relation: string, t: Typesetter): Piece {
  const inner = piece(`${x.text} ${relation} 0`, LEVEL.relation, around([x]));
  return atom(t.look.indicator(inner, t.small), { height: Math.max(1, x.height) });
}

/** dX/dY of two texts. */
export function derivativePiece(of: string, by: string, t: Typesetter): Piece {
  const d = t.look.signs.partial;
  return quotient(atom(`${d}${of}`.trim()), atom(`${d}${by}`), t);
}

/** The gradient by a parameter as a letter of its own, dW, where the notation has it; null elsewhere. */
export function differential(name: string, by: Piece, t: Typesetter): Piece | null {
  const { notation, system } = t.style;
  if (notation.gradient !== 'd' || system.tensors.get(name)?.kind !== 'parameter') return null;
  return { ...by, text: t.look.signs.differential + by.text };
}

/** A derivative with the cut that is held constant; bare where there is none. */
export function withCut(derivative: Piece, cut: readonly CutMember[], t: Typesetter): Piece {
  if (cut.length === 0) return derivative;
  const members = cut.map((m) => symbolPiece(m.name, m.stage, [], t).text);
  const text = t.look.held(derivative, members, t.small);
  return piece(text, LEVEL.power, { height: derivative.height, scripted: true });
}

/** C(a^L) */
export function opaquePiece(name: string, args: readonly SymbolTensor[], t: Typesetter): Piece {
  const texts = args.map((a) => symbolPiece(a.name, a.stage, [], t).text);
  return applied(lettered(name, {}, t), atom(texts.join(', ')), t);
}
