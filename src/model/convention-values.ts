// A network's numbers carried from the file's convention into another: layers renumbered, weights filed elsewhere, matrices turned.

import { integer } from '../expr/affine.ts';
import { stageKey } from '../numeric/world.ts';
import type { Conventions } from '../tables/conventions.ts';
import { layerAt, weightStage } from './layer-numbers.ts';
import type { BatchForm } from './layers.ts';
import type { BatchSpec, Concrete, Values } from './spec.ts';

/** Rows as columns. */
export function turned({ shape, entries }: Values): Values {
  const [rows = 1, columns = 1] = shape;
  const at = (i: number): number => entries[(i % rows) * columns + Math.floor(i / rows)] ?? 0;
  return { shape: [columns, rows], entries: Float64Array.from(entries, (_, i) => at(i)) };
}

/** The stage at which a file's w[layer], b[layer] stand: the file counts layers from 1, and files weights where they end. */
export const stageOfWeights = (layer: number, c: Conventions): number =>
  weightStage(c, integer(layerAt(layer - 1, c))).constant;

/**
 * Numbers in a file's convention (layers from 1, w[l] out x in and ending in layer l) as those of the system in `c`.
 * `filed` is the file's batch, `batch` the system's.
 */
export function inConventions(
  concrete: Concrete,
  filed: BatchSpec | null,
  batch: BatchForm | null,
  c: Conventions,
): Concrete {
  return {
    ...concrete,
    sizes: sizesIn(concrete, batch, c),
    values: new Map([...concrete.values].map(([key, v]) => valueIn(key, v, filed, batch, c))),
  };
}

function sizesIn({ sizes, widths }: Concrete, batch: BatchForm | null, c: Conventions): Map<string, number> {
  const found = new Map([['L', layerAt((widths ?? []).length - 1, c)]]);
  for (const [i, width] of (widths ?? []).entries()) found.set(stageKey('n', [layerAt(i, c)]), width);
  if (batch !== null) found.set(batch.size, sizes.get(batch.size) ?? 1);
  return found;
}

function valueIn(
  key: string,
  v: Values,
  filed: BatchSpec | null,
  batch: BatchForm | null,
  c: Conventions,
): [string, Values] {
  const [, name = key, layer] = /^(w|b)\[(\d+)\]$/.exec(key) ?? [];
  if (layer !== undefined) {
    const at = stageKey(name, [stageOfWeights(Number(layer), c)]);
    return [at, name === 'w' && c.weights === 'in-out' ? turned(v) : v];
  }
  if ((key !== 'x' && key !== 'y') || batch === null) return [key, v];
  return [key, filed === null ? asSample(v, batch) : filed.samples === batch.samples ? v : turned(v)];
}

/** One sample as a batch of one. */
function asSample({ shape, entries }: Values, { samples }: BatchForm): Values {
  const [n = 1] = shape;
  return { shape: samples === 'columns' ? [n, 1] : [1, n], entries };
}
