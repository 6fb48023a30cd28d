// The JSON of `check` is what schema/check.json says; its LaTeX is typeset, and what was read reads back.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { batch } from '../../src/check-batch.ts';
import { type CheckJson, checkJson } from '../../src/check-json.ts';
import type { FeedbackOptions } from '../../src/document/feedback.ts';
import { check } from '../../src/homework/check.ts';
import { languageNamed } from '../../src/lang/languages.ts';
import type { Language } from '../../src/lang/types.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { notationNamed } from '../../src/model/notation-named.ts';
import { questionFor } from './questions.ts';

const isCheck = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(new URL('../../schema/check.json', import.meta.url), 'utf8')),
);

const language = (code: string): Language => {
  const found = languageNamed(code);
  if (found === null) throw new Error(`no language ${code}`);
  return found;
};
const options = (lang: string, hints: 0 | 1 | 2 | 3): FeedbackOptions => ({
  language: language(lang),
  notation: notationNamed('nielsen'),
  hints,
});

const ANSWERS: readonly (readonly [string, string])[] = [
  ['bp1', "delta[L] = (dC/da[L]) .* sigma'(z[L])"],
  ['bp1', 'delta[L] = (a[L] - y) .* a[L] .* (1 - a[L])'],
  ['bp2', "delta[l] = (w[l+1] * delta[l+1]) .* sigma'(z[l])"],
  ['bp2', "delta[l] = w[l+1]' * delta[l+1]"],
  ['bp2', 'delta[l] = dC/dz[l]'],
  ['bp2', 'delta[l] = ((w'],
  ['bp2', "delta[2] = (w[3]' * delta[3]) .* sigma'(z[2])"],
  ['bp2', "delta[l][j] = w[l+1][k,j]*delta[l+1][k]*sigma'(z[l][j])"],
  ['bp2', 'delta[l][j] = dC/dz[l][j]\n= sum(k, (dC/dz[l+1][k])*(dz[l+1][k]/dz[l][j]))'],
  ['bp3', 'dC/db[l] = delta[l] + 0*z[l]'],
  ['bp4', "dC/dw[l] = a[l-1] * delta[l]'"],
];

describe.each(['en', 'zh'])('%s', (lang) => {
  test.each(ANSWERS)('%s: %s', (target, text) => {
    const q = questionFor('{}', target);
    for (const hints of [0, 1, 2, 3] as const) {
      const json: CheckJson = checkJson(check(q, text), q, options(lang, hints));
      expect(isCheck(json), JSON.stringify(isCheck.errors)).toBe(true);
      for (const latex of [json.reading?.latex, json.right?.latex])
        if (latex !== undefined)
          for (const row of latex.split('\\\\'))
            katex.renderToString(row, { throwOnError: true, strict: 'error' });
      const plainText = json.reading?.plain;
      if (plainText === undefined || plainText.includes('\n')) continue;
      expect(check(q, plainText).verdict).toBe(json.verdict);
    }
  });
});

test('hints say more and more', () => {
  const q = questionFor('{}', 'bp2');
  const found = check(q, "delta[l] = w[l+1]' * delta[l+1]");
  const said = ([0, 1, 2, 3] as const).map((hints) => checkJson(found, q, options('en', hints)));
  const numbers = 'On a 2-3-1 network with these numbers your formula gives 0.1988, δ₂² is 0.1459.';
  expect(said.map((s) => s.feedback)).toEqual([
    'Not right.',
    `Not right. Look at the path through the activation function. ${numbers}`,
    `Not right. σ′(zⱼˡ) is missing. ${numbers}`,
    `Not right. σ′(zⱼˡ) is missing. ${numbers}`,
  ]);
  expect(said[3]?.right?.plain).toBe("(w[l+1]' * delta[l+1]) .* sigma'(z[l])");
  expect(said[2]?.right).toBeUndefined();
});

test('the convention under which an answer would be right is named in both languages', () => {
  const q = questionFor('{}', 'bp2');
  const found = check(q, "delta[l] = (w[l+1] * delta[l+1]) .* sigma'(z[l])");
  const message = (lang: string) =>
    checkJson(found, q, options(lang, 2)).reasons.find((r) => r.code === 'convention')?.message;
  expect(message('en')).toBe(
    'This would be right if weights were stored in x out; in this question weights are stored out x in.',
  );
  expect(message('zh')).toBe(
    '如果权重矩阵按“输入 × 输入”存放，这就是对的；本题约定权重矩阵按“输出 × 输入”存放。'.replace(
      '输入 × 输入',
      '输入 × 输出',
    ),
  );
});

describe('a batch', () => {
  const judge = batch({
    ...options('en', 2),
    notationNamed,
    networkOf: async () => (o) => buildNetwork({}, o),
  });
  const verdictOf = async (line: string, at = 1) => {
    const found = await judge(line, at);
    expect(isCheck(found), JSON.stringify(isCheck.errors)).toBe(true);
    return [found.id, found.verdict];
  };

  test.each([
    ['{"id": 1, "expect": "sin(2*x)", "answer": "2 sin(x) cos(x)"}', [1, 'correct']],
    ['{"id": "b", "expect": "log(x^2)", "answer": "2 log(x)"}', ['b', 'correct']],
    [
      '{"id": 2, "tensors": {"A": ["p", "q"], "x": ["q"]}, "expect": "A*x", "answer": "(x\'*A\')\'"}',
      [2, 'correct'],
    ],
    ['{"id": 3, "functions": ["f"], "expect": "f(x) + 1", "answer": "1 + f(x)"}', [3, 'correct']],
    ['{"id": 4, "target": "bp3", "answer": "delta[l]"}', [4, 'correct']],
    [
      '{"id": 5, "target": "bp2", "convention": {"weights": "in-out"}, "answer": "(w[l+1] * delta[l+1]) .* sigma\'(z[l])"}',
      [5, 'correct'],
    ],
    [
      '{"id": 6, "target": "bp4", "network": {"activation": "tanh", "loss": "mse"}, "answer": "delta[l] * a[l-1]\'"}',
      [6, 'correct'],
    ],
    [
      '{"id": 7, "target": "bp2", "answer": "\\\\delta^l = ((w^{l+1})^T \\\\delta^{l+1}) \\\\odot \\\\sigma\'(z^l)"}',
      [7, 'correct'],
    ],
  ])('%s', async (line, expected) => {
    expect(await verdictOf(line)).toEqual(expected);
  });

  test.each([
    ['nothing like JSON', 'line 3: this is no JSON'],
    ['[]', 'line 3: this is no JSON object'],
    ['{"id": 1}', 'line 3: there is no answer'],
    ['{"id": 1, "answer": 7}', 'line 3: answer must be a text'],
    ['{"answer": "x", "target": "bp7"}', 'unknown target "bp7"; did you mean "bp1"?'],
    ['{"answer": "x"}', 'say what is asked: --target bp2, or --expect with a formula'],
    [
      '{"answer": "x", "target": "bp2", "convention": {"weight": "in-out"}}',
      'unknown convention "weight"; did you mean "weights"?',
    ],
    [
      '{"answer": "x", "target": "bp2", "syntax": "latx"}',
      'line 3: unknown syntax "latx"; did you mean "latex"?',
    ],
    ['{"__proto__": {"answer": "x"}, "target": "bp2"}', 'line 3: there is no answer'],
  ])('%s: %s', async (line, message) => {
    expect(await judge(line, 3)).toMatchObject({ verdict: 'unreadable', error: message });
    expect(await verdictOf('{"id": 4, "target": "bp3", "answer": "delta[l]"}')).toEqual([4, 'correct']);
  });
});
