// The parser's place among the tokens, what it may ask about names, and how it complains.

import type { Complaint, Expected, Piece } from './complaint.ts';
import { ReadError, type Span } from './read-error.ts';
import type { Syntax } from './syntax.ts';
import type { Token } from './tokens.ts';

export const DEEPEST = 64;

/** The two questions about names that decide how a text is put together. */
export interface Names {
  /** Whether it is a tensor or a size: `delta/dt` is then no derivative of `elta`. */
  readonly declared: (name: string) => boolean;
  /** Whether it is a function: `f(x)` is then a call and `f'(x)` its derivative, not a product. */
  readonly callable: (name: string) => boolean;
}

export interface Parser {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly names: Names;
  at: number;
  depth: number;
  /** The loosest levels, for what stands inside brackets. */
  readonly relation: (p: Parser) => Syntax;
  readonly sum: (p: Parser) => Syntax;
}

const END: Token = { kind: 'end', text: '', offset: 0, length: 0 };

export const peek = (p: Parser, ahead = 0): Token => p.tokens[p.at + ahead] ?? p.tokens.at(-1) ?? END;

export function next(p: Parser): Token {
  const t = peek(p);
  p.at++;
  return t;
}

export const isSign = (p: Parser, text: string, ahead = 0): boolean => {
  const t = peek(p, ahead);
  return t.kind === 'sign' && t.text === text;
};

export function fail(p: Parser, at: Span, complaint: Complaint, expected: Expected | null = null): never {
  throw new ReadError(p.text, at, complaint, { expected });
}

/** A token as it was typed; empty at the end. */
export const sourceText = (p: Parser, t: Token): Piece =>
  t.kind === 'end' ? '' : p.text.slice(t.offset, t.offset + t.length);

/** The closing bracket, or what stands in its place. */
export function expectSign(p: Parser, text: string, open: Token): Token {
  const t = peek(p);
  if (isSign(p, text)) return next(p);
  const column = columnOf(p.text, open);
  return fail(
    p,
    t,
    { code: 'expected-closing', sign: text, open: sourceText(p, open), column, found: sourceText(p, t) },
    { sign: text },
  );
}

const columnOf = (text: string, at: Span): number => at.offset - text.lastIndexOf('\n', at.offset - 1);

/** One level deeper, as long as that is allowed. */
export function deeper<T>(p: Parser, read: () => T): T {
  if (p.depth >= DEEPEST) fail(p, peek(p), { code: 'too-many', of: 'depth', most: DEEPEST });
  p.depth++;
  const result = read();
  p.depth--;
  return result;
}
