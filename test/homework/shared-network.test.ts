// Questions of one assignment share their networks: built once, and no verdict depends on what was asked before.

import { expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { BuildOptions, Network } from '../../src/model/spec.ts';
import { targetQuestion } from '../../src/question.ts';
import { type QuestionNetwork, questionNetwork } from '../../src/question-network.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';

const builder = (): ((options: BuildOptions) => Network) => (options) => buildNetwork({}, options);
const networkOf = (build: (options: BuildOptions) => Network): QuestionNetwork =>
  questionNetwork(build, defaultConventions);

test('a network is built once for each choice of conventions, loss and activation', () => {
  const build = builder();
  const [first, second] = [networkOf(build), networkOf(build)];
  expect(second.network).toBe(first.network);
  const options = { numbers: false, loss: 'mse' };
  expect(second.again(options)).toBe(first.again(options));
  expect(second.again({ ...options, activation: 'tanh' })).not.toBe(first.again(options));
  expect(networkOf(builder()).network).not.toBe(first.network);
});

test('verdicts, slips and witnesses are the same in whatever order questions are asked', () => {
  const answers = [
    ['bp1', '\\delta^L = (a^L - y) \\odot a^L \\odot (1 + a^L)'],
    ['bp2', '\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma(z^l)'],
    ['bp4', '\\frac{\\partial C}{\\partial w_{jk}^l} = a_k^l \\delta_j^l'],
  ] as const;
  const alone = answers.map(([target, text]) => check(targetQuestion(networkOf(builder()), target), text));
  const build = builder();
  const together = [...answers]
    .reverse()
    .map(([target, text]) => check(targetQuestion(networkOf(build), target), text));
  expect(together.reverse()).toEqual(alone);
});
