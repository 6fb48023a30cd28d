// A statement with this network's loss and activation put in: dC/da from the loss, sigma' from its formula, sums that are known.

import type { Condition } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { functionBody, type System } from '../expr/system.ts';
import { at, type Path, some } from '../expr/walk.ts';
import { algebraRules } from '../rules/algebra.ts';
import { ruleNamed } from '../rules/catalogue.ts';
import { consumersOf, isLoss } from '../rules/dependence.ts';
import { deriveAdjoint, type Question } from './adjoint.ts';
import { contextAt } from './context.ts';
import {
  byWhatHappened,
  deriveFunction,
  factoring,
  folding,
  multiplying,
  shorten,
  tidying,
} from './lemma.ts';
import { begin, contextOf, finish, folded, places, settle, tryAt, type Work } from './record.ts';
import type { Derivation } from './types.ts';

const isOpaqueLoss = (system: System): boolean =>
  system.equations.some((eq) => eq.lhs.of.name === system.loss && some(eq.rhs, (e) => e.kind === 'opaque'));

const assuming = [ruleNamed('use-assumption'), ...algebraRules];
const assumingAndTidying = [ruleNamed('use-assumption'), ...tidying];

/** No formula to put in, and no assumption to use. */
const nothingKnown = (system: System): boolean =>
  isOpaqueLoss(system) && system.identities.length === 0 && system.functions.every((f) => f.body === null);

/** From a general right side to one with the known functions worked out; null where there is nothing to put in. */
export function specialise(q: Question, general: Derivation): Derivation | null {
  if (nothingKnown(q.system)) return null;
  const w = begin(q.system, general.given, general.right, q.order);
  if (!isOpaqueLoss(q.system)) putAll(w, (e, given) => fromLoss(q, e, given));
  simplify(w);
  putAll(w, (e, given) => fromFunction(w, e, given));
  folded(
    w,
    () => ({ rule: 'fold' }),
    () => settle(w, folding),
  );
  simplify(w);
  return w.steps.length === 0 ? null : finish(w);
}

/** Puts in the equations that `prove` finds for the expressions of the line, one line for each. */
function putAll(w: Work, prove: (e: Expr, given: readonly Condition[]) => Derivation | null): void {
  const tried = new Set<string>();
  for (;;) {
    const next = places(w.current, (e) => e.kind === 'adjoint' || (e.kind === 'call' && e.fn.order > 0)).find(
      (p) => !tried.has(p.join()),
    );
    if (next === undefined) return;
    const given = contextAt(w.current, next, contextOf(w)).given.filter((c) => !w.system.given.includes(c));
    const lemma = prove(at(w.current, next), given);
    if (lemma === null || !use(w, next, lemma)) tried.add(next.join());
  }
}

function use(w: Work, path: Path, lemma: Derivation): boolean {
  const args = { lemma: { left: lemma.left, right: lemma.right } };
  return folded(
    w,
    () => ({ rule: 'put-in', with: args }),
    () => {
      if (tryAt(w, ruleNamed('put-in'), path, args, lemma)) settle(w, algebraRules);
    },
  );
}

/** dC/dv worked out, where nothing but the loss consumes v. */
function fromLoss(q: Question, e: Expr, given: readonly Condition[]): Derivation | null {
  if (e.kind !== 'adjoint') return null;
  const consumers = consumersOf(q.system, e.by, given);
  if (consumers.length === 0 || !consumers.every((c) => isLoss(q.system, c.entry))) return null;
  const { system, named, order } = q;
  const attempt = deriveAdjoint({ system, named, order, given, left: e });
  return 'derivation' in attempt ? attempt.derivation : null;
}

/** f'(u) worked out from the formula of f. */
function fromFunction(w: Work, e: Expr, given: readonly Condition[]): Derivation | null {
  if (e.kind !== 'call' || e.fn.order !== 1 || e.args[0] === undefined || !isSymbolEntry(e.args[0]))
    return null;
  return functionBody(w.system, e.fn) === null ? null : deriveFunction(w.system, given, e, w.order);
}

function simplify(w: Work): void {
  folded(w, byWhatHappened('tidy'), () => settle(w, tidying));
  shorten(w, 'use-assumption', () => settle(w, assuming));
  shorten(w, 'multiply-out', () => settle(w, multiplying));
  shorten(w, 'use-assumption', () => settle(w, assumingAndTidying));
  shorten(w, 'multiply-out', () => settle(w, multiplying));
  shorten(w, 'common-factor', () => settle(w, factoring), 1);
}
