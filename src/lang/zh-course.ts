// The words inside the course's tables, in Chinese.

import type { CourseWords } from './course-words.ts';
import { say } from './phrase.ts';
import { chineseAlgorithm, chineseDifferences } from './zh-cost.ts';

export const chineseCourse: CourseWords = {
  network: { numbers: say`个数`, inAll: say`合计` },
  loss: { sample: say`样本`, loss: say`损失` },
  tools: { product: say`乘积`, sum: say`和` },
  algorithm: chineseAlgorithm,
  differences: chineseDifferences,
};
