// The multivariable chain rule through a cut, what survives of it, and the use of proved equations.

import { type Affine, bareName, index } from '../expr/affine.ts';
import { both, type Condition, conditionNames, decide, substituteCondition } from '../expr/condition.ts';
import { DerivationError } from '../expr/error.ts';
import type { CutMember, Expr, JacobianExpr, SymbolEntry, SymbolTensor } from '../expr/expr.ts';
import { add, adjoint, factorsOf, guard, isSymbolEntry, jacobian, mul, partial, sum } from '../expr/make.ts';
import { freshName, same, sameStages, substitute } from '../expr/substitute.ts';
import { definitionOf, lossEntry, type System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import {
  type Consumer,
  consumersOf,
  inCut,
  isLoss,
  reaches,
  SLOT_NAMES,
  STAGE_NAMES,
  walkForward,
} from './dependence.ts';
import { forcedIndex, takeTerm } from './indices.ts';
import { type Context, type Rule, type RuleArgs, takenNames } from './rule.ts';

/** A consumer as a member of a cut: a stage that runs counts as every stage. */
export const memberOf = (c: Consumer): CutMember => ({
  name: c.entry.of.name,
  stage: c.entry.of.stage.map((s) => (c.indices.includes(bareName(s) ?? '') ? null : s)),
});

/** The families of entries a chain rule sums over: the cut as far as paths from `v` meet it, and the loss. */
export function cutMembers(
  v: SymbolEntry,
  via: readonly CutMember[] | undefined,
  ctx: Context,
): readonly Consumer[] {
  const { system, given } = ctx;
  const taken = takenNames(ctx);
  if (via === undefined) return consumersOf(system, v, given).map((c) => withFreshNames(c, taken));
  if (inCut(v.of, via, given))
    throw new DerivationError(`the chain rule for ${v.of.name} can't go through itself`);
  const members: Consumer[] = [];
  for (const c of walkForward(system, v, via, given)) {
    if (!isLoss(system, c.entry) && !inCut(c.entry.of, via, both(both(system.given, given), c.where)))
      continue;
    const twin = members.some(
      (m) => m.entry.of.name === c.entry.of.name && sameStages(m.entry.of.stage, c.entry.of.stage),
    );
    if (!twin) members.push(withFreshNames(c, taken));
  }
  return members;
}

/** The walk makes up names as it goes; a line wants the first ones that are free. */
function withFreshNames(c: Consumer, taken: ReadonlySet<string>): Consumer {
  const used = new Set(taken);
  const map = new Map<string, Affine>();
  // What was made up first has the first of the names that are free.
  const turn = (name: string): number => SLOT_NAMES.indexOf(name);
  for (const name of [...c.indices].sort((a, b) => turn(a) - turn(b))) {
    const isStage = c.entry.of.stage.some((s) => bareName(s) === name);
    // A name from the pool was made up on the way; any other is the equation's own letter.
    const own = SLOT_NAMES.includes(name) ? [] : [name];
    const fresh = freshName([...own, ...(isStage ? STAGE_NAMES : SLOT_NAMES)], used);
    used.add(fresh);
    map.set(name, index(fresh));
  }
  const indices = c.indices.map((name) => bareName(map.get(name) ?? index(name)) ?? name);
  return { entry: substitute(c.entry, map), indices, where: c.where.map((w) => substituteCondition(w, map)) };
}

/** The other members of the cut that a path from v to `u` could run through: holding them is what the node must say. */
function cutThatMatters(u: Consumer, members: readonly Consumer[], ctx: Context): CutMember[] {
  const { system, given } = ctx;
  const found: CutMember[] = [];
  for (const other of members) {
    if (isLoss(system, other.entry)) continue;
    const runs = memberOf(other).stage.includes(null);
    if (other === u && !runs) continue;
    const apart = runs ? atOtherStage(other) : other;
    const around = both(both(given, apart.where), u.where);
    if (isLoss(system, u.entry) || reaches(system, apart.entry, u.entry.of, around))
      found.push(memberOf(other));
  }
  return found;
}

/** The same family under other index names, so that one of its entries can be held against another. */
function atOtherStage(c: Consumer): Consumer {
  const map = new Map(c.indices.map((i) => [i, index(`${i}'`)]));
  return {
    entry: substitute(c.entry, map),
    indices: c.indices.map((i) => `${i}'`),
    where: c.where.map((w) => substituteCondition(w, map)),
  };
}

function chainTerm(u: Consumer, v: SymbolEntry, members: readonly Consumer[], ctx: Context): Expr {
  const known = both(ctx.system.given, ctx.given);
  const open: Condition[] = [];
  const range = new Map<string, Condition[]>(u.indices.map((i) => [i, []]));
  for (const c of u.where) {
    const names = new Set<string>();
    conditionNames(c, names);
    const last = [...u.indices].reverse().find((i) => names.has(i));
    if (last !== undefined) range.get(last)?.push(c);
    else if (decide(c, known) !== true) open.push(c);
  }
  const slope = jacobian(u.entry, v, cutThatMatters(u, members, ctx));
  const body = isLoss(ctx.system, u.entry) ? slope : mul(adjoint(u.entry), slope);
  const inside = open.length === 0 ? body : mul(guard(...open), body);
  return [...u.indices].reverse().reduce((e, i) => sum(i, range.get(i) ?? [], e), inside);
}

const chainRule: Rule = {
  id: 'chain-rule',
  kind: 'step',
  example: 'dC/dz_j -> sum_k dC/da_k da_k/dz_j',
  on: ['adjoint'],
  apply: (e, args, ctx) => {
    if (e.kind !== 'adjoint') return null;
    const members = cutMembers(e.by, args.via, ctx);
    if (members.length === 0 || members.every((m) => isLoss(ctx.system, m.entry))) return null;
    return add(...members.map((m) => chainTerm(m, e.by, members, ctx)));
  },
};

/** The entry differentiated and the cut; dC/dv is the Jacobian of the loss with nothing held. */
export function asJacobian(system: System, e: Expr): JacobianExpr | null {
  if (e.kind === 'adjoint') return jacobian(lossEntry(system), e.by);
  return e.kind === 'jacobian' ? e : null;
}

/** Whether an entry in the formula of `j.of` carries a dependence on `j.by` that isn't visible there yet. */
export function mustOpen(
  j: JacobianExpr,
  ctx: Context,
): (t: SymbolTensor, given: readonly Condition[]) => boolean {
  const own: CutMember = { name: j.of.of.name, stage: j.of.of.stage };
  const walked = walkForward(ctx.system, j.by, [...j.cut, own], ctx.given, j.of.of);
  return (t, given) => {
    const known = both(ctx.system.given, given);
    if (inCut(t, [{ name: j.by.of.name, stage: j.by.of.stage }], known) || inCut(t, j.cut, known))
      return false;
    return walked.some(
      (c) => c.entry.of.name === t.name && !inCut(c.entry.of, j.cut, known) && mayBeSameStage(c, t, known),
    );
  };
}

const mayBeSameStage = (c: Consumer, t: SymbolTensor, known: readonly Condition[]): boolean =>
  c.entry.of.stage.every((s, i) => {
    const other = t.stage[i];
    return (
      other === undefined || decide({ relation: '=', left: other, right: s }, both(known, c.where)) !== false
    );
  });

/** du/dv -> d(formula of u)/dv, once the formula shows every path from v to u. */
const differentiateFormula: Rule = {
  id: 'differentiate-formula',
  kind: 'step',
  example: 'dz_k^{l+1}/dz_j^l -> d(sum_i w_ki sigma(z_i^l) + b_k)/dz_j^l',
  on: ['adjoint', 'jacobian'],
  apply: (e, args, ctx) => {
    const j = asJacobian(ctx.system, e);
    if (j === null || same(j.of, j.by)) return null;
    const body =
      args.lemma !== undefined && same(args.lemma.left, j.of)
        ? args.lemma.right
        : definitionOf(ctx.system, j.of, ctx.given);
    if (body === null) return null;
    const opens = mustOpen(j, ctx);
    const hidden = some(
      body,
      (c) =>
        (isSymbolEntry(c) && opens(c.of, ctx.given)) ||
        (c.kind === 'opaque' && c.args.some((a) => opens(a, ctx.given))),
    );
    return hidden ? null : partial(body, j.by);
  },
};

/** sum_k f_k J_kj, where the lemma says that J_kj has the factor [k = j]. */
const onlyOneSurvives: Rule = {
  id: 'only-one-survives',
  kind: 'step',
  example: 'sum_k dC/da_k da_k/dz_j -> dC/da_j da_j/dz_j, as da_k/dz_j = 0 unless k = j',
  on: ['sum'],
  apply: (e, args, ctx) => {
    if (e.kind !== 'sum' || args.lemma === undefined) return null;
    const lemma = instantiate(args.lemma, args.at);
    if (!factorsOf(e.body).some((f) => same(f, lemma.left))) return null;
    const forced = forcedIndex(sum(e.index, [], lemma.right));
    return forced === null ? null : takeTerm(e, forced.value, e.body, e.where, ctx);
  },
};

type Lemma = { readonly left: Expr; readonly right: Expr };

function instantiate(lemma: Lemma, at: RuleArgs['at']): Lemma {
  if (at === undefined) return lemma;
  const map = new Map(at);
  return { left: substitute(lemma.left, map), right: substitute(lemma.right, map) };
}

const putIn: Rule = {
  id: 'put-in',
  kind: 'step',
  example: "delta_k dz_k/dz_j -> delta_k w_kj sigma'(z_j)",
  apply: (e, args) => {
    if (args.lemma === undefined) return null;
    const lemma = instantiate(args.lemma, args.at);
    return same(e, lemma.left) ? lemma.right : null;
  },
};

export const chainRules: readonly Rule[] = [chainRule, differentiateFormula, onlyOneSurvives, putIn];
