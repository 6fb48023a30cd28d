// A notation by its name, or a sentence with the nearest one there is.

import { UserError } from '../expr/error.ts';
import { type Notation, notationRow, notations } from '../tables/notations.ts';
import { suggestion } from '../text/nearest.ts';

/** The notation of that name, or the one handed in. Throws a `UserError` where there is none. */
export function notationNamed(name: string | Notation): Notation {
  if (typeof name !== 'string') return name;
  const found = notationRow(name);
  if (found !== null) return found;
  throw new UserError(
    `unknown notation "${name}"${suggestion(
      name,
      notations.map((n) => n.name),
    )}`,
  );
}
