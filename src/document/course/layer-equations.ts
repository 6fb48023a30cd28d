// The equations of a layer as the course tells them: z^l, a^l of z^l, and both in one line, each in both forms.

import { lift } from '../../engine/lift.ts';
import { begin, places, tryAt } from '../../engine/record.ts';
import type { MatrixForm } from '../../engine/types.ts';
import type { Affine } from '../../expr/affine.ts';
import type { CallExpr, Expr, SymbolEntry, Tensor } from '../../expr/expr.ts';
import { factorsOf, isSymbolEntry, termsOf } from '../../expr/make.ts';
import { mapTensorParts } from '../../expr/parts.ts';
import { type Equation, functionBody, type System, tensorDecl } from '../../expr/system.ts';
import { at } from '../../expr/walk.ts';
import { ruleNamed } from '../../rules/catalogue.ts';

/** The forward equations: all but that of the loss. */
export const forwardEquations = (system: System): Equation[] =>
  system.equations.filter((eq) => eq.lhs.of.name !== system.loss);

/** f(z) of a declared function and an entry that the network computes. */
const isFunctionOfEntry = (e: Expr, system: System): e is CallExpr => {
  if (e.kind !== 'call' || e.fn.order > 0 || !system.functions.some((f) => f.name === e.fn.name))
    return false;
  const [of] = e.args;
  return of !== undefined && isSymbolEntry(of) && tensorDecl(system, of.of.name).kind === 'variable';
};

/** The calls of the network's functions in an equation. */
export const callsIn = (eq: Equation, system: System): CallExpr[] =>
  places(eq.rhs, (e) => isFunctionOfEntry(e, system)).flatMap((path) => {
    const e = at(eq.rhs, path);
    return e.kind === 'call' ? [e] : [];
  });

/** a = sigma(z) with z's own equation put in for it; null where the equation has no such function, or z no equation here. */
export function combined(eq: Equation, system: System): Equation | null {
  const w = begin(system, eq.where, eq.rhs);
  const found = places(eq.rhs, (e) => isFunctionOfEntry(e, system));
  if (found.length === 0) return null;
  const opened = found.every((path) => tryAt(w, ruleNamed('open'), [...path, 0]));
  return opened ? { ...eq, rhs: w.current } : null;
}

/** Each equation with a function of a computed quantity, that quantity's equation put in. */
export const combinedEquations = (system: System): Equation[] =>
  forwardEquations(system).flatMap((eq) => combined(eq, system) ?? []);

/** The equation in matrix form; null where it has none. */
export function matrixOf(eq: Equation, system: System): MatrixForm | null {
  const form = lift(system, [...system.given, ...eq.where], eq.lhs, eq.rhs, (rules) => rules);
  return 'why' in form ? null : form;
}

/** A layer's weighted input: its equation, the weight in it, what the weight multiplies, and the bias. */
export interface WeightedInput {
  readonly equation: Equation;
  readonly weight: SymbolEntry;
  readonly before: SymbolEntry;
  readonly bias: SymbolEntry | null;
  /** Whether the weight's first index names the neuron that it leads to. */
  readonly outFirst: boolean;
}

/** The weighted input of a network of layers; null where no equation is one. */
export function weightedInput(system: System): WeightedInput | null {
  for (const equation of forwardEquations(system)) {
    const terms = termsOf(equation.rhs);
    const sum = terms.find((t) => t.kind === 'sum');
    if (sum?.kind !== 'sum') continue;
    const factors = factorsOf(sum.body).filter(isSymbolEntry);
    const weight = factors.find(
      (f) => tensorDecl(system, f.of.name).kind === 'parameter' && f.slots.length === 2,
    );
    const before = factors.find((f) => tensorDecl(system, f.of.name).kind === 'variable');
    if (weight === undefined || before === undefined) continue;
    const bias = terms.find(isSymbolEntry) ?? null;
    return { equation, weight, before, bias, outFirst: weight.slots[1]?.key === sum.index };
  }
  return null;
}

/** The stage of an entry with one stage slot: the layer. */
export const layerOf = (e: SymbolEntry): Affine | null => e.of.stage[0] ?? null;

/** Whether a function's formula is known, at some stage at least. */
export const isKnown = (call: CallExpr, system: System): boolean =>
  functionBody(system, call.fn) !== null ||
  system.functions.some((f) => f.name === call.fn.name && f.body !== null);

/** Whether a transpose stands anywhere in a compound tensor. */
export function hasTranspose(t: Tensor): boolean {
  if (t.kind === 'transpose') return true;
  let found = false;
  mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => {
      found ||= hasTranspose(part);
      return part;
    },
    affine: (a) => a,
  });
  return found;
}
