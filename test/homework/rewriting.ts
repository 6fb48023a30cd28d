// Random component expressions, random equal forms of them, and random slips.

import fc from 'fast-check';
import { type Affine, index, integer, minus, ONE, shift } from '../../src/expr/affine.ts';
import { between, equal } from '../../src/expr/condition.ts';
import type { Expr, SumExpr } from '../../src/expr/expr.ts';
import { add, call, entry, guard, mul, NUM_1, num, power, sum } from '../../src/expr/make.ts';
import { children, withChild } from '../../src/expr/parts.ts';
import { freshName, substitute } from '../../src/expr/substitute.ts';
import { allNames, freeNames } from '../../src/expr/walk.ts';

/** Picks one of n. */
export type Pick = (n: number) => number;

const N = index('n');
const range = (name: string) => between(ONE, index(name), N);

/** Expressions over A n n, B n n, u n, v n, c, t with the free indices j and k, and functions f, f' and exp. */
export const expression: fc.Arbitrary<Expr> = fc
  .infiniteStream(fc.nat(1_000_000))
  .map((stream) => grown(4, ['j', 'k'], picking(stream)));

export const picking =
  (stream: Iterator<number>): Pick =>
  (n) =>
    (stream.next().value ?? 0) % n;

function grown(depth: number, indices: readonly string[], pick: Pick): Expr {
  if (depth === 0 || pick(6) === 0) return leaf(indices, pick);
  const below = (): Expr => grown(depth - 1, indices, pick);
  switch (pick(6)) {
    case 0:
      return add(below(), below());
    case 1:
    case 2:
      return mul(below(), below());
    case 3:
    case 4: {
      const name = freshName(['q', 'm', 'p', 'r', 's'], new Set(indices));
      return sum(name, range(name), grown(depth - 1, [...indices, name], pick));
    }
    default:
      return call({ name: 'f', order: pick(2), stage: null }, below());
  }
}

function leaf(indices: readonly string[], pick: Pick): Expr {
  const some = (): Affine => index(indices[indices.length - 1 - pick(Math.min(3, indices.length))] ?? 'j');
  switch (pick(8)) {
    case 0:
      return entry('c', [], []);
    case 1:
      return num(1 + pick(5), 1 + pick(3));
    case 2:
      return mul(NUM_1, entry('t', [], []));
    case 3:
    case 4:
      return entry(pick(2) === 0 ? 'A' : 'B', [], [some(), some()]);
    default:
      return entry(pick(2) === 0 ? 'u' : 'v', [], [some()]);
  }
}

type Rewrite = (e: Expr, pick: Pick) => Expr | null;

const fresh = (e: Expr): string => freshName(['g1', 'g2', 'g3', 'g4', 'g5', 'g6'], allNames(e));

const isPlainSum = (e: Expr): e is SumExpr =>
  e.kind === 'sum' && e.where.length === 2 && e.where.every((c) => c.relation === '<=');

/** The bounds of a sum over lo..hi as the rewritings make it. */
function bounds(e: SumExpr): { lo: Affine; hi: Affine } | null {
  const [from, to] = e.where;
  if (from?.right.key !== e.index || to?.left.key !== e.index) return null;
  return { lo: from.left, hi: to.right };
}

const moved = (e: SumExpr, to: Affine): Expr => substitute(e.body, new Map([[e.index, to]]));
const over = (name: string, lo: Affine, hi: Affine, body: Expr): Expr =>
  sum(name, between(lo, index(name), hi), body);

/** Equal forms, by name; null where one doesn't apply. */
export const rewrites: Readonly<Record<string, Rewrite>> = {
  'arguments in another order': (e, pick) => {
    if (e.kind !== 'add' && e.kind !== 'mul') return null;
    const at = pick(e.args.length);
    return { ...e, args: [...e.args.slice(at), ...e.args.slice(0, at).reverse()] };
  },
  'multiplied out': (e) => {
    if (e.kind !== 'mul') return null;
    const at = e.args.findIndex((a) => a.kind === 'add');
    const bracket = e.args[at];
    if (bracket?.kind !== 'add') return null;
    const rest = e.args.filter((_, i) => i !== at);
    return add(...bracket.args.map((t) => mul(t, ...rest)));
  },
  'a part and the rest': (e) => {
    const c = entry('c', [], []);
    return add(mul(c, e), mul(add(num(1), mul(NUM_1, c)), e));
  },
  'a factor and its inverse': (e) => mul(num(2), e, power(num(2), NUM_1)),
  'a bound index renamed': (e) => {
    if (!isPlainSum(e)) return null;
    const [name, at] = [fresh(e), bounds(e)];
    return at === null ? null : over(name, at.lo, at.hi, moved(e, index(name)));
  },
  'a range shifted': (e) => {
    const at = isPlainSum(e) ? bounds(e) : null;
    if (!isPlainSum(e) || at === null) return null;
    const name = fresh(e);
    return over(name, shift(at.lo, -1), shift(at.hi, -1), moved(e, shift(index(name), 1)));
  },
  'a range reflected': (e) => {
    const at = isPlainSum(e) ? bounds(e) : null;
    if (!isPlainSum(e) || at === null) return null;
    const name = fresh(e);
    const ends = shift(minus(at.hi, minus(integer(0), at.lo)), 0);
    return over(name, at.lo, at.hi, moved(e, minus(ends, index(name))));
  },
  'the first term apart': (e) => {
    const at = isPlainSum(e) ? bounds(e) : null;
    if (!isPlainSum(e) || at?.lo.key !== '1' || at.hi.key !== 'n') return null;
    return add(moved(e, ONE), over(e.index, integer(2), N, e.body));
  },
  'a range in two parts': (e) => {
    const at = isPlainSum(e) ? bounds(e) : null;
    if (!isPlainSum(e) || at?.lo.key !== '1' || at.hi.key !== 'n' || e.index === 'j') return null;
    const j = index('j');
    return add(over(e.index, ONE, j, e.body), over(e.index, shift(j, 1), N, e.body));
  },
  'a sum of terms as sums': (e) =>
    e.kind === 'sum' && e.body.kind === 'add' ? add(...e.body.args.map((a) => ({ ...e, body: a }))) : null,
  'a factor out of a sum': (e) => {
    if (e.kind !== 'sum' || e.body.kind !== 'mul') return null;
    const out = e.body.args.filter((a) => !freeNames(a).has(e.index));
    const rest = e.body.args.filter((a) => freeNames(a).has(e.index));
    return out.length === 0 ? null : mul(...out, { ...e, body: mul(...rest) });
  },
  'sums exchanged': (e) =>
    e.kind === 'sum' && e.body.kind === 'sum' && !e.body.where.some((c) => c.left.key.includes(e.index))
      ? { ...e.body, body: { ...e, body: e.body.body } }
      : null,
  'a Kronecker delta put in': (e, pick) => {
    const free = ['j', 'k'].filter((n) => freeNames(e).has(n));
    const old = free[pick(Math.max(1, free.length))];
    if (old === undefined) return null;
    const name = fresh(e);
    const body = substitute(e, new Map([[old, index(name)]]));
    return sum(name, range(name), mul(guard(equal(index(name), index(old))), body));
  },
  'exp(x - x)': (e) => {
    const t = entry('t', [], []);
    return mul(e, call('exp', t), call('exp', mul(NUM_1, t)));
  },
};

/** Slips: hardly ever equal. */
export const slips: Readonly<Record<string, Rewrite>> = {
  'a sign': (e) => mul(NUM_1, e),
  'an index': (e) =>
    e.kind === 'entry' && e.slots.length > 0
      ? { ...e, slots: e.slots.map((s) => (s.key === 'j' ? index('k') : index('j'))) }
      : null,
  'slots exchanged': (e) =>
    e.kind === 'entry' && e.slots.length === 2 ? { ...e, slots: [...e.slots].reverse() } : null,
  'a factor dropped': (e, pick) => {
    if (e.kind !== 'mul') return null;
    const at = pick(e.args.length);
    return mul(...e.args.filter((_, i) => i !== at));
  },
  'a range short by one': (e) => {
    const at = isPlainSum(e) ? bounds(e) : null;
    return !isPlainSum(e) || at === null ? null : over(e.index, shift(at.lo, 1), at.hi, e.body);
  },
  'a derivative': (e) =>
    e.kind === 'call' && e.fn.name === 'f' ? { ...e, fn: { ...e.fn, order: e.fn.order + 1 } } : null,
  'another tensor': (e) =>
    e.kind === 'entry' && e.slots.length === 1
      ? entry(e.of.kind === 'symbol' && e.of.name === 'u' ? 'v' : 'u', [], e.slots)
      : null,
  'a sum missing': (e) => (e.kind === 'sum' ? substitute(e.body, new Map([[e.index, index('j')]])) : null),
  'a factor 2': (e) => mul(num(2), e),
};

/** Applies a rewriting at a random place; the same object where it applies nowhere. */
export function applied(e: Expr, rewrite: Rewrite, pick: Pick): Expr {
  const below = children(e);
  if (below.length > 0 && pick(3) > 0) {
    const at = pick(below.length);
    const child = below[at];
    const next = child === undefined ? undefined : applied(child, rewrite, pick);
    if (next !== undefined && next !== child) return withChild(e, at, next);
  }
  return rewrite(e, pick) ?? e;
}
