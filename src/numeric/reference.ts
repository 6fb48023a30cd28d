// An entry of a named tensor compiled: which slab it reads, and where in it.

import { UserError } from '../expr/error.ts';
import type { SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { tensorDecl } from '../expr/system.ts';
import { type IntForm, intForm, runAll, type Scope } from './scope.ts';
import { offsetAt, outside, read, type Slab, slabAt } from './store.ts';

export interface Reference {
  /** The slab at the frame's stages; throws `Wanted` where it isn't filled yet. */
  readonly slab: () => Slab;
  /** The position in it at the frame's slots; throws where they lie outside. */
  readonly offset: (slab: Slab) => number;
}

/** The slab of a tensor at the frame's stages; the last one is remembered until the stage or the epoch changes. */
export function slabForm(t: SymbolTensor, scope: Scope): () => Slab {
  const { machine } = scope.unit;
  const forms = t.stage.map((s) => intForm(s, scope));
  const [first] = forms;
  let epoch = -1;
  let last: Slab | null = null;
  let at = Number.NaN;
  const find = (stage: readonly number[]): Slab => {
    last = read(machine.store, slabAt(machine.store, t.name, stage));
    epoch = machine.epoch;
    return last;
  };
  if (first === undefined) return () => (last !== null && epoch === machine.epoch ? last : find([]));
  if (forms.length > 1) return () => find(runAll(forms));
  return () => {
    const stage = first.run();
    if (last !== null && stage === at && epoch === machine.epoch) return last;
    at = stage;
    last = null;
    return find([stage]);
  };
}

function offsetForm(forms: readonly IntForm[]): (slab: Slab) => number {
  const [first, second, third] = forms;
  if (first === undefined) return (slab) => offsetAt(slab, []);
  if (second === undefined)
    return (slab) => {
      const i = first.run();
      return i >= 1 && i <= (slab.shape[0] as number) ? i - 1 : outside(slab, [i]);
    };
  if (third === undefined)
    return (slab) => {
      const i = first.run();
      const j = second.run();
      const width = slab.shape[1] as number;
      if (i < 1 || j < 1 || i > (slab.shape[0] as number) || j > width) return outside(slab, [i, j]);
      return (i - 1) * width + j - 1;
    };
  return (slab) => offsetAt(slab, runAll(forms));
}

/** Compiles an entry of a named tensor. Throws where it has the wrong number of slots. */
export function referenceForm(e: SymbolEntry, scope: Scope): Reference {
  const { size } = tensorDecl(scope.unit.machine.system, e.of.name);
  if (size.length !== e.slots.length)
    throw new UserError(`${e.of.name} has ${size.length} slots, not ${e.slots.length}`);
  const forms = e.slots.map((s) => intForm(s, scope));
  return { slab: slabForm(e.of, scope), offset: offsetForm(forms) };
}
