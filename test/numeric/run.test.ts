// Runs: what is counted, what differences and the reverse pass give, and what they cost.

import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/expr/error.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { worldOf } from '../../src/model/world.ts';
import { costOf } from '../../src/numeric/cost.ts';
import { differences } from '../../src/numeric/differences.ts';
import { openRun } from '../../src/numeric/run.ts';
import { losses } from '../../src/tables/losses.ts';
import { example } from './networks.ts';

const world = worldOf(buildNetwork(example));

test('a run leaves the numbers of its world alone', () => {
  const run = openRun(world);
  const loss = run.forward();
  const [bias] = run.leaves('parameter');
  bias!.entries[0] = 5;
  expect(run.forward()).not.toBe(loss);
  expect(openRun(world).forward()).toBe(loss);
});

test('the leaves are the inputs and parameters that the loss needs, in order', () => {
  const run = openRun(world);
  run.forward();
  const keys = (kind: 'input' | 'parameter'): string[] =>
    run.leaves(kind).map((leaf) => leaf.name + leaf.stage.join());
  expect(keys('parameter')).toEqual(['b2', 'b3', 'w2', 'w3']);
  expect(keys('input')).toEqual(['x', 'y']);
});

test('the reverse pass gives the gradients of the documents', () => {
  const run = openRun(world);
  run.forward();
  run.backward();
  const text = (name: string, stage: number): string[] =>
    [...run.gradient(name, [stage]).entries].map((v) => v.toPrecision(6));
  expect(text('z', 3)).toEqual(['-0.0728899', '0.122379']);
  expect(text('b', 2)).toEqual(['-0.0180299', '0.0215192', '-0.00297551']);
  expect(text('w', 2)[0]).toBe('-0.00901496');
  expect(() => run.gradient('x')).toThrow(new UserError('the gradient by x was not worked out'));
});

test('a run without a forward pass has no values', () => {
  expect(() => openRun(world).values('a', [2])).toThrow(
    new UserError('a run has no values before its first forward pass'),
  );
  const run = openRun(world);
  run.forward();
  expect(() => run.values('w', [9])).toThrow(new UserError("w[9] is not among the run's tensors"));
});

describe('differences', () => {
  const run = openRun(world);
  run.forward();
  run.backward();
  const worst = (scheme: Parameters<typeof differences>[1]): number => {
    let off = 0;
    let largest = 0;
    for (const [key, { entries }] of differences(world, scheme).gradient) {
      const [, name = '', stage = ''] = /^(\w+)\[(\d+)\]$/.exec(key) ?? [];
      const exact = run.gradient(name, [Number(stage)]).entries;
      for (const [i, v] of entries.entries()) {
        off = Math.max(off, Math.abs(v - exact[i]!));
        largest = Math.max(largest, Math.abs(exact[i]!));
      }
    }
    return off / largest;
  };

  test.each([
    ['forward', 1e-6],
    ['central', 1e-9],
    ['fourth', 1e-11],
  ] as const)('%s differences are exact to %d of the largest entry', (scheme, most) => {
    expect(worst(scheme)).toBeLessThan(most);
  });

  test('forward differences take one pass for each number and one more, central two, fourth order four', () => {
    const passes = (scheme: Parameters<typeof differences>[1], tensors?: string[]): number =>
      differences(world, scheme, tensors === undefined ? {} : { tensors: new Set(tensors) }).count.passes;
    expect([passes('forward'), passes('central'), passes('fourth')]).toEqual([18, 34, 68]);
    expect(passes('forward', ['w'])).toBe(13);
    expect(passes('forward', ['x'])).toBe(3);
  });

  test('a smaller step makes forward differences better until rounding takes over', () => {
    const at = (step: number): number => {
      const found = differences(world, 'forward', { tensors: new Set(['w']), step }).gradient.get('w[2]');
      return Math.abs((found?.entries[0] ?? 0) - run.gradient('w', [2]).entries[0]!);
    };
    expect(at(1e-4)).toBeLessThan(at(1e-2));
    expect(at(1e-7)).toBeLessThan(at(1e-4));
    expect(at(1e-7)).toBeLessThan(at(1e-13));
  });
});

test.each(losses)(
  'the loss $name: the reverse pass and fourth-order differences give one gradient',
  ({ name }) => {
    const last = name === 'cross-entropy' ? 'softmax' : 'sigmoid';
    const own = worldOf(buildNetwork({ layers: [2, 3, 4], activation: 'tanh', output: last, loss: name }));
    const run = openRun(own);
    run.forward();
    run.backward();
    const slow = differences(own, 'fourth').gradient;
    expect(slow.size).toBe(4);
    for (const { name: tensor, stage } of run.leaves('parameter')) {
      const fast = run.gradient(tensor, stage).entries;
      const other = slow.get(`${tensor}[${stage.join()}]`)?.entries ?? [];
      expect(fast.some((v) => v !== 0)).toBe(true);
      for (const [i, v] of fast.entries()) expect(Math.abs(v - (other[i] ?? 0))).toBeLessThan(1e-9);
    }
  },
);

describe('cost', () => {
  test('784-38-10: 30,172 weights, 30,220 with biases, one product for each weight in a pass', () => {
    const big = worldOf(buildNetwork({ layers: [784, 38, 10], activation: 'sigmoid', loss: 'mse' }));
    const all = costOf(big);
    expect([all.parameters, all.differencePasses]).toEqual([30220, 30221]);
    expect(costOf(big, new Set(['w'])).parameters).toBe(30172);
    expect(all.forward).toBe(30172 + 10);
    expect((all.forward + all.reverse) / all.forward).toBeLessThan(2.3);
  });

  test('the count of a run is what its passes did, however often they run', () => {
    const run = openRun(world);
    run.forward();
    const once = run.count().multiplyAdds;
    run.forward();
    run.forward();
    expect(run.count()).toEqual({ passes: 3, reversePasses: 0, multiplyAdds: 3 * once });
    expect(once).toBe(6 + 6 + 2);
  });
});
