// Tensors as NumPy: matrix form. A vector is an array with one axis, whether it stands as a column or as a row.

import type {
  Expr,
  HadamardTensor,
  OuterTensor,
  ProductTensor,
  ScaleTensor,
  SumTensor,
  Tensor,
} from '../expr/expr.ts';
import { factorsOf, isNumber, NUM1 } from '../expr/make.ts';
import { shapeOf } from '../expr/shape.ts';
import { tensorKey } from '../expr/substitute.ts';
import { appliedPiece, powerOf } from './numpy-call.ts';
import type { NumpyEnv } from './numpy-env.ts';
import { integerPiece, symbolText } from './numpy-index.ts';
import { atomOf, type NumpyPiece, pieceOf, termsOf, unprintable, within } from './numpy-piece.ts';
import { productPiece } from './numpy-product.ts';
import { generatorPiece } from './numpy-sum.ts';
import { LEVEL } from './operators.ts';

/** Throws `Unprintable` for derivatives that have no name. */
export function numpyTensor(t: Tensor, env: NumpyEnv): NumpyPiece {
  const at = (of: Tensor, level: number): string => within(numpyTensor(of, env), level);
  switch (t.kind) {
    case 'symbol':
      return atomOf(symbolText(t, env));
    case 'transpose':
      return orderOf(t.of, env) < 2 ? numpyTensor(t.of, env) : atomOf(`${at(t.of, LEVEL.postfix)}.T`);
    case 'product':
      return matrixProduct(t, env);
    case 'hadamard':
      return hadamard(t, env);
    case 'outer':
      return atomOf(`np.outer(${numpyTensor(t.left, env).text}, ${numpyTensor(t.right, env).text})`);
    case 'diag':
      return atomOf(`np.diag(${numpyTensor(t.of, env).text})`);
    case 'diagonal':
      return atomOf(`np.diagonal(${numpyTensor(t.of, env).text})`);
    case 'dot': {
      const [left, right] = [at(t.left, LEVEL.power), at(t.right, LEVEL.power)];
      if (tensorKey(t.left) === tensorKey(t.right))
        return atomOf(`np.sum(${at(t.left, LEVEL.postfix)} ** 2)`);
      return atomOf(`np.sum(${left} * ${right})`);
    }
    case 'trace':
      return atomOf(`np.trace(${numpyTensor(t.of, env).text})`);
    case 'tensorSum':
      return tensorSum(t, env);
    case 'scale':
      return scaled(t, env);
    case 'map':
      return appliedPiece(t.fn, [numpyTensor(t.of, env)], [], env);
    case 'tensorPower':
      return powerOf(numpyTensor(t.base, env), env.expr(t.exponent, env), []);
    case 'ones':
      return atomOf(`np.ones(${integerPiece(t.size, env).text})`);
    case 'identity':
      return atomOf(`np.eye(${integerPiece(t.size, env).text})`);
    case 'stageSum':
      return generatorPiece(t.index, t.where, numpyTensor(t.of, env), env);
    default:
      return unprintable(`a ${t.kind}`);
  }
}

const orderOf = (t: Tensor, env: NumpyEnv): number => shapeOf(t, env.system).length;
const isOnes = (t: Tensor): boolean => t.kind === 'ones';
const isRowOfOnes = (t: Tensor): boolean => t.kind === 'transpose' && isOnes(t.of);

/** A @ B; beside a vector of ones it is a sum along the other axis. */
function matrixProduct({ args }: ProductTensor, env: NumpyEnv): NumpyPiece {
  const [first, last] = [args[0], args.at(-1)];
  if (first === undefined || last === undefined || args.length < 2) return unprintable('a product');
  if (isOnes(last) && !isRowOfOnes(first)) return totals(args.slice(0, -1), 1, env);
  if (isRowOfOnes(first) && !isOnes(last)) return totals(args.slice(1), 0, env);
  args.forEach((a, i) => {
    const isRow = i === 0 && a.kind === 'transpose';
    if (orderOf(a, env) === 1 && i < args.length - 1 && !isRow) unprintable('a column before a row');
  });
  return pieceOf(args.map((a) => within(numpyTensor(a, env), LEVEL.power)).join(' @ '), LEVEL.hadamard);
}

/** A 1, the sums of the rows of A (axis 1), or 1^T A, those of its columns. */
function totals(args: readonly Tensor[], axis: 0 | 1, env: NumpyEnv): NumpyPiece {
  const [only] = args;
  if (only === undefined) return unprintable('a product');
  if (args.length > 1)
    return atomOf(`np.sum(${matrixProduct({ kind: 'product', args }, env).text}, axis=${axis})`);
  if (orderOf(only, env) < 2) return atomOf(`np.sum(${numpyTensor(only, env).text})`);
  if (only.kind === 'transpose') return totals([only.of], axis === 0 ? 1 : 0, env);
  return atomOf(`np.sum(${numpyTensor(only, env).text}, axis=${axis})`);
}

/** Entry by entry; an inverse behind another factor divides. */
function hadamard({ args }: HadamardTensor, env: NumpyEnv): NumpyPiece {
  const full = args.some((a) => !isBroadcast(a));
  const text = args.map((a, i) => {
    const divides = i > 0 && a.kind === 'tensorPower' && isNumber(a.exponent, -1);
    const own = divides ? numpyTensor(a.base, env) : full ? beside(a, env) : numpyTensor(a, env);
    return i === 0 ? within(own, LEVEL.product) : `${divides ? ' / ' : ' * '}${within(own, LEVEL.power)}`;
  });
  return pieceOf(text.join(''), LEVEL.product);
}

const isBroadcast = (t: Tensor): boolean => t.kind === 'outer' && (isOnes(t.left) || isOnes(t.right));

/** A vector repeated as columns, b 1^T, or as rows, 1 b^T: beside a whole matrix NumPy repeats it by itself. */
function beside(t: Tensor, env: NumpyEnv): NumpyPiece {
  if (!isBroadcast(t)) return numpyTensor(t, env);
  const { left, right } = t as OuterTensor;
  if (isOnes(left)) return numpyTensor(right, env);
  return atomOf(`${within(numpyTensor(left, env), LEVEL.postfix)}[:, None]`);
}

/** A number that stands in every entry, and a vector in every column, go bare beside a tensor that shows the shape. */
function tensorSum({ args }: SumTensor, env: NumpyEnv): NumpyPiece {
  const numbers = args.map(inEveryEntry);
  const full = args.some((a, i) => numbers[i] === null && !isBroadcast(a));
  return termsOf(
    args.map((a, i) => {
      const number = numbers[i] ?? null;
      if (!full) return numpyTensor(a, env);
      return number === null ? beside(a, env) : env.expr(number, env);
    }),
    [],
  );
}

/** The c of c times ones; null for another tensor. */
function inEveryEntry(t: Tensor): Expr | null {
  if (t.kind === 'scale') return isAllOnes(t.of) ? t.by : null;
  return isAllOnes(t) ? NUM1 : null;
}

const isAllOnes = (t: Tensor): boolean =>
  isOnes(t) || (t.kind === 'outer' && isOnes(t.left) && isOnes(t.right));

/** A scalar times a tensor. */
function scaled(t: ScaleTensor, env: NumpyEnv): NumpyPiece {
  return productPiece(factorsOf(t.by), env, [numpyTensor(t.of, env)]);
}
