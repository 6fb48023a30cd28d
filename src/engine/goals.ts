// Goals that a network asks for by itself: one for every tensor whose adjoint a statement still holds.

import type { Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { call, entry, head } from '../expr/make.ts';
import type { FunctionDef, System } from '../expr/system.ts';
import { visit } from '../expr/walk.ts';
import { consumersOf, isLoss } from '../rules/dependence.ts';
import type { Goal, Result } from './types.ts';

/** The adjoints that stand in a result's statements. */
function adjointsIn(result: Result): SymbolEntry[] {
  const found: SymbolEntry[] = [];
  for (const c of result.cases) {
    visit(c.derivation.right, (e: Expr) => {
      if (e.kind === 'adjoint') found.push(e.by);
    });
  }
  return found;
}

/** Names of tensors that results mention as adjoints, that no goal derives, and that are more than the loss's own argument. */
export function unansweredTensors(
  system: System,
  results: readonly Result[],
  goals: readonly Goal[],
): string[] {
  const answered = new Set(goals.flatMap((g) => (g.left.kind === 'adjoint' ? [g.left.by.of.name] : [])));
  const open = new Set<string>();
  for (const result of results) {
    for (const v of adjointsIn(result)) {
      const given: Condition[] = [];
      const consumers = consumersOf(system, v, given);
      const onlyLoss = consumers.every((c) => isLoss(system, c.entry));
      if (!answered.has(v.of.name) && !onlyLoss) open.add(v.of.name);
    }
  }
  return [...open];
}

/** A function's derivative as a goal in a system of its own: f'(z) for a scalar z. */
export function functionGoal(system: System, def: FunctionDef, id: string): { system: System; goal: Goal } {
  const own: System = {
    tensors: new Map([[def.param, { name: def.param, stage: [], size: [], kind: 'input' as const }]]),
    equations: [],
    functions: system.functions.filter((f) => f.name === def.name && f.stage?.key === def.stage?.key),
    loss: 'C',
    sizes: new Map(),
    given: [],
    identities: [],
  };
  return {
    system: own,
    goal: { id, target: id, left: call(head(def.name, 1, def.stage), entry(def.param, [], [])), given: [] },
  };
}
