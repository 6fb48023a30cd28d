// Products for NumPy: the sign and the number in front, quotients, and 0 where a condition beside them doesn't hold.

import type { Expr, GuardExpr, PowerExpr } from '../expr/expr.ts';
import { numberOf, power } from '../expr/make.ts';
import { mulR, negR, R1, type Rational, rationalText, toNumber } from '../expr/rational.ts';
import { type NumpyEnv, orderOf } from './numpy-env.ts';
import { conditionsText } from './numpy-index.ts';
import { alignedTo, atomOf, type NumpyPiece, pieceOf, unionOf, within } from './numpy-piece.ts';
import { LEVEL } from './operators.ts';

const DECIMAL: ReadonlySet<bigint> = new Set([2n, 4n, 5n, 8n]);

/** An exact decimal, else a quotient. */
export function rationalPiece(value: Rational): NumpyPiece {
  // Halves and the like are exact in binary, and 1/5 prints as what it is taken for.
  const text = DECIMAL.has(value.d) ? String(toNumber(value)) : rationalText(value);
  if (text.includes('/'))
    return pieceOf(text.replace('/', ' / '), value.n < 0n ? LEVEL.negative : LEVEL.product);
  return pieceOf(text, value.n < 0n ? LEVEL.negative : LEVEL.atom);
}

interface Parts {
  number: Rational;
  readonly above: NumpyPiece[];
  readonly below: NumpyPiece[];
  readonly guards: GuardExpr[];
}

type InversePower = PowerExpr & { readonly exponent: { readonly kind: 'number'; readonly value: Rational } };
const isInverse = (e: Expr): e is InversePower =>
  e.kind === 'power' && e.exponent.kind === 'number' && e.exponent.value.n < 0n;

function sorted(factors: readonly Expr[], env: NumpyEnv): Parts {
  const parts: Parts = { number: R1, above: [], below: [], guards: [] };
  for (const f of factors) {
    if (f.kind === 'number') parts.number = mulR(parts.number, f.value);
    else if (f.kind === 'guard') parts.guards.push(f);
    else if (isInverse(f)) {
      const up = negR(f.exponent.value);
      parts.below.push(env.expr(up.n === up.d ? f.base : power(f.base, numberOf(up)), env));
    } else parts.above.push(env.expr(f, env));
  }
  return parts;
}

/** The product of factors, and of further parts printed already. */
export function productPiece(
  factors: readonly Expr[],
  env: NumpyEnv,
  more: readonly NumpyPiece[] = [],
): NumpyPiece {
  const parts = sorted(factors, env);
  const found = quotient({ ...parts, above: [...parts.above, ...more] }, orderOf(env));
  if (parts.guards.length === 0) return found;
  const condition = conditionsText(
    parts.guards.flatMap((g) => g.where),
    env,
  );
  return atomOf(`(${found.text} if ${condition} else 0)`, found.axes);
}

function quotient({ number, above, below }: Parts, order: readonly string[]): NumpyPiece {
  const axes = unionOf([...above, ...below], order);
  const size = number.n < 0n ? negR(number) : number;
  const divides = size.n === 1n && size.d > 1n && size.d < 10n && above.length > 0;
  const [first, ...rest] = above.map((p) => alignedTo(p, axes));
  const bare = first !== undefined && (divides || size.n === size.d);
  // Alone, a term keeps its own bonds; in front of another factor or below a minus sign it is one factor.
  const alone = rest.length === 0 && below.length === 0 && !divides && bare && number.n > 0n;
  if (alone && first !== undefined) return { ...first, axes };
  const front = within(rationalPiece(size), LEVEL.product);
  const head = bare && first !== undefined ? within(first, LEVEL.product) : front;
  const behind = bare || first === undefined ? rest : [first, ...rest];
  const text = [
    head,
    ...behind.map((p) => ` * ${within(p, LEVEL.power)}`),
    ...(divides ? [` / ${size.d}`] : []),
    ...below.map((p) => ` / ${within(alignedTo(p, axes), LEVEL.power)}`),
  ].join('');
  return number.n < 0n
    ? pieceOf(`-${text}`, LEVEL.negative, axes)
    : pieceOf(text, text === head && !head.includes(' ') ? LEVEL.atom : LEVEL.product, axes);
}
