// `chainrule cost`: what it says is what runs count, its JSON is what the schema says.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { costTable } from '../../src/cli-cost.ts';
import { costReport } from '../../src/cost.ts';
import { costJson } from '../../src/cost-json.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { worldOf } from '../../src/model/world.ts';
import { costOf } from '../../src/numeric/cost.ts';
import { differences } from '../../src/numeric/differences.ts';
import { example, exampleNames } from '../document/documents.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/cost.json', import.meta.url), 'utf8'));
const isCost = new Ajv({ strict: false }).compile(schema);
const small = exampleNames.filter((n) => n !== 'general' && n !== '784-30-10');

describe.each(small)('%s', (name) => {
  const network = example(name);
  const report = costReport(network);

  test('every pass of the forward differences is run, and counted as a run of them counts', () => {
    const { count } = differences(worldOf(network), 'forward');
    expect(report.ways.find((w) => w.way === 'forward-difference' && w.by === 'all')).toMatchObject({
      forwardPasses: count.passes,
      passesRun: count.passes,
      products: count.multiplyAdds,
    });
  });

  test('backpropagation is one pass each way, counted', () => {
    const { forward, reverse } = costOf(worldOf(network));
    expect(report.ways.at(-1)).toMatchObject({
      way: 'backpropagation',
      forwardPasses: 1,
      backwardPasses: 1,
      products: forward + reverse,
    });
  });

  test('its JSON is what schema/cost.json says', () => {
    expect(isCost(JSON.parse(JSON.stringify(costJson(report)))) || isCost.errors).toBe(true);
  });
});

test('the table of the example', () => {
  expect(costTable(costReport(example('2-3-2')))).toBe(`A 2-3-2 network
17 parameters, 12 of them weights; one sample a pass

gradient by                             forward passes  backward passes  products added up
forward difference, weights only                    13                0                182
forward difference, weights and biases              18                0                252
central difference, weights and biases              34                0                476
backpropagation, weights and biases                  1                1                 34

all 18 forward passes of the forward difference were run and counted
forward differences add up 7.4 times as many products as backpropagation
for 1,000 samples: 18,000 passes by forward differences, 2,000 by backpropagation
`);
});

test('of a large network some passes are run, and it says so', () => {
  const report = costReport(buildNetwork({ layers: [784, 200, 10] }));
  const all = report.ways.find((w) => w.way === 'forward-difference' && w.by === 'all');
  expect(all).toMatchObject({ forwardPasses: 159_011, passesRun: 21 });
  expect(costTable(report)).toContain(
    '21 of 159,011 forward passes of the forward difference were run and counted; the rest follows by multiplication',
  );
});

test('what follows by multiplication is what running everything counts', () => {
  const network = buildNetwork({ layers: [40, 60, 60, 10] });
  const [some, every] = [costReport(network), costReport(network, true)];
  expect(some.ways.map((w) => w.products)).toEqual(every.ways.map((w) => w.products));
});

test('a network without numbers is a sentence', () => {
  expect(() => costReport(example('general'))).toThrow(
    'the general network has no numbers; give the widths of its layers, as in chainrule cost 2-3-2',
  );
});
