// Chinese as it is set in print: full-width signs outside formulas and none inside, no English left, nothing that a reader of Markdown breaks.

import { existsSync, readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import type { DocumentText } from '../../src/document/blocks.ts';
import { laidOut, places } from '../../src/document/layout.ts';
import { purposes } from '../../src/document/purposes.ts';
import { markdown } from '../../src/formats/markdown.ts';
import { markdownTargets } from '../../src/formats/targets.ts';
import { plainText, widthOf } from '../../src/formats/text.ts';
import { em, type Formula, type Phrase, say, strong } from '../../src/lang/phrase.ts';
import type { Language, StepName } from '../../src/lang/types.ts';
import { chinese } from '../../src/lang/zh.ts';
import type { Network } from '../../src/model/spec.ts';
import { activations } from '../../src/tables/activations.ts';
import { documentOf, example, exampleNames, layerNetworks, type Options } from '../document/documents.ts';
import { everyFacts, f } from './facts.ts';
import { faultsOf, marked, phrasesIn } from './prose.ts';

const templateFile = (name: string): URL =>
  new URL(`../../templates/documents/${name}.zh.eta`, import.meta.url);
const template = (name: string): string => readFileSync(templateFile(name), 'utf8');

const inChinese = (network: Network, options: Options = {}): DocumentText =>
  documentOf(network, { language: chinese, template, title: '某个网络', ...options });

const faultsOfPhrases = (phrases: readonly Phrase[]): string[] => [
  ...new Set(phrases.map(marked).flatMap(faultsOf)),
];

/** Formulas with Chinese characters or full-width signs in them. */
const chineseFormulas = (phrases: readonly Phrase[]): Formula[] =>
  phrases.flatMap((p) =>
    p.flatMap((part) =>
      part.kind === 'math' && /[\p{Script=Han}\u3000-\u303f\uff00-\uff60]/u.test(part.formula.latex)
        ? [part.formula]
        : [],
    ),
  );

describe('what is wrong with a sentence is found', () => {
  test.each([
    ['由定义, 代入', 'a half-width sign beside Chinese'],
    ['代入□', 'no space between Chinese and a formula'],
    ['代入 □ ，得', 'a space beside a full-width sign'],
    ['代入 loss', 'an English word'],
    ['代入 □，。', 'two signs in a row'],
    ['易知 □', 'a word that talks down or blames'],
  ])('%s', (sentence, what) => {
    expect(faultsOf(sentence).map((fault) => fault.split(':')[0])).toEqual([what]);
  });
  test('nothing is wrong with a sentence as it should be', () => {
    expect(faultsOf('由链式法则，以 □、□ 和 □ 为中间变量（BP2），第 2 层用 ReLU。')).toEqual([]);
  });
});

test('every rule, whatever is known of the step, is well set and leaves the colon and full stop to the format', () => {
  for (const name of Object.keys(chinese.rules)) {
    const sentences = everyFacts.map((facts) => chinese.rules[name as StepName](facts));
    expect(faultsOfPhrases(sentences), name).toEqual([]);
    expect(sentences.map(marked).join(''), name).not.toMatch(/[：。]/);
  }
});

/** The words below a value that need no fact to be said. */
function plainWords(value: unknown): Phrase[] {
  if (typeof value === 'string') return [say`${value}`];
  if (typeof value !== 'object' || value === null) return [];
  const phrases = phrasesIn([value]);
  return Array.isArray(value) && phrases[0] === value ? phrases : Object.values(value).flatMap(plainWords);
}

/** Every sentence of a language that isn't a rule's, said of formulas a, b, numbers and names. */
function otherSentences({ format, lemma, results, numbers, network, figures, course }: Language): Phrase[] {
  const [a, b] = [f('a'), f('b')];
  const pictures = [
    ...[null, [2, 3, 2], [784, 30, 10]].flatMap((widths) => [
      figures.network({ widths, abbreviated: true }),
      figures.network({ widths, abbreviated: false, lit: { layer: 2, neuron: 1 } }),
    ]),
    ...[null, 1, 3].flatMap((width) => [figures.chainFan(width), figures.outputFan(width)]),
    ...Object.values(figures.blocks).map((block) => block()),
    ...activations.flatMap(({ name }) =>
      [null, 0, 1, 2].flatMap((saturated) =>
        [0, 3].map((inputs) =>
          figures.activation({ name: network.activations[name] ?? name, inputs, saturated }),
        ),
      ),
    ),
    ...[1, 50000].map((samples) => figures.counts({ differences: 30001, backpropagation: 2, samples })),
    figures.backflow(),
    figures.passes(),
    figures.product(),
    figures.lossTree(),
  ];
  return [
    ...pictures.flatMap((p) =>
      Object.values(p).map((said: string | Phrase) => (typeof said === 'string' ? say`${said}` : said)),
    ),
    lemma.lead(a),
    lemma.putItIn(),
    lemma.because(a),
    lemma.start(null),
    lemma.start('BP1'),
    ...[[a], [a, b]].map(lemma.opened),
    results.knownHeading('BP1', results.known.bp1),
    results.caseOf(a),
    results.forAll([]),
    results.forAll([a, b]),
    results.noMatrix(say`${a}`),
    results.shapes([
      { of: a, shape: b },
      { of: b, shape: a },
    ]),
    ...[[2], [2, 3, 4]].map(results.atStages),
    results.verified(3, 4, '1e-15'),
    results.assuming(a),
    ...[
      results.statement,
      results.derivation,
      results.matrixIs,
      results.special,
      results.specialMatrix,
      results.cardTitle,
    ].map((sentence) => sentence()),
    numbers.oracle(a, '1e-15'),
    numbers.byOracle(),
    numbers.kink(a, '0'),
    numbers.notFinite(a),
    network.error(a, null),
    network.error(a, b),
    ...plainWords([results.known, network, course, format.page]),
    say`${format.page.derivation(7)}`,
    say`${format.finerSteps(7)}`,
  ];
}

test('every other sentence is well set, those of the pictures too', () => {
  expect(faultsOfPhrases(otherSentences(chinese))).toEqual([]);
});

describe.each([
  ...exampleNames.map((name) => [name, (): Network => example(name)] as const),
  ...layerNetworks().map((network, i) => [`${i}: ${network.title}`, (): Network => network] as const),
])('the derivation of %s', (_, network) => {
  const document = inChinese(network(), { shapes: true, finer: true });

  test('is well set, and no formula in it holds Chinese', () => {
    const phrases = phrasesIn(document.blocks);
    expect(phrases.length).toBeGreaterThan(20);
    expect(faultsOfPhrases(phrases)).toEqual([]);
    expect(chineseFormulas(phrases)).toEqual([]);
  });

  test('keeps its bold and its formulas in Markdown', () => {
    for (const target of markdownTargets) {
      const text = markdown.render(document, { target });
      const page = new MarkdownIt({ html: true }).render(withoutFormulas(text));
      expect(page).not.toContain('*');
      expect(page.match(/<strong>/g) ?? []).toHaveLength((text.match(/\*\*/g) ?? []).length / 2);
      expect(text).not.toMatch(/：：|。。|，。|：。/);
    }
    expect(unread(markdown.render(document, { target: 'github' }))).toEqual([]);
  });

  test('breaks its lines on a terminal where Chinese may break', () => {
    const lines = plainText.render(inChinese(network()), {}).split('\n');
    expect(lines.filter((line) => /^ *[、。，：；）]|[（、]$/.test(line))).toEqual([]);
    expect(lines.filter((line) => /^\p{Script=Han}/u.test(line) && widthOf(line) > 100)).toEqual([]);
  });
});

/** Formulas between bare dollars that GitHub doesn't read: something stands right before them, or a letter right after. */
function unread(text: string): string[] {
  const prose = text.replace(/^(> ?)*\$\$\n.*?^(> ?)*\$\$$/gms, '');
  return [...prose.matchAll(/\$`.+?`\$|\$[^$\n]+?\$/g)].flatMap(({ 0: formula, index }) => {
    const [before = '', after = ''] = [prose[index - 1], prose[index + formula.length]];
    const read = formula.startsWith('$`') || (/^\s?$/.test(before) && !/[\p{L}\p{N}]/u.test(after));
    return read ? [] : [before + formula + after];
  });
}

test('a formula behind a full-width sign, or first in what is emphasised, is one that GitHub reads', () => {
  const x = f('x');
  const document = inChinese(example('2-3-2'));
  const parts = [
    ...say`由 ${x}，${x}、${x} 得 ${x}：`,
    em(...say`${x} 为零`),
    strong(...say`${x}`),
    ...say`${x}的`,
  ];
  const text = markdown.render({ ...document, blocks: [{ kind: 'paragraph', parts }] }, { target: 'github' });
  expect(text).toBe('由 $x$，$`x`$、$`x`$ 得 $x$：*$`x`$ 为零***$`x`$**$`x`$的\n');
  expect(unread(text)).toEqual([]);
});

/** Markdown with its formulas out of the way. */
const withoutFormulas = (text: string): string =>
  text.replace(/^(> ?)*\$\$\n.*?^(> ?)*\$\$$/gms, '').replace(/\$`.+?`\$|\$[^$\n]+?\$/g, 'x');

const written = purposes.filter((p) => p !== 'derivation' && existsSync(templateFile(p)));

describe.each(written)('the document for %s', (purpose) => {
  test.each(['2-3-2', 'softmax', 'rnn', 'batch', 'general'])('of %s is well set', (name) => {
    const phrases = phrasesIn(inChinese(example(name), { purpose }).blocks);
    expect(faultsOfPhrases(phrases)).toEqual([]);
    expect(chineseFormulas(phrases)).toEqual([]);
  });
});

test('a line break in a template is no space between Chinese characters, and one beside a formula', () => {
  const held = places();
  const mark = held.put({ parts: say`${f('a')}` });
  const said = laidOut(`第一行\n第二行，\n第三行 word\nword\n第四行\n${mark}\n；第五行`, held);
  expect(said.flatMap((b) => (b.kind === 'paragraph' ? [marked(b.parts)] : []))).toEqual([
    '第一行第二行，第三行 word word 第四行 □；第五行',
  ]);
});
