// The oracle: total derivatives and Jacobians by dual numbers pushed forward from the seed, never by derived formulas.

import { dualForm } from './dual.ts';
import { ensure, NO_ORACLE, type Unit, unitsOf } from './forward.ts';
import type { Num } from './scope.ts';
import { type Machine, type Slab, slabAt } from './store.ts';
import { stageKey } from './world.ts';

/** A tensor at a stage, or (null) at every stage, whose entries are held constant. */
export interface Held {
  readonly name: string;
  readonly stage: readonly (number | null)[];
}

const duals = new WeakMap<Unit, Num>();

function dualOf(unit: Unit): Num {
  let found = duals.get(unit);
  if (found === undefined) {
    found = dualForm(unit.equation.rhs, unit.scope, NO_ORACLE);
    duals.set(unit, found);
  }
  return found;
}

const isHeld = (slab: Slab, cut: readonly Held[]): boolean =>
  cut.some((m) => m.name === slab.name && m.stage.every((s, i) => s === null || s === slab.stage[i]));

/** An entry: its slab, and its position there. */
export interface Place {
  readonly slab: Slab;
  readonly at: number;
}

/**
 * The derivatives of all entries of `of` by the entry `by` along every path that meets no other entry of `cut`: a
 * tangent of 1 at `by` goes through the forward equations in the order in which they were filled. Neither slab is held
 * itself. Null where all of them are 0.
 */
export function pushed(machine: Machine, of: Slab, by: Place, cut: readonly Held[]): Float64Array | null {
  const { order } = machine.store;
  ensure(machine, of);
  ensure(machine, by.slab);
  const touched: Slab[] = [];
  try {
    seed(by, touched);
    const start = order.indexOf(by.slab) + 1;
    const end = order.indexOf(of);
    for (let i = start; i <= end; i++) {
      const slab = order[i] as Slab;
      if (slab !== of && isHeld(slab, cut)) continue;
      if (feels(slab)) spread(machine, slab, touched);
    }
    return of.tangent;
  } finally {
    for (const slab of touched) slab.tangent = null;
  }
}

/** A tangent of 1 at one entry, 0 at the others. */
export function seed({ slab, at }: Place, touched: Slab[]): void {
  slab.tangent = new Float64Array(slab.entries.length);
  slab.tangent[at] = 1;
  touched.push(slab);
}

function feels(slab: Slab): boolean {
  for (const used of slab.uses) if (used.tangent !== null) return true;
  return false;
}

/** The tangents of a slab from those of what it uses. */
function spread(machine: Machine, slab: Slab, touched: Slab[]): void {
  const tangent = new Float64Array(slab.entries.length);
  machine.pass++;
  for (const unit of unitsOf(machine, slab.name)) {
    const value = dualOf(unit);
    const { dual } = unit.scope.unit;
    unit.each(slab, (offset) => {
      value();
      tangent[offset] = dual.d;
    });
  }
  slab.tangent = tangent;
  touched.push(slab);
}

const adjoints = new WeakMap<Slab, Float64Array>();

/** dC/dv for an entry v; each is worked out once. */
export function adjointAt(machine: Machine, { slab, at }: Place): number {
  let known = adjoints.get(slab);
  if (known === undefined) {
    known = new Float64Array(slab.entries.length).fill(Number.NaN);
    adjoints.set(slab, known);
  }
  const found = known[at] as number;
  if (!Number.isNaN(found)) return found;
  const loss = slabAt(machine.store, machine.system.loss, []);
  const value = pushed(machine, loss, { slab, at }, [])?.[0] ?? 0;
  known[at] = value;
  return value;
}

const jacobians = new WeakMap<Slab, Map<string, Float64Array | null>>();

/** du/dv with the other entries of the cut held; the derivatives of all entries of u's slab are worked out at once. */
export function jacobianAt(machine: Machine, of: Place, by: Place, cut: readonly Held[]): number {
  let known = jacobians.get(of.slab);
  if (known === undefined) {
    known = new Map();
    jacobians.set(of.slab, known);
  }
  const held = cut.map((m) => `${m.name}[${m.stage.map((s) => s ?? '*').join()}]`).join();
  const key = `${stageKey(by.slab.name, by.slab.stage)} ${by.at} ${held}`;
  let found = known.get(key);
  if (found === undefined) {
    found = pushed(machine, of.slab, by, cut);
    known.set(key, found);
  }
  return found?.[of.at] ?? 0;
}
