// What a comparison of two expressions can say.

import type { Condition } from '../expr/condition.ts';
import type { System } from '../expr/system.ts';
import type { Env, World } from '../numeric/world.ts';

export type Stage = 'same form' | 'identities' | 'numbers and primes';

/** Where two expressions differ. */
export interface Witness {
  readonly world: World;
  readonly env: Env;
  readonly left: number;
  readonly right: number;
}

/** Why nothing decided: what the stages of a comparison say, or the English message of what stopped it. */
export type WhyUndecided =
  /** Too few points where both sides have a value: of the numbers, or of the exact check. */
  | 'points'
  | 'exact-points'
  /** The numbers agree, the exact check doesn't. */
  | 'unconfirmed'
  /** An exception for sizes or indices that no sample network has. */
  | 'exception'
  | 'operations'
  | 'digits'
  | { readonly message: string };

export type Comparison =
  | {
      readonly verdict: 'equal';
      readonly stage: Stage;
      /** Points were met where one side has a value and the other hasn't. */
      readonly domain: 'same' | 'different' | 'unknown';
    }
  | { readonly verdict: 'different'; readonly witness: Witness }
  | { readonly verdict: 'undecided'; readonly why: WhyUndecided };

export interface ComparisonContext {
  readonly system: System;
  /** What holds for the free indices: the target's ranges, and the case. */
  readonly given: readonly Condition[];
}
