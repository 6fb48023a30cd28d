// What a gradient costs, by differences and by backpropagation: counted by passes that were run.

import { openRun } from './run.ts';
import type { World } from './world.ts';

export interface Cost {
  /** How many numbers the gradient is by. */
  readonly parameters: number;
  /** Products added up in a forward pass. */
  readonly forward: number;
  /** Products added up in a reverse pass. */
  readonly reverse: number;
  /** Forward passes of the forward differences: one for each number, and one for the loss as it is. */
  readonly differencePasses: number;
}

/** The cost of a gradient by the parameters named (all, unless said), from one forward and one reverse pass. */
export function costOf(world: World, tensors?: ReadonlySet<string>): Cost {
  const run = openRun(world);
  run.forward();
  const forward = run.count().multiplyAdds;
  run.backward();
  const reverse = run.count().multiplyAdds - forward;
  const parameters = run
    .leaves('parameter')
    .filter((leaf) => tensors === undefined || tensors.has(leaf.name))
    .reduce((n, leaf) => n + leaf.entries.length, 0);
  return { parameters, forward, reverse, differencePasses: parameters + 1 };
}
