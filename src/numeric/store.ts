// The tensors of a world as arrays: one slab for each tensor at integer stages, filled when it is first needed.

import { evaluateAffine } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import { type System, tensorDecl } from '../expr/system.ts';
import { entryText, stageKey, type World } from './world.ts';

/** A tensor at integer stages: its entries in row-major order, and what derivatives keep beside them. */
export interface Slab {
  readonly name: string;
  readonly stage: readonly number[];
  readonly shape: readonly number[];
  readonly entries: Float64Array;
  /** Whether the entries are known: at once for inputs and parameters, after the forward pass for variables. */
  ready: boolean;
  /** The slabs that its equations read. */
  uses: Set<Slab>;
  /** In a dual pass: the derivative of each entry along the seed; null where all are 0. */
  tangent: Float64Array | null;
  /** In a reverse pass: dC by each entry; null where it isn't wanted. */
  adjoint: Float64Array | null;
}

/** Thrown where an entry is read before its slab is filled, and caught by the forward pass. */
export interface Wanted {
  readonly wanted: Slab;
}

export const isWanted = (thrown: unknown): thrown is Wanted =>
  typeof thrown === 'object' && thrown !== null && 'wanted' in thrown;

export interface Store {
  readonly world: World;
  readonly slabs: Map<string, Map<string, Slab>>;
  /** Variables in the order they were filled in: each after what it uses. */
  readonly order: Slab[];
  /** The slab being filled, whose uses are noted. */
  current: Slab | null;
  /** Products added up since the store was made. */
  readonly counter: { multiplyAdds: number };
  readonly sizes: Map<string, number>;
}

/** What the closures compiled for a system run on: one world's store after another's. */
export interface Machine {
  readonly system: System;
  store: Store;
  /** Counts the slabs filled and the changes of world: values remembered in one epoch are stale in the next. */
  epoch: number;
  /** Counts the changes of tangents: derivatives remembered in one pass are stale in the next. */
  pass: number;
}

const machines = new WeakMap<System, Machine>();

/** The machine of the store's system, set to this store. */
export function enter(store: Store): Machine {
  const { system } = store.world;
  let machine = machines.get(system);
  if (machine === undefined) {
    machine = { system, store, epoch: 0, pass: 0 };
    machines.set(system, machine);
  }
  if (machine.store !== store) {
    machine.store = store;
    machine.epoch++;
    machine.pass++;
  }
  return machine;
}

export const newStore = (world: World): Store => ({
  world,
  slabs: new Map(),
  order: [],
  current: null,
  counter: { multiplyAdds: 0 },
  sizes: new Map(),
});

/** The size `name` at integer stages. */
export function sizeAt(store: Store, name: string, stage: readonly number[]): number {
  const { world } = store;
  const key = stageKey(name, stage);
  const known = world.sizes.get(key) ?? store.sizes.get(key);
  if (known !== undefined) return known;
  const drawn = world.source?.size(name, stage) ?? null;
  if (drawn === null) throw new UserError(`the size ${key} has no value`);
  store.sizes.set(key, drawn);
  return drawn;
}

/** The slab of a tensor at integer stages, made when it is first asked for. */
export function slabAt(store: Store, name: string, stage: readonly number[]): Slab {
  let own = store.slabs.get(name);
  if (own === undefined) {
    own = new Map();
    store.slabs.set(name, own);
  }
  const key = stage.length === 1 ? String(stage[0]) : stage.join();
  let slab = own.get(key);
  if (slab === undefined) {
    slab = makeSlab(store, name, stage);
    own.set(key, slab);
  }
  return slab;
}

function makeSlab(store: Store, name: string, stage: readonly number[]): Slab {
  const { world } = store;
  const decl = tensorDecl(world.system, name);
  if (decl.stage.length !== stage.length)
    throw new UserError(`${name} has ${decl.stage.length} stages, not ${stage.length}`);
  const value = (n: string, at: readonly number[]): number => {
    const letter = at.length === 0 ? decl.stage.indexOf(n) : -1;
    return letter < 0 ? sizeAt(store, n, at) : (stage[letter] ?? 0);
  };
  const shape = decl.size.map((form) => evaluateAffine(form, value));
  const common = { name, stage, shape, uses: new Set<Slab>(), tangent: null, adjoint: null };
  if (decl.kind === 'variable' || decl.kind === 'error')
    return { ...common, entries: new Float64Array(countOf(shape)), ready: false };
  const key = stageKey(name, stage);
  const values = world.values.get(key) ?? world.source?.values(name, stage, shape) ?? null;
  if (values === null) throw new UserError(`${key} has no values`);
  if (values.entries.length !== countOf(shape))
    throw new UserError(`${key} has ${values.entries.length} values, not ${shape.join(' x ') || 1}`);
  return { ...common, entries: values.entries, ready: true };
}

export const countOf = (shape: readonly number[]): number => shape.reduce((n, s) => n * Math.max(0, s), 1);

/** The error for a slot outside its size. */
export function outside(slab: Slab, slots: readonly number[]): never {
  const text = entryText(slab.name, slab.stage, slots);
  const shape = slab.shape.join(' x ');
  throw new UserError(`there is no entry ${text}: ${stageKey(slab.name, slab.stage)} is ${shape}`);
}

/** The position (row-major, from 0) of an entry whose slots count from 1. */
export function offsetAt(slab: Slab, slots: readonly number[]): number {
  const { shape } = slab;
  if (shape.length !== slots.length)
    throw new UserError(`${slab.name} has ${shape.length} slots, not ${slots.length}`);
  let offset = 0;
  for (let d = 0; d < shape.length; d++) {
    const size = shape[d] ?? 0;
    const slot = slots[d] ?? 0;
    if (slot < 1 || slot > size) outside(slab, slots);
    offset = offset * size + slot - 1;
  }
  return offset;
}

/** Notes that the slab being filled reads `slab`; a slab not filled yet is asked for. */
export function read(store: Store, slab: Slab): Slab {
  if (!slab.ready) {
    const signal: Wanted = { wanted: slab };
    throw signal;
  }
  store.current?.uses.add(slab);
  return slab;
}
