// Case splits: a condition the assumptions leave open makes branches, boundary first, each derived on its own.

import { type Affine, bareName, minus, solveFor } from '../expr/affine.ts';
import {
  atMost,
  both,
  type Condition,
  conditionNames,
  decide,
  equal,
  inconsistent,
  negations,
  slack,
  substituteCondition,
} from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { Expr, SymbolEntry } from '../expr/expr.ts';
import { substitute } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { freeNames } from '../expr/walk.ts';
import type { Attempt, Question } from './adjoint.ts';
import type { Derivation } from './types.ts';

export interface CaseOf {
  readonly condition: readonly Condition[];
  readonly derivation: Derivation;
}

interface Branch {
  readonly left: Expr;
  readonly via: readonly SymbolEntry[] | undefined;
  readonly given: readonly Condition[];
  /** What was added to the target's own ranges. */
  readonly added: readonly Condition[];
}

const MOST_CASES = 12;

/** All cases of a question, by what `attempt` finds open. */
export function splitIntoCases(q: Question, attempt: (q: Question) => Attempt): CaseOf[] {
  const found: CaseOf[] = [];
  const pending: Branch[] = [{ left: q.left, via: q.via, given: q.given, added: [] }];
  for (let branch = pending.shift(); branch !== undefined; branch = pending.shift()) {
    if (found.length + pending.length > MOST_CASES)
      throw new DerivationError(`more than ${MOST_CASES} cases`);
    const { left, given, via, added } = branch;
    const asked: Question = {
      system: q.system,
      given,
      left,
      named: q.named,
      order: q.order,
      ...(via === undefined ? {} : { via }),
    };
    const result = attempt(asked);
    if ('derivation' in result)
      found.push({ condition: shortest(added, q.given, q.system), derivation: result.derivation });
    else pending.unshift(...branchesOn(result.open, branch, q));
  }
  return found;
}

function branchesOn(open: Condition, branch: Branch, q: Question): Branch[] {
  const alternatives = open.relation === '=' ? [open, ...negations(open)] : [...negations(open), open];
  const branches = alternatives
    .filter((c) => !inconsistent([...q.system.given, ...branch.given, c]))
    .map((c) => under(asEquality(c, branch, q.system), branch, q.system));
  // The boundary, where a stage is fixed, comes first.
  return [...branches.filter((b) => isFixed(b)), ...branches.filter((b) => !isFixed(b))];
}

const isFixed = (b: Branch): boolean => b.added.at(-1)?.relation === '=';

/** l >= L where l <= L is known says l = L. */
function asEquality(c: Condition, branch: Branch, system: System): Condition {
  if (c.relation === '=') return c;
  const known = both(system.given, branch.given);
  return decide(atMost(c.right, c.left), known) === true ? equal(c.left, c.right) : c;
}

function under(c: Condition, branch: Branch, system: System): Branch {
  const solved = c.relation === '=' ? solvedForIndex(c, branch.left, system) : null;
  const added = [...branch.added, solved === null ? c : equal(solved.index, solved.value)];
  if (solved === null) return { ...branch, given: [...branch.given, c], added };
  const map = new Map([[solved.name, solved.value]]);
  return {
    left: substitute(branch.left, map),
    via: branch.via?.map((v) => substitute(v, map)),
    given: branch.given.map((g) => substituteCondition(g, map)),
    added,
  };
}

/** An equality solved for a free index of the target, its stages first. */
function solvedForIndex(
  c: Condition,
  left: Expr,
  system: System,
): { name: string; index: Affine; value: Affine } | null {
  const names = new Set<string>();
  conditionNames(c, names);
  const free = [...freeNames(left)].filter((n) => names.has(n) && !system.sizes.has(n));
  for (const name of free) {
    const value = solveFor(slack(c), name);
    if (value !== null)
      return {
        name,
        value,
        index: { constant: 0, terms: [{ symbol: { name, at: [], key: name }, coefficient: 1 }], key: name },
      };
  }
  return null;
}

/** The added conditions without those that the others imply, inequalities solved for the index. */
function shortest(added: readonly Condition[], given: readonly Condition[], system: System): Condition[] {
  let kept = added.map((c) => solvedInequality(c, given));
  for (const c of [...kept]) {
    const others = kept.filter((k) => k !== c);
    if (decide(c, [...system.given, ...given, ...others]) === true) kept = others;
  }
  return kept;
}

/** l+1 <= L reads l <= L-1. */
function solvedInequality(c: Condition, given: readonly Condition[]): Condition {
  if (c.relation === '=') return c;
  const form = minus(c.right, c.left);
  for (const t of form.terms) {
    if (t.symbol.at.length > 0 || Math.abs(t.coefficient) !== 1 || !isIndex(t.symbol.name, given)) continue;
    const value = solveFor(form, t.symbol.name);
    const own: Affine = { constant: 0, terms: [{ symbol: t.symbol, coefficient: 1 }], key: t.symbol.key };
    if (value !== null) return t.coefficient < 0 ? atMost(own, value) : atMost(value, own);
  }
  return c;
}

/** An index of the target is what its ranges bound from both sides by something else. */
const isIndex = (name: string, given: readonly Condition[]): boolean =>
  given.some((g) => bareName(g.right) === name) && given.some((g) => bareName(g.left) === name);
