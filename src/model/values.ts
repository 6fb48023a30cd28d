// A network's numbers: those given, checked against the shapes; the others drawn from a seed.

import type { System } from '../expr/system.ts';
import { type Draw, drawFor } from '../numeric/random.ts';
import { stageKey } from '../numeric/world.ts';
import type { Interval } from '../tables/activations.ts';
import type { LossRow } from '../tables/losses.ts';
import { suggestion } from '../text/nearest.ts';
import { type Needed, neededTensors, type SizeValues } from './needed.ts';
import { normal, short } from './random.ts';
import { flatten, shapeProblem } from './shapes.ts';
import type { Concrete, GivenValues, Nested, SpecPath, SpecSource, Values, ValuesSpec } from './spec.ts';

/** What the numbers must fit. */
export interface ValuesContext {
  readonly system: System;
  readonly sizes: SizeValues;
  readonly widths: readonly number[] | null;
  readonly source: SpecSource;
  /** Who wants the shapes, with its verb: `layers [2, 3, 2] want`. */
  readonly who: string;
  /** What in the file makes the network as large as it is. */
  readonly large: SpecPath;
  /** How `y` is drawn, and along which slot its entries belong to one sample (0, or 1 where samples are rows). */
  readonly wanted: LossRow['wanted'];
  readonly outputRange: Interval | null;
  readonly sampleSlot: 0 | 1 | null;
}

const NOTHING: ValuesSpec = { seed: 1, given: new Map() };

/** The numbers of all inputs and parameters. Throws where what is given doesn't fit. */
export function concreteValues(
  spec: ValuesSpec | null,
  seed: number | undefined,
  c: ValuesContext,
): Concrete {
  const { given, seed: own } = spec ?? NOTHING;
  checkStages(c);
  const needed = neededTensors(c.system, c.sizes);
  checkCount(needed, c);
  checkNames(given, needed, c);
  const values = new Map<string, Values>();
  const drawn = new Set<string>();
  for (const need of needed) {
    const numbers = givenAt(given, need, c);
    if (numbers === null) drawn.add(need.decl.name);
    values.set(need.key, numbers ?? draw(need, drawFor(seed ?? own, need.key), c));
  }
  return { sizes: c.sizes, values, widths: c.widths, drawn };
}

/** The most entries of inputs and parameters that numbers are worked out for. */
const MOST_ENTRIES = 800_000;
const MOST_STAGES = 1000;

/** Stages are walked one by one. */
function checkStages(c: ValuesContext): void {
  for (const [name, value] of c.sizes) {
    if (c.system.sizes.get(name) !== 0 || value <= MOST_STAGES || !countsStages(c.system, name)) continue;
    throw c.source.error(
      ['sizes', name],
      `${name} counts stages and is ${value}; at most ${MOST_STAGES} are taken`,
    );
  }
}

const countsStages = (system: System, name: string): boolean =>
  [...system.tensors.values()].some((t) => t.stage.length > 0) &&
  [...system.tensors.values()].every((t) =>
    t.size.every((s) => s.terms.every((x) => x.symbol.name !== name)),
  );

function checkCount(needed: readonly Needed[], c: ValuesContext): void {
  const count = needed.reduce((total, { shape }) => total + shape.reduce((n, s) => n * s, 1), 0);
  if (count <= MOST_ENTRIES) return;
  const what = c.widths === null ? 'the sizes ask for' : `layers [${c.widths.join(', ')}] ask for`;
  const message = `${what} ${count} numbers, and at most ${MOST_ENTRIES} are worked out`;
  throw c.source.error(c.large, `${message}; make it smaller, or derive without numbers (--no-numbers)`);
}

/** Names no input or parameter, or a stage where there is none. */
function checkNames(
  given: ReadonlyMap<string, GivenValues>,
  needed: readonly Needed[],
  c: ValuesContext,
): void {
  const names = new Set(needed.map((n) => n.decl.name));
  for (const [name, item] of given) {
    const path = ['values', name];
    if (!names.has(name)) {
      const message = `values are given for "${name}", which is no input or parameter${suggestion(name, names)}`;
      throw c.source.error(path, message, { onKey: true });
    }
    const own = needed.filter((n) => n.decl.name === name);
    const staged = own.some((n) => n.stage.length > 0);
    if (staged !== item instanceof Map)
      throw c.source.error(
        path,
        staged ? wantsStages(name, own) : `${name} has no stages; give its numbers alone`,
      );
    if (!(item instanceof Map)) continue;
    for (const stage of item.keys()) {
      if (own.some((n) => n.stage.join() === stage)) continue;
      const message = `there is no ${name}[${stage}]; there is ${own.map((n) => n.key).join(', ')}`;
      throw c.source.error([...path, stage], message, { onKey: true });
    }
  }
}

const wantsStages = (name: string, own: readonly Needed[]): string =>
  `${name} needs its numbers by stage: {${own.map((n) => `${n.stage.join()}: ...`).join(', ')}}`;

/** The numbers given for a tensor at a stage, checked; null where nothing is given for that tensor. */
function givenAt(given: ReadonlyMap<string, GivenValues>, need: Needed, c: ValuesContext): Values | null {
  const item = given.get(need.decl.name);
  if (item === undefined) return null;
  const stage = need.stage.join();
  const path: SpecPath = item instanceof Map ? ['values', need.decl.name, stage] : ['values', need.decl.name];
  const numbers = item instanceof Map ? item.get(stage) : (item as Nested);
  if (numbers === undefined)
    throw c.source.error(
      ['values', need.decl.name],
      `${need.key} is missing; give it, or leave out ${need.decl.name} to have it drawn`,
    );
  const flat = flatten(need.key, numbers);
  if ('problem' in flat) throw c.source.error(path, flat.problem);
  const order =
    need.decl.kind === 'parameter' ? 'out x in' : need.decl.size.length === 2 ? samplesText(c) : '';
  const problem = shapeProblem(need.key, flat.shape, need.shape, c.who, c.widths === null ? '' : order);
  if (problem !== null) throw c.source.error(path, problem);
  const wrong = c.widths !== null && need.decl.name === 'y' ? wantedProblem(flat, c) : null;
  if (wrong !== null) throw c.source.error(path, wrong);
  return flat;
}

const samplesText = (c: ValuesContext): string =>
  c.sampleSlot === 0 ? 'samples as rows' : 'samples as columns';

/** What is wrong with a given y for the loss: bce wants 0..1; the cross-entropy wants y >= 0, adding up to 1. */
function wantedProblem(y: Values, c: ValuesContext): string | null {
  if (c.wanted === 'real') return null;
  for (const v of y.entries)
    if (v < 0 || v > 1) return `y has the entry ${v}, but this loss wants entries from 0 to 1`;
  if (c.wanted !== 'one-hot') return null;
  for (const [i, total] of sampleTotals(y, c).entries()) {
    if (Math.abs(total - 1) > 1e-9)
      return `the entries of y${c.sampleSlot === null ? '' : ` for sample ${i + 1}`} add up to ${Number(total.toPrecision(6))}, but the cross-entropy wants 1`;
  }
  return null;
}

/** The position of each entry of y: its neuron and its sample, both from 0. */
function positions(shape: readonly number[], sampleSlot: 0 | 1 | null): [number, number][] {
  const [rows = 1, columns = 1] = shape;
  const all: [number, number][] = [];
  for (let r = 0; r < rows; r++)
    for (let s = 0; s < columns; s++) all.push(sampleSlot === 0 ? [s, r] : [r, s]);
  return all;
}

function sampleTotals(y: Values, c: ValuesContext): number[] {
  const totals: number[] = [];
  for (const [at, [, sample]] of positions(y.shape, c.sampleSlot).entries()) {
    totals[sample] = (totals[sample] ?? 0) + (y.entries[at] ?? 0);
  }
  return totals;
}

function draw(need: Needed, next: Draw, c: ValuesContext): Values {
  const { decl, shape } = need;
  if (c.widths !== null && decl.name === 'y') return { shape, entries: drawWanted(shape, next, c) };
  const count = shape.reduce((n, s) => n * s, 1);
  const inputs = shape.length < 2 ? 4 : (shape.at(-1) ?? 1);
  const scale = decl.kind === 'input' ? 1 : 1 / Math.sqrt(inputs);
  if (decl.size.length === 0) return { shape, entries: Float64Array.of(0.1) };
  return { shape, entries: Float64Array.from({ length: count }, () => short(scale * normal(next))) };
}

function drawWanted(shape: readonly number[], next: Draw, c: ValuesContext): Float64Array {
  const places = positions(shape, c.sampleSlot);
  const neurons = 1 + Math.max(...places.map(([neuron]) => neuron));
  const chosen = new Map<number, number>();
  for (const [, sample] of places) if (!chosen.has(sample)) chosen.set(sample, Math.floor(next() * neurons));
  return Float64Array.from(places, ([neuron, sample]) => {
    switch (c.wanted) {
      case 'one-hot':
        return chosen.get(sample) === neuron ? 1 : 0;
      case 'zero-one':
        return next() < 0.5 ? 0 : 1;
      default:
        return within(c.outputRange, next);
    }
  });
}

/** A number the network could give: inside the range of its last activation where that is bounded. */
function within(range: Interval | null, next: Draw): number {
  if (range === null || !Number.isFinite(range.from) || !Number.isFinite(range.to))
    return short(normal(next));
  return Number((range.from + (range.to - range.from) * (0.05 + 0.9 * next())).toFixed(2));
}

/** Sizes of a network of layers by key: L, n[1], ..., and m for a batch. */
export function layerSizes(
  widths: readonly number[],
  batch: { readonly symbol: string; readonly size: number } | null,
): SizeValues {
  const sizes = new Map<string, number>([['L', widths.length]]);
  for (const [i, width] of widths.entries()) sizes.set(stageKey('n', [i + 1]), width);
  if (batch !== null) sizes.set(batch.symbol, batch.size);
  return sizes;
}
