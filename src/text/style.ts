// What a printer is told: the notation, the system that the names come from, and what is printed as numbers.

import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import type { Notation } from '../tables/notations.ts';

export interface Style {
  readonly notation: Notation;
  readonly system: System;
  /**
   * Prints an expression itself, as a number put in for it; null leaves it to the printer. It is asked for every expression,
   * outermost first. A number that begins with a minus sign gets its brackets from the printer.
   */
  readonly leaf?: (e: Expr) => string | null;
  /** The same for whole tensors: a vector or a matrix of numbers, with its own brackets. */
  readonly whole?: (x: Tensor) => string | null;
}
