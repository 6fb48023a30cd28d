// The reader's place in a line of code, and how it complains.

import { ReadError, type Span, shown } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import type { Reader } from './cursor.ts';
import type { Letters } from './letters.ts';
import type { CodeToken } from './numpy-tokens.ts';

export interface Code {
  readonly text: string;
  readonly tokens: readonly CodeToken[];
  readonly letters: Letters;
  /** A reader without tokens: for what names mean. */
  readonly names: Reader;
  /** A formula, handed in: subscripts hold formulas, and formulas subscripts. */
  readonly expression: (p: Code) => Syntax;
  at: number;
  depth: number;
}

const END: CodeToken = { kind: 'end', text: '', offset: 0, length: 0 };
export const peek = (p: Code, ahead = 0): CodeToken => p.tokens[p.at + ahead] ?? p.tokens.at(-1) ?? END;
export const is = (p: Code, text: string, ahead = 0): boolean => {
  const t = peek(p, ahead);
  return t.kind === 'sign' && t.text === text;
};
export function fail(
  p: Code,
  at: Span,
  sentence: string,
  expected = '',
  problem: 'form' | 'name' = 'form',
): never {
  throw new ReadError(p.text, at, sentence, { expected, problem });
}
export const typed = (p: Code, t: CodeToken): string =>
  t.kind === 'end' || t.text === '\n'
    ? 'the end of the line'
    : shown(p.text.slice(t.offset, t.offset + t.length));
export const spanSince = (p: Code, from: number): Span => {
  const first = p.tokens[from] ?? END;
  const last = p.tokens[Math.max(from, p.at - 1)] ?? first;
  return { offset: first.offset, length: last.offset + last.length - first.offset };
};

export function close(p: Code, sign: string, open: CodeToken): void {
  if (!is(p, sign))
    fail(p, open, `the ${typed(p, open)} here is never closed; expected "${sign}"`, `"${sign}"`);
  p.at++;
}

export const expression = (p: Code): Syntax => p.expression(p);
