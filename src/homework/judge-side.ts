// Whether one side of an answer is right: its shape, the comparison with the right answers, and what may stand there.

import { bareName, integer, substituteIndices } from '../expr/affine.ts';
import { both, type Condition, decide, equal, inconsistent } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { shapeOf, shapeText } from '../expr/shape.ts';
import { same } from '../expr/substitute.ts';
import { freeNames } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import { type Alignment, aligned, entryAt, MARK, marked } from './align.ts';
import type { Side } from './answer.ts';
import { compareExprs, sameKey, seenDifferent } from './compare.ts';
import type { Comparison, WhyUndecided, Witness } from './compare-verdict.ts';
import { fixesNothing, lacksEntries } from './every-case.ts';
import { stillHeld, timesZero } from './finished.ts';
import { isLabel, withLabel } from './labels.ts';
import { ofSamples } from './meant.ts';
import { once } from './met.ts';
import type { FormulaQuestion } from './question.ts';
import type { CheckStage, Reason } from './verdict.ts';
import { countsNeurons, widthsOf } from './widths.ts';

/** What was found of one side, or of the answer: with the components in the question's letters for what follows. */
export type Found =
  | { readonly kind: 'right'; readonly stage: CheckStage; readonly of: Expr }
  | { readonly kind: 'unfinished'; readonly reason: Reason }
  | { readonly kind: 'evasion'; readonly reason: Reason }
  | {
      readonly kind: 'wrong';
      readonly of: Expr | null;
      readonly witness: Witness | null;
      readonly reasons: readonly Reason[];
      readonly stage: CheckStage;
    }
  | { readonly kind: 'undecided'; readonly why: WhyUndecided };

export interface Judged {
  readonly found: Found;
  /** The line and the side that decided. */
  readonly line: number;
  readonly side: number;
  /** Whether the side was written as matrices. */
  readonly matrix: boolean;
  /** Whether it belongs to a line about another quantity. */
  readonly aside: boolean;
  /** The side in components and in the question's letters; null where its shape is another one. */
  readonly of: Expr | null;
  /** Indices of the question's that the side fixes. */
  readonly fixed: readonly Condition[];
  /** The side before it, in components; null where there is none to compare with. */
  readonly before: Expr | null;
}

/** What a side says, its letters marked as its own. */
export const ofSide = (s: Side, q: FormulaQuestion): Read => marked(s.of, q.system);

/** One side judged, in the letters of the question. */
export function judgedAt(q: FormulaQuestion, side: Side, by: Alignment, line: number, at: number): Judged {
  const found = judgeSide(q, side, by);
  const of = shown(side, q, by);
  return {
    found,
    line,
    side: at,
    matrix: isTensor(side.of),
    aside: false,
    of,
    fixed: by.fixed,
    before: null,
  };
}

/** A side as the slips and the rules take it. */
function shown(side: Side, q: FormulaQuestion, by: Alignment): Expr | null {
  const read = aligned(ofSide(side, q), by);
  if (isTensor(read) && orderOf(read, q) !== q.shape.length) return null;
  return entryAt(read, q.slots, q.system);
}

function judgeSide(q: FormulaQuestion, side: Side, by: Alignment): Found {
  const written = aligned(ofSide(side, q), by);
  const own = q.perSample === null ? written : ofSamples(written, q.perSample, q.system);
  const read = onlyEntry(own, q);
  const shapes = shapeProblem(read, side.row, q, by);
  if (shapes !== null) {
    // A vector where a matrix is asked for still says which entries were multiplied.
    const order = orderOf(read, q);
    const comparable = order === q.shape.length || (order === 1 && q.shape.length === 2);
    const of = comparable ? entryAt(read, q.slots.slice(0, order), q.system) : null;
    return { kind: 'wrong', of, witness: null, reasons: [shapes], stage: 'shape' };
  }
  const e = entryAt(read, q.slots, q.system);
  const label = withLabel(e, q);
  if (label !== null) return judgeEntry(label.e, label.q, by);
  return judgeEntry(e, q, by);
}

/** A whole tensor with one entry as that entry, where something else is asked for: y of a network with one output. */
function onlyEntry(read: Read, q: FormulaQuestion): Read {
  if (!isTensor(read)) return read;
  const shape = shapeOf(read, q.system);
  if (shapeText(shape) === shapeText(q.shape)) return read;
  const given = both(both(q.system.given, q.given), widthsOf(q));
  const single = shape.every((s) => decide(equal(s, integer(1)), given) === true);
  return single ? { kind: 'entry', of: read, slots: shape.map(() => integer(1)) } : read;
}

/** A side's components, compared. */
function judgeEntry(e: Expr, q: FormulaQuestion, by: Alignment): Found {
  const open = [...freeNames(e)].find((n) => n.startsWith(MARK) && !isLabel(n, q));
  if (open !== undefined) {
    const reasons: Reason[] = [{ code: 'free-index', index: open.slice(MARK.length) }];
    return { kind: 'wrong', of: e, witness: null, reasons, stage: 'shape' };
  }
  const more = by.fixed.length + by.said.length > 0;
  const given = more ? [...q.given, ...by.fixed, ...by.said] : q.given;
  if (by.fixed.length + by.said.length > 0 && inconsistent([...q.system.given, ...given]))
    return { kind: 'wrong', of: e, witness: null, reasons: [{ code: 'some-cases' }], stage: 'form' };
  const same = more
    ? comparedInNetwork(e, q, given)
    : once(q, 'compared', e, () => comparedInNetwork(e, q, given));
  if (same.verdict === 'undecided')
    return lacksEntries(e, q.answers[0], q, given)
      ? { kind: 'wrong', of: e, witness: null, reasons: [{ code: 'some-cases' }], stage: 'form' }
      : { kind: 'undecided', why: same.why };
  if (same.verdict === 'different')
    return { kind: 'wrong', of: e, witness: same.witness, reasons: [], stage: 'witness' };
  return truly(e, q, by, given, same.stage, same.missing);
}

/** What a true side lacks: it may be for one value of an index, hold what is asked for, or hide a wrong term. */
function truly(
  e: Expr,
  q: FormulaQuestion,
  by: Alignment,
  given: readonly Condition[],
  stage: CheckStage,
  missing: boolean,
): Found {
  if (by.fixed.length > 0 && !q.definition && !fixesNothing(by.fixed, q))
    return { kind: 'evasion', reason: { code: 'fixed-index', conditions: by.fixed } };
  if (by.said.length > 0) return { kind: 'evasion', reason: { code: 'fixed-index', conditions: by.said } };
  if (missing) return { kind: 'evasion', reason: { code: 'some-cases' } };
  const zero = timesZero(e, q.system, given);
  if (zero !== null) return { kind: 'evasion', reason: { code: 'times-zero', what: zero } };
  if (q.left !== null && same(e, q.left)) return { kind: 'unfinished', reason: { code: 'left-again' } };
  const held = stillHeld(e, q, by.fixed);
  if (held !== null) return { kind: 'unfinished', reason: { code: 'still-holds', what: held } };
  return { kind: 'right', stage, of: e };
}

type Against =
  | { readonly verdict: 'equal'; readonly stage: CheckStage; readonly missing: boolean }
  | Exclude<Comparison, { verdict: 'equal' }>;

/** Compared for any widths, and where the answer counts neurons, for the network's own. */
function comparedInNetwork(e: Expr, q: FormulaQuestion, given: readonly Condition[]): Against {
  const found = compareWithAnswers(e, q, given);
  const widths = found.verdict === 'equal' || !countsNeurons(e) ? [] : widthsOf(q);
  if (widths.length === 0) return found;
  const own = compareWithAnswers(e, q, [...given, ...widths]);
  return own.verdict === 'equal' ? own : found;
}

/** Compared with the right answers: by form with each, by numbers with the last. */
function compareWithAnswers(e: Expr, q: FormulaQuestion, given: readonly Condition[]): Against {
  const ctx = { system: q.system, given };
  const last = q.answers.at(-1) ?? q.answers[0];
  const seen = seenDifferent(e, last, ctx);
  if (seen !== null) return { verdict: 'different', witness: seen };
  if (q.answers.some((answer) => sameKey(e, answer, ctx)))
    return { verdict: 'equal', stage: 'same form', missing: false };
  const found = compareExprs(e, last, ctx);
  if (found.verdict !== 'equal') return found;
  const missing = found.domain === 'different' && lacksEntries(e, last, q, given);
  return { verdict: 'equal', stage: found.stage, missing };
}

/** Why a side can't be the answer: it is a row, or its shape is another one. */
function shapeProblem(read: Read, row: boolean, q: FormulaQuestion, by: Alignment): Reason | null {
  if (!isTensor(read)) return null;
  const shape = shapeOf(read, q.system);
  const written = row ? `1 x ${shapeText(shape)}` : shapeText(shape);
  const fixed = new Map(by.fixed.flatMap((c) => [[bareName(c.left) ?? '', c.right] as const]));
  const asked = shapeText(q.shape.map((size) => substituteIndices(size, fixed)));
  return written === asked || (q.rows && row && shapeText(shape) === asked)
    ? null
    : { code: 'shapes', left: asked, right: written };
}

const orderOf = (read: Read, q: FormulaQuestion): number =>
  isTensor(read) ? shapeOf(read, q.system).length : 0;
