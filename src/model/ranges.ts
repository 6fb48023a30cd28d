// Over what the stages of a tensor run: where equations define it or, for inputs and parameters, where they use it.

import { type Affine, addScaled, bareName, index, minus } from '../expr/affine.ts';
import { atMost, type Condition, decide } from '../expr/condition.ts';
import type { System, TensorDecl } from '../expr/system.ts';
import { mentionsOf } from './mentions.ts';

/** lo <= stage <= hi. */
export interface StageRange {
  readonly lo: Affine;
  readonly hi: Affine;
  /** False for a stage that an equation fixes: a[1][j] = x[j]. */
  readonly runs: boolean;
}

/**
 * The range of stage slot `slot` of a tensor; null where the equations don't say one. Stages below it that an equation
 * fixes, as a[1][j] = x[j] does, belong to it only where `whole`.
 */
export function stageRange(system: System, decl: TensorDecl, slot: number, whole = false): StageRange | null {
  const known = decl.kind === 'error' && decl.of !== undefined ? system.tensors.get(decl.of) : decl;
  if (known === undefined) return null;
  const all = known.kind === 'variable' ? defined(system, known.name, slot) : used(system, known.name, slot);
  const running = all.filter((r) => r.runs);
  if (running.length === 0 || whole) return hull(all, system.given);
  const main = hull(running, system.given);
  if (main === null) return null;
  const above = all.filter((r) => !r.runs && decide(atMost(main.lo, r.lo), system.given) === true);
  return hull([main, ...above], system.given);
}

/** The ranges at which equations define a tensor. */
function defined(system: System, name: string, slot: number): StageRange[] {
  return system.equations.flatMap((eq) => {
    const stage = eq.lhs.of.name === name ? eq.lhs.of.stage[slot] : undefined;
    return stage === undefined ? [] : rangesOf(stage, eq.where);
  });
}

/** The ranges at which equations use a tensor. */
function used(system: System, name: string, slot: number): StageRange[] {
  return system.equations.flatMap((eq) =>
    mentionsOf(system, eq).flatMap((m) => {
      const stage = m.entry.of.name === name ? m.entry.of.stage[slot] : undefined;
      return stage === undefined ? [] : rangesOf(stage, m.where);
    }),
  );
}

/** What the conditions say of a stage form: itself where it is fixed, its bounds where it is an index plus a number. */
function rangesOf(stage: Affine, where: readonly Condition[]): StageRange[] {
  const [term] = stage.terms;
  const name = term?.symbol.name;
  const bounded =
    name !== undefined && where.some((c) => bareName(c.left) === name || bareName(c.right) === name);
  const upper = where.some((c) => c.relation === '<=' && bareName(c.left) === name);
  if (term === undefined || name === undefined || !bounded || !upper)
    return [{ lo: stage, hi: stage, runs: false }];
  if (stage.terms.length !== 1 || term.coefficient !== 1 || term.symbol.at.length > 0) return [];
  const offset = minus(stage, index(name));
  const lows = where.filter((c) => c.relation === '<=' && bareName(c.right) === name).map((c) => c.left);
  const highs = where.filter((c) => c.relation === '<=' && bareName(c.left) === name).map((c) => c.right);
  return lows.flatMap((lo) =>
    highs.map((hi) => ({ lo: addScaled(lo, offset, 1), hi: addScaled(hi, offset, 1), runs: true })),
  );
}

/** The least low end and the greatest high end; null where they can't be compared. */
function hull(ranges: readonly StageRange[], given: readonly Condition[]): StageRange | null {
  const lows = ranges.map((r) => r.lo);
  const highs = ranges.map((r) => r.hi);
  const lo = lows.find((a) => lows.every((b) => decide(atMost(a, b), given) === true));
  const hi = highs.find((a) => highs.every((b) => decide(atMost(b, a), given) === true));
  return lo === undefined || hi === undefined ? null : { lo, hi, runs: ranges.some((r) => r.runs) };
}

/** The letters the equations use for a tensor's slots: those of its left side, else of the first place that uses it. */
export function slotLetters(system: System, decl: TensorDecl): readonly (string | null)[] {
  const name = decl.kind === 'error' && decl.of !== undefined ? decl.of : decl.name;
  const left = system.equations.find(
    (eq) => eq.lhs.of.name === name && eq.lhs.of.stage.every(isRunning(eq.indices)),
  );
  const entry =
    left?.lhs ??
    system.equations.find((eq) => eq.lhs.of.name === name)?.lhs ??
    system.equations.flatMap((eq) => mentionsOf(system, eq)).find((m) => m.entry.of.name === name && !m.whole)
      ?.entry;
  return decl.size.map((_, i) => {
    const slot = entry?.slots[i];
    return slot === undefined ? null : bareName(slot);
  });
}

const isRunning =
  (indices: readonly string[]) =>
  (stage: Affine): boolean => {
    const name = bareName(stage);
    return name !== null && indices.includes(name);
  };
