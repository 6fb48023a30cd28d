// Feedback is in one language: whatever is typed, no sentence of English stands in Chinese feedback, and none of Chinese in English.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckJson, checkJson } from '../../src/check-json.ts';
import { check } from '../../src/homework/check.ts';
import type { WhyUndecided } from '../../src/homework/compare-verdict.ts';
import type { Question } from '../../src/homework/question.ts';
import { languageNamed } from '../../src/lang/languages.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { networkOfContent } from '../../src/question-network.ts';
import { numberQuestion } from '../../src/question-others.ts';
import { notations } from '../../src/tables/notations.ts';
import { faultsOf, marked } from '../lang/prose.ts';
import { CAPPED, EXAMPLES, NAMED, NOUNS } from '../text/complaint-examples.ts';
import { questionFor } from './questions.ts';

const file = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const jsonOf = (q: Question, text: string, lang: 'en' | 'zh'): CheckJson =>
  checkJson(check(q, text), q, { language: languageNamed(lang)!, notation: notations[0]!, hints: 3 });

/** All that a person reads of a checked answer, without the text that would read, which is the person's own. */
function sentences(q: Question, text: string, lang: 'en' | 'zh'): string[] {
  const { feedback, slips, reasons, unreadable } = jsonOf(q, text, lang);
  const nearest = unreadable?.nearest ?? '';
  return [
    nearest === '' ? feedback : feedback.replace(nearest, ''),
    ...[...slips, ...reasons].map((s) => s.message),
    unreadable?.message ?? '',
    unreadable?.expected ?? '',
  ];
}

/** Two words in a row outside of quotes and brackets, which no formula and no code has. */
const ENGLISH = /(?<![\\A-Za-z])[A-Za-z]{2,}[,:;]? [A-Za-z]{3,}/;
const HAN = /\p{Script=Han}|[，。：；“”（）]/u;
const unquoted = (s: string): string => s.replace(/“[^”]*”|"[^"]*"|\([^()]*\)/g, '');

function expectOneLanguage(q: Question, text: string): void {
  for (const s of sentences(q, text, 'zh')) expect(unquoted(s)).not.toMatch(ENGLISH);
  for (const s of sentences(q, text, 'en')) expect(unquoted(s).replace(text, '')).not.toMatch(HAN);
}

const bp2 = questionFor('{}', 'bp2');

test('English would be seen', () => {
  for (const text of ['delta[l] = 3!', 'delta[l] = delta[l]', '\\delta^l = a_'])
    expect(unquoted(sentences(bp2, text, 'en')[0] ?? '')).toMatch(ENGLISH);
});

describe('an answer that the reader complains about', () => {
  const texts = [EXAMPLES, NOUNS, CAPPED, NAMED].flatMap((table) =>
    Object.values(table).map(([, text]) => text),
  );
  test.each([...new Set(texts)].map((t) => [t.slice(0, 60), t]))('%s', (_, text) => {
    expectOneLanguage(bp2, text);
    expectOneLanguage(bp2, `delta[l] = ${text}`);
  });
});

test('the answers of the tables', () => {
  const unreadable = file('../text/read-unreadable.txt')
    .split('\n')
    .filter((line) => !/^[ @#]|^$/.test(line));
  for (const text of unreadable) expectOneLanguage(bp2, text.replaceAll('↵', '\n'));
  // One answer for each verdict and code is enough: more of them say the same sentences.
  const rows = [...file('answers.txt').matchAll(/^([a-z-]+(?: [a-z-]+)?) \| (.*)$/gm)];
  const one = new Map(rows.map(([, said = '', text = '']) => [said, text]));
  for (const text of one.values()) expectOneLanguage(bp2, text.replaceAll(' // ', '\n'));
});

test('answers with something put in, taken out or doubled', () => {
  const right = [
    "delta[l] = (w[l+1]' * delta[l+1]) .* sigma'(z[l])",
    "\\delta^l_j = \\sum_k w^{l+1}_{kj} \\delta^{l+1}_k \\sigma'(z^l_j)",
    'dZ = np.dot(W.T, dA) * (Z > 0)',
    'δˡ = ((wˡ⁺¹)ᵀ δˡ⁺¹) ⊙ σ′(zˡ)',
  ];
  const piece = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '[',
    '_',
    '^',
    "'",
    '\\',
    '&',
    '=',
    '\\frac',
    '\\hat',
    'foo',
    '…',
    '±',
    '!',
  );
  fc.assert(
    fc.property(fc.constantFrom(...right), fc.nat(60), fc.nat(3), piece, (text, at, cut, put) => {
      expectOneLanguage(bp2, text.slice(0, at) + put + text.slice(at + cut));
    }),
    { numRuns: 150, seed: 1 },
  );
});

test('answers that should be numbers', () => {
  const q = numberQuestion(networkOfContent({ layers: [2, 3, 1] }), 'a[3]', 0.01);
  for (const text of ['half', '[]', '', '1 2', 'x'.repeat(5000)]) expectOneLanguage(q, text);
});

describe('why nothing was decided', () => {
  const whys: readonly WhyUndecided[] = [
    'points',
    'exact-points',
    'unconfirmed',
    'exception',
    'operations',
    'digits',
    { message: 'an error of the engine' },
  ];
  test.each(whys)('%j', (why) => {
    const { homework } = languageNamed('zh')!;
    expect(faultsOf(marked(homework.reason({ code: 'why-undecided', why }, {})))).toEqual([]);
  });
  test('in English with the message of what stopped it', () => {
    const { homework } = languageNamed('en')!;
    const reason = homework.reason({ code: 'why-undecided', why: { message: 'no such tensor' } }, {});
    expect(wordsOf(reason)).toBe('Someone has to look at it: no such tensor.');
  });
});

describe('whole feedback', () => {
  test.each<[string, string, string]>([
    [
      '\\delta^l = (w^{l+1} \\delta^{l+1}',
      '无法读出这个式子。第 1 行第 12 列：这里的“(”没有闭合，缺少“)”。这样就能读出：\\delta^l = (w^{l+1} \\delta^{l+1})',
      'This can\'t be read. Line 1, column 12: the "(" here is never closed; expected ")". This would be read: \\delta^l = (w^{l+1} \\delta^{l+1})',
    ],
    [
      '\\detla^l = 1',
      '无法读出这个式子。第 1 行第 1 列：不认识命令“\\detla”；是不是想写“\\delta”？这样就能读出：\\delta^l = 1',
      'This can\'t be read. Line 1, column 1: unknown command "\\detla"; did you mean "\\delta"? This would be read: \\delta^l = 1',
    ],
    [
      'delta[l] = 3!',
      '无法读出这个式子。第 1 行第 13 列：不支持阶乘（应为运算符或式子的末尾）。',
      "This can't be read. Line 1, column 13: factorials are not read (expected an operator or the end).",
    ],
  ])('%s', (text, chinese, english) => {
    expect(jsonOf(bp2, text, 'zh').feedback).toBe(chinese);
    expect(jsonOf(bp2, text, 'en').feedback).toBe(english);
  });
});
