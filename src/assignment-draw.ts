// How an assignment draws each student's own network: how many layers, how wide, which functions.

import { type Field, listOf, optional, recordOf, textOf, wholeOf } from './model/fields.ts';

export interface DrawSpec {
  /** From how many layers to how many, the input counted. */
  readonly layers: readonly [number, number];
  /** The narrowest and the widest layer. */
  readonly widths: readonly [number, number];
  /** Names or formulas, one of which is taken. */
  readonly activation: readonly string[];
  readonly loss: readonly string[];
}

const USUAL: DrawSpec = { layers: [3, 3], widths: [2, 3], activation: ['sigmoid', 'tanh'], loss: ['mse'] };

/** The key `draw` of an assignment; what it doesn't say is as usual. */
export function drawSpec(field: Field | null): DrawSpec {
  if (field === null || field.value === null || field.value === undefined) return USUAL;
  const fields = recordOf(field, ['layers', 'widths', 'activation', 'loss']);
  return {
    layers: optional(fields, 'layers', (f) => range(f, 2, 6)) ?? USUAL.layers,
    widths: optional(fields, 'widths', (f) => range(f, 1, 8)) ?? USUAL.widths,
    activation: optional(fields, 'activation', choices) ?? USUAL.activation,
    loss: optional(fields, 'loss', choices) ?? USUAL.loss,
  };
}

/** A number, or two: from and to. */
function range(field: Field, least: number, most: number): readonly [number, number] {
  const what = `a whole number from ${least} to ${most}, or two of them such as [${least}, ${most}]`;
  const list = (Array.isArray(field.value) ? listOf(field) : [field]).map((f) => wholeOf(f, least, what));
  const [from = least, to = from] = list;
  if (list.length > 2 || list.length === 0 || to < from || to > most)
    throw field.source.error(field.path, `${String(field.path.at(-1))} must be ${what}`);
  return [from, to];
}

function choices(field: Field): readonly string[] {
  const list =
    typeof field.value === 'string'
      ? [textOf(field)]
      : listOf(field, 'a name or a list of names').map((f) => textOf(f));
  if (list.length === 0)
    throw field.source.error(field.path, `${String(field.path.at(-1))} must name at least one`);
  return list;
}
