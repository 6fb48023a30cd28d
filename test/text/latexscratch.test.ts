// Brackets: a printed text, read by the usual conventions, is worth what the expression is worth.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { index, integer } from '../../src/expr/affine.ts';
import { between } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { add, call, entry, mul, num, power, sum } from '../../src/expr/make.ts';
import { latex } from '../../src/text/latex.ts';
import type { Style } from '../../src/text/style.ts';
import { unicode } from '../../src/text/unicode.ts';
import { nielsen } from './latex-cases.ts';
import { ENV, VECTORS, value, valueOfText } from './latex-value.ts';

const over = (name: string, body: Expr): Expr =>
  sum(name, between(integer(1), index(name), index('m')), body);

const number = fc
  .tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(1, 1, 2, 3, 7, 10))
  .map(([n, d]) => num(n, d));
const exponent = fc.constantFrom(num(-1), num(-2), num(2), num(3), num(1, 2), num(-1, 2), num(3, 2));

/** Expressions whose bound indices are `bound`. */
function anyValued(bound: readonly string[], depth: number): fc.Arbitrary<Expr> {
  const leaf = fc.oneof(
    number,
    fc
      .tuple(fc.constantFrom('u', 'v'), fc.constantFrom('j', ...bound))
      .map(([name, slot]): Expr => entry(name, [], [index(slot)])),
  );
  if (depth === 0) return leaf;
  const below = anyValued(bound, depth - 1);
  const fresh = ['k', 'i'].find((name) => !bound.includes(name));
  // The range of a sum is left out where its index stands in a slot, so it must stand in one.
  const summed = (name: string): fc.Arbitrary<Expr> =>
    anyValued([...bound, name], depth - 1).map((body) =>
      over(name, mul(entry('u', [], [index(name)]), body)),
    );
  return fc.oneof(
    leaf,
    fc.array(below, { minLength: 2, maxLength: 3 }).map((args) => add(...args)),
    fc.array(below, { minLength: 2, maxLength: 3 }).map((args) => mul(...args)),
    fc.tuple(below, exponent).map(([base, by]) => power(base, by)),
    below.map((e) => mul(num(-1), e)),
    fc.tuple(fc.constantFrom('sigma', 'exp', 'abs'), below).map(([name, x]) => call(name, x)),
    ...(fresh === undefined ? [] : [summed(fresh), summed(fresh).map((s) => add(s, num(1)))]),
  );
}

/** Entries with fixed slots as numbers, negative ones too. */
const numbered: Style = {
  ...nielsen,
  leaf: (e) => (e.kind === 'entry' && e.slots[0]?.key === 'j' ? String(value(e)) : null),
};

const agree = (text: string, wanted: number): void => {
  const got = valueOfText(text);
  if (!Number.isFinite(wanted) || Math.abs(wanted) > 1e12) return;
  expect(Math.abs(got - wanted), `${text} is worth ${got}, not ${wanted}`).toBeLessThan(
    1e-9 * Math.max(1, Math.abs(wanted)),
  );
};

describe('printed and read again by the usual conventions, an expression keeps its value', () => {
  it.each([
    ['LaTeX', latex, nielsen],
    ['Unicode', unicode, nielsen],
    ['LaTeX with numbers put in', latex, numbered],
    ['Unicode with numbers put in', unicode, numbered],
  ] as const)('%s', (_, print, style) => {
    fc.assert(
      fc.property(anyValued([], 4), (e) => agree(print(e, style), value(e))),
      { numRuns: 12000 },
    );
  });

  it('and the small reader reads as people do', () => {
    const [u, v] = [VECTORS.u?.[(ENV.j ?? 0) - 1] ?? 0, VECTORS.v?.[(ENV.j ?? 0) - 1] ?? 0];
    expect(valueOfText('-u_j^2')).toBeCloseTo(-(u ** 2));
    expect(valueOfText('\\sum_k u_k\\,v_j + 1')).toBeCloseTo((0.7 - 1.3 + 0.4) * v + 1);
    expect(valueOfText('uⱼ/(2 vⱼ) − ½')).toBeCloseTo(u / (2 * v) - 0.5);
    expect(() => valueOfText('(u_j')).toThrow('expected ) before token 5 of (u_j');
  });
});
