// What every language must have: a sentence for each rule, none that talks down, none that ends where the format ends it.

import { describe, expect, test } from 'vitest';
import type { DocumentText, Line } from '../../src/document/blocks.ts';
import { languages } from '../../src/lang/languages.ts';
import { type Formula, listed, say, wordsOf } from '../../src/lang/phrase.ts';
import type { StepFacts, StepName } from '../../src/lang/types.ts';
import { catalogue } from '../../src/rules/catalogue.ts';
import { documentOf, example, exampleNames, layerNetworks } from '../document/documents.ts';

const f = (text: string): Formula => ({ latex: text, unicode: text, plain: text });
const none: StepFacts = {
  through: [],
  tensors: [],
  directly: false,
  variable: null,
  loss: f('C'),
  surviving: [],
  vanishing: null,
  names: [],
  equation: null,
  indices: [],
};
const full: StepFacts = {
  through: [f('a_k')],
  tensors: [f('a')],
  directly: true,
  variable: f('z'),
  loss: f('C'),
  surviving: [f('k = j')],
  vanishing: f('d'),
  names: [f('u'), f('v')],
  equation: f('E'),
  indices: [f('k')],
};

describe.each(languages.map((l) => [l.code, l] as const))('%s', (_, language) => {
  const names = [...catalogue.map((r) => r.id), 'differentiate', 'tidy', 'arrange'] as const;

  test('every rule has a sentence, whatever is known of the step', () => {
    expect(Object.keys(language.rules).sort()).toEqual([...names].sort());
    for (const name of names) {
      for (const facts of [none, full]) {
        const sentence = wordsOf(language.rules[name as StepName](facts));
        expect(sentence, name).not.toMatch(/^\s*$|undefined|null|[.:。]$|\s$|^\s/);
      }
    }
  });

  test('no sentence talks down to its reader', () => {
    const sentences = names.map((name) => wordsOf(language.rules[name as StepName](full)));
    expect(sentences.join('\n')).not.toMatch(/simply|obvious|trivial|clearly|just |easily|易知|显然/i);
  });
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
