// The words inside the course's tables, in English.

import type { CourseWords } from './course-words.ts';
import { englishAlgorithm, englishDifferences } from './en-cost.ts';
import { say } from './phrase.ts';

export const englishCourse: CourseWords = {
  network: { numbers: say`numbers in it`, inAll: say`in all` },
  loss: { sample: say`sample`, loss: say`its loss` },
  tools: { product: say`product`, sum: say`sum` },
  algorithm: englishAlgorithm,
  differences: englishDifferences,
};
