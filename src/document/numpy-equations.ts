// The equations that a NumPy cell runs: the network's own, and the derived statements by which its gradients are had.

import { gradientName } from '../engine/gradients.ts';
import { lift } from '../engine/lift.ts';
import type { Case, MatrixForm, NoMatrixForm, Result } from '../engine/types.ts';
import { bareName } from '../expr/affine.ts';
import { conditionNames } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { entry, isSymbolEntry, symbol } from '../expr/make.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import type { System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import type { NumpyEnv } from '../text/numpy-env.ts';
import { either } from '../text/numpy-piece.ts';
import { type NumpyEquation, statementLines } from '../text/numpy-statement.ts';

/** The network's equations, each with its matrix form where it has one. */
export function forwardEquations(system: System): NumpyEquation[] {
  return system.equations.map((eq) => {
    const form = lift(system, [...system.given, ...eq.where], eq.lhs, eq.rhs, (rules) => rules);
    return { ...eq, matrix: 'why' in form ? null : form.right };
  });
}

/** Every derivative of the loss by its name in the system of gradients. */
const naming: PartMap = {
  expr: (e) =>
    e.kind === 'adjoint' ? entry(gradientName(e.by.of.name), e.by.of.stage, e.by.slots) : mapParts(e, naming),
  tensor: (t) =>
    t.kind === 'derivative' && t.what === 'adjoint'
      ? symbol(gradientName(t.by.name), t.by.stage)
      : mapTensorParts(t, naming),
  affine: (a) => a,
};

/**
 * One equation for each case of each statement. `shortest`: in general terms (with sigma' and dC/da) where these are all
 * known by name and what is printed is no longer than with the functions put in; else always with them put in.
 */
export function derivedEquations(
  results: readonly Result[],
  env: NumpyEnv,
  choice: 'shortest' | 'special',
): NumpyEquation[] {
  return results.flatMap((r) => r.cases.flatMap((c) => caseEquation(c, env, choice)));
}

function caseEquation(c: Case, env: NumpyEnv, choice: 'shortest' | 'special'): NumpyEquation[] {
  const general = equationOf(c, c.derivation.right, c.matrix, env.system);
  if (general === null || c.special === null) return general === null ? [] : [general];
  const special = equationOf(c, c.special.derivation.right, c.special.matrix, env.system);
  if (special === null) return [general];
  if (choice === 'special' || !namesOnly(general.rhs, env.system)) return [special];
  return [lengthOf(general, env) <= lengthOf(special, env) ? general : special];
}

function equationOf(
  { derivation }: Case,
  right: Expr,
  matrix: MatrixForm | NoMatrixForm,
  system: System,
): NumpyEquation | null {
  const lhs = naming.expr(derivation.left);
  if (!isSymbolEntry(lhs)) return null;
  const names = [...lhs.of.stage, ...lhs.slots].flatMap((form) => {
    const name = bareName(form);
    return name === null || system.sizes.has(name) ? [] : [name];
  });
  const where = derivation.given.filter((c) => {
    const own = new Set<string>();
    conditionNames(c, own);
    return [...own].some((n) => names.includes(n));
  });
  const whole: Tensor | null = 'why' in matrix ? null : naming.tensor(matrix.right);
  return { lhs, rhs: naming.expr(right), matrix: whole, indices: [...new Set(names)], where };
}

/** Whether nothing on a right side is a derivative without a name and an equation. */
const namesOnly = (e: Expr, system: System): boolean =>
  !some(
    e,
    (part) =>
      ['jacobian', 'partial', 'head', 'opaque'].includes(part.kind) ||
      (isSymbolEntry(part) && !system.tensors.has(part.of.name)),
  );

const lengthOf = (eq: NumpyEquation, env: NumpyEnv): number =>
  either(
    () => statementLines(eq, { ...env, uses: () => {} }).join('\n').length,
    () => Number.POSITIVE_INFINITY,
  );

/** Those of the equations that the wanted tensors need, in the same order. */
export function neededFor(wanted: ReadonlySet<string>, equations: readonly NumpyEquation[]): NumpyEquation[] {
  const needed = new Set(wanted);
  let known = -1;
  while (known < needed.size) {
    known = needed.size;
    for (const eq of equations)
      if (needed.has(eq.lhs.of.name))
        some(eq.rhs, (e) => {
          if (isSymbolEntry(e)) needed.add(e.of.name);
          return false;
        });
  }
  return equations.filter((eq) => needed.has(eq.lhs.of.name));
}
