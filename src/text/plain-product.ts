// Products and numbers in plain text: a sign in front, quotients as a/b, none of it ambiguous to the reader.

import type { Expr, NumberExpr } from '../expr/expr.ts';
import { isNumber, numberOf } from '../expr/make.ts';
import { negR, type Rational, rationalText } from '../expr/rational.ts';
import { LEVEL } from './operators.ts';
import { inside, type Piece, type PlainEnv, piece } from './plain-env.ts';

/** An exact decimal or a fraction. */
export function plainNumber(value: Rational): Piece {
  const text = rationalText(value);
  return piece(text, value.n < 0n ? LEVEL.negative : text.includes('/') ? LEVEL.product : LEVEL.atom);
}

const isNumeric = (e: Expr | undefined): e is NumberExpr => e?.kind === 'number';
const isInverse = (e: Expr): boolean =>
  e.kind === 'power' && isNumber(e.exponent, -1) && e.base.kind !== 'number';
const isFraction = (e: NumberExpr): boolean => rationalText(e.value).includes('/');

/**
 * Factors joined by * and /, and what `last` adds, a tensor that they scale. A leading negative number gives the sign:
 * -1 vanishes where no number follows that could be taken for it.
 */
export function plainFactors(factors: readonly Expr[], last: string | null, env: PlainEnv): Piece {
  const [first, ...rest] = factors;
  if (!isNumeric(first) || first.value.n >= 0n) return piece(positive(factors, last, env), LEVEL.product);
  const alone = isNumber(first, -1) && !isNumeric(rest[0]) && (rest.length > 0 || last !== null);
  const shown = alone ? rest : [numberOf(negR(first.value)), ...rest];
  return piece(`-${positive(shown, last, env)}`, LEVEL.negative);
}

function positive(factors: readonly Expr[], last: string | null, env: PlainEnv): string {
  const [only] = factors;
  if (last === null && only !== undefined && factors.length === 1 && !isInverse(only))
    return inside(env.expr(only, env), LEVEL.hadamard);
  const texts = factors.map((f, i) => withOperator(f, factors[i - 1], env));
  return [...texts, ...(last === null ? [] : [`*${last}`])].join('').replace(/^\*/, '');
}

/** `*f` or `/d`. A number before `/` would join what stands behind it, so there it is `*1/d`. */
function withOperator(f: Expr, before: Expr | undefined, env: PlainEnv): string {
  if (isInverse(f) && f.kind === 'power') {
    const divisor = inside(env.expr(f.base, env), LEVEL.power);
    const joins = before === undefined || (isNumeric(before) && (isNumber(before, 1) || isFraction(before)));
    return joins ? `*1/${divisor}` : `/${divisor}`;
  }
  if (!isNumeric(f)) return `*${inside(env.expr(f, env), LEVEL.power)}`;
  if (f.value.n < 0n) return `*(${rationalText(f.value)})`;
  const divides =
    f.value.n === 1n && isFraction(f) && before !== undefined && !isNumeric(before) && !isInverse(before);
  return divides ? `/${f.value.d}` : `*${rationalText(f.value)}`;
}
