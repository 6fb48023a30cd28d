// What every language must have: a sentence for each rule, none that talks down, none that ends where the format ends it.

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DocumentText, Line } from '../../src/document/blocks.ts';
import type { WhyNoMatrix } from '../../src/engine/types.ts';
import { index } from '../../src/expr/affine.ts';
import { languageCodes } from '../../src/lang/codes.ts';
import { english } from '../../src/lang/en.ts';
import { languageNamed, languages } from '../../src/lang/languages.ts';
import { listed, say, wordsOf } from '../../src/lang/phrase.ts';
import type { StepName } from '../../src/lang/types.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { networkJson } from '../../src/network-json.ts';
import { catalogue } from '../../src/rules/catalogue.ts';
import { activations } from '../../src/tables/activations.ts';
import { lossNames } from '../../src/tables/losses.ts';
import { documentOf, example, exampleNames, layerNetworks } from '../document/documents.ts';
import { everyFacts, f } from './facts.ts';

const names = [...catalogue.map((r) => r.id), 'differentiate', 'tidy', 'arrange'] as const;

const reasons: readonly WhyNoMatrix[] = [
  { kind: 'scalar' },
  { kind: 'fixed-index' },
  { kind: 'order', order: 3 },
  { kind: 'factors-apart' },
  { kind: 'slot', slot: index('k') },
  { kind: 'sum', index: index('k') },
];

describe.each(languages.map((l) => [l.code, l] as const))('%s', (_, language) => {
  const told = (name: string): string[] => [
    ...new Set(everyFacts.map((facts) => wordsOf(language.rules[name as StepName](facts)))),
  ];

  test.each(names)('%s has a sentence, whatever is known of the step', (name) => {
    for (const sentence of told(name)) expect(sentence).not.toMatch(/^\s*$|undefined|null|[.:。：]$|\s$|^\s/);
  });

  test('no rule has a sentence that is not in the catalogue', () => {
    expect(Object.keys(language.rules).sort()).toEqual([...names].sort());
  });

  test('no sentence talks down to its reader', () => {
    const sentences = names.flatMap(told).join('\n');
    expect(sentences).not.toMatch(/simply|obvious|trivial|clearly|just |easily|易知|显然/i);
  });

  test('every reason for having no matrix form is another sentence, and names its index', () => {
    const sentences = reasons.map((why) => wordsOf(language.results.why(why, (i) => `<${i.key}>`)));
    expect(new Set(sentences).size).toBe(reasons.length);
    for (const s of sentences) expect(s).not.toMatch(/^\s*$|undefined|[.。]$/);
    expect(sentences.slice(-2).every((s) => s.includes('<k>'))).toBe(true);
  });

  test('what was taken where a file says nothing is a whole sentence', () => {
    const { note } = language.network;
    const told = [
      note({ kind: 'activation-taken', activation: 'tanh' }),
      note({ kind: 'loss-taken', loss: 'mse' }),
    ].map((s) => wordsOf(s));
    for (const [i, name] of ['tanh', 'mse'].entries()) {
      expect(told[i]).toContain(name);
      expect(told[i]).toMatch(/[.。]$/);
    }
  });

  test('every loss has a name in words; no activation has one that is not in the table', () => {
    expect(Object.keys(language.network.loss).sort()).toEqual([...lossNames].sort());
    const known = activations.map((row) => row.name);
    expect(Object.keys(language.network.activations).filter((name) => !known.includes(name))).toEqual([]);
  });
});

test('the JSON contracts say in English what they always said', () => {
  expect(networkJson(buildNetwork({ layers: [2, 3, 2] })).notes).toEqual([
    'No activation is given: sigmoid is taken.',
    'No loss is given: mse is taken.',
  ]);
  expect(reasons.map((why) => wordsOf(english.results.why(why, (i) => i.key)))).toEqual([
    'a scalar has one form only',
    'an index of the left side is fixed',
    'a tensor of order 3 has no matrix form',
    'the factors do not join to one matrix',
    'the slot k is not a single index',
    'the sum over k joins more than two matrices, or runs over part of its range',
  ]);
});

test('a language is found by each code that a command line may name', () => {
  expect(languages.map((l) => l.code)).toEqual([...languageCodes]);
  expect(languageCodes.map((code) => languageNamed(code)?.htmlLang)).toEqual(['en', 'zh-CN']);
});

test('every template is there in every language', () => {
  const files = readdirSync(new URL('../../templates/documents', import.meta.url), { recursive: true });
  const all = files.flatMap((file) => /^(.+)\.\w+\.eta$/.exec(String(file))?.[1] ?? []);
  const wanted = [...new Set(all)].flatMap((name) => languageCodes.map((code) => `${name}.${code}.eta`));
  expect(
    files
      .map(String)
      .filter((file) => file.endsWith('.eta'))
      .sort(),
  ).toEqual(wanted.sort());
});

test('lists read as lists', () => {
  const and = (...items: string[]): string => wordsOf(listed(items.map(f), ', ', ' and '));
  expect([and('a'), and('a', 'b'), and('a', 'b', 'c')]).toEqual(['a', 'a and b', 'a, b and c']);
  expect(wordsOf(say`from ${f('a')} to ${3}${''}`)).toBe('from a to 3');
});

const every = (lines: readonly Line[]): Line[] =>
  lines.flatMap((l) => [l, ...every(l.finer), ...l.lemmas.flatMap((m) => every(m.derivation.lines))]);
const reasonless = (d: DocumentText): string[] =>
  d.blocks.flatMap((b) =>
    b.kind === 'derivation'
      ? every(b.lines).flatMap((l) => (l.why.length === 0 ? [`${b.id} ${l.rule}`] : []))
      : [],
  );

test('no line of any document goes without its reason, at any grain', () => {
  for (const name of exampleNames)
    for (const grain of ['brief', 'textbook', 'full'] as const)
      expect(reasonless(documentOf(example(name), { grain, finer: true })), `${name} ${grain}`).toEqual([]);
  for (const network of layerNetworks()) expect(reasonless(documentOf(network, { finer: true }))).toEqual([]);
});
