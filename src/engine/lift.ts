// From component form to matrix form, by the lifting rules, inside out.

import { bareName, index, mentions } from '../expr/affine.ts';
import type { Condition } from '../expr/condition.ts';
import type { Expr, SumExpr, Tensor } from '../expr/expr.ts';
import { children, mapTensorParts } from '../expr/parts.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { at, freeNames, type Path, some } from '../expr/walk.ts';
import { ruleNamed } from '../rules/catalogue.ts';
import { openSlots } from '../rules/lift-join.ts';
import type { Rule } from '../rules/rule.ts';
import { contextAt, rootContext } from './context.ts';
import { begin, contextOf, settle, tryAt, type Work } from './record.ts';
import type { MatrixForm, NoMatrixForm, WhyNoMatrix } from './types.ts';

/** The left side as a whole tensor and its slots, rows first; null where its slots aren't distinct bare indices. */
function wholeLeft(left: Expr, system: System): { of: Tensor; slots: string[] } | null {
  const entry =
    left.kind === 'entry'
      ? left
      : ruleNamed('entry-of-tensor').apply(left, {}, rootContext(system, [], left));
  if (entry === null || entry.kind !== 'entry') return null;
  const slots = entry.slots.map(bareName).flatMap((s) => (s === null ? [] : [s]));
  return slots.length < entry.slots.length || new Set(slots).size < slots.length
    ? null
    : { of: entry.of, slots };
}

const SCALAR: WhyNoMatrix = { kind: 'scalar' };
const FACTORS_APART: WhyNoMatrix = { kind: 'factors-apart' };

const noWhole = (left: Expr): WhyNoMatrix =>
  left.kind === 'call' || (left.kind === 'adjoint' && left.by.slots.length === 0)
    ? SCALAR
    : { kind: 'fixed-index' };

/** Lifts left = right; says why where there is no matrix form. */
export function lift(
  system: System,
  given: readonly Condition[],
  left: Expr,
  right: Expr,
  order: Work['order'],
): MatrixForm | NoMatrixForm {
  const whole = wholeLeft(left, system);
  if (whole === null) return { why: noWhole(left) };
  if (whole.slots.length > 2) return { why: { kind: 'order', order: whole.slots.length } };
  if (whole.slots.length === 0) return { why: SCALAR };
  const nested = liftWhole(begin(system, given, right, order), whole, right);
  if ('why' in nested || constantsIn(nested.right) === 0) return nested;
  const apart = begin(system, given, right, order);
  settle(apart, distributing);
  const distributed = apart.steps.length === 0 ? nested : liftWhole(apart, whole, right);
  return 'why' in distributed || constantsIn(distributed.right) >= constantsIn(nested.right)
    ? nested
    : distributed;
}

/** A scalar with its sums as norms, inner products and traces; null where a sum over entries stays. */
export function liftScalar(system: System, given: readonly Condition[], e: Expr): Expr | null {
  const w = begin(system, given, e);
  const why = liftAt(w, [], [], false);
  const stays = why !== null && some(w.current, (part) => part.kind === 'sum' && runsOverEntries(part));
  return stays || same(w.current, e) ? null : w.current;
}

const runsOverEntries = (e: SumExpr): boolean =>
  some(e.body, (part) => part.kind === 'entry' && part.slots.some((s) => mentions(s, e.index)));

const distributing: readonly Rule[] = [ruleNamed('distribute'), ruleNamed('sum-of-terms')];

/** How many matrices of ones and identities stand in it: they say that brackets were in the way. */
const constantsIn = (t: Tensor): number =>
  count(t, (part) => part.kind === 'ones' || part.kind === 'identity');

/** How many tensors in it pass a test, itself included. */
function count(t: Tensor, test: (t: Tensor) => boolean): number {
  let found = test(t) ? 1 : 0;
  mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => {
      found += count(part, test);
      return part;
    },
    affine: (a) => a,
  });
  return found;
}

function liftWhole(
  w: Work,
  whole: { readonly of: Tensor; readonly slots: readonly string[] },
  component: Expr,
): MatrixForm | NoMatrixForm {
  const why = liftAt(w, [], whole.slots, false);
  if (why !== null) return { why };
  if (finalTensor(w, whole.slots) === null) return { why: FACTORS_APART };
  tryAt(w, ruleNamed('common-tensor-factor'), []);
  const right = finalTensor(w, whole.slots);
  return right === null ? { why: FACTORS_APART } : { left: whole.of, right, steps: w.steps, component };
}

/** The line as one entry with the left side's slots. */
function finalTensor(w: Work, slots: readonly string[]): Tensor | null {
  const join = ruleNamed('join-factors');
  const { current } = w;
  const done = current.kind === 'entry' && current.slots.map(bareName).join() === slots.join();
  if (!done && !tryAt(w, join, [], { slots }) && !constantEntry(w, slots)) return null;
  const e = w.current;
  return e.kind === 'entry' && e.slots.map(bareName).join() === slots.join() ? e.of : null;
}

/** The same number in every entry. */
function constantEntry(w: Work, slots: readonly string[]): boolean {
  return freeOf(w.current, slots) && tryAt(w, ruleNamed('constant-entry'), [], { slots });
}

const freeOf = (e: Expr, slots: readonly string[]): boolean => !slots.some((s) => freeNames(e).has(s));

/** Lifts the expression at a path; the reason where it can't. Under a sum, of terms or over an index, factors stay apart: the sum joins them. */
function liftAt(w: Work, path: Path, slots: readonly string[], apart: boolean): WhyNoMatrix | null {
  const here = at(w.current, path);
  if (here.kind === 'sum' && tryAt(w, ruleNamed('close-cycle'), path)) return null;
  for (let i = 0; i < children(at(w.current, path)).length; i++) {
    const parent = at(w.current, path);
    if (parent.kind === 'power' && i === 1) break;
    const kept = parent.kind === 'sum' || parent.kind === 'add';
    const why = liftAt(w, [...path, i], slots, kept && children(parent)[i]?.kind === 'mul');
    if (why !== null) return why;
    if (children(at(w.current, path)).length < children(parent).length) i--;
  }
  const e = at(w.current, path);
  switch (e.kind) {
    case 'sum':
      return liftSum(w, path, slots);
    case 'mul':
      if (apart) return null;
      return joinAt(w, path, 'join-factors', slots);
    case 'add':
      return joinAt(w, path, 'join-terms', slots);
    case 'adjoint':
    case 'head':
    case 'jacobian':
    case 'call':
    case 'power':
      tryAt(w, ruleNamed('entry-of-tensor'), path);
      return null;
    case 'entry': {
      const slot = e.slots.find((s) => bareName(s) === null && s.terms.length > 0);
      return slot === undefined ? null : { kind: 'slot', slot };
    }
    default:
      return null;
  }
}

function joinAt(w: Work, path: Path, rule: string, slots: readonly string[]): WhyNoMatrix | null {
  const e = at(w.current, path);
  const own = path.length === 0 ? slots : bestOrder(w, path, rule, openSlots(e, slots));
  if (own.length === 0) return null;
  return tryAt(w, ruleNamed(rule), path, { slots: own }) ? null : FACTORS_APART;
}

/** Rows and columns of a bracket in the order that needs fewer transposes; that of the left side where it makes none. */
function bestOrder(w: Work, path: Path, rule: string, slots: readonly string[]): readonly string[] {
  if (slots.length !== 2) return slots;
  const cost = (order: readonly string[]): number => {
    const made = ruleNamed(rule).apply(
      at(w.current, path),
      { slots: order },
      contextAt(w.current, path, contextOf(w)),
    );
    return made?.kind === 'entry' ? count(made.of, (t) => t.kind === 'transpose') : Number.POSITIVE_INFINITY;
  };
  const turned = [...slots].reverse();
  return cost(turned) < cost(slots) ? turned : slots;
}

function liftSum(w: Work, path: Path, slots: readonly string[]): WhyNoMatrix | null {
  const e = at(w.current, path);
  if (e.kind !== 'sum') return null;
  if (tryAt(w, ruleNamed('contract'), path, { slots })) return null;
  const body: Path = [...path, 0];
  const inner = at(w.current, body);
  if (inner.kind === 'mul') joinAt(w, body, 'join-factors', slots);
  if (tryAt(w, ruleNamed('sum-of-tensors'), path)) return null;
  return { kind: 'sum', index: index(e.index) };
}
