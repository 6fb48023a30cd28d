// A question about a concrete network: its number of layers put in for L, so that a[3] and a[L] are one thing.

import { type Affine, type IndexMap, index, integer, substituteIndices } from '../expr/affine.ts';
import { type Condition, equal, substituteCondition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import { substitute, substituteTensor } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import type { FormulaQuestion } from './question.ts';

/** The system with some sizes replaced by numbers; they stay known as names, equal to these. */
export function settledSystem(system: System, map: IndexMap): System {
  const conditions = (cs: readonly Condition[]): Condition[] => cs.map((c) => substituteCondition(c, map));
  return {
    ...system,
    tensors: new Map(
      [...system.tensors].map(([name, d]) => [
        name,
        { ...d, size: d.size.map((s) => substituteIndices(s, map)) },
      ]),
    ),
    equations: system.equations.map((eq) => ({
      ...eq,
      lhs: substitute(eq.lhs, map),
      rhs: substitute(eq.rhs, map),
      where: conditions(eq.where),
    })),
    given: [...conditions(system.given), ...[...map].map(([name, value]) => equal(index(name), value))],
    identities: system.identities.map((i) => ({
      ...i,
      left: substitute(i.left, map),
      right: substitute(i.right, map),
    })),
  };
}

/** The question with L replaced by the number of layers that its network has; the same one where it has none. */
export function settledQuestion(q: FormulaQuestion): FormulaQuestion {
  const L = q.system.sizes.get('L') === 0 ? q.world?.sizes.get('L') : undefined;
  return L === undefined ? q : settledAt(q, L);
}

/** The question with L replaced by a number. */
export function settledAt(q: FormulaQuestion, L: number): FormulaQuestion {
  const map: IndexMap = new Map([['L', integer(L)]]);
  const [first, ...rest] = q.answers;
  return {
    ...q,
    system: settledSystem(q.system, map),
    open: { system: q.system, map },
    general: q,
    left: q.left === null ? null : substitute(q.left, map),
    shape: q.shape.map((s) => substituteIndices(s, map)),
    given: q.given.map((c) => substituteCondition(c, map)),
    answers: [substitute(first, map), ...rest.map((e) => substitute(e, map))],
    matrix: q.matrix === null ? null : substituteTensor(q.matrix, map),
    lines: q.lines.map((e) => substitute(e, map)),
    steps: q.steps.map((s) => ({ ...s, after: substitute(s.after, map) })),
  };
}

/** An answer to a settled question in the letters of the open one: the last layer is L again. */
export function unsettled(e: Expr, q: FormulaQuestion): Expr {
  const L = q.open?.map.get('L');
  if (L === undefined) return e;
  return withStages(e, (s) => (s.key === L.key ? index('L') : s));
}

/** An expression with its stages (not its slots) changed. */
export function withStages(e: Expr, stage: (s: Affine) => Affine): Expr {
  const parts: PartMap = {
    expr: (c) => {
      const inner = mapParts(c, parts);
      if (inner.kind !== 'call' || inner.fn.stage === null) return inner;
      return { ...inner, fn: { ...inner.fn, stage: stage(inner.fn.stage) } };
    },
    tensor: (t) => (t.kind === 'symbol' ? { ...t, stage: t.stage.map(stage) } : mapTensorParts(t, parts)),
    affine: (a) => a,
  };
  return parts.expr(e);
}
