// The forward pass: slabs of variables filled by the equations that define them, each after what it uses.

import { type Affine, bareName } from '../expr/affine.ts';
import { type Condition, conditionNames } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Equation } from '../expr/system.ts';
import { type Oracle, valueForm } from './compile.ts';
import { allHold, type Int, intForm, type Num, newScope, type Range, rangeOf, type Scope } from './scope.ts';
import { isWanted, type Machine, newStore, outside, type Slab, type Store } from './store.ts';
import { entryText, stageKey, type World } from './world.ts';

/** One equation compiled. */
export interface Unit {
  readonly equation: Equation;
  readonly scope: Scope;
  /** Calls `visit` with the position of every entry that the equation defines in a slab, the frame set to its indices. */
  readonly each: (slab: Slab, visit: (offset: number) => void) => void;
  readonly value: Num;
}

/** A slot of a left side: an index that runs, or a fixed place. */
type Slot = { readonly range: Range } | { readonly fixed: Int };

function derivativeInside(): never {
  throw new UserError('a forward equation holds a derivative or a compound tensor');
}

/** Forward equations hold no derivatives. */
export const NO_ORACLE: Oracle = {
  adjoint: derivativeInside,
  jacobian: derivativeInside,
  partial: derivativeInside,
  compound: derivativeInside,
};

const compiled = new WeakMap<Machine, Map<string, readonly Unit[]>>();

/** The compiled equations of a tensor. */
export function unitsOf(machine: Machine, name: string): readonly Unit[] {
  let all = compiled.get(machine);
  if (all === undefined) {
    all = new Map();
    compiled.set(machine, all);
  }
  let found = all.get(name);
  if (found === undefined) {
    const { equations } = machine.system;
    found = equations.filter((eq) => eq.lhs.of.name === name).map((eq) => unitOf(machine, eq));
    all.set(name, found);
  }
  return found;
}

function indexName(eq: Equation, a: Affine): string | null {
  const name = bareName(a);
  return name !== null && eq.indices.includes(name) ? name : null;
}

function unitOf(machine: Machine, eq: Equation): Unit {
  const stageNames = eq.lhs.of.stage.map((a) => indexName(eq, a));
  let scope = newScope(
    machine,
    stageNames.filter((n) => n !== null),
  );
  const stages = eq.lhs.of.stage.map((a, i) => stageTest(a, stageNames[i] ?? null, scope));
  const slotNames = eq.lhs.slots.map((a) => indexName(eq, a));
  const { before, own } = distribute(
    eq.where,
    slotNames.filter((n) => n !== null),
  );
  const applies = allHold(before, scope);
  const slots = eq.lhs.slots.map((a, i): Slot => {
    const name = slotNames[i] ?? null;
    if (name === null) return { fixed: intForm(a, scope).run };
    const range = rangeOf(name, own.get(name) ?? [], scope);
    scope = range.inner;
    return { range };
  });
  const { frame } = scope.unit;
  return {
    equation: eq,
    scope,
    value: valueForm(eq.rhs, scope, NO_ORACLE),
    each: (slab, visit) => {
      for (let i = 0; i < stages.length; i++) if (stages[i]?.(slab.stage[i] ?? 0) === false) return;
      if (applies()) walk(slab, slots, frame, 0, 0, visit);
    },
  };
}

/** Sets a stage index to a slab's stage, or says whether a fixed stage is that one. */
function stageTest(a: Affine, name: string | null, scope: Scope): (stage: number) => boolean {
  const { frame } = scope.unit;
  const at = name === null ? undefined : scope.at.get(name);
  const { run } = intForm(a, scope);
  return (stage) => {
    if (at === undefined) return run() === stage;
    frame[at] = stage;
    return true;
  };
}

/** Each condition with the innermost slot index that it mentions; `before` all of them where it mentions none. */
function distribute(
  where: readonly Condition[],
  order: readonly string[],
): { before: Condition[]; own: ReadonlyMap<string, Condition[]> } {
  const before: Condition[] = [];
  const own = new Map<string, Condition[]>(order.map((name) => [name, []]));
  for (const c of where) {
    const names = new Set<string>();
    conditionNames(c, names);
    const last = [...order].reverse().find((name) => names.has(name));
    (own.get(last ?? '') ?? before).push(c);
  }
  return { before, own };
}

/** All entries of a slab from slot number `depth` on, in row-major order. */
function walk(
  slab: Slab,
  slots: readonly Slot[],
  frame: number[],
  depth: number,
  offset: number,
  visit: (offset: number) => void,
): void {
  const slot = slots[depth];
  if (slot === undefined) {
    visit(offset);
    return;
  }
  const size = slab.shape[depth] ?? 0;
  if ('fixed' in slot) {
    const at = slot.fixed();
    if (at >= 1 && at <= size) walk(slab, slots, frame, depth + 1, offset * size + at - 1, visit);
    return;
  }
  const { range } = slot;
  if (!range.holds()) return;
  const lo = range.lo();
  const hi = range.hi();
  if (hi >= lo && (lo < 1 || hi > size)) outside(slab, [lo < 1 ? lo : hi]);
  for (let i = lo; i <= hi; i++) {
    frame[range.at] = i;
    if (range.keeps === null || range.keeps())
      walk(slab, slots, frame, depth + 1, offset * size + i - 1, visit);
  }
}

/** Fills a slab by its equations. Throws where an entry has none or two, and `Wanted` where it needs another slab first. */
export function fill(machine: Machine, slab: Slab): void {
  machine.epoch++;
  machine.store.current = slab;
  const defined = new Uint8Array(slab.entries.length);
  for (const unit of unitsOf(machine, slab.name)) {
    unit.each(slab, (offset) => {
      if (defined[offset] === 1) throw new UserError(`two equations define ${textAt(slab, offset)}`);
      defined[offset] = 1;
      slab.entries[offset] = unit.value();
    });
  }
  const missing = defined.indexOf(0);
  if (missing >= 0) throw new UserError(`no equation defines ${textAt(slab, missing)}`);
}

/** The entry at a position, as it is written. */
export function textAt(slab: Slab, offset: number): string {
  const slots: number[] = [];
  let rest = offset;
  for (let d = slab.shape.length - 1; d >= 0; d--) {
    const size = slab.shape[d] ?? 1;
    slots.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return entryText(slab.name, slab.stage, slots);
}

/** Fills a slab and, before it, everything it needs; a stack of our own, so that a thousand stages don't exhaust the other. */
export function ensure(machine: Machine, slab: Slab): void {
  const stack: Slab[] = [slab];
  const waiting = new Set<Slab>(stack);
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const wanted = top.ready ? null : attempt(machine, top);
    if (wanted === null) {
      waiting.delete(top);
      stack.pop();
    } else if (waiting.has(wanted)) {
      throw new UserError(`${stageKey(wanted.name, wanted.stage)} depends on itself`);
    } else {
      waiting.add(wanted);
      stack.push(wanted);
    }
  }
}

/** Fills a slab, or the slab that must come first. */
function attempt(machine: Machine, slab: Slab): Slab | null {
  const { store } = machine;
  try {
    fill(machine, slab);
    slab.ready = true;
    store.order.push(slab);
    return null;
  } catch (thrown) {
    if (isWanted(thrown)) return thrown.wanted;
    throw thrown;
  } finally {
    store.current = null;
  }
}

/** Runs a closure; where it needs a slab that isn't filled, fills it and runs the closure again. */
export function supplied<T>(machine: Machine, run: () => T): T {
  for (;;) {
    try {
      return run();
    } catch (thrown) {
      if (!isWanted(thrown)) throw thrown;
      ensure(machine, thrown.wanted);
    }
  }
}

const stores = new WeakMap<World, Store>();

/** The store of a world, in which everything is filled once. */
export function storeOf(world: World): Store {
  let store = stores.get(world);
  if (store === undefined) {
    store = newStore(world);
    stores.set(world, store);
  }
  return store;
}
