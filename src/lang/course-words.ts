// What a language must say inside the course's own tables and lists; the prose around them stands in its templates.

import type { AlgorithmWords, DifferencesWords } from './cost-words.ts';
import type { Phrase } from './phrase.ts';

export interface CourseWords {
  readonly network: CourseNetworkWords;
  readonly loss: CourseLossWords;
  readonly tools: CourseToolsWords;
  readonly algorithm: AlgorithmWords;
  readonly differences: DifferencesWords;
}

export interface CourseNetworkWords {
  /** Head of the column of how many numbers a parameter holds, and of its last row. */
  readonly numbers: Phrase;
  readonly inAll: Phrase;
}

export interface CourseLossWords {
  /** Heads: the number of a sample, and its loss. */
  readonly sample: Phrase;
  readonly loss: Phrase;
}

export interface CourseToolsWords {
  readonly product: Phrase;
  readonly sum: Phrase;
}
