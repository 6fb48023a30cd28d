// Whether the sides of an answer are right: compared one by one, then looked at for what may not stand there.

import { index } from '../expr/affine.ts';
import {
  both,
  type Condition,
  conditionNames,
  decide,
  inconsistent,
  substituteCondition,
} from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import { NUM1 } from '../expr/make.ts';
import { isTensor, type Read } from '../text/read.ts';
import { type Alignment, alignAlone, aligned, alignLeft, entryAt, MARK } from './align.ts';
import type { Line } from './answer.ts';
import { compareExprs } from './compare.ts';
import type { Comparison } from './compare-verdict.ts';
import { coversAll } from './every-case.ts';
import { type Found, type Judged, judgedAt, ofSide } from './judge-side.ts';
import type { FormulaQuestion } from './question.ts';
import type { Reason } from './verdict.ts';

/** What decides, and what was found of every side. */
export interface JudgedAnswer extends Judged {
  readonly all: readonly Judged[];
}

const IDENTITY: Alignment = { map: new Map(), fixed: [], said: [] };

/** Judges the lines of an answer. Every side has to be right, and the last one finished. */
export function judge(asked: FormulaQuestion, lines: readonly Line[]): JudgedAnswer {
  const q = alongSlice(asked, lines);
  const [only] = lines;
  if (lines.length === 1 && only !== undefined && (only.sides.length === 1 || only.continues))
    return judgeAlone(q, only);
  const seen: Judged[] = [];
  let alignment: Alignment | null = null;
  const backwards = lines.every((l) => leftOf(l, q) === null);
  for (const [i, written] of lines.entries()) {
    const line = backwards ? turned(written, q) : written;
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
    const from = line.sides.length - rest.length - (line === written ? 0 : 1);
    seen.push(...rest.map((side, s) => judgedAt(q, side, by, i, from + s)));
    if (own !== null && rest.length === 0) seen.push(leftAgain(i));
  }
  if (listsEveryValue(seen, q)) return judge({ ...q, definition: true }, lines);
  return decisive(seen, alignment !== null);
}

/** The question for one row or column at a time, where an answer's left side is a slice: dC/dw_j = delta_j a. */
function alongSlice(q: FormulaQuestion, lines: readonly Line[]): FormulaQuestion {
  const of = lines.find((l) => l.sides[0]?.of.kind === 'slice')?.sides[0]?.of;
  if (of?.kind !== 'slice' || q.leftSlots !== null || of.at.length !== q.slots.length) return q;
  const open = (_: unknown, i: number): boolean => of.at[i] === null;
  return { ...q, slots: q.slots.filter(open), shape: q.shape.filter(open) };
}

const leftOf = (line: Line, q: FormulaQuestion): Alignment | null => {
  const [first] = line.sides;
  return first === undefined || line.continues ? null : alignLeft(ofSide(first, q), q);
};

/** A line that names what is asked for at its end, `w' delta .* sigma'(z) = delta`, with that side first. */
function turned(line: Line, q: FormulaQuestion): Line {
  const [first] = line.sides;
  const last = line.sides.at(-1);
  if (first === undefined || last === undefined || last === first || line.continues) return line;
  if (!isTerm(first.of) || alignLeft(ofSide(last, q), q) === null) return line;
  return { ...line, sides: [last, ...line.sides.slice(0, -1)] };
}

/** Whether a side is more than the name of a quantity: `dC/db = delta` is about b. */
const isTerm = (r: Read): boolean =>
  r.kind !== 'symbol' &&
  r.kind !== 'derivative' &&
  r.kind !== 'entry' &&
  r.kind !== 'adjoint' &&
  r.kind !== 'head' &&
  r.kind !== 'jacobian' &&
  r.kind !== 'call';

/** Whether an answer says entry by entry what is asked for, and misses none: right where each of them is. */
const listsEveryValue = (seen: readonly Judged[], q: FormulaQuestion): boolean =>
  !q.definition &&
  seen.length > 1 &&
  seen.every((j) => j.found.kind === 'evasion' && j.found.reason.code === 'fixed-index') &&
  coversAll(
    seen.map((j) => j.fixed),
    q,
  );

/** An alignment with what the line itself says of its indices, where the question doesn't say so already. */
function saying(by: Alignment, line: Line, q: FormulaQuestion): Alignment {
  const own = line.where
    .map((c) => substituteCondition(markedCondition(c, q), by.map))
    .filter((c) => decide(c, both(q.system.given, q.given)) !== true);
  return own.length === 0 ? by : { ...by, said: own };
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
  aside: false,
  of: null,
  fixed: [],
  before: null,
});

/** A right side without its left: its letters are the question's, in the way that makes most of it. */
function judgeAlone(q: FormulaQuestion, line: Line): JudgedAnswer {
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
function decisive(seen: readonly Judged[], hasLeft: boolean): JudgedAnswer {
  const all = withBefore(seen);
  return { ...deciding(all, hasLeft), all };
}

function deciding(seen: readonly Judged[], hasLeft: boolean): Judged {
  if (!hasLeft) return OTHER_TARGET;
  const wrong = seen.find((j) => j.found.kind === 'wrong' || j.found.kind === 'evasion');
  if (wrong !== undefined) return inTheMiddle(wrong, seen);
  const open = seen.find((j) => j.found.kind === 'undecided');
  if (open !== undefined) return open;
  const own = seen.filter((j) => !j.aside);
  return own.findLast((j) => !isLeftAgain(j)) ?? own.at(-1) ?? OTHER_TARGET;
}

/** The left side once more: at the end of a chain it takes nothing back. */
const isLeftAgain = ({ found }: Judged): boolean =>
  found.kind === 'unfinished' && found.reason.code === 'left-again';

const OTHER_TARGET: Judged = {
  found: { kind: 'wrong', of: null, witness: null, reasons: [{ code: 'other-target' }], stage: 'form' },
  line: 0,
  side: 0,
  matrix: false,
  aside: false,
  of: null,
  before: null,
  fixed: [],
};

/** Each side with the one before it, which a slip may have started from. */
const withBefore = (seen: readonly Judged[]): Judged[] =>
  seen.map((j, i) => {
    const last = seen.slice(0, i).findLast((k) => !k.aside && k.of !== null);
    return { ...j, before: last?.of ?? null };
  });

/** A wrong side with a right one behind it: the end of a chain doesn't make its middle right. */
function inTheMiddle(wrong: Judged, seen: readonly Judged[]): Judged {
  const { found, line, side } = wrong;
  const last = seen.findLast((j) => !j.aside);
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
    const place = {
      line: at,
      side: i + 1,
      matrix: isTensor(side),
      aside: true,
      of: null,
      fixed: [],
      before: null,
    };
    const same = compareTrue(before, side, q);
    if (same.verdict === 'equal') return [{ ...place, found: TRUE }];
    if (same.verdict === 'undecided') return [{ ...place, found: { kind: 'undecided', why: same.why } }];
    const reasons: Reason[] = [{ code: 'other-target' }];
    return [
      { ...place, found: { kind: 'wrong', of: null, witness: same.witness, reasons, stage: 'witness' } },
    ];
  });
}

const TRUE: Found = { kind: 'right', stage: 'numbers and primes', of: NUM1 };

function compareTrue(a: Read, b: Read, q: FormulaQuestion): Comparison {
  const slots = ['$p', '$q', '$r'];
  try {
    return compareExprs(entryAt(a, slots, q.system), entryAt(b, slots, q.system), {
      system: q.system,
      given: [],
    });
  } catch (error) {
    if (error instanceof UserError) return { verdict: 'undecided', why: { message: error.message } };
    throw error;
  }
}
