// Formulas in the words of a language, for screen readers.

import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { System } from '../expr/system.ts';
import { spokenLook } from './spoken-look.ts';
import type { SpokenWords } from './spoken-words.ts';
import type { Style } from './style.ts';
import { type Printers, printers } from './typeset.ts';

/** The printers of a language, one for networks of layers and one for those of time steps. */
interface Speaker {
  readonly layers: Printers;
  readonly steps: Printers;
}

const speakers = new WeakMap<SpokenWords, Speaker>();
const timed = new WeakMap<System, boolean>();

/** Whether every stage of a system is a time step. */
function isTimed(system: System): boolean {
  let found = timed.get(system);
  if (found === undefined) {
    const stages = [...system.tensors.values()].flatMap((t) => t.stage);
    found = stages.length > 0 && stages.every((s) => s === 't');
    timed.set(system, found);
  }
  return found;
}

function speaking(w: SpokenWords, s: Style): Printers {
  let speaker = speakers.get(w);
  if (speaker === undefined) {
    speaker = { layers: printers(spokenLook(w)), steps: printers(spokenLook(w, true)) };
    speakers.set(w, speaker);
  }
  return isTimed(s.system) ? speaker.steps : speaker.layers;
}

/** `delta sub j, layer l` */
export const spoken = (e: Expr, s: Style, w: SpokenWords): string => speaking(w, s).expr(e, s);

export const spokenTensor = (t: Tensor, s: Style, w: SpokenWords): string => speaking(w, s).tensor(t, s);

/** `l is less than capital L` */
export const spokenConditions = (cs: readonly Condition[], s: Style, w: SpokenWords): string =>
  speaking(w, s).conditions(cs, s);

/** `delta sub j, layer l equals ...` */
export const spokenEquation = (left: Expr | Tensor, right: Expr | Tensor, s: Style, w: SpokenWords): string =>
  speaking(w, s).equation(left, right, s);
