// The derived formulas as a way to compute: on 200 random networks they give what dual numbers give.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gradientSystem } from '../../src/engine/gradients.ts';
import { integer } from '../../src/expr/affine.ts';
import { symbol } from '../../src/expr/make.ts';
import { type Agreement, dualAgreement } from '../../src/model/gradient-check.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { worldOf } from '../../src/model/world.ts';
import { evaluateTensor } from '../../src/numeric/evaluate.ts';
import type { World } from '../../src/numeric/world.ts';
import { activationRow, activations } from '../../src/tables/activations.ts';
import { losses } from '../../src/tables/losses.ts';
import { derivedInOrder } from './networks.ts';

const scalar = activations.filter((row) => row.kind === 'scalar').map((row) => row.name);

/** Losses that are defined for every value of the last activation. */
function lossesAfter(output: string): readonly string[] {
  const range = activationRow(output)?.range;
  return losses
    .filter(({ domain }) => range !== undefined && range.from >= domain.from && range.to <= domain.to)
    .filter(
      ({ domain }) =>
        range !== undefined &&
        (range.from > domain.from || !range.closedFrom || domain.closedFrom || domain.from === -Infinity),
    )
    .map((row) => row.name);
}

const anyNetwork = fc
  .record({
    layers: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 6 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    mixed: fc.boolean(),
    batch: fc.constantFrom(null, { size: 3, samples: 'columns' }, { size: 2, samples: 'rows' }),
    l2: fc.constantFrom(null, 0.1),
  })
  .chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      hidden: fc.array(fc.constantFrom(...scalar), {
        minLength: shape.layers.length - 1,
        maxLength: shape.layers.length - 1,
      }),
      // A softmax of one neuron is the constant 1: its error is 0, and only rounding would be compared.
      output: fc.constantFrom(...scalar, ...(shape.layers.at(-1) === 1 ? [] : ['softmax'])),
    }),
  )
  .chain(({ shape, hidden, output }) =>
    fc.constantFrom(...lossesAfter(output)).map((loss) => ({
      layers: shape.layers,
      ...(shape.mixed
        ? { activation: output === 'softmax' ? hidden[0] : [...hidden.slice(0, -1), output] }
        : { activation: hidden[0] }),
      ...(shape.mixed && output !== 'softmax' ? {} : { output }),
      loss,
      ...(shape.batch === null ? {} : { batch: shape.batch }),
      ...(shape.l2 === null ? {} : { l2: shape.l2 }),
      values: { seed: shape.seed },
    })),
  );

/** Every error and gradient by the derived formulas alone, against dual numbers. Lines are verified in tests of their own. */
function derivedAgainstDual(network: Network): Agreement {
  const world = worldOf(network);
  const derived: World = {
    ...world,
    system: gradientSystem(
      network.system,
      derivedInOrder(network, (rules) => rules),
    ),
  };
  const layers = network.concrete?.widths?.slice(1) ?? [];
  const values = layers.flatMap((_, at) =>
    ['delta', 'd b', 'd w'].map((name) => {
      const stage = [at + 2];
      const values = evaluateTensor(symbol(name, stage.map(integer)), derived);
      return { ...values, tensor: name.replace('d ', ''), stage };
    }),
  );
  return dualAgreement(network, world, values);
}

test('a gradient that cancels to 0 is not told from rounding', () => {
  const content = {
    layers: [3, 6],
    activation: 'elu',
    output: 'softmax',
    loss: 'mae',
    batch: { size: 2, samples: 'rows' },
  };
  const agreement = derivedAgainstDual(buildNetwork({ ...content, values: { seed: 972686 } }));
  expect(agreement.error).toBeLessThan(1e-12);
});

test('gradients by the derived formulas agree with dual numbers to 1e-12 of the largest entry', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(anyNetwork, (content) => {
      met.add(content.loss);
      const agreement = derivedAgainstDual(buildNetwork(content));
      expect(agreement.entries).toBeGreaterThanOrEqual(3 * (content.layers.length - 1));
      expect(agreement.error).toBeLessThan(1e-12);
    }),
    { numRuns: 200 },
  );
  expect([...met].sort()).toEqual(losses.map((row) => row.name).sort());
});
