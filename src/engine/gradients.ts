// The derived formulas as equations of their own: forward equations, errors and gradients are one system, evaluated like any other.

import { bareName, collectNames } from '../expr/affine.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { entry, isSymbolEntry } from '../expr/make.ts';
import { mapParts } from '../expr/parts.ts';
import type { Equation, System, TensorDecl } from '../expr/system.ts';
import type { Result } from './types.ts';

/** The gradient of a tensor is called so in the system; no name of a network file looks like it. */
export const gradientName = (name: string): string => `d ${name}`;

/**
 * The network's system with an equation for every statement: errors and gradients become variables, the derivatives in
 * statements their entries. Statements with the network's functions put in are taken where there are some.
 */
export function gradientSystem(system: System, results: readonly Result[]): System {
  const own = results.filter((r) => r.system === system);
  const tensors = new Map<string, TensorDecl>();
  for (const decl of system.tensors.values())
    tensors.set(decl.name, decl.kind === 'error' ? asVariable(decl, decl.name) : decl);
  for (const r of own) {
    const decl = r.goal.kind === 'adjoint' ? system.tensors.get(r.goal.by.of.name) : undefined;
    if (decl !== undefined) tensors.set(gradientName(decl.name), asVariable(decl, gradientName(decl.name)));
  }
  const equations = own.flatMap((r) =>
    r.cases.flatMap((c) => {
      const { left, right, given } = c.derivation;
      const lhs = named(left);
      return isSymbolEntry(lhs)
        ? [equationOf(lhs, named(c.special?.derivation.right ?? right), given, system)]
        : [];
    }),
  );
  return { ...system, tensors, equations: [...system.equations, ...equations] };
}

function asVariable(decl: TensorDecl, name: string): TensorDecl {
  return { name, stage: decl.stage, size: decl.size, kind: 'variable' };
}

/** Every adjoint replaced by the entry of its gradient. */
function named(e: Expr): Expr {
  if (e.kind === 'adjoint') return entry(gradientName(e.by.of.name), e.by.of.stage, e.by.slots);
  return mapParts(e, { expr: named, tensor: (t) => t, affine: (a) => a });
}

function equationOf(lhs: SymbolEntry, rhs: Expr, where: Equation['where'], system: System): Equation {
  const indices = [...lhs.of.stage, ...lhs.slots].flatMap((form) => {
    const name = bareName(form);
    return name === null || system.sizes.has(name) ? [] : [name];
  });
  const about = where.filter((c) => {
    const names = new Set<string>();
    collectNames(c.left, names);
    collectNames(c.right, names);
    return [...names].some((n) => indices.includes(n));
  });
  return { lhs, rhs, indices: [...new Set(indices)], where: about };
}
