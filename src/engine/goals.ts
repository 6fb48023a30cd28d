// Goals that a network asks for by itself: one for every tensor whose adjoint a statement still holds.

import { index } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { adjoint, call, entry, head } from '../expr/make.ts';
import { freshName } from '../expr/substitute.ts';
import { type FunctionDef, type System, tensorDecl } from '../expr/system.ts';
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

const SLOTS = ['j', 'k', 'i', 'm', 'p'];

/** dC/dv for all entries of a tensor, with index letters of its own. */
export function wholeAdjoint(system: System, name: string): Expr {
  const decl = tensorDecl(system, name);
  const taken = new Set([...decl.stage, ...system.sizes.keys()]);
  const slots = decl.size.map(() => {
    const letter = freshName(SLOTS, taken);
    taken.add(letter);
    return index(letter);
  });
  return adjoint(
    entry(
      name,
      decl.stage.map((s) => index(s)),
      slots,
    ),
  );
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
