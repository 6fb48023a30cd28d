// Tensors in plain text: ` * ` the matrix product, ` .* ` the Hadamard product, ' the transpose.

import { index } from '../expr/affine.ts';
import { unreachable } from '../expr/error.ts';
import type { DerivativeTensor, Expr, PowerTensor, ScaleTensor, Tensor } from '../expr/expr.ts';
import { lowerEntry } from '../expr/lower.ts';
import { isNumber, NUM1 } from '../expr/make.ts';
import { tensorKey } from '../expr/substitute.ts';
import { LEVEL } from './operators.ts';
import { atom, inside, joinTerms, type Piece, type PlainEnv, piece } from './plain-env.ts';
import { DERIVATIVE, plainJacobian, plainStep, plainUnknown } from './plain-expr.ts';
import { plainHead, plainRange, plainSymbol } from './plain-index.ts';
import { plainFactors } from './plain-product.ts';

export function plainTensorPiece(t: Tensor, env: PlainEnv): Piece {
  const at = (of: Tensor, level: number): string => inside(plainTensorPiece(of, env), level);
  switch (t.kind) {
    case 'symbol':
      return atom(plainSymbol(t));
    case 'derivative':
      return plainDerivative(t, env);
    case 'transpose':
      return piece(`${at(t.of, LEVEL.postfix)}'`, LEVEL.postfix);
    case 'product':
      return piece(t.args.map((a) => at(a, LEVEL.power)).join(' * '), LEVEL.product);
    case 'chain':
      return piece([t.first, ...t.rest].map((a) => at(a, LEVEL.power)).join(' * '), LEVEL.product);
    case 'hadamard':
      return plainHadamard(t.args, env);
    case 'outer':
      return piece(`${at(t.left, LEVEL.power)} * ${at(t.right, LEVEL.postfix)}'`, LEVEL.product);
    case 'dot':
      return tensorKey(t.left) === tensorKey(t.right)
        ? piece(`norm(${at(t.left, LEVEL.sum)})^2`, LEVEL.power)
        : piece(`${at(t.left, LEVEL.postfix)}' * ${at(t.right, LEVEL.power)}`, LEVEL.product);
    case 'diag':
    case 'diagonal':
      return atom(`diag(${at(t.of, LEVEL.sum)})`);
    case 'trace':
      return atom(`tr(${at(t.of, LEVEL.sum)})`);
    case 'tensorSum':
      return plainTerms(t.args, env);
    case 'scale':
      return plainScale(t, env);
    case 'map': {
      const of = plainTensorPiece(t.of, env);
      const step = t.fn.order === 0 ? plainStep(t.fn.name, of) : null;
      return atom(step ?? `${plainHead(t.fn)}(${of.text})`);
    }
    case 'tensorPower':
      return plainTensorPower(t, env);
    case 'ones':
      return atom(`ones(${t.size.key})`);
    case 'identity':
      return atom(`eye(${t.size.key})`);
    case 'slice':
      return env.expr(
        lowerEntry(
          t.of,
          t.at.map((a) => a ?? index(':')),
          env.system,
        ),
        env,
      );
    case 'stageSum': {
      const inner = { ...env, bound: new Set([...env.bound, t.index]) };
      const range = plainRange(t.index, t.where, t.of, env.system);
      return atom(`sum(${t.index}, ${range}${plainTensorPiece(t.of, inner).text})`);
    }
    default:
      return unreachable(t);
  }
}

function plainDerivative(t: DerivativeTensor, env: PlainEnv): Piece {
  const by = plainSymbol(t.by);
  if (t.what === 'head' && t.head !== null)
    return atom(`partial(${plainUnknown({ ...t.head, by: { of: t.by } }, env)}, ${by})`);
  if (t.what === 'adjoint' || t.of === null) return piece(`d${env.system.loss}/d${by}`, DERIVATIVE);
  return plainJacobian(t, plainSymbol(t.of), by, env);
}

/** Entry by entry; the inverse of a factor behind another is a division. */
function plainHadamard(args: readonly Tensor[], env: PlainEnv): Piece {
  const text = args.map((a, i) => {
    const divides = i > 0 && a.kind === 'tensorPower' && isNumber(a.exponent, -1);
    const factor = inside(plainTensorPiece(divides ? a.base : a, env), LEVEL.power);
    return i === 0 ? factor : `${divides ? ' ./ ' : ' .* '}${factor}`;
  });
  return piece(text.join(''), LEVEL.hadamard);
}

function plainTensorPower(t: PowerTensor, env: PlainEnv): Piece {
  if (t.exponent.kind === 'number' && t.exponent.value.n === 1n && t.exponent.value.d === 2n)
    return atom(`sqrt(${plainTensorPiece(t.base, env).text})`);
  const base = inside(plainTensorPiece(t.base, env), LEVEL.postfix);
  return piece(`${base}.^${inside(env.expr(t.exponent, env), LEVEL.power)}`, LEVEL.power);
}

/** A minus sign reaches over a product, but would be taken for that of a number in front. */
function plainScale(t: ScaleTensor, env: PlainEnv): Piece {
  const of = plainTensorPiece(t.of, env);
  if (isNumber(t.by, -1)) {
    const tight = t.of.kind === 'scale' ? LEVEL.power : LEVEL.hadamard;
    return piece(`-${inside(of, tight)}`, LEVEL.negative);
  }
  const divisor = divisorOf(t.by);
  if (divisor !== null)
    return piece(`${inside(of, LEVEL.power)}/${inside(env.expr(divisor, env), LEVEL.power)}`, LEVEL.product);
  return plainFactors(t.by.kind === 'mul' ? t.by.args : [t.by], inside(of, LEVEL.power), env);
}

/** What a tensor is divided by, when that holds an entry of a tensor, as in softmax; 1/m stands in front. */
const divisorOf = (by: Expr): Expr | null =>
  by.kind === 'power' && isNumber(by.exponent, -1) && by.base.kind === 'entry' ? by.base : null;

/** A number that stands in every entry is printed bare beside a tensor that shows the shape. */
function plainTerms(args: readonly Tensor[], env: PlainEnv): Piece {
  const numbers = args.map(inEveryEntry);
  const bare = numbers.some((n) => n === null);
  return joinTerms(
    args.map((a, i) => {
      const number = numbers[i] ?? null;
      return bare && number !== null ? env.expr(number, env) : plainTensorPiece(a, env);
    }),
  );
}

/** The c of c times ones, of 1 where nothing stands in front; null for another tensor. */
function inEveryEntry(t: Tensor): Expr | null {
  if (t.kind === 'scale') return isOnes(t.of) && !isNumber(t.by, 1) ? t.by : null;
  return isOnes(t) ? NUM1 : null;
}

const isOnes = (t: Tensor): boolean =>
  t.kind === 'ones' || (t.kind === 'outer' && t.left.kind === 'ones' && t.right.kind === 'ones');
