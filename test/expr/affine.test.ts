import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Affine,
  addScaled,
  evaluateAffine,
  index,
  integer,
  minus,
  plus,
  shift,
  solveFor,
  substituteIndices,
} from '../../src/expr/affine.ts';

const names = ['i', 'j', 'k', 'l'] as const;
const form: fc.Arbitrary<Affine> = fc
  .tuple(
    fc.integer({ min: -5, max: 5 }),
    fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: -3, max: 3 })), { maxLength: 4 }),
  )
  .map(([c, terms]) => terms.reduce((a, [n, k]) => addScaled(a, index(n), k), integer(c)));
const values = fc.record({
  i: fc.integer({ min: -9, max: 9 }),
  j: fc.integer({ min: -9, max: 9 }),
  k: fc.integer({ min: -9, max: 9 }),
  l: fc.integer({ min: -9, max: 9 }),
});
type Values = Record<string, number>;
const at = (a: Affine, v: Values): number => evaluateAffine(a, (n) => v[n] ?? Number.NaN);

describe('index forms', () => {
  it('add and subtract as integers do', () => {
    fc.assert(
      fc.property(form, form, values, (a, b, v) => {
        expect(at(plus(a, b), v)).toBe(at(a, v) + at(b, v));
        expect(at(minus(a, b), v)).toBe(at(a, v) - at(b, v));
      }),
    );
  });

  it('have one key for one form', () => {
    fc.assert(
      fc.property(form, form, (a, b) => {
        expect(plus(a, b).key).toBe(plus(b, a).key);
      }),
    );
    expect(plus(index('l'), integer(1)).key).toBe('l+1');
    expect(minus(index('i'), shift(index('k'), 1)).key).toBe('i-k-1');
  });

  it('substitute inside the stages of sizes: n[l-1] under l = L is n[L-1]', () => {
    const size = index('n', [shift(index('l'), -1)]);
    expect(substituteIndices(size, new Map([['l', index('L')]])).key).toBe('n[L-1]');
  });

  it('give the same object back when nothing changed', () => {
    const a = plus(index('i'), index('n', [index('l')]));
    expect(substituteIndices(a, new Map([['q', index('r')]]))).toBe(a);
  });

  it('solve for an index with coefficient 1 or -1, and for no other', () => {
    fc.assert(
      fc.property(form, values, (a, v) => {
        const value = solveFor(a, 'i');
        if (value === null) return;
        expect(at(a, { ...v, i: at(value, v) })).toBe(0);
      }),
    );
    expect(solveFor(addScaled(integer(0), index('i'), 2), 'i')).toBeNull();
    expect(solveFor(minus(index('i'), index('n', [index('i')])), 'i')).toBeNull();
  });
});
