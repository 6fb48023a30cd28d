// The square system: all widths are one size, so that formulas whose shapes don't go together have a value too.

import { type Affine, addScaled, bareName, index, integer } from '../expr/affine.ts';
import { atMost, type Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import type { Equation, System, TensorDecl } from '../expr/system.ts';

const squares = new WeakMap<System, System>();

/** The names of the sizes of slots; null where one is more than a single size (as in a convolution). */
function slotSizeNames(system: System): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const decl of system.tensors.values()) {
    for (const size of decl.size) {
      const [only] = size.terms;
      if (size.terms.length === 0) continue;
      if (size.constant !== 0 || size.terms.length > 1 || only?.coefficient !== 1) return null;
      names.add(only.symbol.name);
    }
  }
  // A size that stages run to (the L of 2 <= l <= L) stays what it is.
  for (const eq of system.equations) {
    const stages = new Set(eq.lhs.of.stage.map(bareName));
    for (const c of eq.where)
      if (stages.has(bareName(c.left))) for (const t of c.right.terms) names.delete(t.symbol.name);
  }
  return names;
}

/** What makes things square; null where the system can't be. */
function squaring(system: System): PartMap | null {
  const names = slotSizeNames(system);
  const [first] = names ?? [];
  if (names === null || first === undefined) return null;
  const affine = (a: Affine): Affine => {
    if (!a.terms.some((t) => names.has(t.symbol.name))) return a;
    return a.terms.reduce(
      (sum, t) =>
        addScaled(
          sum,
          names.has(t.symbol.name) ? index(first) : index(t.symbol.name, t.symbol.at),
          t.coefficient,
        ),
      integer(a.constant),
    );
  };
  const parts: PartMap = {
    expr: (e) => mapParts(e, parts),
    tensor: (t) => mapTensorParts(t, parts),
    affine,
  };
  return parts;
}

/** The system with one size for all slots; the system itself where that makes no sense. */
export function squareOf(system: System): System {
  const known = squares.get(system);
  if (known !== undefined) return known;
  const made = squareSystem(system);
  squares.set(system, made);
  return made;
}

function squareSystem(system: System): System {
  const parts = squaring(system);
  const names = slotSizeNames(system);
  if (parts === null || names === null) return system;
  const [first = 'n'] = names;
  const decl = (d: TensorDecl): TensorDecl => ({
    ...d,
    size: d.size.map(parts.affine),
    ...(d.scale === undefined ? {} : { scale: parts.expr(d.scale) }),
  });
  const equation = (eq: Equation): Equation => ({
    ...eq,
    rhs: parts.expr(eq.rhs),
    where: eq.where.map((c) => conditionIn(c, parts)),
  });
  const sizes = new Map([...system.sizes].filter(([name]) => !names.has(name)));
  return {
    ...system,
    tensors: new Map([...system.tensors].map(([name, d]) => [name, decl(d)])),
    equations: system.equations.map(equation),
    sizes: sizes.set(first, 0),
    given: [...system.given.map((c) => conditionIn(c, parts)), atMost(integer(1), index(first))],
    identities: system.identities.map((i) => ({
      ...i,
      left: parts.expr(i.left),
      right: parts.expr(i.right),
    })),
  };
}

const conditionIn = (c: Condition, parts: PartMap): Condition => ({
  ...c,
  left: parts.affine(c.left),
  right: parts.affine(c.right),
});

/** Expressions and conditions of a system, as they are in its square. */
export interface Squared {
  readonly system: System;
  readonly expr: (e: Expr) => Expr;
  readonly tensor: (t: Tensor) => Tensor;
  readonly sizes: (shape: readonly Affine[]) => readonly Affine[];
  readonly conditions: (cs: readonly Condition[]) => readonly Condition[];
}

export function squared(system: System): Squared {
  const parts = squaring(system);
  return {
    system: squareOf(system),
    expr: (e) => parts?.expr(e) ?? e,
    tensor: (t) => parts?.tensor(t) ?? t,
    sizes: (shape) => (parts === null ? shape : shape.map(parts.affine)),
    conditions: (cs) => (parts === null ? cs : cs.map((c) => conditionIn(c, parts))),
  };
}
