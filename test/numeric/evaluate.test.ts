// What expressions and tensors are worth: the example's numbers, cuts, guards, compound tensors, and what has no value.

import { describe, expect, test } from 'vitest';
import { index, integer, ONE, plus } from '../../src/expr/affine.ts';
import { atMost, equal } from '../../src/expr/condition.ts';
import { UserError } from '../../src/expr/error.ts';
import type { Tensor } from '../../src/expr/expr.ts';
import { entry, guard, jacobian, mul, sum } from '../../src/expr/make.ts';
import type { System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { worldOf } from '../../src/model/world.ts';
import { evaluate, evaluateTensor } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import type { World } from '../../src/numeric/world.ts';
import { readConditions, readExpr, readFormula } from '../../src/text/read.ts';
import { example, systemNamed, systemOf } from './networks.ts';

const world = worldOf(buildNetwork(example));
const { system } = world;
const value = (text: string, env: Record<string, number> = {}): number =>
  evaluate(readExpr(text, system), world, new Map(Object.entries(env)));
const entries = (text: string, of: World = world): number[] => [
  ...evaluateTensor(readFormula(text, of.system) as Tensor, of).entries,
];

describe('the 2-3-2 network', () => {
  test('the loss is 0.174292', () => {
    expect(value('C')).toBeCloseTo(0.174292, 6);
  });

  test('the errors are those of the documents', () => {
    const [d3, d2] = [entries('delta[3]'), entries('delta[2]')];
    expect(d3.map((v) => v.toPrecision(6))).toEqual(['-0.0728899', '0.122379']);
    expect(d2.map((v) => v.toPrecision(6))).toEqual(['-0.0180299', '0.0215192', '-0.00297551']);
  });

  test('dC/dw[2][1,1] is -0.00901496', () => {
    expect(value('dC/dw[2][1,1]').toPrecision(6)).toBe('-0.00901496');
    expect(value('delta[2][1]*a[1][1]')).toBeCloseTo(value('dC/dw[2][1,1]'), 16);
  });

  test.each([
    ['delta[2][j]', "sum(k, w[3][k,j]*delta[3][k])*sigma'(z[2][j])"],
    ['delta[3][j]', "(a[3][j]-y[j])*sigma'(z[3][j])"],
    ['delta[3][j]', '(a[3][j]-y[j])*a[3][j]*(1-a[3][j])'],
    ['dC/da[2][j]', 'sum(k, w[3][k,j]*delta[3][k])'],
    ['delta[2][j]', "((w[3]'*delta[3]).*sigma'(z[2]))[j]"],
    ["sigma'(z[2][j])", 'a[2][j]*(1-a[2][j])'],
    ["sigma''(z[2][j])", 'a[2][j]*(1-a[2][j])*(1-2*a[2][j])'],
    ['d(a[2][j]*z[2][j]^3)/dz[2][j]', '3*a[2][j]*z[2][j]^2'],
    ['C', '1/2*norm(y-a[L])^2'],
    ['C', '1/2*sum(j, (y[j]-a[L][j])^2)'],
  ])('%s = %s', (left, right) => {
    for (const j of [1, 2]) expect(value(left, { j })).toBeCloseTo(value(right, { j }), 15);
  });

  test('matrix forms have all entries of the gradients', () => {
    expect(entries('dC/dw[2]')).toHaveLength(6);
    const outer = entries("delta[2]*a[1]'");
    for (const [i, v] of entries('dC/dw[2]').entries()) expect(v).toBeCloseTo(outer[i] ?? 0, 16);
  });
});

describe('cuts', () => {
  const residual = systemOf({
    tensors: {
      w: { stage: ['l'], size: ['n', 'n'], kind: 'parameter' },
      x: { size: ['n'], kind: 'input' },
      z: { stage: ['l'], size: ['n'] },
      a: { stage: ['l'], size: ['n'] },
    },
    equations: [
      'a[1][j] = x[j]',
      'z[l][j] = sum(k, w[l][j,k]*a[l-1][k])   for 2 <= l <= L',
      'a[l][j] = sigma(z[l][j]) + a[l-1][j]    for 2 <= l <= L',
    ],
    functions: ['sigma'],
    assume: ['L >= 4'],
    loss: 'C(a[L])',
  });

  /** Both sides on three random worlds. */
  function agree(of: System, given: string, names: readonly string[], left: string, right: string): void {
    const conditions = readConditions(given, of);
    const [l, r] = [readExpr(left, of), readExpr(right, of)];
    const samples = sampleWorlds(of, conditions, new Set(names), { count: 3, seed: 2 });
    expect(samples).toHaveLength(3);
    for (const s of samples) {
      const [a, b] = [evaluate(l, s.world, s.env), evaluate(r, s.world, s.env)];
      expect(Math.abs(a)).toBeGreaterThan(1e-9);
      expect(Math.abs(a - b)).toBeLessThan(1e-12 * Math.max(1, Math.abs(a)));
    }
  }
  const inside = '2 <= l, l <= L-1, 1 <= j, j <= n, 1 <= k, k <= n';

  test('a residual network: through z alone, the skip is a path of its own', () => {
    agree(residual, inside, ['l', 'j'], 'dC/da[l][j]', 'sum(k, dC/dz[l+1][k]*w[l+1][k,j]) + dC/da[l+1][j]');
  });

  test('holding z at the next layer leaves the skip alone', () => {
    agree(residual, inside, ['l', 'j'], '(da[l+1][j]/da[l][j] | z[l+1], a[l+1])', '1');
  });

  test('nothing held, the same derivative runs along both paths', () => {
    agree(
      residual,
      inside,
      ['l', 'j', 'k'],
      'kron(j,k) + (da[l+1][k]/da[l][j])',
      "2*kron(j,k) + sigma'(z[l+1][k])*w[l+1][k,j]",
    );
  });

  test('an entry that the seed reaches around the cut counts: dz[l+2]/da[l] with z[l+1] held', () => {
    const two = '2 <= l, l <= L-2, 1 <= j, j <= n, 1 <= k, k <= n';
    agree(residual, two, ['l', 'j', 'k'], '(dz[l+2][k]/da[l][j] | z[l+1])', 'w[l+2][k,j]');
  });

  test('a recurrent network through h at every step: the loss at step t is the direct part', () => {
    const rnn = systemNamed('recurrent');
    const given = '1 <= t, t <= T-1, 1 <= j, j <= n';
    agree(rnn, given, ['t', 'j'], '(dC/dh[t][j] | h[*])', 'h[t][j]-y[t][j]');
    agree(
      rnn,
      given,
      ['t', 'j'],
      'dC/dh[t][j]',
      'sum(k, dC/dh[t+1][k]*(dh[t+1][k]/dh[t][j] | h[*])) + (dC/dh[t][j] | h[*])',
    );
  });

  test('the derivative of an entry by an entry of the same tensor at the same stage is a delta', () => {
    const by = (k: number): number =>
      evaluate(
        jacobian(entry('z', [integer(2)], [integer(2)]), entry('z', [integer(2)], [integer(k)])),
        world,
      );
    expect([by(1), by(2), by(3)]).toEqual([0, 1, 0]);
  });
});

describe('sums and guards', () => {
  const k = index('k');
  const w = entry('w', [integer(2)], [k, ONE]);

  test('a sum runs over all integers that satisfy its conditions, strides and equalities too', () => {
    const column = [0.4, 0.3, -0.5];
    const over = (...where: Parameters<typeof sum>[1]): number => evaluate(sum('k', where, w), world);
    expect(over(atMost(ONE, k), atMost(k, integer(3)))).toBeCloseTo(column[0]! + column[1]! + column[2]!, 15);
    expect(over(equal(k, integer(2)))).toBe(0.3);
    expect(over(atMost(integer(3), k), atMost(k, integer(2)))).toBe(0);
    expect(over(equal(plus(k, k), integer(4)))).toBe(0.3);
    expect(over(equal(plus(k, k), integer(3)))).toBe(0);
    expect(over(atMost(integer(3), plus(k, k)), atMost(plus(k, k), integer(7)))).toBeCloseTo(-0.2, 15);
  });

  test('a false guard keeps an entry outside its range from being looked at', () => {
    const beyond = entry('w', [index('l')], [ONE, ONE]);
    const guarded = mul(beyond, guard(atMost(index('l'), integer(3))));
    expect(evaluate(guarded, world, new Map([['l', 3]]))).toBe(0.7);
    expect(evaluate(guarded, world, new Map([['l', 9]]))).toBe(0);
  });
});

describe('what has no value', () => {
  test.each([
    ['sum(k, 1 <= k, w[2][k,1])', 'the sum over k has no upper bound'],
    ['w[2][4,1]', 'there is no entry w[2][4,1]: w[2] is 3 x 2'],
    ['w[7][1,1]', 'the size n[7] has no value'],
    ['w[1][1,1]', 'the size n[0] has no value'],
    ['sum(k, k <= 3, w[2][k,1])', 'the sum over k has no lower bound'],
    ['z[1][1]', 'no equation defines z[1][1]'],
    ['z[2][j]', 'the index j has no value'],
  ])('%s: %s', (text, message) => {
    expect(() => evaluate(readExpr(text, system), world)).toThrow(new UserError(message));
  });

  const twice = (equations: string[]): World => {
    const own = systemOf({
      tensors: { x: { size: [2], kind: 'input' }, a: { stage: ['t'], size: [2] } },
      equations: ['a[0][j] = x[j]', 'a[t][j] = 2*a[t-1][j] for 1 <= t <= T'],
      loss: 'a[T][1]',
    });
    const more = systemOf({
      tensors: { x: { size: [2], kind: 'input' }, a: { stage: ['t'], size: [2] } },
      equations,
      loss: 'a[0][1]',
    });
    const both = { ...own, equations: [...own.equations, ...more.equations.slice(0, -1)] };
    const values = new Map([['x', { shape: [2], entries: Float64Array.of(1, 2) }]]);
    const none = { functions: new Map(), losses: new Map(), source: null };
    return { system: both, sizes: new Map([['T', 2]]), values, ...none };
  };

  test('an entry with two equations is an error that names it', () => {
    expect(() => entries('a[0]', twice(['a[0][j] = 3*x[j]']))).toThrow(
      new UserError('two equations define a[0][1]'),
    );
  });

  test('a thousand stages do not exhaust the stack, forward or in a derivative', () => {
    const own = twice(['a[0][j] = x[j]']);
    const long: World = {
      ...own,
      system: { ...own.system, equations: own.system.equations.slice(0, 3) },
      sizes: new Map([['T', 1000]]),
    };
    expect(evaluate(readExpr('a[T][2]', long.system), long)).toBe(2 ** 1001);
    expect(evaluate(readExpr('dC/dx[1]', long.system), long)).toBe(2 ** 1000);
  });
});
