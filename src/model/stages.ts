// The integer stages at which a concrete network has a tensor.

import { type Affine, evaluateAffine } from '../expr/affine.ts';
import type { System, TensorDecl } from '../expr/system.ts';
import { stageKey, type World } from '../numeric/world.ts';
import { stageRange } from './ranges.ts';

const valueIn = (form: Affine, world: World): number =>
  evaluateAffine(form, (name, at) => world.sizes.get(stageKey(name, at)) ?? Number.NaN);

/** All stages of a tensor that equations define, in order; those below a running range (a[1] = x) only where `whole`. */
export function stagesOf(system: System, decl: TensorDecl, world: World, whole: boolean): number[][] {
  const ranges = decl.stage.map((_, slot) => {
    const range = stageRange(system, decl, slot, whole);
    if (range === null) return [];
    const [lo, hi] = [valueIn(range.lo, world), valueIn(range.hi, world)];
    return Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => lo + i);
  });
  return ranges.reduce<number[][]>((all, own) => all.flatMap((s) => own.map((v) => [...s, v])), [[]]);
}
