// Differences of the loss: the slow way to a gradient, with every forward pass counted by the run itself.

import { type Count, type Leaf, openRun, type Run } from './run.ts';
import { stageKey, type Values, type World } from './world.ts';

/**
 * forward: (C(w+h) - C(w))/h, one pass for each number and one for all;
 * central: (C(w+h) - C(w-h))/2h, two for each;
 * fourth: (8 (C(w+h) - C(w-h)) - (C(w+2h) - C(w-2h)))/12h, four for each, exact to order h^4.
 */
export type Scheme = 'forward' | 'central' | 'fourth';

/** What the step should be for numbers of size 1: where the formula's own error meets that of rounding. */
const STEPS: Record<Scheme, number> = { forward: 1.5e-8, central: 6e-6, fourth: 1e-3 };

export interface Differences {
  /** dC by all entries of each tensor, by key: `w[2]`. */
  readonly gradient: ReadonlyMap<string, Values>;
  readonly count: Count;
}

/** The derivative of the loss by one entry, by the scheme. `base`: the loss as it is now, which `forward` needs. */
export function difference(
  run: Run,
  leaf: Leaf,
  at: number,
  scheme: Scheme,
  base: number,
  step?: number,
): number {
  const { entries } = leaf;
  const here = entries[at] as number;
  const wanted = step ?? STEPS[scheme] * Math.max(1, Math.abs(here));
  // The step that is really taken: x + h is rounded.
  const h = here + wanted - here;
  const lossAt = (by: number): number => {
    entries[at] = here + by;
    const loss = run.forward();
    entries[at] = here;
    return loss;
  };
  switch (scheme) {
    case 'forward':
      return (lossAt(h) - base) / h;
    case 'central':
      return (lossAt(h) - lossAt(-h)) / (2 * h);
    default:
      return (8 * (lossAt(h) - lossAt(-h)) - (lossAt(2 * h) - lossAt(-2 * h))) / (12 * h);
  }
}

/** The derivatives of the loss by every entry of the tensors named (all parameters, unless said), by differences. */
export function differences(
  world: World,
  scheme: Scheme,
  options: { readonly tensors?: ReadonlySet<string>; readonly step?: number } = {},
): Differences {
  const run = openRun(world);
  const base = run.forward();
  // The pass at the start counts for the forward differences alone: the others don't use it.
  const start = scheme === 'forward' ? { passes: 0, multiplyAdds: 0 } : run.count();
  const { tensors, step } = options;
  const leaves =
    tensors === undefined
      ? run.leaves('parameter')
      : [...run.leaves('parameter'), ...run.leaves('input')].filter((leaf) => tensors.has(leaf.name));
  const gradient = new Map<string, Values>();
  for (const leaf of leaves) {
    const entries = leaf.entries.map((_, at) => difference(run, leaf, at, scheme, base, step));
    gradient.set(stageKey(leaf.name, leaf.stage), { shape: leaf.shape, entries });
  }
  const { passes, multiplyAdds, reversePasses } = run.count();
  return {
    gradient,
    count: { passes: passes - start.passes, multiplyAdds: multiplyAdds - start.multiplyAdds, reversePasses },
  };
}
