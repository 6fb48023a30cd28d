// The cost of a gradient as it was measured: differences run in full where they are few, else some of them.

import { type Cost, costOf } from './cost.ts';
import { difference } from './differences.ts';
import { openRun } from './run.ts';
import type { World } from './world.ts';

export interface MeasuredCost extends Cost {
  /** Forward passes of the differences that were run: all of them, or some. */
  readonly passesRun: number;
  /** Products added up in all passes of the differences; by multiplication where only some were run. */
  readonly differences: number;
  /** Whether all passes were run. */
  readonly complete: boolean;
}

/** Few enough products for a document; a command may wait longer. */
const MOST_PRODUCTS = 2e6;
const SOME = 20;

/**
 * Counts what the gradient by the parameters named costs by forward differences, for growing groups of parameters: each
 * group's passes are those of the group before and some more, so that all are counted in one run. The passes are run
 * where they take at most `most` products, else only some of them.
 */
export function measuredCosts(
  world: World,
  groups: readonly ReadonlySet<string>[],
  most: number = MOST_PRODUCTS,
): MeasuredCost[] {
  const costs = groups.map((tensors) => costOf(world, tensors));
  const last = costs.at(-1);
  const complete = last !== undefined && last.differencePasses * Math.max(1, last.forward) <= most;
  const run = openRun(world);
  const base = run.forward();
  const done = new Set<string>();
  let left = complete ? Number.POSITIVE_INFINITY : SOME;
  return costs.map((cost, i) => {
    for (const leaf of run.leaves('parameter')) {
      if (done.has(leaf.name) || groups[i]?.has(leaf.name) !== true) continue;
      for (let at = 0; at < leaf.entries.length && left > 0; at++, left--)
        difference(run, leaf, at, 'forward', base);
    }
    for (const name of groups[i] ?? []) done.add(name);
    const { passes, multiplyAdds } = run.count();
    return {
      ...cost,
      passesRun: passes,
      differences: complete ? multiplyAdds : (multiplyAdds / passes) * cost.differencePasses,
      complete,
    };
  });
}
