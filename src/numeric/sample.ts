// Random worlds: sizes that differ pairwise, numbers away from kinks, unknown functions drawn as smooth ones.

import { bareName } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { toNumber } from '../expr/rational.ts';
import { type Identity, lossEntry, type System, type TensorDecl, tensorDecl } from '../expr/system.ts';
import { assignFrom } from './assign.ts';
import { evaluate } from './evaluate.ts';
import {
  between,
  type Draw,
  drawFor,
  randomScalarFunction,
  randomTensorFunction,
  type Spread,
  signed,
} from './random.ts';
import { countOf } from './store.ts';
import { type Env, type Source, stageKey, type Values, type World } from './world.ts';

/** A random world, and values of the free indices that were asked for. */
export interface Sample {
  readonly world: World;
  readonly env: Env;
}

export interface SampleOptions {
  readonly count: number;
  readonly seed: number;
  /** The number of the first world (0 unless said): with it, more worlds of the same seed are drawn. */
  readonly from?: number;
}

/** How numbers are drawn; the next mood is tried where a logarithm or a root has no value. */
interface Mood {
  readonly inputs: Spread | 'small';
  readonly parameters: Spread | 'small';
  readonly functions: Spread;
}

const MOODS: readonly Mood[] = [
  { inputs: 'real', parameters: 'real', functions: 'real' },
  { inputs: 'unit', parameters: 'real', functions: 'real' },
  { inputs: 'unit', parameters: 'real', functions: 'unit' },
  { inputs: 'unit', parameters: 'unit', functions: 'unit' },
  // Functions that grow fast, z*exp(z), overflow in deep networks unless their arguments are near 0.
  { inputs: 'small', parameters: 'small', functions: 'real' },
];

/**
 * Random worlds in which `given` and the system's own assumptions hold, each with values for the free indices among
 * `names` and in `given`. The same for the same arguments. Throws a `UserError` where the conditions contradict each
 * other, or where no numbers were found for which the loss has a value.
 */
export function sampleWorlds(
  system: System,
  given: readonly Condition[],
  names: ReadonlySet<string>,
  options: SampleOptions,
): readonly Sample[] {
  const { count, seed, from = 0 } = options;
  return Array.from({ length: count }, (_, i) => sampleOne(system, given, names, `${seed}/${from + i}`));
}

function sampleOne(
  system: System,
  given: readonly Condition[],
  names: ReadonlySet<string>,
  seed: string,
): Sample {
  const found = assignFrom(system, given, names, seed);
  if (found === null) throw new UserError(`no sizes and indices satisfy ${conditionsText(given)}`);
  const sizes = new Map([...found].filter(([key]) => system.sizes.has(key.replace(/\[.*/, ''))));
  const env = new Map([...found].filter(([key]) => !sizes.has(key)));
  for (const [i, mood] of MOODS.entries()) {
    const world = randomWorld(system, sizes, `${seed}/${i}`, mood);
    if (lossIsFinite(world)) return { world, env };
  }
  throw new UserError(`no random numbers were found for which ${system.loss} has a value`);
}

const conditionsText = (given: readonly Condition[]): string =>
  given.length === 0
    ? "the system's assumptions"
    : given.map((c) => `${c.left.key} ${c.relation} ${c.right.key}`).join(', ');

function lossIsFinite(world: World): boolean {
  const { system } = world;
  if (!system.equations.some((eq) => eq.lhs.of.name === system.loss)) return true;
  return Number.isFinite(evaluate(lossEntry(system), world));
}

/** A world with these sizes, in which everything else is drawn when it is first needed. */
function randomWorld(system: System, sizes: ReadonlyMap<string, number>, seed: string, mood: Mood): World {
  const values = new Map<string, Values>();
  const own = new Map(sizes);
  const source: Source = {
    size: (name, stage) => {
      if (stage.length === 0) return null;
      const key = stageKey(name, stage);
      const size = Math.floor(between(drawFor(seed, key), 2, 6));
      own.set(key, size);
      return size;
    },
    values: (name, stage, shape) => {
      const key = stageKey(name, stage);
      const drawn = drawValues(system, tensorDecl(system, name), shape, drawFor(seed, key), mood);
      values.set(key, drawn);
      return drawn;
    },
    scalarFunction: (head) => randomScalarFunction(drawFor(seed, `function ${head}`), mood.functions),
    tensorFunction: (call) => randomTensorFunction(`${seed}/${call}`),
  };
  return { system, sizes: own, values, functions: new Map(), losses: new Map(), source };
}

function drawValues(
  system: System,
  decl: TensorDecl,
  shape: readonly number[],
  draw: Draw,
  mood: Mood,
): Values {
  const total = system.identities.flatMap((id) => totalOf(id, decl.name) ?? [])[0];
  const spread = decl.kind === 'input' ? mood.inputs : mood.parameters;
  const positive = total !== undefined || spread === 'unit';
  const entries = Float64Array.from({ length: countOf(shape) }, () =>
    positive ? between(draw, 0.1, 0.9) : spread === 'small' ? signed(draw) / 5 : signed(draw),
  );
  if (total !== undefined) scaleAlong(entries, shape, total.slot, total.value);
  return { shape, entries };
}

/** What an assumption such as sum_j y_ji = 1 says about a tensor: the total along one of its slots. */
function totalOf({ left, right }: Identity, name: string): { slot: number; value: number } | null {
  if (left.kind !== 'sum' || right.kind !== 'number' || !isSymbolEntry(left.body)) return null;
  if (left.body.of.name !== name) return null;
  const slot = left.body.slots.findIndex((s) => bareName(s) === left.index);
  return slot < 0 ? null : { slot, value: toNumber(right.value) };
}

/** Scales the entries so that they add up to `total` along one slot. */
function scaleAlong(entries: Float64Array, shape: readonly number[], slot: number, total: number): void {
  const size = shape[slot] ?? 1;
  const step = shape.slice(slot + 1).reduce((n, s) => n * s, 1);
  for (let at = 0; at < entries.length; at++) {
    if (Math.floor(at / step) % size !== 0) continue;
    let sum = 0;
    for (let i = 0; i < size; i++) sum += entries[at + i * step] as number;
    for (let i = 0; i < size; i++)
      entries[at + i * step] = ((entries[at + i * step] as number) * total) / sum;
  }
}
