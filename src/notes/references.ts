// What is said of a reference to an equation that a page doesn't have.

import { UserError } from '../expr/error.ts';
import { suggestion } from '../text/nearest.ts';

/** The sentence, with the nearest name that there is. */
export const noEquation = (name: string, known: Iterable<string>): UserError =>
  new UserError(`there is no equation "${name}"${suggestion(name, known)}`);
