// Where a function's derivative jumps at a number of this network, the document says so.

import { integer } from '../expr/affine.ts';
import { entry, symbol } from '../expr/make.ts';
import type { Language } from '../lang/types.ts';
import { layerAt } from '../model/layer-numbers.ts';
import type { Network } from '../model/spec.ts';
import { evaluateTensor } from '../numeric/evaluate.ts';
import { activationRow } from '../tables/activations.ts';
import { defaultConventions } from '../tables/conventions.ts';
import type { NoteBlock } from './blocks.ts';
import { exprFormula } from './formulas.ts';
import type { ValueOptions } from './network-section.ts';

const MOST_NOTES = 3;

/** A note for each weighted input that lies at a kink of its layer's activation, the first few. */
export function kinkNotes(network: Network, o: ValueOptions, language: Language): NoteBlock[] {
  const widths = network.concrete?.widths;
  if (widths === undefined || widths === null) return [];
  const c = network.conventions ?? defaultConventions;
  const notes = widths.slice(1).flatMap((_, i) => notesAt(network, layerAt(i + 1, c), o, language));
  return notes.slice(0, MOST_NOTES);
}

function notesAt(network: Network, layer: number, o: ValueOptions, language: Language): NoteBlock[] {
  const kinks = kinksAt(network, layer);
  if (kinks.length === 0) return [];
  const { entries, shape } = evaluateTensor(symbol('z', [integer(layer)]), o.world, new Map());
  const [, columns = 1] = shape;
  return [...entries].flatMap((z, at): NoteBlock[] => {
    if (!kinks.includes(z)) return [];
    const slots = shape.length === 1 ? [at + 1] : [Math.floor(at / columns) + 1, (at % columns) + 1];
    const e = entry(
      'z',
      [integer(layer)],
      slots.map((s) => integer(s)),
    );
    return [{ kind: 'note', parts: language.numbers.kink(exprFormula(e, o.printing), String(z)) }];
  });
}

function kinksAt(network: Network, layer: number): readonly number[] {
  const own =
    network.functions.find((f) => f.stages?.includes(layer) === true) ??
    network.functions.find((f) => f.stages === null);
  const row = own?.row == null ? null : activationRow(own.row);
  return row !== null && row !== undefined && row.kind === 'scalar' ? row.kinks : [];
}
