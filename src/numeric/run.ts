// A run of a network: forward and reverse passes over numbers that may be changed, with a counter of what was done.

import { UserError } from '../expr/error.ts';
import { tensorDecl } from '../expr/system.ts';
import { ensure, fill, type Unit, unitsOf } from './forward.ts';
import { type Back, backForm } from './reverse.ts';
import { enter, type Machine, newStore, type Slab, type Store, slabAt } from './store.ts';
import { stageKey, type Values, type World } from './world.ts';

/** What a run has done so far, counted as it was done. */
export interface Count {
  /** Forward passes. */
  readonly passes: number;
  /** Reverse passes. */
  readonly reversePasses: number;
  /** Products added up, all passes together. */
  readonly multiplyAdds: number;
}

/** An input or a parameter at a stage; writing to its entries changes what the next forward pass starts from. */
export interface Leaf extends Values {
  readonly name: string;
  readonly stage: readonly number[];
}

export interface Run {
  /** A forward pass with the numbers as they are now; the loss. */
  forward(): number;
  /**
   * A reverse pass over the forward equations, after a forward pass: dC by every entry of the parameters and of the
   * variables that depend on them, of all others only where `inputs` are wanted. Read it with `gradient`.
   */
  backward(inputs?: boolean): void;
  /** dC by the entries of a tensor at a stage, as the last reverse pass left it; 0 where the loss doesn't depend on it. */
  gradient(name: string, stage?: readonly number[]): Values;
  /** The inputs or parameters that the forward pass reads, in the order of their keys. */
  leaves(kind: 'input' | 'parameter'): readonly Leaf[];
  /** The numbers of a tensor at a stage, as the last forward pass left them. */
  values(name: string, stage?: readonly number[]): Values;
  /** The variables at their stages, in the order in which a forward pass fills them: each after what it is made of. */
  order(): readonly { readonly name: string; readonly stage: readonly number[] }[];
  count(): Count;
}

/** Opens a run on copies of a world's numbers. The first forward pass finds the order; it is run through again after that. */
export function openRun(world: World): Run {
  const store = newStore(withOwnNumbers(world));
  const { system } = world;
  let passes = 0;
  let reversePasses = 0;
  const forward = (): number => {
    const machine = enter(store);
    const loss = slabAt(store, system.loss, []);
    passes++;
    if (loss.ready) for (const slab of store.order) fill(machine, slab);
    else ensure(machine, loss);
    return loss.entries[0] as number;
  };
  const read = (): Slab[] => {
    if (passes === 0) throw new UserError('a run has no values before its first forward pass');
    return [...store.slabs.values()].flatMap((own) => [...own.values()]);
  };
  const find = (name: string, stage: readonly number[]): Slab => {
    const slab = read().find((s) => s.name === name && s.stage.join() === stage.join());
    if (slab === undefined) throw new UserError(`${stageKey(name, stage)} is not among the run's tensors`);
    return slab;
  };
  return {
    forward,
    backward: (inputs = false) => {
      const wanted = inputs ? null : dependents(read(), store);
      for (const slab of read()) clearAdjoint(slab, wanted === null || wanted.has(slab));
      reversePasses++;
      sweep(enter(store));
    },
    gradient: (name, stage = []) => {
      const { shape, adjoint } = find(name, stage);
      if (adjoint === null)
        throw new UserError(`the gradient by ${stageKey(name, stage)} was not worked out`);
      return { shape, entries: adjoint };
    },
    leaves: (kind) =>
      read()
        .filter((slab) => tensorDecl(system, slab.name).kind === kind)
        .sort((a, b) => compareKeys(a, b)),
    values: (name, stage = []) => find(name, stage),
    order: () => [...store.order],
    count: () => ({ passes, reversePasses, multiplyAdds: store.counter.multiplyAdds }),
  };
}

/** The parameters and all that depends on them. */
function dependents(slabs: readonly Slab[], store: Store): Set<Slab> {
  const { tensors } = store.world.system;
  const found = new Set(slabs.filter((slab) => tensors.get(slab.name)?.kind === 'parameter'));
  for (const slab of store.order) for (const used of slab.uses) if (found.has(used)) found.add(slab);
  return found;
}

function clearAdjoint(slab: Slab, wanted: boolean): void {
  if (!wanted) slab.adjoint = null;
  else if (slab.adjoint === null) slab.adjoint = new Float64Array(slab.entries.length);
  else slab.adjoint.fill(0);
}

const backs = new WeakMap<Unit, Back>();

function backOf(unit: Unit): Back {
  let back = backs.get(unit);
  if (back === undefined) {
    back = backForm(unit.equation.rhs, unit.scope);
    backs.set(unit, back);
  }
  return back;
}

/** From the loss back to what it was made of, each slab after all that use it. */
function sweep(machine: Machine): void {
  const { store, system } = machine;
  const loss = slabAt(store, system.loss, []);
  if (loss.adjoint !== null) loss.adjoint[0] = 1;
  machine.epoch++;
  for (let i = store.order.length - 1; i >= 0; i--) {
    const slab = store.order[i] as Slab;
    const { adjoint } = slab;
    if (adjoint === null) continue;
    for (const unit of unitsOf(machine, slab.name)) {
      const back = backOf(unit);
      unit.each(slab, (offset) => {
        const seed = adjoint[offset] as number;
        if (seed !== 0) back(seed);
      });
    }
  }
}

const compareKeys = (a: Slab, b: Slab): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : compareStages(a.stage, b.stage);

function compareStages(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((s, i) => s !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

/** The world with copies of its numbers, made when they are first read. */
function withOwnNumbers(world: World): World {
  const copy = (v: Values): Values => ({ shape: v.shape, entries: Float64Array.from(v.entries) });
  const { source } = world;
  const values = new Map([...world.values].map(([key, v]) => [key, copy(v)] as const));
  if (source === null) return { ...world, values };
  return {
    ...world,
    values,
    source: {
      ...source,
      values: (name, stage, shape) => {
        const drawn = source.values(name, stage, shape);
        return drawn === null ? null : copy(drawn);
      },
    },
  };
}
