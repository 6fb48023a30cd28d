// Slips planted in the text of right answers, token by token: all are rejected, and almost all are named.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import type { FormulaQuestion } from '../../src/homework/question.ts';
import { buildNetwork, readNetworkFile } from '../../src/model/network.ts';
import type { BuildOptions, Network } from '../../src/model/spec.ts';
import { targetQuestion } from '../../src/question.ts';
import { questionNetwork } from '../../src/question-network.ts';
import { defaultTargets } from '../../src/results/targets.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';
import { plain, plainTensor } from '../../src/text/plain.ts';

type Planting = readonly [where: RegExp, by: (found: RegExpMatchArray) => readonly string[]];

/** What is put in place of a piece of text. */
const PLANTINGS: readonly Planting[] = [
  [/(\w+(?:\[[^\]]*\])?)'(?!\()/g, ([, tensor = '']) => [tensor]],
  [/(sigma|phi)'(?=[[(])/g, ([, f = '']) => [f]],
  [/ ?\.?\* ?sigma'(\[[^\]]*\])?\([^)]*\]\)|sigma'(\[[^\]]*\])?\([^)]*\]\) ?\.?\* ?/g, () => ['']],
  [/(l|t)[+-]1/g, ([, letter = '']) => [letter]],
  [/\[l\]/g, () => ['[l+1]', '[l-1]', '[L]']],
  [/\[([a-z]),([a-z])\]/g, ([, j = '', k = '']) => [`[${k},${j}]`]],
  [/\bz\[l\]/g, () => ['a[l]']],
  [/\ba\[l-1\]/g, () => ['z[l-1]', 'delta[l-1]']],
  [/ - /g, () => [' + ']],
  [/ \+ /g, () => [' - ']],
  [/\[j\]/g, () => ['[k]']],
  [/\[k\]/g, () => ['[j]']],
  [/^.*$/g, ([whole = '']) => [`-(${whole})`, `2*(${whole})`, `1/2*(${whole})`]],
];

/** All texts with one slip planted. */
function planted(text: string): Set<string> {
  const found = new Set<string>();
  for (const [where, by] of PLANTINGS)
    for (const m of text.matchAll(where))
      for (const piece of by(m))
        found.add(text.slice(0, m.index) + piece + text.slice(m.index + m[0].length));
  found.delete(text);
  return found;
}

const template = (name: string) => (options: BuildOptions) =>
  readNetworkFile(
    readFileSync(new URL(`../../templates/networks/${name}.yaml`, import.meta.url), 'utf8'),
    name,
    options,
  );

const NETWORKS: readonly (readonly [string, (options: BuildOptions) => Network])[] = [
  ['the general network', (options) => buildNetwork({}, options)],
  ...['2-3-2', 'batch', 'softmax', 'residual', 'rnn', 'tied', 'convolution'].map(
    (name) => [name, template(name)] as const,
  ),
];

/** The right answers as texts: components, and matrices. */
const textsOf = (q: FormulaQuestion): string[] => [
  ...q.answers.map((a) => plain(a, q.system)),
  ...(q.matrix === null ? [] : [plainTensor(q.matrix, q.system)]),
];

const NAMED = new Set(['fixed-index', 'some-cases', 'only-for', 'still-holds', 'left-again']);

describe.each(NETWORKS)('%s', (_, build) => {
  const of = questionNetwork(build, defaultConventions);
  const questions = defaultTargets(of.network).map((t) => [t, targetQuestion(of, t)] as const);

  test.each(questions)('%s: right answers are accepted, planted slips are not, and are named', (_, q) => {
    const texts = textsOf(q);
    for (const text of texts) expect([text, check(q, text).verdict]).toEqual([text, 'correct']);
    const unnamed: string[] = [];
    const wrong = new Set(texts.flatMap((text) => [...planted(text)]));
    for (const text of texts) wrong.delete(text);
    let readable = 0;
    for (const text of wrong) {
      const found = check(q, text);
      // A right side alone may call its index k; a ReLU that is on says the same of z and of a.
      if (found.verdict === 'correct' && (isRenamed(text, texts) || text.includes('a[l]'))) continue;
      expect([text, found.verdict]).not.toEqual([text, 'correct']);
      if (found.verdict === 'unreadable' || found.verdict === 'undecided') continue;
      readable++;
      const named = found.slips.length > 0 || found.reasons.some((r) => NAMED.has(r.code));
      if (!named) unnamed.push(text);
    }
    expect(unnamed.length, unnamed.join('\n')).toBeLessThanOrEqual(Math.ceil(readable / 20));
  });
});

/** Whether a text is a right answer with another letter for its only index. */
const isRenamed = (text: string, texts: readonly string[]): boolean =>
  texts.some(
    (t) =>
      (!t.includes('k') && t.replaceAll('[j]', '[k]') === text) ||
      (!t.includes('j') && t.replaceAll('[k]', '[j]') === text),
  );
