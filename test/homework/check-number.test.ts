// Numbers as people hand them in: brackets, LaTeX, NumPy, powers of ten; nothing else is taken for one.

import { expect, test } from 'vitest';
import { percentage } from '../../src/cli-options.ts';
import { checkNumber } from '../../src/homework/check-number.ts';
import type { NumberQuestion } from '../../src/homework/question.ts';
import { networkOfContent } from '../../src/question-network.ts';
import { numberQuestion } from '../../src/question-others.ts';

const network = networkOfContent({ layers: [2, 3, 2] });
const asked: NumberQuestion = { ...numberQuestion(network, 'z[2]', 0.01), values: [0.5, -2, 0.003] };

test.each([
  '0.5 -2 0.003',
  '0.5, -2, 0.003',
  '[0.5, -2, 3e-3]',
  '[[0.5], [-2], [0.003]]',
  'z = (0.5; -2; 0.003)',
  'z^2 \\approx (0.5, -2, 0.003)',
  'z ≈ 1/2, −2, 0.003',
  '0.5, -2, 3 \\cdot 10^{-3}',
  '0.5, -2, 3 × 10^-3',
  '\\begin{pmatrix} 0.5 \\\\ -2 \\\\ 0.003 \\end{pmatrix}',
  '\\left(0.5, -2, 0.003\\right)^T',
  'np.array([0.5, -2, 0.003])',
  'np.array([[0.5, -2, 0.003]]).T',
  '约 0.5, -2, 0.003',
  '答：大约为 0.5, -2, 0.003。',
  'about 0.5, -2, 0.003',
  '≈ 0.5, -2, 0.003 左右',
])('%s is right', (text) => {
  expect(checkNumber(asked, text).verdict).toBe('correct');
});

test.each([
  ['0.5, -2', 'incorrect'],
  ['0.5, -2, 0.003, 0.003', 'incorrect'],
  ['0.5, 2, 0.003', 'incorrect'],
  ['-0.5, 2, -0.003', 'incorrect'],
  ['0.5, -2, 3 × 10^-2', 'incorrect'],
  ['0.5, -2, 0.0031', 'incorrect'],
  ['0.5, -2, 1e999', 'incorrect'],
  ['0.5, -2, 0.003 or 0.004', 'unreadable'],
  ['0.5, -2, 0.003 = 0.003', 'unreadable'],
  ['0.5, -2, ±0.003', 'unreadable'],
  ['0.5, -2, 0.003 # or so', 'unreadable'],
  ['0.4 = 0.5, -2, 0.003', 'unreadable'],
  ['不是约 0.5, -2, 0.003', 'unreadable'],
  ['大约一半 0.5, -2, 0.003', 'unreadable'],
  ['z = a = 0.5, -2, 0.003', 'unreadable'],
  ['0.5, -2, \u200b0.003', 'unreadable'],
  ['', 'unreadable'],
  ['0.5 '.repeat(2000), 'unreadable'],
] as const)('%s: %s', (text, verdict) => {
  expect(checkNumber(asked, text).verdict).toBe(verdict);
});

test.each([
  ['1%', 0.01],
  ['1', 0.01],
  ['0.5 %', 0.005],
])('a tolerance of %s', (text, share) => {
  expect(percentage(text) / 100).toBeCloseTo(share, 12);
});
