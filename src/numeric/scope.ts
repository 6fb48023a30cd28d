// Index forms and conditions compiled to closures over a frame of integers, and the ranges of binders.

import { type Affine, mentions } from '../expr/affine.ts';
import { type Condition, slack } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import { type Machine, type Store, sizeAt } from './store.ts';

export type Int = () => number;
export type Num = () => number;

/** What the closures of one compiled expression share: the values of its indices, and where derivatives are put. */
export interface Unit {
  readonly machine: Machine;
  readonly frame: number[];
  /** The derivative along the seed that goes with the value a dual closure returned last. */
  readonly dual: { d: number };
}

/** The argument of a function while its body is evaluated. */
export interface Cell {
  value: number;
  tangent: number;
  adjoint: number;
}

export interface Scope {
  readonly unit: Unit;
  /** Where in the frame each index in scope stands. */
  readonly at: ReadonlyMap<string, number>;
  /** Parameters of the functions whose bodies are being compiled. */
  readonly cells: ReadonlyMap<string, Cell>;
}

export function newScope(machine: Machine, names: Iterable<string>): Scope {
  const at = new Map<string, number>();
  for (const name of names) at.set(name, at.size);
  const frame = Array.from(at.keys(), () => 0);
  return { unit: { machine, frame, dual: { d: 0 } }, at, cells: new Map() };
}

/** The scope inside a binder, and where its index stands. */
export function bind(scope: Scope, name: string): { inner: Scope; at: number } {
  const at = scope.unit.frame.push(0) - 1;
  return { inner: { ...scope, at: new Map([...scope.at, [name, at]]) }, at };
}

/** An index form: its value where that is known when compiling, else null; and a closure. */
export interface IntForm {
  readonly fixed: number | null;
  readonly run: Int;
}

const fixedForm = (value: number): IntForm => ({ fixed: value, run: () => value });

function symbolForm(name: string, at: readonly Affine[], scope: Scope): IntForm {
  const { machine, frame } = scope.unit;
  const p = scope.at.get(name);
  if (at.length === 0 && p !== undefined) return { fixed: null, run: () => frame[p] as number };
  if (at.length === 0 && !machine.system.sizes.has(name))
    throw new UserError(`the index ${name} has no value`);
  const forms = at.map((a) => intForm(a, scope));
  if (forms.every((f) => f.fixed !== null)) {
    const stage = forms.map((f) => f.fixed ?? 0);
    return { fixed: null, run: lazily(machine, () => sizeAt(machine.store, name, stage)) };
  }
  return { fixed: null, run: () => sizeAt(machine.store, name, runAll(forms)) };
}

/** A size that a false guard keeps from being looked at needs no value, so it is looked up when it is first wanted. */
function lazily(machine: Machine, look: Int): Int {
  let value = 0;
  let of: Store | null = null;
  return () => {
    if (of !== machine.store) {
      value = look();
      of = machine.store;
    }
    return value;
  };
}

export const runAll = (forms: readonly IntForm[]): number[] => forms.map((f) => f.run());

/** Compiles an index form. */
export function intForm(a: Affine, scope: Scope): IntForm {
  const { constant, terms } = a;
  const [first, second] = terms;
  if (first === undefined) return fixedForm(constant);
  const forms = terms.map((t) => symbolForm(t.symbol.name, t.symbol.at, scope).run);
  const [f, g] = forms;
  if (f !== undefined && second === undefined) return oneTerm(f, first.coefficient, constant);
  if (f !== undefined && g !== undefined && second !== undefined && terms.length === 2) {
    const [c, d] = [first.coefficient, second.coefficient];
    return { fixed: null, run: () => c * f() + d * g() + constant };
  }
  const scaled = terms.map((t, i) => ({ coefficient: t.coefficient, run: forms[i] ?? (() => 0) }));
  return { fixed: null, run: () => scaled.reduce((s, t) => s + t.coefficient * t.run(), constant) };
}

function oneTerm(f: Int, c: number, constant: number): IntForm {
  if (c === 1) return { fixed: null, run: constant === 0 ? f : () => f() + constant };
  return { fixed: null, run: () => c * f() + constant };
}

/** Whether all conditions hold: in their order, so that a later one may need the earlier ones. */
export function allHold(where: readonly Condition[], scope: Scope): () => boolean {
  const tests = where.map((c) => {
    const { run } = intForm(slack(c), scope);
    return c.relation === '=' ? () => run() === 0 : () => run() >= 0;
  });
  const [first] = tests;
  if (first !== undefined && tests.length === 1) return first;
  return () => {
    for (const test of tests) if (!test()) return false;
    return true;
  };
}

/** Over what a binder runs: nothing unless `holds`; else the integers lo..hi that `keeps` lets through (null: all). */
export interface Range {
  readonly at: number;
  readonly inner: Scope;
  readonly holds: () => boolean;
  readonly lo: Int;
  readonly hi: Int;
  readonly keeps: (() => boolean) | null;
}

/** Compiles the range of a binder. Throws where its conditions leave it without bounds. */
export function rangeOf(name: string, where: readonly Condition[], scope: Scope): Range {
  const { inner, at } = bind(scope, name);
  const outerOnly: Condition[] = [];
  const filters: Condition[] = [];
  const lower: Int[] = [];
  const upper: Int[] = [];
  for (const c of where) {
    const form = slack(c);
    const own = form.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === name);
    const rest = { ...form, terms: form.terms.filter((t) => t !== own) };
    if (own === undefined) (mentions(form, name) ? filters : outerOnly).push(c);
    else if (mentions(rest, name)) filters.push(c);
    else addBounds(own.coefficient, intForm(rest, scope).run, c.relation === '=', lower, upper);
  }
  if (lower.length === 0 || upper.length === 0)
    throw new UserError(`the sum over ${name} has no ${lower.length === 0 ? 'lower' : 'upper'} bound`);
  return {
    at,
    inner,
    holds: allHold(outerOnly, scope),
    lo: extreme(lower, Math.max),
    hi: extreme(upper, Math.min),
    keeps: filters.length === 0 ? null : allHold(filters, inner),
  };
}

/** c i + rest >= 0, or = 0, as bounds of i. */
function addBounds(c: number, rest: Int, exact: boolean, lower: Int[], upper: Int[]): void {
  const floor: Int = c === -1 ? rest : () => Math.floor(rest() / -c);
  const ceil: Int = c === 1 ? () => -rest() : () => Math.ceil(-rest() / c);
  if (c > 0) {
    lower.push(ceil);
    if (exact) upper.push(() => Math.floor(-rest() / c));
  } else {
    upper.push(floor);
    if (exact) lower.push(() => Math.ceil(rest() / -c));
  }
}

function extreme(bounds: readonly Int[], pick: (...values: number[]) => number): Int {
  const [first, second] = bounds;
  if (first === undefined) return () => 0;
  if (second === undefined) return first;
  return () => pick(...bounds.map((b) => b()));
}
