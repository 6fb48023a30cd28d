// A network file says the same in every convention: its numbers are renumbered, refiled and turned; its own equations stay.

import { describe, expect, test } from 'vitest';
import { index, integer } from '../../src/expr/affine.ts';
import {
  inputLayer,
  lastLayer,
  layerAt,
  layerOfWeights,
  weightStage,
} from '../../src/model/layer-numbers.ts';
import { buildNetwork, readNetworkFile } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { type Conventions, defaultConventions } from '../../src/tables/conventions.ts';

const content = {
  layers: [2, 3, 1],
  activation: ['relu', 'sigmoid'],
  loss: 'mse',
  values: {
    w: {
      2: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      3: [[7, 8, 9]],
    },
    b: { 2: [10, 11, 12], 3: [13] },
    x: [14, 15],
    y: [0.5],
  },
};
const built = (c: Partial<Conventions>, more: object = {}): Network =>
  buildNetwork({ ...content, ...more }, { conventions: { ...defaultConventions, ...c } });

/** `w[2] 3x2 1,2,3,4,5,6` for each tensor. */
const valuesOf = (n: Network): string[] =>
  [...(n.concrete?.values ?? [])].map(([key, v]) => `${key} ${v.shape.join('x')} ${[...v.entries].join()}`);
const sizesOf = (n: Network): object => Object.fromEntries(n.concrete?.sizes ?? []);

test('without a convention a network is what it was', () => {
  const plain = buildNetwork(content);
  expect(plain.conventions).toEqual(defaultConventions);
  expect(valuesOf(built({}))).toEqual(valuesOf(plain));
  expect(built({}).system).toEqual(plain.system);
});

describe('numbers', () => {
  test('layers from 0: sizes, weights and biases move down', () => {
    const n = built({ firstLayer: 0 });
    expect(sizesOf(n)).toEqual({ L: 2, 'n[0]': 2, 'n[1]': 3, 'n[2]': 1 });
    expect(valuesOf(n)).toEqual([
      'x 2 14,15',
      'y 1 0.5',
      'w[1] 3x2 1,2,3,4,5,6',
      'w[2] 1x3 7,8,9',
      'b[1] 3 10,11,12',
      'b[2] 1 13',
    ]);
    expect(n.functions.map((f) => f.stages)).toEqual([[1], [2]]);
  });

  test('weights by the layer where they start, in by out, turned', () => {
    const n = built({ weightLayer: 'start', weights: 'in-out' });
    expect(sizesOf(n)).toEqual({ L: 3, 'n[1]': 2, 'n[2]': 3, 'n[3]': 1 });
    expect(valuesOf(n).slice(2)).toEqual([
      'w[1] 2x3 1,3,5,2,4,6',
      'w[2] 3x1 7,8,9',
      'b[1] 3 10,11,12',
      'b[2] 1 13',
    ]);
  });

  test.each([
    ['columns', ['x 2x1 14,15', 'y 1x1 0.5']],
    ['rows', ['x 1x2 14,15', 'y 1x1 0.5']],
  ] as const)('one sample is a batch of one, as %s', (batch, values) => {
    const n = built({ batch });
    expect(sizesOf(n)).toEqual({ L: 3, 'n[1]': 2, 'n[2]': 3, 'n[3]': 1, m: 1 });
    expect(valuesOf(n).slice(0, 2)).toEqual(values);
  });

  const samples = {
    batch: { size: 'N', samples: 'columns' },
    values: {
      x: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      y: [[0.1, 0.2, 0.3]],
    },
  };
  test("a file's samples keep their number and take the notation's direction", () => {
    const n = built({ batch: 'rows' }, samples);
    expect(n.system.sizes.has('N')).toBe(true);
    expect(sizesOf(n)).toMatchObject({ N: 3 });
    expect(valuesOf(n).slice(0, 2)).toEqual(['x 3x2 1,4,2,5,3,6', 'y 3x1 0.1,0.2,0.3']);
    expect(valuesOf(built({}, samples)).slice(0, 1)).toEqual(['x 2x3 1,2,3,4,5,6']);
  });

  test('what is drawn is the same network in every convention', () => {
    const drawn = { values: { seed: 3 } };
    const sorted = (n: Network): string[] =>
      [...(n.concrete?.values.values() ?? [])].map((v) => [...v.entries].sort().join()).sort();
    const weird = { firstLayer: 0, weightLayer: 'start', weights: 'in-out', batch: 'rows' } as const;
    expect(sorted(built(weird, drawn))).toEqual(sorted(built({}, drawn)));
  });
});

test('a shape is wrong in the convention of the file, whatever the notation', () => {
  const text = 'layers: [2, 3]\nvalues:\n  w: {2: [[1, 2, 3], [4, 5, 6]]}\n';
  const conventions = { ...defaultConventions, weights: 'in-out', firstLayer: 0 } as const;
  expect(() => readNetworkFile(text, 'net.yaml', { conventions })).toThrow(
    'net.yaml:3:10: w[2] is 2 x 3, but layers [2, 3] want 3 x 2 (out x in); is it transposed?',
  );
});

test('a symbol of the file must not be the number of samples that the notation brings', () => {
  expect(() => built({ batch: 'columns' }, { l2: 'm' })).toThrow(
    '"m" is the number of samples already; choose another symbol',
  );
  expect(built({}, { l2: 'm' }).system.tensors.has('m')).toBe(true);
});

test('mse without its half is the sum of squares, and only mse', () => {
  expect(built({ half: false }).loss).toBe('sse');
  expect(built({ half: false }, { loss: 'bce', activation: 'sigmoid' }).loss).toBe('bce');
});

test('a network given by its equations keeps them', () => {
  const own = {
    tensors: { x: { size: ['n'], kind: 'input' }, a: { size: ['n'] } },
    equations: ['a[j] = tanh(x[j])'],
    loss: 'sum(j, a[j]^2)',
  };
  const conventions = { ...defaultConventions, batch: 'columns', firstLayer: 0 } as const;
  const n = buildNetwork(own, { conventions });
  expect(n.conventions).toBeNull();
  expect(n.system).toEqual(buildNetwork(own).system);
});

test('layers and weights are counted in one place', () => {
  const zero = { ...defaultConventions, firstLayer: 0, weightLayer: 'start' } as const;
  expect(inputLayer(zero)).toEqual(integer(0));
  expect([0, 1, 2].map((i) => layerAt(i, zero))).toEqual([0, 1, 2]);
  expect(lastLayer([2, 3, 1], zero)).toBe(2);
  expect(lastLayer([2, 3, 1], defaultConventions)).toBe(3);
  expect(weightStage(zero, index('l')).key).toBe('l-1');
  expect(layerOfWeights(zero, weightStage(zero, index('l'))).key).toBe('l');
  expect(weightStage(defaultConventions, index('l')).key).toBe('l');
});
