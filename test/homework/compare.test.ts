// What a comparison promises beside the verdict: witnesses that hold, budgets that end, domains that are noted.

import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/expr/expr.ts';
import { add, call, entry, mul, num, power } from '../../src/expr/make.ts';
import { compareExprs } from '../../src/homework/compare.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { fixturePairs, judge, questionOf, scalarsIn, systemOf } from './pairs.ts';

const scalar = (a: string, b: string) => judge({ id: '', a, b, equal: true, about: null, given: '' });

describe('a witness', () => {
  it('gives the values of both sides, as evaluation has them', () => {
    const pairs = fixturePairs('index-pairs.txt').filter((p) => !p.equal && /delta|sigma/.test(p.a));
    let seen = 0;
    for (const pair of pairs) {
      const { a, b, ctx } = questionOf(pair);
      const result = judge(pair);
      if (result.verdict !== 'different' || !('kind' in a) || a.kind === 'symbol') continue;
      const { world, env, left, right } = result.witness;
      if (env.size === 0 || ctx.system.loss === '') continue;
      try {
        expect(evaluate(a as Expr, world, env), pair.id).toBeCloseTo(left, 9);
        expect(evaluate(b as Expr, world, env), pair.id).toBeCloseTo(right, 9);
        seen++;
      } catch (error) {
        if (error instanceof RangeError || error instanceof TypeError) continue;
        throw error;
      }
    }
    expect(seen).toBeGreaterThan(5);
  });

  it('is found for a difference in the last of twenty digits', () => {
    expect(scalar('x + 10^20', 'x + 10^20 + 1').verdict).toBe('different');
  });

  it('is found for fractions of thousands of digits', () => {
    expect(scalar('(x - y)^6000', '(x - y)^2').verdict).toBe('different');
  });
});

describe('a budget', () => {
  const system = scalarsIn('x y z');
  const x = entry('x', [], []);
  const deep = (depth: number): Expr => (depth === 0 ? x : call('exp', mul(num(1, 2), deep(depth - 1))));
  const ctx = { system, given: [] };

  it('ends for powers that must not be multiplied out', () => {
    expect(scalar('(x - y)^6000', '(y - x)^6000').verdict).toBe('equal');
    expect(scalar('(x + y + z)^500', '(x + y - z)^500').verdict).toBe('different');
    expect(scalar('(1 + x)^1000000', '(x + 1)^1000000').verdict).toBe('equal');
    expect(scalar('9^9^9', '9^9^9').verdict).toBe('equal');
  });

  it('ends for products of many sums', () => {
    const factors = Array.from({ length: 40 }, (_, i) => `(x + ${i}*y + z)`).join('*');
    expect(scalar(factors, `${factors} + z`).verdict).not.toBe('equal');
    expect(scalar(factors, factors).verdict).toBe('equal');
  });

  it('ends for deep nesting', () => {
    expect(compareExprs(deep(60), deep(60), ctx).verdict).toBe('equal');
    expect(compareExprs(deep(60), deep(59), ctx).verdict).not.toBe('equal');
    const tower = (n: number): Expr => (n === 0 ? x : power(add(x, num(1)), tower(n - 1)));
    expect(compareExprs(tower(20), tower(21), ctx).verdict).not.toBe('equal');
  });
});

describe('domains', () => {
  it.each<[string, string, string]>([
    ['log(x^2)', '2*log(abs(x))', 'equal'],
    ['sqrt(x)^2', 'x', 'equal'],
    ['log(-1 - x^2)', 'x', 'undecided'],
    ['x/(y - y)', 'x', 'undecided'],
    ['log(x)', 'log(-x)', 'different'],
  ])('%s and %s: %s', (a, b, verdict) => {
    expect(scalar(a, b).verdict).toBe(verdict);
  });

  it('are noted where they differ', () => {
    const result = { verdict: 'equal', stage: 'numbers and primes' };
    expect(scalar('sqrt(x)*sqrt(y)', 'sqrt(x*y)')).toEqual({ ...result, domain: 'different' });
    expect(scalar('sin(2*x)', '2*sin(x)*cos(x)')).toEqual({ ...result, domain: 'same' });
  });
});

describe('shapes', () => {
  const about = 'M m n, u n, s m';
  const tensors = (a: string, b: string) => judge({ id: '', a, b, equal: true, about, given: '' });

  it('are compared before entries', () => {
    expect(tensors('M*u', 'u')).toEqual({ verdict: 'misshapen', left: 'm', right: 'n' });
    expect(tensors('M', "s*u'").verdict).toBe('different');
    expect(systemOf(about).sizes.size).toBe(2);
  });
});
