// Every network that comes with the package is what the schema says a network file is, and builds.

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadFormulaParser } from '../../src/mathjs-formula.ts';
import { buildNetwork, networkFromName, readNetworkFile } from '../../src/model/network.ts';
import { findTemplate, initTemplate, templateNames } from '../../src/templates.ts';

const parseFormula = await loadFormulaParser();
const schema = JSON.parse(readFileSync(new URL('../../schema/network.json', import.meta.url), 'utf8'));
const isNetworkFile = new Ajv({ allErrors: true, strict: false }).compile(schema);

const files = [
  ...templateNames().map((name) => [`${name}.yaml`, findTemplate(name)?.text ?? ''] as const),
  ['init.yaml', initTemplate('layers')] as const,
  ['init-equations.yaml', initTemplate('equations')] as const,
];

describe.each(files)('%s', (name, text) => {
  test('is what the schema asks for', () => {
    expect(isNetworkFile(parse(text)) || isNetworkFile.errors).toBe(true);
  });

  test('builds, with numbers for every input and parameter', () => {
    const network = readNetworkFile(text, name, { parseFormula });
    expect(network.title).not.toBe('');
    expect(network.concrete?.values.size).toBeGreaterThan(0);
    for (const [key, { shape, entries }] of network.concrete?.values ?? []) {
      expect([key, entries.length]).toEqual([key, shape.reduce((n, s) => n * s, 1)]);
      expect([...entries].every(Number.isFinite)).toBe(true);
    }
  });
});

test('the folder holds the networks that are listed, and nothing else', () => {
  const folder = readdirSync(new URL('../../templates/networks', import.meta.url));
  expect(folder.sort()).toEqual(templateNames().map((name) => `${name}.yaml`));
  expect(templateNames()).toEqual(
    expect.arrayContaining([
      '2-3-2',
      '784-30-10',
      'batch',
      'convolution',
      'mixed',
      'residual',
      'rnn',
      'softmax',
      'tied',
    ]),
  );
});

test('2-3-2 has the numbers of the documentation', () => {
  const { concrete } = readNetworkFile(findTemplate('2-3-2')?.text ?? '', '2-3-2.yaml');
  expect([...(concrete?.values.get('w[2]')?.entries ?? [])]).toEqual([0.4, -0.6, 0.3, 0.8, -0.5, 0.2]);
  expect([...(concrete?.values.get('y')?.entries ?? [])]).toEqual([1, 0]);
  expect([...(concrete?.drawn ?? [])]).toEqual([]);
});

test('a name of widths is a network of them, general has none, and any other name is no network', () => {
  expect(networkFromName('3-4-2')?.concrete?.widths).toEqual([3, 4, 2]);
  expect(networkFromName('general')?.concrete).toBeNull();
  expect(networkFromName('no-such')).toBeNull();
});

test('the same seed draws the same numbers, another seed others', () => {
  const drawn = (seed: number): number[] => [
    ...(buildNetwork({ layers: [2, 2], values: { seed } }).concrete?.values.get('w[2]')?.entries ?? []),
  ];
  expect(drawn(7)).toEqual(drawn(7));
  expect(drawn(7)).not.toEqual(drawn(8));
});

test('a name leads to no file outside the folder of templates', () => {
  for (const name of ['../init', '..', '.', '/etc/passwd', '2-3-2/../2-3-2', '__proto__', ''])
    expect(findTemplate(name)).toBeNull();
});
