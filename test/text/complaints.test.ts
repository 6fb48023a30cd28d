// Everything the reader complains about happens, and is said in every language.

import { describe, expect, test } from 'vitest';
import { chineseReading } from '../../src/lang/zh-reading.ts';
import { englishReading } from '../../src/text/english-reading.ts';
import { complaintText, type ReadingWords } from '../../src/text/reading-words.ts';
import { faultsOf } from '../lang/prose.ts';
import { CAPPED, complained, EXAMPLES, type Example, NAMED, NOUNS } from './complaint-examples.ts';

/** The sentence, and what was expected, in a language. */
function said(example: Example, words: ReadingWords): string {
  const found = complained(example);
  if (found === null) return '';
  const expected = found.expected === null ? '' : ` | ${words.expected(found.expected)}`;
  return `${complaintText(words, found.complaint)}${expected}`;
}

test.each(Object.entries(EXAMPLES))('%s has an example', (code, example) => {
  expect(complained(example)?.complaint.code).toBe(code);
});

test.each(Object.entries(NOUNS))('%s is expected somewhere', (noun, example) => {
  const found = complained(example);
  const what = found?.complaint.code === 'expected' ? found.complaint.what : null;
  expect([what, found?.expected]).toContain(noun);
});

test.each(Object.entries(CAPPED))('%s has a largest number', (of, example) => {
  expect(complained(example)?.complaint).toMatchObject({ code: 'too-many', of });
});

test.each(Object.entries(NAMED))('%s is looked for by name', (as, example) => {
  expect(complained(example)?.complaint).toMatchObject({ code: 'unknown', as });
});

const all = [EXAMPLES, NOUNS, CAPPED, NAMED].flatMap((table): Example[] => Object.values(table));

/** Names of the syntax, which are the same in every language. */
const SYNTAX =
  /\b(?:sum|prod|partial|ind|sqrt|kron|ones|diag|norm|exp|tanh|sigma|delta|over|np|where|str|grads|NumPy|max|log)\b/g;

/** A Chinese sentence with marks for what it quotes and for code. */
const proseOf = (sentence: string): string =>
  sentence
    .replace(/“[^”]*”/g, '引')
    .replace(SYNTAX, 'x')
    .replace(
      /[A-Za-z0-9\\$^_{}[\]()*+\-=<>/'.,]+(?: [=<>x*+.-]+ [A-Za-z0-9\\$^_{}[\]()*+\-=<>/'.,]+)*/g,
      (code) => (/[A-Za-z]{3}/.test(code) ? code : '□'),
    );

test.each(all.map((example) => [example[1].slice(0, 60), example] as const))(
  'in Chinese: %s',
  (_, example) => {
    const found = complained(example);
    if (found === null) throw new Error('this reads');
    expect(faultsOf(proseOf(complaintText(chineseReading, found.complaint)))).toEqual([]);
    if (typeof found.expected === 'string')
      expect(faultsOf(proseOf(chineseReading.expected(found.expected)))).toEqual([]);
  },
);

test.each(all.map((example) => [example[1].slice(0, 60), example] as const))(
  'in English: %s',
  (_, example) => {
    const sentence = said(example, englishReading);
    expect(sentence).toMatch(/^\S.*\S$/);
    expect(sentence).not.toMatch(/undefined|null|\[object|\p{Script=Han}| {2}/u);
  },
);

describe('whole sentences', () => {
  test.each<[Example, string, string]>([
    [
      EXAMPLES.expected,
      'expected an operand after "+", found the end | an operand',
      '“+”后面应为一个数或量，式子却到此结束 | 一个数或量',
    ],
    [
      EXAMPLES['never-closed'],
      'the "(" here is never closed; expected ")" | ")"',
      '这里的“(”没有闭合，缺少“)” | “)”',
    ],
    [
      NAMED.command,
      'unknown command "\\detla"; did you mean "\\delta"? | \\delta',
      '不认识命令“\\detla”；是不是想写“\\delta”？ | \\delta',
    ],
    [
      NAMED.index,
      'unknown index "m": no sum binds it here | an index',
      '不认识下标“m”：这里没有对它求和 | 一个下标',
    ],
    [
      EXAMPLES.product,
      'the product of n[l+1] x n[l] and n[l+1] is not defined; the transpose of the first would fit',
      '形状为 n[l+1] x n[l] 和 n[l+1] 的两个量不能相乘；把前一个转置就可以了',
    ],
    [
      EXAMPLES['side-shapes'],
      'the left side is n[l], the right side n[l-1]',
      '左边的形状是 n[l]，右边是 n[l-1]',
    ],
    [
      EXAMPLES['number-wanted'],
      'a single number is wanted here, but this is n[l]',
      '这里应为一个数，却是 n[l]',
    ],
    [EXAMPLES.accent, 'a hat stands over one letter | a letter', '尖帽记号只能加在一个字母上 | 一个字母'],
    [CAPPED['answer-lines'], 'an answer has at most 60 lines', '一个答案最多 60 行'],
  ])('%j', (example, english, chinese) => {
    expect(said(example, englishReading)).toBe(english);
    expect(said(example, chineseReading)).toBe(chinese);
  });
});
