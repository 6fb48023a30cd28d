// Why an answer isn't simply right: true in a special case or under another convention, or which slip was made, and numbers.

import { index, shift } from '../expr/affine.ts';
import { type Condition, conditionKey, equal } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { isSymbolEntry } from '../expr/make.ts';
import { mapTensorParts } from '../expr/parts.ts';
import { same } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { some, visit } from '../expr/walk.ts';
import { type Answer, readFor } from './answer.ts';
import { compareExprs, seenDifferent } from './compare.ts';
import { lineVerdicts, rowAt } from './derivation.ts';
import { type JudgedAnswer, judge } from './judge.ts';
import type { Found, Judged } from './judge-side.ts';
import { once } from './met.ts';
import type { Alternative, FormulaQuestion } from './question.ts';
import { withStages } from './settled.ts';
import { slipsOf } from './slip-search.ts';
import { type Checked, checked, type Reason, type Slip, type SlipCode } from './verdict.ts';
import { witnessOf } from './witness.ts';

/** The verdict on what was found, with everything that explains it. */
export function explained(q: FormulaQuestion, judged: JudgedAnswer, text: string, answer: Answer): Checked {
  const found = verdictOf(q, judged, text, answer);
  const lines = lineVerdicts(q, answer.lines, judged, text);
  if (lines.length === 0) return found;
  const wrong = lines.find((l) => l.verdict === 'wrong')?.line ?? -1;
  const rows = new Set(lines.map((l) => l.line)).size;
  const named = found.reasons.some((r) => r.code === 'wrong-line');
  const first: Reason[] =
    found.verdict === 'unfinished'
      ? [{ code: 'last-step-missing' }]
      : rows > 1 && wrong >= 0 && !named && found.verdict === 'incorrect'
        ? [{ code: 'wrong-line', line: wrong }]
        : [];
  return { ...found, lines, reasons: [...first, ...found.reasons] };
}

function verdictOf(q: FormulaQuestion, judged: Judged, text: string, answer: Answer): Checked {
  const { found } = judged;
  const offset = answer.lines[judged.line]?.sides[judged.side]?.span.offset ?? 0;
  const place = { line: rowAt(text, offset), side: judged.side };
  switch (found.kind) {
    case 'right':
      return checked('correct', found.stage);
    case 'unfinished':
      return checked('unfinished', 'form', { reasons: [found.reason], place });
    case 'undecided':
      return checked('undecided', 'undecided', {
        reasons: [{ code: 'why-undecided', why: found.why }],
        place,
      });
    case 'evasion':
      return checked('incorrect', 'form', { reasons: [found.reason], place });
    case 'wrong':
      return { ...wrong(q, found, judged, text, answer), place };
  }
}

function wrong(
  q: FormulaQuestion,
  found: Found & { kind: 'wrong' },
  judged: Judged,
  text: string,
  answer: Answer,
): Checked {
  const accepted = underConvention(q, text, answer, (a) => a.accepted);
  if (accepted !== null) return checked('convention', 'form', { reasons: [accepted] });
  const { of } = found;
  const special =
    of === null || found.stage === 'shape' ? null : once(q, 'special', of, () => specialCase(q, of));
  if (special !== null) return checked('special-case', 'numbers and primes', { reasons: [special] });
  const slips = found.of === null ? [] : named(slipsIn(q, found.of, judged), q, judged);
  const other = underConvention(q, text, answer, (a) => !a.accepted && isLike(a.name, slips));
  const reasons = [...found.reasons, ...(other === null ? [] : [other])];
  const witness =
    of === null || found.stage === 'shape'
      ? null
      : once(q, `witness ${judged.fixed.map(conditionKey)}`, of, () => witnessOf(of, q, found.witness));
  return checked('incorrect', found.stage, { slips, reasons, witness });
}

/** Slips that lead from the right answer to the wrong side, or else from the side before it. */
function slipsIn(q: FormulaQuestion, e: Expr, { before, fixed }: Judged): readonly Slip[] {
  const own = once(q, `slips ${fixed.map(conditionKey)}`, e, () => slipsOf(q, loosened(e, fixed)));
  if (own.length > 0 || before === null) return own;
  return slipsOf({ ...q, general: null, answers: [before], lines: [] }, e);
}

/** An answer about layer 2 as one about layer l, where it fixes l. */
function loosened(e: Expr, fixed: readonly Condition[]): Expr {
  return fixed.reduce((so, { left, right }) => {
    if (right.terms.length > 0) return so;
    return withStages(so, (s) => (s.terms.length === 0 ? shift(left, s.constant - right.constant) : s));
  }, e);
}

/** The slips that another convention looks like. */
const LIKE: Readonly<Record<string, readonly SlipCode[]>> = {
  weights: ['transpose-missing', 'transpose-extra', 'indices-swapped', 'outer-reversed', 'index-wrong'],
  weightLayer: ['layer-off', 'layer-last'],
  sign: ['sign'],
  half: ['factor-number'],
  mean: ['mean', 'factor-number', 'factor-dropped'],
  delta: ['sigma-prime-missing', 'brackets', 'layer-off', 'wrong-derivative', 'factor-dropped'],
};

/** Whether an answer with these slips may be right under another value of a convention; without slips, it may be. */
export const isLike = (name: string, slips: readonly Slip[]): boolean =>
  slips.length === 0 || slips.some((s) => LIKE[name]?.includes(s.code) ?? true);

/** The convention under which the text would be right; null where there is none. */
export function underConvention(
  q: FormulaQuestion,
  text: string,
  lines: Answer | null,
  which: (a: Alternative) => boolean,
): Reason | null {
  for (const alternative of q.alternatives) {
    if (!which(alternative)) continue;
    const { name, value, asked, question } = alternative;
    const other = question();
    if (other === null) continue;
    const same = sameNames(other.system, q.system) && other.writing.rowGradients === q.writing.rowGradients;
    const answer = lines !== null && same ? lines : readFor(other, text);
    if (answer.kind === 'unreadable' || judge(other, answer.lines).found.kind !== 'right') continue;
    return { code: 'convention', name, value, asked };
  }
  return null;
}

const comparedNames = new WeakMap<System, WeakMap<System, boolean>>();

/** Whether a text means the same in both systems: the same tensors with the same slots. */
function sameNames(a: System, b: System): boolean {
  const known = comparedNames.get(a) ?? new WeakMap<System, boolean>();
  comparedNames.set(a, known);
  let found = known.get(b);
  if (found === undefined) {
    found = namesKey(a) === namesKey(b);
    known.set(b, found);
  }
  return found;
}

const namesKey = ({ tensors, functions, sizes }: System): string =>
  JSON.stringify([
    [...tensors.values()].map((d) => [d.name, d.stage, d.size.map((s) => s.key)]),
    functions.map((f) => f.name),
    [...sizes],
  ]);

/** The loss or activation for which an answer is right, where the question leaves it open; null where there is none. */
function specialCase(q: FormulaQuestion, e: Expr): Reason | null {
  const { left } = q;
  if (left === null || q.specials.length === 0) return null;
  const holdsDerivative = some(e, (c) => c.kind === 'adjoint' || c.kind === 'head');
  const own = new Set(q.system.functions.map((f) => f.name));
  const holdsFunction = some(
    e,
    (c) =>
      (c.kind === 'call' && c.fn.order > 0 && own.has(c.fn.name)) ||
      (c.kind === 'jacobian' && isActivation(c.of.of.name, q.system)),
  );
  if ((holdsFunction && holdsDerivative) || !(saysMore(e, q) || touchesFunction(e, q)) || saysLeft(e, left))
    return null;
  for (const { loss, activation, system } of q.specials) {
    // Who writes sigma' or dC/da speaks of any activation, any loss.
    if ((loss !== null && holdsDerivative) || (activation !== null && holdsFunction)) continue;
    const chosen = system();
    const ctx =
      chosen === null
        ? null
        : { system: chosen, given: q.open === null ? q.given : [...q.given, ...depthOf(q)] };
    const found = ctx === null || seenDifferent(e, left, ctx) !== null ? null : compareExprs(e, left, ctx);
    if (found?.verdict === 'equal') return { code: 'only-for', loss, activation };
  }
  return null;
}

/** Whether a quantity is a function of another, entry by entry: da/dz is sigma'(z) by another name. */
const isActivation = (name: string, { equations, functions }: System): boolean =>
  equations.some(
    ({ lhs, rhs }) =>
      lhs.of.name === name && rhs.kind === 'call' && functions.some((f) => f.name === rhs.fn.name),
  );

/** Whether an answer holds, in place of sigma'(z), quantities that one activation may make it of: a or z of that layer. */
function touchesFunction(e: Expr, q: FormulaQuestion): boolean {
  const layers = new Set<string>();
  for (const a of q.answers)
    visit(a, (c) => {
      const [u] = c.kind === 'call' && c.fn.order > 0 ? c.args : [];
      if (u !== undefined && isSymbolEntry(u))
        layers.add(`${u.of.stage.map((s) => s.key)} ${u.slots.length}`);
    });
  const kinds = q.system.tensors;
  return some(
    e,
    (c) =>
      isSymbolEntry(c) &&
      kinds.get(c.of.name)?.kind === 'variable' &&
      layers.has(`${c.of.stage.map((s) => s.key)} ${c.slots.length}`),
  );
}

/** What is put in for L, as a condition: the special networks leave it open. */
const depthOf = (q: FormulaQuestion): Condition[] =>
  [...(q.open?.map ?? [])].map(([name, value]) => equal(index(name), value));

/** Whether the left side itself stands in an answer. */
const saysLeft = (e: Expr, left: Expr): boolean => some(e, (c) => same(c, left));

/** Whether something stands in an answer that stands in no right one: y, an activation, a function by its name. */
function saysMore(e: Expr, q: FormulaQuestion): boolean {
  const names = (of: Expr): Set<string> => {
    const found = new Set<string>();
    visit(of, (c) => {
      if (isSymbolEntry(c)) found.add(c.of.name);
      if (c.kind === 'call' && c.fn.order === 0) found.add(`${c.fn.name}()`);
    });
    return found;
  };
  const right = new Set(q.answers.flatMap((a) => [...names(a)]));
  return [...names(e)].some((n) => !right.has(n));
}

/** A swap of indices has another name where the answer was written as matrices. */
export function named(
  slips: readonly Slip[],
  q: FormulaQuestion,
  { matrix }: Pick<Judged, 'matrix'>,
): Slip[] {
  return slips.map((slip) => {
    if (slip.code !== 'indices-swapped' || !matrix) return slip;
    const name = slip.right !== null && isEntry(slip.right) ? slip.right.of.name : null;
    const has = name !== null && q.matrix !== null && transposes(q.matrix, name);
    return { ...slip, code: has ? 'transpose-missing' : 'transpose-extra' };
  });
}

const isEntry = (e: Expr | Tensor): e is Expr & { kind: 'entry'; of: Tensor & { kind: 'symbol' } } =>
  e.kind === 'entry' && isSymbolEntry(e);

/** Whether a tensor of that name stands transposed in a compound one. */
function transposes(t: Tensor, name: string): boolean {
  if (t.kind === 'transpose' && t.of.kind === 'symbol' && t.of.name === name) return true;
  let found = false;
  mapTensorParts(t, {
    expr: (e) => e,
    tensor: (part) => {
      found ||= transposes(part, name);
      return part;
    },
    affine: (a) => a,
  });
  return found;
}
