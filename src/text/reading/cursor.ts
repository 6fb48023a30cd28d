// The place of the reader among the tokens, and how it complains.

import type { Complaint, Expected, Piece } from '../complaint.ts';
import { ReadError, type Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import type { Letters } from './letters.ts';
import { CAPS, type Mark, mark, type Writing } from './marks.ts';

export interface Reader {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly writing: Writing;
  readonly letters: Letters;
  at: number;
  /** The first token that no longer belongs to what is read. */
  readonly to: number;
  readonly depth: number;
  /** A sum of terms, and one factor: handed in, as all parts need one another. */
  readonly parts: Parts;
  /** What braces hold that hold nothing but a letter, by where they open: looked at more than once. */
  readonly lone: Map<number, unknown>;
}

export interface Parts {
  readonly sum: (p: Reader) => Syntax;
  readonly product: (p: Reader) => Syntax;
  readonly factor: (p: Reader) => Syntax;
}

/** The token ahead; at the end of what is read a token of kind `end`. */
export function peek(p: Reader, ahead = 0): Mark {
  const at = p.at + ahead;
  const t = at < p.to ? p.marks[at] : undefined;
  if (t !== undefined) return t;
  const stop = p.marks[p.to];
  const last = p.marks[p.to - 1];
  const offset = last === undefined ? (stop?.offset ?? 0) : last.offset + last.length;
  return mark('end', '', offset, 0);
}

export function next(p: Reader): Mark {
  const t = peek(p);
  if (p.at < p.to) p.at++;
  return t;
}

export function isSign(p: Reader, text: string, ahead = 0): boolean {
  const at = p.at + ahead;
  const t = at < p.to ? p.marks[at] : undefined;
  return t !== undefined && t.kind === 'sign' && t.text === text;
}

export const isCommand = (p: Reader, text: string, ahead = 0): boolean => {
  const t = peek(p, ahead);
  return t.kind === 'command' && t.text === text;
};

export const isEnd = (p: Reader): boolean => p.at >= p.to;

export function fail(p: Reader, at: Span, complaint: Complaint, expected: Expected | null = null): never {
  throw new ReadError(p.text, at, complaint, { expected });
}

/** A token as it was typed; empty at the end. */
export function typed(p: Reader, t: Span & { readonly kind?: string; readonly text?: string }): Piece {
  if (t.length > 0) return p.text.slice(t.offset, t.offset + t.length);
  return t.kind === 'end' ? '' : (t.text ?? '');
}

/** The same reader for the tokens from `from` up to `to`, one level deeper. */
export function within(p: Reader, from: number, to: number): Reader {
  if (p.depth >= CAPS.depth)
    fail(p, p.marks[from] ?? peek(p), { code: 'too-many', of: 'depth', most: CAPS.depth });
  return { ...p, at: from, to, depth: p.depth + 1 };
}

const CLOSES: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['⟨', '⟩'],
  ['⟦', '⟧'],
  ['⟪', '⟫'],
]);
const OPENING = new Set(CLOSES.keys());
const CLOSING = new Set(CLOSES.values());
export const closing = (open: string): string => CLOSES.get(open) ?? '';

/** The place of the bracket that closes the one at `at`; -1 where none does. */
export function matching(p: Reader, at: number): number {
  const stack: string[] = [];
  for (let here = at; here < p.to; here++) {
    const t = p.marks[here];
    if (t?.kind !== 'sign') continue;
    if (OPENING.has(t.text)) stack.push(closing(t.text));
    else if (CLOSING.has(t.text)) {
      if (stack.pop() !== t.text) return -1;
      if (stack.length === 0) return here;
    }
  }
  return -1;
}

/** Steps into a bracket: a reader for its inside; the place moves behind its closing bracket. */
export function bracketed(p: Reader): Reader {
  const open = peek(p);
  const close = matching(p, p.at);
  if (close < 0) {
    const wanted = closing(open.text);
    fail(p, open, { code: 'never-closed', open: typed(p, open), close: wanted }, { sign: wanted });
  }
  const inside = within(p, p.at + 1, close);
  p.at = close + 1;
  return inside;
}

/** The places at depth 0 where `test` holds. */
export function topLevel(p: Reader, from: number, to: number, test: (t: Mark) => boolean): number[] {
  const found: number[] = [];
  let depth = 0;
  for (let here = from; here < to; here++) {
    const t = p.marks[here];
    if (t === undefined) continue;
    if (t.kind === 'sign' && OPENING.has(t.text)) depth++;
    else if (t.kind === 'sign' && CLOSING.has(t.text)) depth--;
    else if (t.kind === 'command' && t.text.startsWith('begin ')) depth++;
    else if (t.kind === 'command' && t.text.startsWith('end ')) depth--;
    else if (depth === 0 && test(t)) found.push(here);
  }
  return found;
}

/** The span of the tokens from `from` up to `to`. */
export function spanOf(p: Reader, from: number, to: number): Span {
  const first = p.marks[from];
  const last = p.marks[Math.max(from, to - 1)];
  if (first === undefined || last === undefined) return { offset: p.text.length, length: 0 };
  return { offset: first.offset, length: Math.max(0, last.offset + last.length - first.offset) };
}

/** The span from a token's place to where the reader stands now. */
export const spanSince = (p: Reader, from: number): Span => spanOf(p, from, p.at);

/** What is said where a formula should have ended. */
export function unfinished(p: Reader): never {
  const t = peek(p);
  if (t.kind === 'sign' && /^[)\]}⟩]$/.test(t.text))
    fail(p, t, { code: 'closes-nothing', found: typed(p, t) });
  if (t.text === '…') fail(p, t, { code: 'dots' }, 'formula-without-dots');
  if (t.text === '±') fail(p, t, { code: 'plus-minus' }, 'plus-or-minus');
  return fail(p, t, { code: 'expected', what: 'operator-or-end', found: typed(p, t) }, 'operator-or-end');
}
