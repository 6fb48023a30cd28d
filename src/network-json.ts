// What the JSON contracts say of a network.

import { english } from './lang/en.ts';
import { wordsOf } from './lang/phrase.ts';
import type { Network } from './model/spec.ts';

export interface NetworkJson {
  readonly title: string;
  /** Widths, the input first; null where they are symbolic, or the network is given by its equations. */
  readonly layers: readonly number[] | null;
  readonly functions: readonly {
    readonly head: string;
    readonly stages: readonly number[] | null;
    readonly name: string | null;
    readonly formula: string | null;
  }[];
  /** The loss's name; null for a formula or an unknown loss. */
  readonly loss: string | null;
  readonly notes: readonly string[];
}

export function networkJson({ title, spec, functions, loss, notes }: Network): NetworkJson {
  return {
    title,
    layers: spec.kind === 'layers' ? spec.layers : null,
    functions: functions.map(({ head, stages, row, formula }) => ({ head, stages, name: row, formula })),
    loss,
    notes: notes.map((note) => wordsOf(english.network.note(note))),
  };
}
