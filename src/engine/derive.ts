// A target derived whole: its cases, each in component and matrix form, with what this network puts in.

import type { Condition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { SymbolEntry } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import type { System } from '../expr/system.ts';
import { errorSource } from '../rules/definitions.ts';
import type { Attempt, Question } from './adjoint.ts';
import { deriveAdjoint, openCondition } from './adjoint.ts';
import { type CaseOf, splitIntoCases } from './cases.ts';
import { namedTensors } from './cut.ts';
import { deriveFunction, deriveJacobian } from './lemma.ts';
import { lift } from './lift.ts';
import { begin, type Work } from './record.ts';
import { specialise } from './special.ts';
import { stageSpecials } from './stages.ts';
import type { Case, Derivation, Goal, MatrixForm, NoMatrixForm, Result } from './types.ts';

export interface DeriveOptions {
  /** The other targets of the same network: their adjoints are named quantities. */
  readonly targets?: readonly Goal[];
  /** The order in which rules are tried. */
  readonly order?: Work['order'];
}

/** The entry a goal differentiates by, where it is an adjoint or an error. */
function adjointOf(system: System, goal: Goal): SymbolEntry | null {
  const source = errorSource(system, goal.left);
  if (source !== null) return source;
  return goal.left.kind === 'adjoint' ? goal.left.by : null;
}

function attempt(q: Question): Attempt {
  const { left } = q;
  if (left.kind === 'adjoint' || errorSource(q.system, left) !== null) return deriveAdjoint(q);
  const derivation =
    left.kind === 'call'
      ? deriveFunction(q.system, q.given, left, q.order)
      : deriveJacobian(q.system, q.given, left, q.order);
  const open = openCondition({ ...begin(q.system, q.given, left, q.order), current: derivation.right });
  return open === null || (left.kind === 'jacobian' && isDelta(open, left)) ? { derivation } : { open };
}

/** A Jacobian's own delta [k = j] is part of the answer, not a case of it. */
function isDelta(open: Condition, left: { of: SymbolEntry; by: SymbolEntry }): boolean {
  const slots = [...left.of.slots, ...left.by.slots].map((s) => s.key);
  return open.relation === '=' && slots.includes(open.left.key) && slots.includes(open.right.key);
}

/** Derives a goal, replays every step and lifts every statement. Numbers are checked by `verify`. */
export function derive(system: System, goal: Goal, options: DeriveOptions = {}): Result {
  const order = options.order ?? ((rules) => rules);
  const targets = (options.targets ?? [goal]).flatMap((g) => adjointOf(system, g) ?? []);
  const q: Question = {
    system,
    given: goal.given,
    left: goal.left,
    named: namedTensors(system, targets),
    order,
    ...(goal.via === undefined ? {} : { via: goal.via }),
  };
  if (isSymbolEntry(goal.left) && errorSource(system, goal.left) === null)
    throw new DerivationError(`${goal.target} is not a derivative`);
  const cases = splitIntoCases(q, attempt).map((c) => finishCase(q, c));
  return { id: goal.id, target: goal.target, goal: goal.left, system, cases };
}

function finishCase(q: Question, c: CaseOf): Case {
  const { derivation, condition } = c;
  const special = specialise({ ...q, given: derivation.given }, derivation);
  return {
    condition,
    derivation,
    matrix: liftOf(q, derivation, derivation),
    special: special === null ? null : { derivation: special, matrix: liftOf(q, derivation, special) },
    atStages: special === null ? stageSpecials(q, derivation) : [],
    verified: null,
  };
}

function liftOf(q: Question, general: Derivation, last: Derivation): MatrixForm | NoMatrixForm {
  return lift(q.system, general.given, general.left, last.right, q.order);
}
