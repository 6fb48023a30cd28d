import { describe, expect, it } from 'vitest';
import { index, integer } from '../../src/expr/affine.ts';
import { comparisonKey, sameInComparison } from '../../src/expr/compare.ts';
import { between, equal } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { lowerEntry } from '../../src/expr/lower.ts';
import { add, call, entry, guard, inverse, mul, num, power, subtract, sum } from '../../src/expr/make.ts';
import { substitute } from '../../src/expr/substitute.ts';

const [j, k, m] = [index('j'), index('k'), index('m')];
const u = (i = j): Expr => entry('u', [], [i]);
const v = (i = j): Expr => entry('v', [], [i]);
const A = (r = j, c = k): Expr => entry('A', [], [r, c]);
const over = (name: string, body: Expr): Expr =>
  sum(name, between(integer(1), index(name), index('n')), body);

describe('the comparison form', () => {
  it.each<[string, Expr, Expr]>([
    ['u v = v u', mul(u(), v()), mul(v(), u())],
    [
      '(u - v)^2 = u^2 - 2 u v + v^2',
      power(subtract(u(), v()), num(2)),
      add(power(u(), num(2)), mul(num(-2), u(), v()), power(v(), num(2))),
    ],
    ['sum_k A_jk u_k = sum_m A_jm u_m', over('k', mul(A(j, k), u(k))), over('m', mul(A(j, m), u(m)))],
    ['v_j sum_k u_k = sum_k v_j u_k', mul(v(), over('k', u(k))), over('k', mul(v(), u(k)))],
    [
      'sum_k (u_k + v_k) = sum_k u_k + sum_m v_m',
      over('k', add(u(k), v(k))),
      add(over('k', u(k)), over('m', v(m))),
    ],
    ['sum_k sum_m A_km = sum_k sum_m A_mk', over('k', over('m', A(k, m))), over('k', over('m', A(m, k)))],
    [
      '(sum_k u_k)^2 = sum_k sum_m u_k u_m',
      power(over('k', u(k)), num(2)),
      over('k', over('m', mul(u(k), u(m)))),
    ],
    ['u / u = 1', mul(u(), inverse(u())), num(1)],
    ['f(u v) = f(v u)', call('f', mul(u(), v())), call('f', mul(v(), u()))],
  ])('%s', (_, a, b) => {
    expect(comparisonKey(a)).toBe(comparisonKey(b));
  });

  it.each<[string, Expr, Expr]>([
    [
      'sum_k u_k v_k is not sum_k u_k sum_k v_k',
      over('k', mul(u(k), v(k))),
      mul(over('k', u(k)), over('k', v(k))),
    ],
    ['A_jk is not A_kj', A(j, k), A(k, j)],
    ['u is not u^2', u(), power(u(), num(2))],
    ['f is not its derivative', call('f', u()), call({ name: 'f', order: 1, stage: null }, u())],
    ['u is not -u', u(), mul(num(-1), u())],
  ])('%s', (_, a, b) => {
    expect(sameInComparison(a, b)).toBe(false);
  });

  it('puts in a Kronecker delta with a bound end', () => {
    const range = between(integer(1), k, index('n'));
    const collapsed = sum('k', [], mul(guard(equal(k, j)), u(k)));
    expect(comparisonKey(collapsed)).toBe(comparisonKey(u()));
    expect(comparisonKey(sum('k', range, mul(guard(equal(k, j)), u(k))))).toBe(
      comparisonKey(mul(u(), guard(...between(integer(1), j, index('n'))))),
    );
  });
});

describe('substitution', () => {
  it('renames a bound index that would capture', () => {
    const e = over('k', mul(A(j, k), u(k)));
    const moved = substitute(e, new Map([['j', k]]));
    expect(comparisonKey(moved)).toBe(comparisonKey(over('m', mul(A(k, m), u(m)))));
  });
});

describe('lowering', () => {
  const system = {
    tensors: new Map([
      ['A', { name: 'A', stage: [], size: [index('n'), index('n')], kind: 'parameter' as const }],
      ['u', { name: 'u', stage: [], size: [index('n')], kind: 'input' as const }],
    ]),
    equations: [],
    functions: [],
    loss: 'C',
    sizes: new Map([['n', 0]]),
    given: [],
    identities: [],
  };
  const At = { kind: 'transpose', of: { kind: 'symbol', name: 'A', stage: [] } } as const;
  const ut = { kind: 'symbol', name: 'u', stage: [] } as const;

  it('opens the entries of products, transposes, diag and outer', () => {
    const low = lowerEntry({ kind: 'product', args: [At, ut] }, [j], system);
    expect(comparisonKey(low)).toBe(comparisonKey(over('k', mul(A(k, j), u(k)))));
    expect(comparisonKey(lowerEntry({ kind: 'outer', left: ut, right: ut }, [j, k], system))).toBe(
      comparisonKey(mul(u(j), u(k))),
    );
    expect(comparisonKey(lowerEntry({ kind: 'diag', of: ut }, [j, k], system))).toBe(
      comparisonKey(mul(u(j), guard(equal(j, k)))),
    );
  });

  it('keeps bound names apart in nested products', () => {
    const low = lowerEntry({ kind: 'product', args: [At, At, ut] }, [j], system);
    expect(comparisonKey(low)).toBe(comparisonKey(over('k', over('m', mul(A(k, j), A(m, k), u(m))))));
  });
});
