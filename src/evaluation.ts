// A network evaluated: forward values, the errors and gradients that the derived formulas give, and how well they are right.

import { type Derived, deriveTargets } from './derivation.ts';
import { integer } from './expr/affine.ts';
import { UserError } from './expr/error.ts';
import { symbol } from './expr/make.ts';
import type { System, TensorDecl } from './expr/system.ts';
import { gradientName, gradientSystem } from './gradients.ts';
import { neededTensors } from './model/needed.ts';
import { stageRange } from './model/ranges.ts';
import type { Network, Values } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import { evaluate, evaluateTensor } from './numeric/evaluate.ts';
import { stageKey, type World } from './numeric/world.ts';
import { stagesBetween } from './stages.ts';

/** A tensor at a stage with its numbers: `w[2]`, `delta[3]`, `dC/dw[2]`. */
export interface NamedValues extends Values {
  readonly name: string;
}

/** How far derived numbers are from independent ones, as a share of the largest entry, and how many were compared. */
export interface Agreement {
  readonly error: number;
  readonly entries: number;
}

export interface Evaluation {
  readonly network: Network;
  readonly loss: number;
  readonly given: readonly NamedValues[];
  readonly forward: readonly NamedValues[];
  /** By the derived formulas, last stage first. */
  readonly errors: readonly NamedValues[];
  readonly gradients: readonly NamedValues[];
  readonly check: {
    /** Formulas derived. */
    readonly formulas: number;
    /** Against dual numbers pushed through the forward equations. */
    readonly dual: Agreement;
    /** Against central differences of the loss. */
    readonly differences: Agreement & { readonly passes: number };
    /** Entries at which a function has a kink. */
    readonly kinks: readonly string[];
  };
}
