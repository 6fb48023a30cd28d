// The reader's place in a line of code, and how it complains.

import type { Complaint, Expected, Piece } from '../complaint.ts';
import { ReadError, type Span } from '../read-error.ts';
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
  /** What names hold that earlier lines gave a value, as the code spells them. */
  readonly held: Map<string, Held>;
  /** Names of the code that mean a quantity here and nowhere else: dout. */
  readonly aliases: ReadonlyMap<string, Syntax>;
  /** The name whose value is put in although it means a quantity: that which the line gives a new value. */
  own: string;
  readonly left: Left;
  /** How many parts were put in for names so far. */
  put: number;
  at: number;
  depth: number;
}

/**
 * What the name on the left is: as it says; without a word for another layer, as `dA_prev` begins a walk back; or, where it is
 * only what a layer gives out below, `dx`, nothing.
 */
export type Left = 'said' | 'here' | 'open';

/** The value of a name of code. */
export interface Held {
  readonly of: Syntax;
  /** The quantity that the name means; null for a name of the code's own. */
  readonly left: Syntax | null;
  /** Whether lines changed it in place. */
  readonly changed: boolean;
  /** How many parts it has. */
  readonly parts: number;
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
  complaint: Complaint,
  expected: Expected | null = null,
  problem: 'form' | 'name' = 'form',
): never {
  throw new ReadError(p.text, at, complaint, { expected, problem });
}
/** A token as it was typed; a line break at the end of a line. */
export const typed = (p: Code, t: CodeToken): Piece =>
  t.kind === 'end' || t.text === '\n' ? '\n' : p.text.slice(t.offset, t.offset + t.length);
export const spanSince = (p: Code, from: number): Span => {
  const first = p.tokens[from] ?? END;
  const last = p.tokens[Math.max(from, p.at - 1)] ?? first;
  return { offset: first.offset, length: last.offset + last.length - first.offset };
};

export function close(p: Code, sign: string, open: CodeToken): void {
  if (!is(p, sign)) fail(p, open, { code: 'never-closed', open: typed(p, open), close: sign }, { sign });
  p.at++;
}

/** Moves behind round brackets whose contents say nothing. */
export function skipBrackets(p: Code): void {
  const open = peek(p);
  let depth = 0;
  do {
    if (is(p, '(')) depth++;
    if (is(p, ')')) depth--;
    p.at++;
  } while (depth > 0 && peek(p).kind !== 'end');
  if (depth > 0) fail(p, open, { code: 'never-closed', open: '(', close: ')' }, { sign: ')' });
}

export const expression = (p: Code): Syntax => p.expression(p);
