// How the command line ends: one sentence on standard error and an exit code; a closed pipe is no fault.

import { DerivationError, UserError } from './expr/error.ts';

/** 0 done; 2 misuse or input that can't be read; 70 a fault of the program itself, or a derivation that failed its proof. */
export const EXIT = { done: 0, misuse: 2, fault: 70 } as const;

/** Ends quietly where whoever reads the output has gone (`| head`). */
export function quietOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'EPIPE') process.exit(EXIT.done);
      throw error;
    });
  }
}

/** The sentence and the exit code of whatever was thrown. */
export function endingOf(error: unknown): { readonly sentence: string; readonly code: number } {
  if (error instanceof UserError) return { sentence: oneLine(error.message), code: EXIT.misuse };
  if (error instanceof DerivationError)
    return { sentence: `the derivation failed: ${oneLine(error.message)}`, code: EXIT.fault };
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { sentence: `a fault of chainrule itself: ${oneLine(what)}`, code: EXIT.fault };
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();
