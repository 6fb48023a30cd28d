// A target as the engine takes it: a goal, and which of its cases were asked for.

import type { Goal } from '../engine/types.ts';
import type { System } from '../expr/system.ts';

/** A goal in the system it belongs to, and which of its cases go under which name. */
export interface Asked {
  readonly goal: Goal;
  readonly system: System;
  readonly parts: readonly AskedPart[];
}

export interface AskedPart {
  readonly id: string;
  readonly target: string;
  /** `last`: the case that fixes the stage (l = L); `others`: the rest. */
  readonly cases: 'all' | 'last' | 'others';
}
