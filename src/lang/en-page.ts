// The page's own words in English.

import type { PageWords } from './page-words.ts';

export const englishPage: PageWords = {
  grain: 'Detail',
  grains: { brief: 'Brief', textbook: 'Textbook', full: 'Full' },
  grainHints: {
    brief: 'statements and matrix forms',
    textbook: 'every line of the derivations',
    full: 'with the finer steps of each line',
  },
  derivation: (lines) => `Derivation, ${lines} ${lines === 1 ? 'line' : 'lines'}`,
  dark: 'Dark page',
  light: 'Light page',
  copied: 'LaTeX copied',
  copy: 'Copy as LaTeX',
  skip: 'Skip to the text',
};
