// Tensors: matrix form, one function for each kind.

import { index } from '../expr/affine.ts';
import { unreachable } from '../expr/error.ts';
import type {
  DerivativeTensor,
  DotTensor,
  Expr,
  HadamardTensor,
  PowerTensor,
  SumTensor,
  SymbolTensor,
  Tensor,
} from '../expr/expr.ts';
import { lowerEntry } from '../expr/lower.ts';
import { factorsOf, isSymbolEntry, mul, NUM1 } from '../expr/make.ts';
import { tensorKey } from '../expr/substitute.ts';
import { visit } from '../expr/walk.ts';
import { LEVEL } from './operators.ts';
import { around, atom, type Piece, piece, QUOTIENT } from './piece.ts';
import { applied, callPiece, derivativePiece, differential, withCut } from './typeset-call.ts';
import { sumText } from './typeset-expr.ts';
import { lettered, symbolPiece, tensorName, useOf } from './typeset-index.ts';
import { juxtaposed, signedPiece, sumPiece, type Term, termOf } from './typeset-product.ts';
import { ownSize, rangeOf } from './typeset-range.ts';
import { fitted, superscript, type Typesetter, transposed } from './typesetter.ts';

/** A tensor as a piece; numbers that the style puts in for it come first. */
export function tensorPiece(x: Tensor, t: Typesetter): Piece {
  const whole = t.style.whole?.(x) ?? null;
  return whole === null ? ownPiece(x, t) : atom(whole, { height: 1 });
}

/** A tensor that is all there is. */
export const tensorAlone = (x: Tensor, t: Typesetter): Piece =>
  x.kind === 'derivative' && (t.style.whole?.(x) ?? null) === null ? gradientPiece(x, t, true) : t.tensor(x);

function ownPiece(x: Tensor, t: Typesetter): Piece {
  switch (x.kind) {
    case 'symbol':
      return symbolPiece(x.name, x.stage, [], t);
    case 'derivative':
      return gradientPiece(x, t);
    case 'transpose':
      return transposeOf(x.of, t);
    case 'product':
      return juxtaposed(x.args.map(t.tensor), t);
    case 'chain':
      return juxtaposed([x.first, ...x.rest].map(t.tensor), t);
    case 'hadamard':
      return hadamardPiece(x, t);
    case 'outer':
      return juxtaposed([t.tensor(x.left), transposeOf(x.right, t)], t);
    case 'diag':
    case 'diagonal':
      return named('diag', x.of, t);
    case 'dot':
      return dotPiece(x, t);
    case 'trace':
      return named('tr', x.of, t);
    case 'tensorSum':
      return tensorSum(x, t);
    case 'scale':
      return looser(signedPiece(tensorTerm(x, t), t));
    case 'map':
      return callPiece(x.fn, [t.tensor(x.of)], t);
    case 'tensorPower':
      return powerPiece(x, t);
    case 'ones':
      return atom(t.look.signs.ones);
    case 'identity':
      return atom(t.look.signs.identity);
    case 'slice':
      return t.expr(
        lowerEntry(
          x.of,
          x.at.map((a) => a ?? index(':')),
          t.style.system,
        ),
      );
    case 'stageSum': {
      const { under, over } = rangeOf(x.index, x.where, ownSize(x.of, x.index, t.style.system), t);
      const body = fitted(t.tensor(x.of), LEVEL.hadamard, t);
      return sumText(t.look.sumSign(under, over, t.style.notation), body, t);
    }
    default:
      return unreachable(x);
  }
}

/** Scalars beside tensors, inner products: in brackets where they are a factor themselves. */
const looser = (p: Piece): Piece => (p.level === LEVEL.product ? { ...p, level: QUOTIENT } : p);

/** diag(v), tr(A) */
function named(word: string, of: Tensor, t: Typesetter): Piece {
  return applied(t.look.upright(word), t.tensor(of), t);
}

/** A^T; beside the stage of a symbol, W^{[l]T}, where the notation puts it there. */
function transposeOf(x: Tensor, t: Typesetter): Piece {
  const { notation } = t.style;
  const beside = notation.transposePlace === 'beside' && (t.style.whole?.(x) ?? null) === null;
  if (x.kind !== 'symbol' || !beside) return transposed(t.tensor(x), t);
  return symbolPiece(x.name, x.stage, [], t, { transposed: t.look.transpose(notation) });
}

/**
 * dC/dw^l, the Jacobian matrix dz^{l+1}/dz^l, or nabla_a C. Standing alone, as the side of an equation, dC/da^L names its layer
 * beside dC/da^l.
 */
function gradientPiece(x: DerivativeTensor, t: Typesetter, alone = false): Piece {
  const by = tensorName(x.by, t);
  if (x.what === 'jacobian' && x.of !== null)
    return withCut(derivativePiece(tensorName(x.of, t), by, t), x.cut, t);
  if (x.what === 'head' && x.head !== null) {
    const alike = x.head.args.filter((a) => a.name === x.by.name).length > 1;
    return nabla(x.head.name, alike ? by : bareLetter(x.by, t), t);
  }
  const { loss } = t.style.system;
  const { gradient, outputGradient } = t.style.notation;
  if (gradient === 'nabla') return nabla(loss, by, t);
  if (outputGradient === 'nabla' && !alone && isOutput(x.by, t)) return nabla(loss, bareLetter(x.by, t), t);
  const named = differential(x.by.name, t.tensor(x.by), t);
  return named ?? derivativePiece(lettered(loss, {}, t), by, t);
}

const bareLetter = (x: SymbolTensor, t: Typesetter): string => lettered(x.name, {}, t, useOf(x.name, [], t));

/** nabla_w C */
function nabla(loss: string, sub: string, t: Typesetter): Piece {
  const sign = t.look.scripts(t.look.signs.nabla, { sub }, t.style.notation);
  const letter = lettered(loss, {}, t);
  return piece(`${sign}${t.look.stacked ? ' ' : ''}${letter}`, LEVEL.power, { scripted: true });
}

/** Whether the loss is a function of this tensor at this stage, and at no other: the output a^L. */
function isOutput(x: SymbolTensor, { style: { system } }: Typesetter): boolean {
  const stages = new Set<string>();
  const note = (s: SymbolTensor): void => {
    if (s.name === x.name) stages.add(s.stage.map((a) => a.key).join());
  };
  const decl = system.tensors.get(x.name);
  for (const eq of decl?.kind === 'variable' && x.stage.length > 0 ? system.equations : []) {
    if (eq.lhs.of.name !== system.loss) continue;
    visit(eq.rhs, (e) => {
      if (isSymbolEntry(e)) note(e.of);
      else if (e.kind === 'opaque') e.args.forEach(note);
    });
  }
  return stages.size === 1 && stages.has(x.stage.map((a) => a.key).join());
}

/** a .* b, and a ./ b for a factor to the power -1; matrix products in brackets. */
function hadamardPiece(x: HadamardTensor, t: Typesetter): Piece {
  const sign = t.look.hadamard(t.style.notation);
  const parts = x.args.map((a, i) => {
    const below = i > 0 && a.kind === 'tensorPower' && isInverse(a.exponent);
    const p = fitted(t.tensor(below ? a.base : a), LEVEL.power, t);
    return { ...p, text: i === 0 ? p.text : ` ${below ? t.look.signs.divided : sign} ${p.text}` };
  });
  return piece(parts.map((p) => p.text).join(''), LEVEL.hadamard, around(parts));
}

const isInverse = (e: Expr): boolean => e.kind === 'number' && e.value.n === -1n && e.value.d === 1n;

/** u^T v, or the squared norm. */
function dotPiece(x: DotTensor, t: Typesetter): Piece {
  const left = t.tensor(x.left);
  if (tensorKey(x.left) === tensorKey(x.right)) {
    const text = t.look.scripts(t.look.norm(left), { power: '2' }, t.style.notation);
    return piece(text, LEVEL.power, { height: Math.max(1, left.height), scripted: true });
  }
  return looser(juxtaposed([transposeOf(x.left, t), t.tensor(x.right)], t));
}

/** A scalar times a tensor, with its sign taken off. */
function tensorTerm(x: Tensor, t: Typesetter): Term {
  if (x.kind !== 'scale') return { negative: false, piece: t.tensor(x) };
  return termOf(x.by, t, [t.tensor(x.of)]);
}

/** A vector or matrix of ones. */
const isOnes = (x: Tensor): boolean =>
  x.kind === 'ones' || (x.kind === 'outer' && x.left.kind === 'ones' && x.right.kind === 'ones');

/** The scalar that a vector of equal entries stands for: c * ones is c. */
function bareScalar(x: Tensor): Expr | null {
  if (isOnes(x)) return NUM1;
  return x.kind === 'scale' && isOnes(x.of) ? mul(...factorsOf(x.by)) : null;
}

/** The vector that is added to every sample: b of b 1^T and of 1 b^T; anything else itself. */
function perSample(x: Tensor): Tensor {
  if (x.kind !== 'outer' || isOnes(x)) return x;
  if (x.right.kind === 'ones') return x.left;
  return x.left.kind === 'ones' ? x.right : x;
}

/** a + b - c; a scalar added to a vector stands bare, as in 1 - a, and a bias where the notation lets it. */
function tensorSum(x: SumTensor, t: Typesetter): Piece {
  const scalars = x.args.map(bareScalar);
  const bare = scalars.some((s) => s === null);
  const terms = x.args.map((a, i) => {
    const scalar = scalars[i] ?? null;
    if (bare && scalar !== null) return termOf(scalar, t);
    return tensorTerm(t.style.notation.broadcast ? perSample(a) : a, t);
  });
  return sumPiece(terms, t);
}

/** Every entry to a power; the root of every entry as a root. */
function powerPiece(x: PowerTensor, t: Typesetter): Piece {
  const e = x.exponent;
  const base = t.tensor(x.base);
  if (e.kind === 'number' && e.value.n === 1n && e.value.d === 2n) return t.look.root(base);
  return superscript(base, { power: t.look.entrywise(t.inScript().expr(e).text) }, t);
}
