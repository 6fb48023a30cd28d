// A host is never stopped by a piece of ours: what goes wrong becomes a sentence with its place, for the reader and the host.

import { UserError } from '../../expr/error.ts';
import { at, type Origin } from '../written.ts';

export interface Complaint {
  /** The sentence with its place, as it is shown: `notes.md:12:3: unknown tensor "q"`. */
  readonly sentence: string;
  /** The same without a place in the file itself, and that place: hosts print it in their own way. */
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export type Attempt<T> =
  | { readonly value: T; readonly complaint: null }
  | { readonly value: null; readonly complaint: Complaint };

/** Runs something for a place of a file. What it throws is a complaint: a mistake of ours too, so that a book still builds. */
export function attempt<T>(origin: Origin, run: () => T): Attempt<T> {
  try {
    return { value: run(), complaint: null };
  } catch (error) {
    return { value: null, complaint: complaintOf(error, origin) };
  }
}

function complaintOf(error: unknown, origin: Origin): Complaint {
  const told = error instanceof UserError ? error.message : `chainrule failed here: ${String(error)}`;
  const own = `${origin.file}:`;
  const [, line, column, rest] =
    /^(\d+):(\d+): (.*)$/s.exec(told.startsWith(own) ? told.slice(own.length) : '') ?? [];
  if (line !== undefined && rest !== undefined)
    return { sentence: told, reason: rest, line: Number(line), column: Number(column) };
  const placed = error instanceof UserError ? told : `${at(origin)}: ${told}`;
  return { sentence: placed, reason: told, line: origin.line, column: origin.column };
}
