// Plain text to tokens.

import { TYPED_FOR } from './operators.ts';
import { ReadError, type Span } from './read-error.ts';

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
}

export const LONGEST_TEXT = 4096;

const SPACE = /[\s\u00a0]/;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /\.\*|\.\/|\.\^|<=|>=|[-+*/^()[\],=<>|']/y;

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The tokens of a text, the end included. Throws a ReadError at a character that has no place in a formula. */
export function tokensOf(text: string, longest = LONGEST_TEXT): Token[] {
  if (text.length > longest)
    throw new ReadError(
      text,
      { offset: longest, length: 1 },
      { code: 'too-many', of: 'formula-characters', most: longest },
    );
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (SPACE.test(char)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.length;
  }
  tokens.push({ kind: 'end', text: '', offset: text.trimEnd().length, length: 0 });
  return tokens;
}

function tokenAt(text: string, at: number): Token {
  const typed = TYPED_FOR.get(text.charAt(at));
  if (typed !== undefined) return { kind: 'sign', text: typed, offset: at, length: 1 };
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['sign', SIGN],
  ] as const) {
    const found = match(pattern, text, at);
    if (found !== null) return { kind, text: found, offset: at, length: found.length };
  }
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new ReadError(
    text,
    { offset: at, length: char.length },
    { code: 'no-place', found: char, in: 'formula' },
    { expected: 'number-name-operator' },
  );
}
