// The words of the pseudo-code and of the table of costs, in English.

import type { AlgorithmWords, DifferencesWords } from './cost-words.ts';
import { say } from './phrase.ts';

export const englishAlgorithm: AlgorithmWords = {
  forEach: (range) => `for ${range}:`,
  forward: 'forward',
  error: 'the error of the output layer',
  backward: 'backward',
  gradient: 'gradients',
};

export const englishDifferences: DifferencesWords = {
  forward: say`forward difference`,
  central: say`central difference`,
  error: say`off by`,
  way: say`gradient by`,
  forwardPasses: say`forward passes`,
  backwardPasses: say`backward passes`,
  products: say`products added up`,
  backpropagation: say`backpropagation`,
  named: (way, by) => say`${way} (${by})`,
  weights: say`weights only`,
  all: say`weights and biases`,
  parameters: say`all parameters`,
};
