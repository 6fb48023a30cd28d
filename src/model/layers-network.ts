// A spec of layers -> a checked network: functions, loss, system, numbers.

import type { System } from '../expr/system.ts';
import type { Interval } from '../tables/activations.ts';
import { type Conventions, defaultConventions } from '../tables/conventions.ts';
import {
  type Activation,
  named,
  readActivation,
  type ScalarFunction,
  type VectorFunction,
} from './activation.ts';
import { inConventions } from './convention-values.ts';
import { layerAt } from './layer-numbers.ts';
import {
  type BatchForm,
  type HiddenFunctions,
  type LayerFunctions,
  layersSystem,
  OWN_NAMES,
} from './layers.ts';
import { type Loss, readLoss, UNKNOWN_LOSS } from './loss.ts';
import { flatten } from './shapes.ts';
import type {
  BuildOptions,
  LayersSpec,
  NamedFunction,
  Network,
  Note,
  SpecPath,
  SpecSource,
  ValuesSpec,
} from './spec.ts';
import { concreteValues, layerSizes } from './values.ts';

/** Builds a network of layers. `source` says where things stand in the file. */
export function layersNetwork(spec: LayersSpec, options: BuildOptions, source: SpecSource): Network {
  const notes: Note[] = [];
  const functions = layerFunctions(withDefaults(spec, notes), options, source);
  const last = lastActivation(functions);
  const half = options.conventions?.half ?? true;
  const loss =
    spec.loss === null && spec.layers === null ? UNKNOWN_LOSS : lossOf(spec, last, half, notes, source);
  const conventions = options.conventions ?? defaultConventions;
  const batch = batchForm(spec, conventions);
  checkSymbols(spec, batch, source);
  const form = { functions, loss: loss.form, l2: spec.l2 };
  const system = layersSystem({ ...form, batch, conventions });
  // Numbers stand in a file in one convention, whatever the equations are written in.
  const filed = layersSystem({
    ...form,
    batch: batchForm(spec, defaultConventions),
    conventions: defaultConventions,
  });
  const network: Network = {
    title: spec.title || (spec.layers === null ? 'the general network' : spec.layers.join('-')),
    spec,
    system,
    concrete: null,
    functions: namedFunctions(functions, conventions),
    loss: loss.row?.name ?? null,
    conventions,
    notes,
    targets: [],
    source,
  };
  const concrete = numbers(filed, spec, loss, last?.range ?? null, options, source);
  return {
    ...network,
    concrete: concrete === null ? null : inConventions(concrete, spec.batch, batch, conventions),
  };
}

/** The batch that the equations have: the file's size, else m; the convention's direction, else the file's. */
function batchForm({ batch }: LayersSpec, conventions: Conventions): BatchForm | null {
  const samples = conventions.batch === 'none' ? batch?.samples : conventions.batch;
  if (samples === undefined) return null;
  return { size: typeof batch?.size === 'string' ? batch.size : 'm', samples };
}

/** A network with widths needs functions for its numbers; what the file leaves out is chosen, and said. */
function withDefaults(spec: LayersSpec, notes: Note[]): LayersSpec {
  if (spec.activation !== null || spec.layers === null) return spec;
  notes.push({ kind: 'activation-taken', activation: 'sigmoid' });
  return { ...spec, activation: 'sigmoid' };
}

/** The loss; without the convention of the factor 1/2, `mse` is the plain sum of squares. */
function lossOf(
  spec: LayersSpec,
  last: Activation | null,
  half: boolean,
  notes: Note[],
  source: SpecSource,
): Loss {
  const read = (name: string): Loss => readLoss(name, last, ['loss'], source);
  const chosen = last?.kind === 'vector' ? 'cross-entropy' : 'mse';
  const loss = read(spec.loss ?? chosen);
  if (spec.loss === null) notes.push({ kind: 'loss-taken', loss: chosen });
  return half || loss.row?.name !== 'mse' ? loss : read('sse');
}

function layerFunctions(spec: LayersSpec, options: BuildOptions, source: SpecSource): LayerFunctions {
  const read = (text: string, path: SpecPath): Activation =>
    readActivation(text, path, source, options.parseFormula);
  if (spec.activation === null && spec.output === null) return { hidden: { kind: 'unknown' }, output: null };
  if (Array.isArray(spec.activation)) return fromList(spec, spec.activation, read, source);
  const output = spec.output === null ? null : read(spec.output, ['output']);
  if (spec.activation === null) return { hidden: { kind: 'unknown' }, output };
  const one = read(String(spec.activation), ['activation']);
  if (one.kind === 'vector') {
    if (spec.layers?.length === 2 && output === null) return { hidden: { kind: 'unknown' }, output: one };
    throw source.error(
      ['activation'],
      `${one.id} can only be the last layer's activation; write it as output: ${one.id}`,
    );
  }
  return { hidden: { kind: 'same', f: one }, output: output?.id === one.id ? null : output };
}

function fromList(
  spec: LayersSpec,
  list: readonly string[],
  read: (text: string, path: SpecPath) => Activation,
  source: SpecSource,
): LayerFunctions {
  checkList(spec, list, source);
  const all = list.map((text, i) => read(text, ['activation', i]));
  const hidden: ScalarFunction[] = [];
  let output: VectorFunction | null = null;
  for (const [i, f] of all.entries()) {
    if (f.kind === 'scalar') hidden.push(f);
    else if (i === all.length - 1) output = f;
    else throw source.error(['activation', i], `${f.id} can only be the last layer's activation`);
  }
  return { hidden: hiddenOf(hidden), output };
}

function hiddenOf(list: readonly ScalarFunction[]): HiddenFunctions {
  const [first] = list;
  if (first === undefined) return { kind: 'unknown' };
  return list.every((f) => f.id === first.id) ? { kind: 'same', f: first } : { kind: 'mixed', list };
}

function checkList(spec: LayersSpec, list: readonly string[], source: SpecSource): void {
  if (spec.layers === null)
    throw source.error(
      ['activation'],
      'a list of activations needs layers; give the widths, or one activation for all',
    );
  if (spec.output !== null)
    throw source.error(
      ['output'],
      'output goes with one activation for all; the list names the last one already',
    );
  const layers = spec.layers.length - 1;
  if (list.length === layers) return;
  const after = `layers [${spec.layers.join(', ')}] have ${layers} after the input`;
  throw source.error(
    ['activation'],
    `activation has ${list.length} ${list.length === 1 ? 'entry' : 'entries'}, but ${after}`,
  );
}

function lastActivation({ hidden, output }: LayerFunctions): Activation | null {
  if (output !== null) return output;
  switch (hidden.kind) {
    case 'same':
      return hidden.f;
    case 'mixed':
      return hidden.list.at(-1) ?? null;
    default:
      return null;
  }
}

function namedFunctions({ hidden, output }: LayerFunctions, conventions: Conventions): NamedFunction[] {
  const own =
    hidden.kind === 'mixed'
      ? hidden.list.map((f, i) => named('sigma', [layerAt(i + 1, conventions)], f))
      : [named('sigma', null, hidden.kind === 'same' ? hidden.f : null)];
  return output?.kind === 'scalar' ? [...own, named('g', null, output)] : own;
}

/** A symbol of the user's must not be a name that the network has already. */
function checkSymbols(spec: LayersSpec, batch: BatchForm | null, source: SpecSource): void {
  const check = (name: number | string | undefined | null, path: SpecPath): void => {
    if (typeof name === 'string' && OWN_NAMES.includes(name)) {
      throw source.error(
        path,
        `"${name}" is taken: it is a name of the network's own; choose another symbol`,
      );
    }
  };
  check(spec.batch?.size, ['batch', 'size']);
  check(spec.l2, ['l2']);
  if (spec.l2 !== null && spec.l2 === batch?.size)
    throw source.error(['l2'], `"${spec.l2}" is the number of samples already; choose another symbol`);
}

/** The numbers as the file has them: out x in, layers from 1, weights by the layer where they end. */
function numbers(
  system: System,
  spec: LayersSpec,
  loss: Loss,
  outputRange: Interval | null,
  options: BuildOptions,
  source: SpecSource,
): Network['concrete'] {
  if (spec.layers === null) {
    if (spec.values === null) return null;
    throw source.error(['values'], 'values need layers: give the widths', { onKey: true });
  }
  if (options.numbers === false) return null;
  const { batch } = spec;
  const symbol = typeof batch?.size === 'string' ? batch.size : 'm';
  const sizes = layerSizes(spec.layers, batch === null ? null : { symbol, size: sampleCount(spec) });
  return concreteValues(spec.values, options.seed, {
    system,
    sizes,
    widths: spec.layers,
    source,
    who: `layers [${spec.layers.join(', ')}]${batch === null ? '' : ` and a batch of ${sampleCount(spec)}`} want`,
    large: ['layers'],
    wanted: loss.row?.wanted ?? 'real',
    outputRange,
    sampleSlot: batch === null ? null : batch.samples === 'rows' ? 0 : 1,
  });
}

const SAMPLES = 4;

/** How many samples the numbers have: as the file says, as many as x has, or a few. */
function sampleCount({ batch, values }: LayersSpec): number {
  if (typeof batch?.size === 'number') return batch.size;
  const given: ValuesSpec['given'] = values?.given ?? new Map();
  const x = given.get('x');
  if (x === undefined || x instanceof Map) return SAMPLES;
  const flat = flatten('x', x as Parameters<typeof flatten>[1]);
  if ('problem' in flat) return SAMPLES;
  return flat.shape[batch?.samples === 'rows' ? 0 : 1] ?? SAMPLES;
}
