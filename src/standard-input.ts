// Standard input, all of it, also where it is a pipe that hasn't everything yet.

import { readSync } from 'node:fs';

const PIECE = 65_536;
/** Milliseconds until an empty pipe is asked again. */
const PAUSE = 5;

/** The bytes of standard input, up to one more than `most`. Throws as `readSync` does. */
export function readStandardInput(most: number): Buffer {
  const pieces: Buffer[] = [];
  let length = 0;
  while (length <= most) {
    const piece = Buffer.alloc(PIECE);
    const count = readPiece(piece);
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    length += count;
  }
  return Buffer.concat(pieces);
}

/** A pipe whose writer is slow may say "try again" instead of waiting; one that is closed on some systems "end of file". */
function readPiece(into: Buffer): number {
  for (;;) {
    try {
      return readSync(0, into, 0, into.length, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
