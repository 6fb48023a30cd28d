// Every complaint of a piece stands where the piece does in its file.

import { DerivationError, UserError } from '../expr/error.ts';
import type { Field } from '../model/fields.ts';
import { ReadError } from '../text/read-error.ts';
import { atAttributes } from './about.ts';
import { pieceOptions } from './attributes.ts';
import type { Notebook } from './notebook.ts';
import { type Piece, pieceOf } from './piece.ts';
import { isPlaced, noteError, type Origin } from './written.ts';

/** What stands at a place, from its attributes. Throws a `UserError` that begins `notes.md:12:3: `. */
export const pieceAt = (book: Notebook, written: () => Field, origin: Origin): Piece =>
  placed(origin, () => {
    const field = written();
    return atAttributes(field, () => pieceOf(book, pieceOptions(field)));
  });

/** Runs something for a place of a file; what it throws says the place. */
export function placed<T>(origin: Origin, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ReadError) throw noteError(origin, error.sentence);
    if (error instanceof DerivationError) throw noteError(origin, error.message);
    if (error instanceof UserError && !isPlaced(error.message)) throw noteError(origin, error.message);
    throw error;
  }
}
