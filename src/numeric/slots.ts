// The sizes of slots that depend on no stage: those that should differ in a random world.

import { type Affine, bareName, collectNames } from '../expr/affine.ts';
import type { System } from '../expr/system.ts';

/** The sizes of slots that are the same at every stage: n, n-m+1, n[L]. */
export function slotSizes(system: System): Affine[] {
  const found = new Map<string, Affine>();
  for (const decl of system.tensors.values()) {
    for (const size of decl.size) {
      const names = new Set<string>();
      collectNames(size, names);
      if (!decl.stage.some((letter) => names.has(letter))) found.set(size.key, size);
    }
  }
  return [...found.values()];
}

/** The sizes that are themselves the size of a slot; the others count stages. */
export const bareSizes = (system: System): ReadonlySet<string> =>
  new Set(slotSizes(system).flatMap((size) => bareName(size) ?? []));
