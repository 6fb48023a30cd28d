// Which letters of a run belong together: names of functions everywhere, whole words where a text is typed plainly.

import { greekLetters } from '../letters.ts';
import type { Lexer } from './marks.ts';

/** Names of functions that people write without a backslash, and words of prose that may stand beside a formula. */
const WORDS: readonly string[] = [
  'softmax',
  'sigmoid',
  'arctan',
  'arcsin',
  'arccos',
  'tanh',
  'sinh',
  'cosh',
  'relu',
  'ReLU',
  'diag',
  'sqrt',
  'exp',
  'log',
  'sin',
  'cos',
  'tan',
  'max',
  'min',
  'ln',
];

/** What begins at the lexer's place and belongs together; at least one letter. */
export function wordAt(x: Lexer): string {
  const rest = x.text.slice(x.at, x.to);
  if (rest.startsWith('np.')) return 'np.';
  if (x.writing === 'typed') return typedWord(rest);
  let best = rest.charAt(0);
  for (const word of [...WORDS, ...x.names])
    if (word.length > best.length && rest.startsWith(word)) best = word;
  return best;
}

/** Letters and digits up to the next sign; a Greek name before a digit stands alone. */
function typedWord(rest: string): string {
  const run = /^[A-Za-z][A-Za-z0-9]*/.exec(rest)?.[0] ?? rest.charAt(0);
  const letters = /^[A-Za-z]+/.exec(run)?.[0] ?? run;
  return greekLetters.has(letters) ? letters : run;
}
