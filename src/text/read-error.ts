// What a reader throws: a complaint with its place in the text, and what was expected there. Its message is the English sentence.

import { UserError } from '../expr/error.ts';
import type { Complaint, Expected } from './complaint.ts';
import { englishReading } from './english-reading.ts';
import { complaintText } from './reading-words.ts';

/** Where in the text: characters `offset` to `offset + length`. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * `form`: the text isn't a formula; `name`: a symbol nobody declared; `shape`: sizes or orders that don't go together; `dots`:
 * a formula that leaves something out.
 */
export type ReadProblem = 'form' | 'name' | 'shape' | 'dots';

export class ReadError extends UserError {
  override name = 'ReadError';
  readonly offset: number;
  readonly length: number;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly complaint: Complaint;
  /** What would have been right at this place; null where that can't be said. */
  readonly expected: Expected | null;
  readonly problem: ReadProblem;
  /** The English sentence without its place. */
  readonly sentence: string;
  constructor(
    text: string,
    at: Span,
    complaint: Complaint,
    rest: { expected?: Expected | null; problem?: ReadProblem } = {},
  ) {
    const before = text.slice(0, at.offset);
    const line = before.split('\n').length;
    const column = at.offset - (before.lastIndexOf('\n') + 1) + 1;
    const sentence = complaintText(englishReading, complaint);
    super(`${line}:${column}: ${sentence}`);
    this.offset = at.offset;
    this.length = at.length;
    this.line = line;
    this.column = column;
    this.sentence = sentence;
    this.complaint = complaint;
    this.expected = rest.expected ?? null;
    this.problem = rest.problem ?? 'form';
  }
}
