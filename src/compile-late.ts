// Fewer functions compiled twice, for commands that are done after a second.

import { setFlagsFromString } from 'node:v8';

/**
 * V8 compiles a function anew, with optimizations, once it has run a while. Checking runs through many functions, none of
 * them for long: on one core that compiling takes as long as all the checking of a class. Sixteen times later it still comes
 * soon in a long run, and results don't depend on it.
 */
export function compileLate(): void {
  // Later versions of V8 don't know the flag, and say so on standard error.
  if (/^(?:10|11)\./.test(process.versions.v8)) setFlagsFromString('--interrupt-budget=1081344');
}
