// A piece of the input as it can be shown: quoted, shortened, and with what can't be printed spelled out.

const LONGEST = 24;

/** How a language shows a piece of the input. */
export interface PieceWords {
  /** Where the formula has ended. */
  readonly end: string;
  /** Where a line of code has ended. */
  readonly lineEnd: string;
  /** Half of a pair of code units. */
  readonly lone: string;
  readonly quoted: (text: string) => string;
  /** A character without a look of its own, by its code point in hexadecimal digits. */
  readonly unprintable: (code: string) => string;
}

/** A piece in a language's words; an empty one is the end. */
export function pieceShown(piece: string, words: PieceWords): string {
  if (piece === '') return words.end;
  if (piece === '\n') return words.lineEnd;
  if (/^[\ud800-\udfff]$/.test(piece)) return words.lone;
  const short = piece.length > LONGEST ? `${piece.slice(0, LONGEST)}...` : piece;
  if (/^[\p{L}\p{N}\p{P}\p{S}\p{M} ]*$/u.test(short)) return words.quoted(short);
  return words.unprintable((piece.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0'));
}
