// What a reader throws: a sentence with its place in the text, and what was expected there.

import { UserError } from '../expr/error.ts';

/** Where in the text: characters `offset` to `offset + length`. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** `form`: the text isn't a formula; `name`: a symbol nobody declared; `shape`: sizes or orders that don't go together. */
export type ReadProblem = 'form' | 'name' | 'shape';

export class ReadError extends UserError {
  override name = 'ReadError';
  readonly offset: number;
  readonly length: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** What would have been right at this place; empty where that can't be said. */
  readonly expected: string;
  readonly problem: ReadProblem;
  /** The sentence without its place. */
  readonly sentence: string;
  constructor(
    text: string,
    at: Span,
    sentence: string,
    rest: { expected?: string; problem?: ReadProblem } = {},
  ) {
    const before = text.slice(0, at.offset);
    const line = before.split('\n').length;
    const column = at.offset - (before.lastIndexOf('\n') + 1) + 1;
    super(`${line}:${column}: ${sentence}`);
    this.offset = at.offset;
    this.length = at.length;
    this.line = line;
    this.column = column;
    this.sentence = sentence;
    this.expected = rest.expected ?? '';
    this.problem = rest.problem ?? 'form';
  }
}

/** A piece of the input as it can be shown: quoted, shortened, and with what can't be printed spelled out. */
export function shown(piece: string): string {
  const short = piece.length > 24 ? `${piece.slice(0, 24)}...` : piece;
  if (/^[\x20-\x7e]*$/.test(short)) return `"${short}"`;
  if (/^[\p{L}\p{N}\p{P}\p{S}\p{M} ]*$/u.test(short)) return `"${short}"`;
  const code = (piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code}`;
}
