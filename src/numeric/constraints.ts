// Affine conditions on integers that are being chosen: which are broken already.

import { type Affine, evaluateAffine } from '../expr/affine.ts';
import { type Condition, conditionNames, slack } from '../expr/condition.ts';
import type { System } from '../expr/system.ts';
import type { Draw } from './random.ts';
import { stageKey } from './world.ts';

/** Sizes by key (`L`, `n[2]`) and indices by name. */
export type Assignment = ReadonlyMap<string, number>;

/** What is sought: sizes and indices such that all conditions hold and the pairs differ. */
export interface Search {
  readonly system: System;
  readonly conditions: readonly Condition[];
  /** Conditions of the system on an index: they hold at every stage. */
  readonly everywhere: readonly Condition[];
  /** Forms whose values must differ. */
  readonly different: readonly (readonly [Affine, Affine])[];
  readonly draw: Draw;
}

/** The value of a form; NaN while something in it has no value. */
export const valueIn = (a: Affine, so: Assignment): number =>
  evaluateAffine(a, (name, at) => so.get(stageKey(name, at)) ?? Number.NaN);

/** Whether a condition isn't broken; what can't be told yet counts as kept. */
function isKept(c: Condition, so: Assignment): boolean {
  const s = valueIn(slack(c), so);
  return Number.isNaN(s) || (c.relation === '=' ? s === 0 : s >= 0);
}

/** Whether nothing is broken so far. */
export const fits = (search: Search, so: Assignment): boolean =>
  search.conditions.every((c) => isKept(c, so)) &&
  search.different.every(([a, b]) => {
    const value = valueIn(a, so);
    return Number.isNaN(value) || value !== valueIn(b, so);
  });

/** Every index and size name in a condition. */
export function namesOf(c: Condition): Set<string> {
  const names = new Set<string>();
  conditionNames(c, names);
  return names;
}
