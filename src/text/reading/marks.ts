// The tokens of formulas as people write them: letters, words, numbers, signs and the commands that shape a formula.

import { ReadError, type Span } from '../read-error.ts';

/**
 * `letter`: one letter by its canonical name (W, delta, y); `word`: several letters that belong together; `sign`: operators,
 * brackets, relations, scripts; `command`: what builds something (frac, sum, partial, nabla, hat, begin).
 */
export interface Mark extends Span {
  readonly kind: 'number' | 'letter' | 'word' | 'sign' | 'command' | 'end';
  readonly text: string;
  /** A letter's font, where it tells letters apart: cal, bb. */
  readonly font: string;
  /** Whether a blank or the like stands before it. */
  readonly spaced: boolean;
}

export const mark = (
  kind: Mark['kind'],
  text: string,
  offset: number,
  length: number,
  rest: { font?: string; spaced?: boolean } = {},
): Mark => ({ kind, text, offset, length, font: rest.font ?? '', spaced: rest.spaced ?? false });

/** What all readers cap before any work. */
export const CAPS = { length: 4096, marks: 3000, depth: 64, statements: 60, terms: 600 } as const;

/** `latex`: a run of letters is a product of letters; `typed`: it is a word. */
export type Writing = 'latex' | 'typed';

export interface Lexer {
  readonly text: string;
  readonly writing: Writing;
  /** Names of several letters that belong together. */
  readonly names: ReadonlySet<string>;
  readonly marks: Mark[];
  at: number;
  /** Where the text ends that is read. */
  readonly to: number;
  spaced: boolean;
  /** The font of the letters that follow. */
  font: string;
  /** How many arguments without braces are still to come: each takes one digit. */
  single: number;
}

/** Adds a token. Whatever reads some characters says so with `true`. */
export function push(x: Lexer, kind: Mark['kind'], text: string, offset: number, length: number): true {
  if (x.marks.length >= CAPS.marks)
    throw new ReadError(x.text, { offset, length }, { code: 'too-many', of: 'symbols', most: CAPS.marks });
  const font = kind === 'letter' ? x.font : '';
  x.marks.push(mark(kind, text, offset, length, { font, spaced: x.spaced }));
  x.spaced = false;
  return true;
}
