// The page's own words in Chinese.

import type { PageWords } from './page-words.ts';

export const chinesePage: PageWords = {
  grain: '详略',
  grains: { brief: '简略', textbook: '教科书', full: '完整' },
  grainHints: {
    brief: '只看结论和矩阵形式',
    textbook: '看推导的每一行',
    full: '连同每一行中更细的步骤',
  },
  derivation: (lines) => `推导，共 ${lines} 行`,
  dark: '深色页面',
  light: '浅色页面',
  copied: '已复制 LaTeX',
  copy: '复制 LaTeX',
  skip: '跳到正文',
};
