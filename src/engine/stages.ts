// A statement whose function differs from stage to stage (sigma^l): put in once for each distinct function.

import { bareName, type IndexMap, index, integer } from '../expr/affine.ts';
import { equal, inconsistent, substituteCondition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { key, substitute } from '../expr/substitute.ts';
import type { FunctionDef, System } from '../expr/system.ts';
import { freeNames, visit } from '../expr/walk.ts';
import type { Question } from './adjoint.ts';
import { lift } from './lift.ts';
import { specialise } from './special.ts';
import type { Derivation, StageSpecial } from './types.ts';

/** A function's head in the line whose stage is a free index: sigma at l. */
function stagedHead(e: Expr): { readonly name: string; readonly stage: string } | null {
  const free = freeNames(e);
  const found: { name: string; stage: string }[] = [];
  visit(e, (c) => {
    const stage = c.kind === 'call' && c.fn.stage !== null ? bareName(c.fn.stage) : null;
    if (c.kind === 'call' && stage !== null && free.has(stage)) found.push({ name: c.fn.name, stage });
  });
  return found[0] ?? null;
}

/** The stages at which a function has a formula of its own; the last one where it answers to a name (sigma at L) too. */
function ownStages(system: System, name: string): { readonly stage: number; readonly def: FunctionDef }[] {
  const defs = system.functions.filter((f) => f.name === name && f.stage !== null && f.body !== null);
  const numbered = defs.flatMap((def) =>
    def.stage !== null && def.stage.terms.length === 0 ? [{ stage: def.stage.constant, def }] : [],
  );
  // Where the top layer is named as well, its number is the greatest, and belongs to the case of that name.
  return numbered.length < defs.length ? numbered.slice(0, -1) : numbered;
}

/** One special statement for each distinct function among the stages that the case allows. */
export function stageSpecials(q: Question, general: Derivation): StageSpecial[] {
  const head = stagedHead(general.right);
  if (head === null || q.system.sizes.has(head.stage)) return [];
  const groups = new Map<string, number[]>();
  for (const { stage, def } of ownStages(q.system, head.name)) {
    const here = equal(index(head.stage), integer(stage));
    if (def.body === null || inconsistent([...q.system.given, ...general.given, here])) continue;
    groups.set(key(def.body), [...(groups.get(key(def.body)) ?? []), stage]);
  }
  return [...groups.values()].flatMap((stages) => specialAt(q, general, head.stage, stages) ?? []);
}

function specialAt(
  q: Question,
  general: Derivation,
  name: string,
  stages: readonly number[],
): StageSpecial | null {
  const map: IndexMap = new Map([[name, integer(stages[0] ?? 0)]]);
  const given = general.given.map((c) => substituteCondition(c, map));
  const left = substitute(general.left, map);
  const at: Derivation = { left, right: substitute(general.right, map), steps: [], given };
  const derivation = specialise({ ...q, given }, at);
  if (derivation === null) return null;
  return { stages, left, derivation, matrix: lift(q.system, given, left, derivation.right, q.order) };
}
