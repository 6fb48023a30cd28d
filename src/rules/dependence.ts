// Who depends on what: the consumers of an entry, and the walk forward from it, stage by stage.

import { type Affine, bareName, minus, solveFor, substituteIndices } from '../expr/affine.ts';
import {
  both,
  type Condition,
  conditionsKey,
  decide,
  equal,
  substituteCondition,
} from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { CutMember, Expr, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { key, sameStages, substitute } from '../expr/substitute.ts';
import { type Equation, freshEquation, lossEntry, type System } from '../expr/system.ts';
import { allNames, freeNames, visit } from '../expr/walk.ts';

/** One family of entries whose equation mentions an entry: `indices` run, `where` says over what and when it exists. */
export interface Consumer {
  readonly entry: SymbolEntry;
  readonly indices: readonly string[];
  readonly where: readonly Condition[];
}

export const SLOT_NAMES: readonly string[] = ['k', 'm', 'p', 'q', 'r', 'u', 'v'];
export const STAGE_NAMES: readonly string[] = ['s', 'r', 'u', 'v'];
const POOLS = { stage: STAGE_NAMES, slot: SLOT_NAMES };

const mentioned = new WeakMap<Expr, ReadonlyMap<string, readonly SymbolTensor[]>>();

/** The tensors that stand in an expression, each at its distinct stages, opaque arguments included. */
function mentionsIn(e: Expr): ReadonlyMap<string, readonly SymbolTensor[]> {
  let known = mentioned.get(e);
  if (known === undefined) {
    const found = new Map<string, SymbolTensor[]>();
    const note = (t: SymbolTensor): void => {
      const own = found.get(t.name);
      if (own === undefined) found.set(t.name, [t]);
      else if (!own.some((o) => sameStages(o.stage, t.stage))) own.push(t);
    };
    visit(e, (c) => {
      if (isSymbolEntry(c)) note(c.of);
      if (c.kind === 'opaque') for (const a of c.args) note(a);
    });
    known = found;
    mentioned.set(e, known);
  }
  return known;
}

const stagesOf = (e: Expr, name: string): readonly SymbolTensor[] => mentionsIn(e).get(name) ?? [];

/** For each tensor, the tensors whose equations mention it. */
export function consumerNames(system: System): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const eq of system.equations)
    for (const name of mentionsIn(eq.rhs).keys())
      found.set(name, (found.get(name) ?? new Set()).add(eq.lhs.of.name));
  return found;
}

/** Solves own stage = wanted stage for the equation's stage indices; what can't be solved stays as a condition. */
function solveStages(
  own: SymbolTensor,
  wanted: readonly Affine[],
  eq: Equation,
): { map: Map<string, Affine>; where: Condition[] } {
  const map = new Map<string, Affine>();
  const where: Condition[] = [];
  const isBound = (name: string): boolean => allNames(eq.rhs).has(name) && !freeNames(eq.rhs).has(name);
  for (const [i, stage] of own.stage.entries()) {
    const other = wanted[i];
    if (other === undefined) continue;
    const gap = minus(substituteIndices(stage, map), other);
    const name = gap.terms
      .map((t) => bareName(stageForm(t.symbol.name, t)))
      .find((n) => n !== null && eq.indices.includes(n) && !map.has(n));
    const value = name == null ? null : solveFor(gap, name);
    if (name != null && value !== null) map.set(name, value);
    // Names bound in the equation are its own: v's stage may have the same letter and mean another.
    else if (!stage.terms.some((t) => isBound(t.symbol.name))) where.push(equal(other, stage));
  }
  return { map, where };
}

const stageForm = (name: string, t: { symbol: { at: readonly Affine[] } }): Affine => ({
  constant: 0,
  terms: [{ symbol: { name, at: t.symbol.at, key: name }, coefficient: 1 }],
  key: name,
});

const remembered = new WeakMap<System, Map<string, readonly Consumer[]>>();

/** What `find` finds, once for each question about a system. */
function once(system: System, question: string, find: () => readonly Consumer[]): readonly Consumer[] {
  let answers = remembered.get(system);
  if (answers === undefined) {
    answers = new Map();
    remembered.set(system, answers);
  }
  let answer = answers.get(question);
  if (answer === undefined) {
    answer = find();
    answers.set(question, answer);
  }
  return answer;
}

/** All consumers of `v` that `given` doesn't rule out, each (tensor, stage) once; new index names keep clear of `apart` and of v's own. */
export function consumersOf(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  apart: ReadonlySet<string> = freeNames(v),
): readonly Consumer[] {
  const question = `consumers ${key(v)}|${conditionsKey(given)}|${[...apart].join()}`;
  return once(system, question, () => findConsumers(system, v, given, apart));
}

function findConsumers(
  system: System,
  v: SymbolEntry,
  given: readonly Condition[],
  apart: ReadonlySet<string>,
): Consumer[] {
  const known = both(system.given, given);
  const taken = new Set([...apart, ...freeNames(v), ...system.sizes.keys()]);
  const found: Consumer[] = [];
  for (const raw of system.equations) {
    if (stagesOf(raw.rhs, v.of.name).length === 0) continue;
    const eq = freshEquation(raw, taken, POOLS);
    for (const mention of stagesOf(eq.rhs, v.of.name)) {
      const { map, where } = solveStages(mention, v.of.stage, eq);
      const conditions = [...where, ...eq.where.map((c) => substituteCondition(c, map))];
      if (conditions.some((c) => decide(c, known) === false)) continue;
      const entry = substitute(eq.lhs, map);
      const twin = found.findIndex(
        (f) => f.entry.of.name === entry.of.name && sameStages(f.entry.of.stage, entry.of.stage),
      );
      const consumer = { entry, indices: eq.indices.filter((i) => !map.has(i)), where: conditions };
      if (twin < 0) found.push(consumer);
      else found[twin] = weaker(found[twin] ?? consumer, consumer);
    }
  }
  return found;
}

/** Of two ways to meet the same consumer, the one that asks for less. */
const weaker = (a: Consumer, b: Consumer): Consumer => (a.where.length <= b.where.length ? a : b);

/** Whether an entry may belong to a cut member. */
export function inCut(of: SymbolTensor, cut: readonly CutMember[], given: readonly Condition[]): boolean {
  return cut.some(
    (m) =>
      m.name === of.name &&
      m.stage.every((s, i) => {
        const own = of.stage[i];
        return s === null || own === undefined || decide(equal(own, s), given) === true;
      }),
  );
}

const LONGEST_WALK = 60;

/**
 * Everything that depends on `v` along paths that stop at the cut, and beyond the tensor `until` they lead to: each
 * (tensor, stage) once. Throws where paths don't end.
 */
export function walkForward(
  system: System,
  v: SymbolEntry,
  cut: readonly CutMember[],
  given: readonly Condition[],
  until: SymbolTensor | null = null,
): readonly Consumer[] {
  const members = cut.map((m) => `${m.name}@${m.stage.map((s) => s?.key ?? '*').join()}`).sort();
  const end = until === null ? '' : `${until.name}@${until.stage.map((s) => s.key).join()}`;
  const question = `walk ${key(v)}|${conditionsKey(given)}|${members.join(';')}|${end}`;
  return once(system, question, () => walk(system, v, cut, given, until));
}

/** Whether a path that came to `here` has left the tensor it was to reach behind: it stands at a further stage of it. */
function isPast(here: SymbolTensor, until: SymbolTensor | null, v: SymbolTensor): boolean {
  const [stage] = here.stage;
  const [end] = until?.name === here.name ? until.stage : [];
  const [start] = v.stage;
  if (stage === undefined || end === undefined || start === undefined || here.stage.length > 1) return false;
  const [beyond, onward] = [minus(stage, end), minus(stage, start)];
  if (beyond.terms.length > 0 || onward.terms.length > 0) return false;
  return beyond.constant * onward.constant > 0;
}

function walk(
  system: System,
  v: SymbolEntry,
  cut: readonly CutMember[],
  given: readonly Condition[],
  until: SymbolTensor | null,
): Consumer[] {
  const known = both(system.given, given);
  const reached: Consumer[] = [];
  const seen = new Set<string>();
  let frontier: Consumer[] = [{ entry: v, indices: [], where: [] }];
  while (frontier.length > 0) {
    const next: Consumer[] = [];
    for (const here of frontier) {
      const around = both(known, here.where);
      for (const c of consumersOf(system, here.entry, both(given, here.where), freeNames(v))) {
        const name = `${c.entry.of.name}@${c.entry.of.stage.map((s) => (c.indices.includes(s.key) ? '*' : s.key)).join()}`;
        if (seen.has(name)) continue;
        seen.add(name);
        reached.push(c);
        if (reached.length > LONGEST_WALK) throw new DerivationError(endless(v, reached));
        if (isPast(c.entry.of, until, v.of)) continue;
        if (!inCut(c.entry.of, cut, around) && c.entry.of.name !== system.loss)
          next.push({ ...c, where: [...here.where, ...c.where] });
      }
    }
    frontier = next;
  }
  return reached;
}

function endless(v: SymbolEntry, reached: readonly Consumer[]): string {
  const path = [v, ...reached.slice(0, 4).map((c) => c.entry)];
  const names = path.map(
    (e) => `${e.of.name}${e.of.stage.length === 0 ? '' : `[${e.of.stage.map((s) => s.key).join()}]`}`,
  );
  return `the paths forward from ${names.join(' -> ')} -> ... meet neither an entry to go through nor the loss; name one with "via"`;
}

/** Whether a path leads from one entry to another (stages as far as they are known), within a bounded walk. */
export function reaches(
  system: System,
  from: SymbolEntry,
  to: SymbolTensor,
  given: readonly Condition[],
): boolean {
  const stop: CutMember[] = [{ name: to.name, stage: to.stage.map(() => null) }];
  let walked: readonly Consumer[];
  try {
    walked = walkForward(
      system,
      from,
      [{ name: system.loss, stage: [] }, ...(from.of.name === to.name ? stop : [])],
      given,
      to,
    );
  } catch (error) {
    if (error instanceof DerivationError) return true;
    throw error;
  }
  return walked.some(
    (c) =>
      c.entry.of.name === to.name &&
      c.entry.of.stage.every((s, i) => {
        const other = to.stage[i];
        return (
          other === undefined || decide(equal(s, other), both(both(system.given, given), c.where)) !== false
        );
      }),
  );
}

export const isLoss = (system: System, e: SymbolEntry): boolean => e.of.name === lossEntry(system).of.name;
