// Component expressions as NumPy: a number for given indices, or an array along the indices that are axes.

import type { Expr, PowerExpr } from '../expr/expr.ts';
import { callPiece, powerOf } from './numpy-call.ts';
import { type NumpyEnv, orderOf } from './numpy-env.ts';
import { conditionsText, entryPiece, integerPiece } from './numpy-index.ts';
import { alignedTo, atomOf, type NumpyPiece, termsOf, unionOf, unprintable } from './numpy-piece.ts';
import { productPiece, rationalPiece } from './numpy-product.ts';
import { sumPiece } from './numpy-sum.ts';

/** Throws `Unprintable` for derivatives that have no name, unknown functions, and what doesn't run along axes. */
export function numpyExpr(e: Expr, env: NumpyEnv): NumpyPiece {
  switch (e.kind) {
    case 'number':
      return rationalPiece(e.value);
    case 'size':
      return integerPiece(e.value, env);
    case 'entry':
      return entryPiece(e, env);
    case 'add':
      return termsOf(
        e.args.map((a) => numpyExpr(a, env)),
        orderOf(env),
      );
    case 'mul':
      return productPiece(e.args, env);
    case 'power':
      return powerPiece(e, env);
    case 'call':
      return callPiece(e, env);
    case 'sum':
      return sumPiece(e, env);
    case 'guard':
      return atomOf(`float(${conditionsText(e.where, env)})`);
    default:
      return unprintable(`a ${e.kind}`);
  }
}

function powerPiece(e: PowerExpr, env: NumpyEnv): NumpyPiece {
  if (e.exponent.kind === 'number' && e.exponent.value.n < 0n) return productPiece([e], env);
  const [base, exponent] = [numpyExpr(e.base, env), numpyExpr(e.exponent, env)];
  const axes = unionOf([base, exponent], orderOf(env));
  return powerOf(alignedTo(base, axes), alignedTo(exponent, axes), axes);
}
