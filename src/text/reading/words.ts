// Which letters of a run belong together: names of functions everywhere, whole words where a text is typed plainly.

import { greekLetters } from '../letters.ts';
import type { Lexer } from './marks.ts';

/** Names of functions that people write without a backslash, and words of prose that may stand beside a formula. */
const WORDS: readonly string[] = [
  'softmax',
  'keepdims',
  'axis',
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
  'net',
  'sin',
  'cos',
  'tan',
  'max',
  'min',
  'ln',
];

/** What begins at the lexer's place and belongs together; at least one letter. */
export function wordAt(x: Lexer): string {
  if (x.text.startsWith('np.', x.at)) return 'np.';
  const numpy = x.text.slice(Math.max(0, x.at - 3), x.at) === 'np.';
  if (x.writing === 'typed' || numpy) return typedWord(x.text.slice(x.at, x.to));
  // Most letters stand alone, before a script, a sign or a bracket.
  if (!/[A-Za-z]/.test(x.text.charAt(x.at + 1))) return x.text.charAt(x.at);
  const fits = (word: string): boolean => x.at + word.length <= x.to && x.text.startsWith(word, x.at);
  let best = x.text.charAt(x.at);
  for (const word of WORDS) if (word.length > best.length && fits(word)) best = word;
  for (const word of x.names) if (word.length > best.length && fits(word)) best = word;
  return best;
}

/** Letters and digits up to the next sign; a Greek name before a digit stands alone. */
function typedWord(rest: string): string {
  const run = /^[A-Za-z][A-Za-z0-9]*/.exec(rest)?.[0] ?? rest.charAt(0);
  const letters = /^[A-Za-z]+/.exec(run)?.[0] ?? run;
  return greekLetters.has(letters) ? letters : run;
}

/** Whether some letters are the name of a function. */
export const isWord = (run: string): boolean => WORDS.includes(run);
