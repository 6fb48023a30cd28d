// A statement as a syntax gives it to the resolver: its sides, before it is known what they mean.

import type { Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';

export interface Surface {
  readonly sides: readonly Syntax[];
  /** Begins with an equal sign. */
  readonly continues: boolean;
  readonly where: readonly Syntax[];
  readonly span: Span;
}
