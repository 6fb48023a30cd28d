// Random worlds: what is assumed holds in them, sizes differ, the loss has a value, and a seed says it all.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateAffine } from '../../src/expr/affine.ts';
import { type Condition, slack } from '../../src/expr/condition.ts';
import { UserError } from '../../src/expr/error.ts';
import { lossEntry } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { type Sample, sampleWorlds } from '../../src/numeric/sample.ts';
import { stageKey } from '../../src/numeric/world.ts';
import { activationNames } from '../../src/tables/activations.ts';
import { lossNames } from '../../src/tables/losses.ts';
import { readConditions, readExpr } from '../../src/text/read.ts';
import { systemNamed, systemOf, systems } from './networks.ts';

const general = buildNetwork({}).system;

/** Whether a condition holds in a sample. */
function holds(c: Condition, { world, env }: Sample): boolean {
  const s = evaluateAffine(
    slack(c),
    (name, at) => env.get(name) ?? world.sizes.get(stageKey(name, at)) ?? Number.NaN,
  );
  return c.relation === '=' ? s === 0 : s >= 0;
}

const numbersOf = (samples: readonly Sample[]): unknown =>
  samples.map(({ world, env }) => [
    [...world.sizes],
    [...env],
    [...world.values].map(([key, v]) => [key, [...v.entries]]),
    evaluate(lossEntry(world.system), world),
  ]);

test.each(systems)('in the worlds of $title, the loss has a value and the assumptions hold', ({ system }) => {
  const samples = sampleWorlds(system, [], new Set(), { count: 10, seed: 3 });
  expect(samples).toHaveLength(10);
  for (const s of samples) {
    expect(Number.isFinite(evaluate(lossEntry(system), s.world))).toBe(true);
    for (const c of system.given) expect(holds(c, s)).toBe(true);
  }
});

test('the same seed gives the same worlds, another seed others', () => {
  const draw = (seed: number): unknown =>
    numbersOf(sampleWorlds(general, [], new Set(['l']), { count: 4, seed }));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

describe('sizes', () => {
  test('the widths of layers differ pairwise', () => {
    for (const { world } of sampleWorlds(general, [], new Set(), { count: 30, seed: 1 })) {
      const widths = [...world.sizes].filter(([key]) => key.startsWith('n[')).map(([, size]) => size);
      expect(widths).toHaveLength(world.sizes.get('L') ?? 0);
      expect(new Set(widths).size).toBe(widths.length);
    }
  });

  test('sizes of slots differ where the equations leave them free, compound ones too', () => {
    const system = systemNamed('a convolution and a mean over places');
    for (const { world } of sampleWorlds(system, [], new Set(), { count: 30, seed: 1 })) {
      const [n, m] = [world.sizes.get('n') ?? 0, world.sizes.get('m') ?? 0];
      expect(new Set([n, m, n - m + 1]).size).toBe(3);
    }
  });

  const square = (assume: string[]): ReturnType<typeof systemOf> =>
    systemOf({
      tensors: {
        w: { stage: ['l'], size: ['n[l]', 'n[l-1]'], kind: 'parameter' },
        x: { size: ['n[1]'], kind: 'input' },
        a: { stage: ['l'], size: ['n[l]'] },
      },
      equations: ['a[1][j] = x[j]', 'a[l][j] = sum(k, w[l][j,k]*a[l-1][k]) for 2 <= l <= L'],
      assume,
      loss: 'C(a[L])',
    });

  test('an equation of sizes at every stage makes them equal', () => {
    const tied = square(['L >= 2', 'n[l] = n[l-1]']);
    for (const { world } of sampleWorlds(tied, [], new Set(), { count: 10, seed: 1 })) {
      const widths = [...world.sizes].filter(([key]) => key.startsWith('n[')).map(([, size]) => size);
      expect(new Set(widths).size).toBe(1);
    }
  });

  test('an equation of sizes at one stage ties those two, and fixes one to a number', () => {
    const tied = square(['L >= 3', 'n[L] = n[1]', 'n[2] = 7']);
    for (const { world } of sampleWorlds(tied, [], new Set(), { count: 10, seed: 1 })) {
      const { sizes } = world;
      expect(sizes.get(`n[${sizes.get('L')}]`)).toBe(sizes.get('n[1]'));
      expect(sizes.get('n[2]')).toBe(7);
    }
  });
});

describe('free indices', () => {
  test.each([
    ['2 <= l, l <= L, 1 <= j, j <= n[l]', ['l', 'j'], 12],
    ['2 <= l, l <= L-2, 1 <= j, j <= n[l+2], 1 <= k, k <= n[l-1]', ['l', 'j', 'k'], 12],
    ['l = L-1, 2 <= l, 1 <= j, j <= n[l], j = k', ['l', 'j', 'k'], 8],
    ['L >= 7, 2 <= l, l <= L, 1 <= j, j <= n[L]', ['l', 'j'], 12],
  ])('%s', (text, names, atLeast) => {
    const given = readConditions(text, general);
    const samples = sampleWorlds(general, given, new Set(names), { count: 30, seed: 4 });
    for (const s of samples) {
      expect([...s.env.keys()].sort()).toEqual([...names].sort());
      for (const c of given) expect(holds(c, s)).toBe(true);
    }
    const different = new Set(samples.map((s) => [...s.env].join()));
    expect(different.size).toBeGreaterThanOrEqual(Math.min(atLeast, 12) / 2);
  });

  test('conditions that contradict each other are an error that states them', () => {
    const given = readConditions('2 <= l, l <= L, l = 1', general);
    expect(() => sampleWorlds(general, given, new Set(['l']), { count: 1, seed: 1 })).toThrow(
      new UserError('no sizes and indices satisfy 2 <= l, l <= L, l = 1'),
    );
  });

  test('any satisfiable ranges are satisfied', () => {
    const range = fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(range, range, fc.integer({ min: 1, max: 1000 }), ([a, d], [b, e], seed) => {
        const text = `${a} <= p, p <= ${a + d}, p+${b} <= q, q <= p+${b + e}`;
        const given = readConditions(text, general);
        const [s] = sampleWorlds(general, given, new Set(), { count: 1, seed });
        return s !== undefined && given.every((c) => holds(c, s));
      }),
    );
  });
});

describe('numbers', () => {
  test.each(activationNames.flatMap((a) => lossNames.map((l) => [a, l] as const)))(
    'after %s, the loss %s has a value wherever the two go together',
    (activation, loss) => {
      const net = (): ReturnType<typeof buildNetwork> =>
        buildNetwork(
          activation === 'softmax'
            ? { layers: [2, 3, 2], activation: 'tanh', output: activation, loss }
            : { layers: [2, 3, 2], activation, loss },
        );
      let system: ReturnType<typeof buildNetwork>['system'];
      try {
        system = net().system;
      } catch (error) {
        expect(String(error)).toContain(`loss "${loss}" needs`);
        return;
      }
      for (const { world } of sampleWorlds(system, [], new Set(), { count: 4, seed: 1 })) {
        expect(Number.isFinite(evaluate(lossEntry(system), world))).toBe(true);
        for (const id of system.identities)
          expect(evaluate(id.left, world)).toBeCloseTo(evaluate(id.right, world), 14);
      }
    },
  );

  test('the entries of y add up to 1 for each sample of a batch, where that is assumed', () => {
    const spec = {
      layers: [2, 3, 2],
      activation: 'tanh',
      output: 'softmax',
      loss: 'cross-entropy',
      batch: {},
    };
    const { system } = buildNetwork(spec);
    expect(system.identities).toHaveLength(1);
    for (const { world } of sampleWorlds(system, [], new Set(), { count: 4, seed: 1 }))
      for (let i = 1; i <= (world.sizes.get('m') ?? 0); i++)
        expect(evaluate(readExpr('sum(j, y[j,i])', system), world, new Map([['i', i]]))).toBeCloseTo(1, 14);
  });

  test('an unknown function before a logarithm is drawn between 0 and 1', () => {
    const { system } = buildNetwork({ loss: 'bce' });
    for (const { world } of sampleWorlds(system, [], new Set(), { count: 10, seed: 1 }))
      expect(Number.isFinite(evaluate(lossEntry(system), world))).toBe(true);
  });

  test('a loss without a value anywhere is an error', () => {
    const never = systemOf({
      tensors: { x: { size: ['n'], kind: 'input' } },
      equations: [],
      loss: 'log(-1-sum(j, x[j]^2))',
    });
    expect(() => sampleWorlds(never, [], new Set(), { count: 1, seed: 1 })).toThrow(
      new UserError('no random numbers were found for which C has a value'),
    );
  });

  test('an unknown function is another one at another stage, and the same one at the same', () => {
    const [s] = sampleWorlds(general, readConditions('L >= 3', general), new Set(), { count: 1, seed: 1 });
    const at = (text: string): number => evaluate(readExpr(text, general), s!.world);
    expect(at('sigma[2](1/3)')).not.toBe(at('sigma[3](1/3)'));
    expect(at('sigma[2](1/3)')).toBe(at('sigma[2](1/3)'));
  });
});
