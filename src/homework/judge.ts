// Whether the sides of an answer are right: compared one by one, then looked at for what may not stand there.

import { bareName, index, substituteIndices } from '../expr/affine.ts';
import {
  both,
  type Condition,
  conditionNames,
  decide,
  inconsistent,
  substituteCondition,
} from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Expr } from '../expr/expr.ts';
import { shapeOf, shapeText } from '../expr/shape.ts';
import { freeNames } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import { type Alignment, alignAlone, aligned, alignLeft, entryAt, MARK, marked } from './align.ts';
import type { Line, Side } from './answer.ts';
import { compareExprs, sameKey, seenDifferent } from './compare.ts';
import type { Comparison, Witness } from './compare-verdict.ts';
import { fixesNothing, lacksEntries } from './every-case.ts';
import { stillHeld, timesZero } from './finished.ts';
import { ofSamples } from './meant.ts';
import type { FormulaQuestion } from './question.ts';
import type { CheckStage, Reason } from './verdict.ts';

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
  | { readonly kind: 'undecided'; readonly why: string };

export interface Judged {
  readonly found: Found;
  /** The line and the side that decided. */
  readonly line: number;
  readonly side: number;
  /** Whether the side was written as matrices. */
  readonly matrix: boolean;
}

const IDENTITY: Alignment = { map: new Map(), fixed: [] };

/** Judges the lines of an answer. Every side has to be right, and the last one finished. */
export function judge(q: FormulaQuestion, lines: readonly Line[]): Judged {
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && (only.sides.length === 1 || only.continues))
    return judgeAlone(q, only);
  const seen: Judged[] = [];
  let alignment: Alignment | null = null;
  for (const [i, line] of lines.entries()) {
    const [first] = line.sides;
    if (first === undefined || (lines.length > 1 && ofAnotherCase(line, q))) continue;
    const own = line.continues ? null : alignLeft(ofSide(first, q), q);
    if (own !== null) alignment = saying(own, line, q);
    const rest = own === null ? line.sides : line.sides.slice(1);
    if (own === null && !line.continues && line.sides.length > 1) {
      seen.push(...auxiliary(q, line, alignment ?? IDENTITY, i));
      continue;
    }
    const by = alignment ?? IDENTITY;
    const from = line.sides.length - rest.length;
    seen.push(...rest.map((side, s) => judgedAt(q, side, by, i, from + s)));
    if (own !== null && rest.length === 0) seen.push(leftAgain(i));
  }
  return decisive(seen, alignment !== null);
}

/** An alignment with what the line itself says of its indices, where the question doesn't say so already. */
function saying(by: Alignment, line: Line, q: FormulaQuestion): Alignment {
  const own = line.where
    .map((c) => substituteCondition(markedCondition(c, q), by.map))
    .filter((c) => decide(c, both(q.system.given, q.given)) !== true);
  return own.length === 0 ? by : { ...by, fixed: [...by.fixed, ...own] };
}

function markedCondition(c: Condition, q: FormulaQuestion): Condition {
  const names = new Set<string>();
  conditionNames(c, names);
  const map = new Map([...names].filter((n) => !q.system.sizes.has(n)).map((n) => [n, index(MARK + n)]));
  return substituteCondition(c, map);
}

/** Whether a line says that it is about a case that the question isn't about. */
const ofAnotherCase = (line: Line, q: FormulaQuestion): boolean =>
  line.where.length > 0 && inconsistent([...q.system.given, ...q.given, ...line.where]);

const leftAgain = (line: number): Judged => ({
  found: { kind: 'unfinished', reason: { code: 'left-again' } },
  line,
  side: 0,
  matrix: false,
});

const ofSide = (s: Side, q: FormulaQuestion): Read => marked(s.of, q.system);

/** A right side without its left: its letters are the question's, in the way that makes most of it. */
function judgeAlone(q: FormulaQuestion, line: Line): Judged {
  const all = line.sides.map((side, at) => {
    const ways = alignAlone(ofSide(side, q), q).map((by) => judgedAt(q, side, saying(by, line, q), 0, at));
    const [first = leftAgain(0)] = ways;
    return (
      ways.find((j) => j.found.kind === 'right') ?? ways.find((j) => j.found.kind === 'unfinished') ?? first
    );
  });
  return decisive(all, true);
}

/** The first side that isn't right decides; else the last. */
function decisive(seen: readonly Judged[], hasLeft: boolean): Judged {
  const wrong = seen.find((j) => j.found.kind === 'wrong' || j.found.kind === 'evasion');
  if (wrong !== undefined) return inTheMiddle(wrong, seen);
  const open = seen.find((j) => j.found.kind === 'undecided');
  if (open !== undefined) return open;
  const last = seen.at(-1);
  if (last !== undefined && hasLeft) return last;
  return {
    found: { kind: 'wrong', of: null, witness: null, reasons: [{ code: 'other-target' }], stage: 'form' },
    line: 0,
    side: 0,
    matrix: false,
  };
}

/** A wrong side with a right one behind it: the end of a chain doesn't make its middle right. */
function inTheMiddle(wrong: Judged, seen: readonly Judged[]): Judged {
  const { found, line, side } = wrong;
  const last = seen.at(-1);
  if (found.kind !== 'wrong' || last === undefined || last === wrong || last.found.kind !== 'right')
    return wrong;
  return { ...wrong, found: { ...found, reasons: [...found.reasons, { code: 'wrong-middle', line, side }] } };
}

/** A line about another quantity: its sides have to be equal. */
function auxiliary(q: FormulaQuestion, line: Line, by: Alignment, at: number): Judged[] {
  const sides = line.sides.map((s) => aligned(ofSide(s, q), by));
  return sides.slice(1).flatMap((side, i): Judged[] => {
    const before = sides[i];
    if (before === undefined) return [];
    const place = { line: at, side: i + 1, matrix: isTensor(side) };
    const same = compareTrue(before, side, q);
    if (same.verdict === 'equal') return [];
    if (same.verdict === 'undecided') return [{ ...place, found: { kind: 'undecided', why: same.why } }];
    const reasons: Reason[] = [{ code: 'other-target' }];
    return [
      { ...place, found: { kind: 'wrong', of: null, witness: same.witness, reasons, stage: 'witness' } },
    ];
  });
}

function compareTrue(a: Read, b: Read, q: FormulaQuestion): Comparison {
  const slots = ['$p', '$q', '$r'];
  try {
    return compareExprs(entryAt(a, slots, q.system), entryAt(b, slots, q.system), {
      system: q.system,
      given: [],
    });
  } catch (error) {
    if (error instanceof UserError) return { verdict: 'undecided', why: error.message };
    throw error;
  }
}

function judgedAt(q: FormulaQuestion, side: Side, by: Alignment, line: number, at: number): Judged {
  return { found: judgeSide(q, side, by), line, side: at, matrix: isTensor(side.of) };
}

function judgeSide(q: FormulaQuestion, side: Side, by: Alignment): Found {
  const written = aligned(ofSide(side, q), by);
  const read = q.perSample === null ? written : ofSamples(written, q.perSample, q.system);
  const shapes = shapeProblem(read, side.row, q, by);
  if (shapes !== null) {
    // A vector where a matrix is asked for still says which entries were multiplied.
    const order = orderOf(read, q);
    const comparable = order === q.shape.length || (order === 1 && q.shape.length === 2);
    const of = comparable ? entryAt(read, q.slots.slice(0, order), q.system) : null;
    return { kind: 'wrong', of, witness: null, reasons: [shapes], stage: 'shape' };
  }
  const e = entryAt(read, q.slots, q.system);
  const open = [...freeNames(e)].find((n) => n.startsWith(MARK));
  if (open !== undefined) {
    const reasons: Reason[] = [{ code: 'free-index', index: open.slice(MARK.length) }];
    return { kind: 'wrong', of: e, witness: null, reasons, stage: 'shape' };
  }
  const given = [...q.given, ...by.fixed];
  if (by.fixed.length > 0 && inconsistent([...q.system.given, ...given]))
    return { kind: 'wrong', of: e, witness: null, reasons: [{ code: 'some-cases' }], stage: 'form' };
  const same = compareWithAnswers(e, q, given);
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
  if (missing) return { kind: 'evasion', reason: { code: 'some-cases' } };
  const zero = timesZero(e, q.system, given);
  if (zero !== null) return { kind: 'evasion', reason: { code: 'times-zero', what: zero } };
  const held = stillHeld(e, q, by.fixed);
  if (held !== null) return { kind: 'unfinished', reason: { code: 'still-holds', what: held } };
  return { kind: 'right', stage, of: e };
}

type Against =
  | { readonly verdict: 'equal'; readonly stage: CheckStage; readonly missing: boolean }
  | Exclude<Comparison, { verdict: 'equal' }>;

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
  return written === asked ? null : { code: 'shapes', left: asked, right: written };
}

const orderOf = (read: Read, q: FormulaQuestion): number =>
  isTensor(read) ? shapeOf(read, q.system).length : 0;
