import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Affine, addScaled, evaluateAffine, index, integer, shift } from '../../src/expr/affine.ts';
import {
  atMost,
  between,
  type Condition,
  decide,
  equal,
  inconsistent,
  negations,
} from '../../src/expr/condition.ts';

const l = index('l');
const L = index('L');

describe('conditions', () => {
  it('are decided from the ranges around them', () => {
    const given = between(integer(2), l, L);
    expect(decide(atMost(integer(1), l), given)).toBe(true);
    expect(decide(atMost(shift(L, 1), l), given)).toBe(false);
    expect(decide(atMost(shift(l, 1), L), given)).toBeNull();
    expect(decide(equal(l, L), [...given, atMost(L, l)])).toBe(true);
    expect(decide(equal(l, L), [...given, atMost(shift(l, 1), L)])).toBe(false);
  });

  it('know that sizes are at least 1', () => {
    expect(decide(atMost(integer(1), index('n', [l])), [])).toBe(true);
    expect(decide(atMost(index('n', [l]), integer(0)), [])).toBe(false);
  });

  it('see that no integer lies strictly between two neighbours', () => {
    const i = index('i');
    expect(
      inconsistent([
        atMost(integer(1), addScaled(integer(0), i, 2)),
        atMost(addScaled(integer(0), i, 2), integer(1)),
      ]),
    ).toBe(true);
  });

  const names = ['i', 'j', 'k'] as const;
  const form: fc.Arbitrary<Affine> = fc
    .tuple(
      fc.integer({ min: -4, max: 4 }),
      fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom(-2, -1, 1, 2)), { maxLength: 2 }),
    )
    .map(([c, terms]) => terms.reduce((a, [n, k]) => addScaled(a, index(n), k), integer(c)));
  const condition: fc.Arbitrary<Condition> = fc
    .tuple(form, form, fc.boolean())
    .map(([a, b, eq]) => (eq ? equal(a, b) : atMost(a, b)));
  const holds = (c: Condition, v: Record<string, number>): boolean => {
    const at = (a: Affine): number => evaluateAffine(a, (n) => v[n] ?? 0);
    return c.relation === '=' ? at(c.left) === at(c.right) : at(c.left) <= at(c.right);
  };
  const grid = [-3, -2, -1, 0, 1, 2, 3];
  const points = grid.flatMap((i) => grid.flatMap((j) => grid.map((k) => ({ i, j, k }))));

  it('are never decided against a counterexample', () => {
    fc.assert(
      fc.property(condition, fc.array(condition, { maxLength: 3 }), (c, given) => {
        const answer = decide(c, given);
        if (answer === null) return;
        for (const p of points) if (given.every((g) => holds(g, p))) expect(holds(c, p)).toBe(answer);
      }),
      { numRuns: 400 },
    );
  });

  it('have negations that cover exactly what they leave out', () => {
    fc.assert(
      fc.property(condition, (c) => {
        for (const p of points) expect(negations(c).some((n) => holds(n, p))).toBe(!holds(c, p));
      }),
    );
  });
});
