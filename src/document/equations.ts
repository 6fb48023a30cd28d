// Equations of a network as blocks: the forward equations in both forms, the loss, what an error is, the functions' formulas.

import { lift } from '../engine/lift.ts';
import { index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import { conditionsKey } from '../expr/condition.ts';
import { call, entry, head } from '../expr/make.ts';
import { type Equation, type FunctionDef, type System, slotRanges, type TensorDecl } from '../expr/system.ts';
import { asWritten } from '../model/layer-numbers.ts';
import { slotLetters } from '../model/ranges.ts';
import { definitionOfError } from '../rules/definitions.ts';
import type { Conventions } from '../tables/conventions.ts';
import type { Display, DisplayRow } from './blocks.ts';
import { conditionsFormula, exprFormula, type Printing, tensorFormula } from './formulas.ts';

/** An equation's own conditions, without those that say that a slot lies in its tensor. */
function stageConditions(eq: Equation, system: System): Condition[] {
  const slots = new Set(slotRanges(system, eq.lhs).map((c) => conditionsKey([c])));
  return eq.where.filter((c) => !slots.has(conditionsKey([c])));
}

export const whereOf = (eq: Equation, p: Printing): DisplayRow['where'] => {
  const conditions = stageConditions(eq, p.system);
  return conditions.length === 0 ? null : conditionsFormula(conditions, p);
};

const isLoss = (eq: Equation, system: System): boolean => eq.lhs.of.name === system.loss;

/** One row for each forward equation, the loss left out. */
export function forwardDisplay(p: Printing, conventions: Conventions | null = null): Display {
  const rows = p.system.equations
    .filter((eq) => !isLoss(eq, p.system))
    .map((eq) => asWritten(eq, p.system, conventions))
    .map((eq) => ({ left: exprFormula(eq.lhs, p), right: exprFormula(eq.rhs, p), where: whereOf(eq, p) }));
  return { kind: 'display', id: 'eq-forward', rows, tag: null };
}

/** The same in matrix form; null where an equation has none. */
export function forwardMatrixDisplay(p: Printing, conventions: Conventions | null = null): Display | null {
  const rows: DisplayRow[] = [];
  for (const own of p.system.equations) {
    if (isLoss(own, p.system)) continue;
    const eq = asWritten(own, p.system, conventions);
    const given = [...p.system.given, ...eq.where];
    const form = lift(p.system, given, eq.lhs, eq.rhs, (rules) => rules);
    if ('why' in form) return null;
    rows.push({
      left: tensorFormula(form.left, p),
      right: tensorFormula(form.right, p),
      where: whereOf(eq, p),
    });
  }
  return { kind: 'display', id: 'eq-forward-matrix', rows, tag: null };
}

export function lossDisplay(p: Printing): Display {
  const rows = p.system.equations
    .filter((eq) => isLoss(eq, p.system))
    .map((eq) => ({ left: exprFormula(eq.lhs, p), right: exprFormula(eq.rhs, p), where: null }));
  return { kind: 'display', id: 'eq-loss', rows, tag: null };
}

/** delta_j^l = dC/dz_j^l (or a multiple of it), for each error that the network names. */
export function errorDisplay(p: Printing): Display | null {
  const rows = [...p.system.tensors.values()].flatMap((d): DisplayRow[] => {
    const left = own(d, p.system);
    const right = definitionOfError(p.system, left);
    return right === null ? [] : [{ left: exprFormula(left, p), right: exprFormula(right, p), where: null }];
  });
  return rows.length === 0 ? null : { kind: 'display', id: 'eq-error', rows, tag: null };
}

const SLOTS = ['j', 'i', 'k', 'm'];

/** A tensor's entry at its own stage letters and at the slot letters that its equation uses. */
function own(d: TensorDecl, system: System): ReturnType<typeof entry> {
  const letters = slotLetters(system, d);
  return entry(
    d.name,
    d.stage.map((s) => index(s)),
    d.size.map((_, i) => index(letters[i] ?? SLOTS[i] ?? `i${i}`)),
  );
}

/** A function's formula: sigma(z) = 1/(1+exp(-z)). Null for one that is unknown. */
export function functionRow(def: FunctionDef, p: Printing): DisplayRow | null {
  if (def.body === null) return null;
  const alone: Printing = { ...p, system: functionSystem(def, p.system) };
  const left = call(head(def.name, 0, def.stage), entry(def.param, [], []));
  return { left: exprFormula(left, alone), right: exprFormula(def.body, alone), where: null };
}

/** A system in which a function's variable is a scalar. */
const functionSystem = (def: FunctionDef, system: System): System => ({
  ...system,
  tensors: new Map([[def.param, { name: def.param, stage: [], size: [], kind: 'input' as const }]]),
});

export function functionsDisplay(p: Printing): Display | null {
  const rows = p.system.functions.flatMap((def) => functionRow(def, p) ?? []);
  return rows.length === 0 ? null : { kind: 'display', id: 'eq-functions', rows, tag: null };
}
