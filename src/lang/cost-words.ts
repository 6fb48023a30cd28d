// What the algorithm's pseudo-code and the table of costs must say, beside the prose of their templates.

import type { Phrase } from './phrase.ts';

export interface AlgorithmWords {
  /** The head of a loop in pseudo-code: for l = 2, 3, ..., L. */
  readonly forEach: (range: string) => string;
  /** Comments in it. */
  readonly forward: string;
  readonly error: string;
  readonly backward: string;
  readonly gradient: string;
}

export interface DifferencesWords {
  readonly forward: Phrase;
  readonly central: Phrase;
  readonly error: Phrase;
  /** Heads of the table of costs. */
  readonly way: Phrase;
  readonly forwardPasses: Phrase;
  readonly backwardPasses: Phrase;
  readonly products: Phrase;
  readonly backpropagation: Phrase;
  /** A way and what its gradient is by. */
  readonly named: (way: Phrase, by: Phrase) => Phrase;
  /** Which numbers the gradient is by. */
  readonly weights: Phrase;
  readonly all: Phrase;
  readonly parameters: Phrase;
}
