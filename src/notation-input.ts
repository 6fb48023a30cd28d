// A notation as it is named on the command line: one of those there are, or a lecturer's own file.

import { existsSync } from 'node:fs';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import { notationNamed } from './model/notation-named.ts';
import { readNotationFile } from './model/read-notation.ts';
import { type Notation, notationRow } from './tables/notations.ts';

const isPath = (name: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(name);

/** The notation that an argument names. Throws one sentence, with a suggestion, where there is none. */
export function notationFrom(name: string): Notation {
  if (notationRow(name) !== null || !(isPath(name) || existsSync(name))) return notationNamed(name);
  if (!existsSync(name)) throw new UserError(`there is no file ${name}`);
  return readNotationFile(readInput(name), name);
}
