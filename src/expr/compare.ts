// The comparison form: a sum of monomials with prenex binders, whatever the order, nesting and names were.

import { formTerms, namesIn } from './binders.ts';
import { expandCall } from './calls.ts';
import { collect } from './collect.ts';
import type { Condition } from './condition.ts';
import type { Expr, SumExpr } from './expr.ts';
import { apart, type Monomial, ofFactor, product, scaled, UNIT, type Work } from './monomial.ts';
import { expandPower, expandTower } from './powers.ts';
import { rational, rationalText } from './rational.ts';

const OPERATIONS = 20_000;

/** Multiplies everything out. */
function expand(e: Expr, w: Work): Monomial[] {
  if (--w.left < 0) throw new RangeError('too many operations to compare');
  switch (e.kind) {
    case 'number':
      return e.value.n === 0n ? [] : [{ ...UNIT, coefficient: e.value }];
    case 'size':
      return formTerms(e.value).map((t) =>
        scaled(t.of === null ? UNIT : ofFactor(t.of), rational(t.coefficient)),
      );
    case 'add':
      return e.args.flatMap((a) => expand(a, w));
    case 'mul':
      return e.args.map((a) => expand(a, w)).reduce(product, [UNIT]);
    case 'guard':
      return [{ ...UNIT, where: e.where }];
    case 'sum':
      return expand(e.body, w).map((m) => bind(e, m));
    case 'power':
      return e.exponent.kind === 'number'
        ? expandPower(e.base, e.exponent.value, w)
        : expandTower(e.base, e.exponent, w);
    case 'call':
      return expandCall(e, w);
    default:
      return [ofFactor(e)];
  }
}

function bind(e: SumExpr, m: Monomial): Monomial {
  const own = namesIn(e.where);
  const free = apart(m, new Set([...own, e.index]));
  return { ...free, binders: [e.index, ...free.binders], where: [...e.where, ...free.where] };
}

const collectTerms = (ms: readonly Monomial[], w: Work): Monomial[] =>
  [...collect(ms, w)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, m]) => m);

const NOTHING: readonly Condition[] = [];
const keys = new WeakMap<Expr, WeakMap<readonly Condition[], string>>();

/**
 * A string that is equal for expressions with the same comparison form; `given` holds for their free indices. Throws a
 * `RangeError` where there are too many terms, and equal strings mean equal values wherever both sides have one.
 */
export function comparisonKey(e: Expr, given: readonly Condition[] = NOTHING): string {
  let own = keys.get(e);
  if (own === undefined) {
    own = new WeakMap();
    keys.set(e, own);
  }
  let found = own.get(given);
  if (found === undefined) {
    const work: Work = { given, names: namesIn(given), expand, collect: collectTerms, left: OPERATIONS };
    found = [...collect(expand(e, work), work)]
      .map(([name, m]) => `${rationalText(m.coefficient)}*${name}`)
      .sort()
      .join(' + ');
    own.set(given, found);
  }
  return found;
}

export const sameInComparison = (a: Expr, b: Expr, given: readonly Condition[] = NOTHING): boolean =>
  comparisonKey(a, given) === comparisonKey(b, given);
