// The cost of a gradient as it was measured: differences run in full where they are few, else some of them.

import { type Cost, costOf } from './cost.ts';
import { difference } from './differences.ts';
import { openRun } from './run.ts';
import type { World } from './world.ts';

export interface MeasuredCost extends Cost {
  /** Forward passes of the differences that were run: all of them, or some. */
  readonly passesRun: number;
  /** Products added up in these. */
  readonly multiplyAddsRun: number;
  /** Products added up in all passes of the differences; by multiplication where only some were run. */
  readonly differences: number;
  /** Whether all passes were run. */
  readonly complete: boolean;
}

/** Few enough products for a document; a command may wait longer. */
const MOST_PRODUCTS = 2e6;
const SOME = 20;

/**
 * Counts what the gradient by the parameters named (all, unless said) costs by forward differences. They are run where
 * they take at most `most` products, else only some of them.
 */
export function measuredCost(
  world: World,
  tensors?: ReadonlySet<string>,
  most: number = MOST_PRODUCTS,
): MeasuredCost {
  const cost = costOf(world, tensors);
  const complete = cost.differencePasses * Math.max(1, cost.forward) <= most;
  const wanted = complete ? cost.parameters : Math.min(SOME, cost.parameters);
  const run = openRun(world);
  const base = run.forward();
  let left = wanted;
  for (const leaf of run.leaves('parameter')) {
    if (tensors !== undefined && !tensors.has(leaf.name)) continue;
    for (let at = 0; at < leaf.entries.length && left > 0; at++, left--)
      difference(run, leaf, at, 'forward', base);
  }
  const { passes, multiplyAdds } = run.count();
  return {
    ...cost,
    passesRun: passes,
    multiplyAddsRun: multiplyAdds,
    differences: complete ? multiplyAdds : (multiplyAdds / passes) * cost.differencePasses,
    complete,
  };
}
