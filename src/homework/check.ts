// Checking an answer, stage by stage: reading, shape, comparison, what may stand on the right, special cases, slips.

import { index } from '../expr/affine.ts';
import { equal } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { Line } from './answer.ts';
import { type Answer, readFor } from './answer.ts';
import { checkNumber } from './check-number.ts';
import { checkStep } from './check-step.ts';
import { checkDots } from './dots.ts';
import { explained } from './explain.ts';
import { type JudgedAnswer, judge } from './judge.ts';
import { meanings } from './meant.ts';
import { checkMisshapen } from './misshapen.ts';
import type { FormulaQuestion, Question } from './question.ts';
import { type Checked, checked, type ReadingLines } from './verdict.ts';

export const readingOf = (lines: readonly Line[]): ReadingLines => lines.map((l) => l.sides.map((s) => s.of));

/** Checks an answer as typed. Never throws for anything a student wrote; the same for the same question and text. */
export function check(q: Question, text: string): Checked {
  const own = checkedBefore.get(q) ?? new Map<string, Checked>();
  checkedBefore.set(q, own);
  const known = own.get(text);
  if (known !== undefined) return known;
  const found = checkAll(q, text);
  if (own.size >= MOST_KEPT) own.clear();
  if (text.length <= LONGEST_KEPT) own.set(text, found);
  return found;
}

/** Many students hand in the same text. */
const checkedBefore = new WeakMap<Question, Map<string, Checked>>();
const MOST_KEPT = 5000;
const LONGEST_KEPT = 400;

function checkAll(q: Question, text: string): Checked {
  let best = checkOne(q, text);
  if (best.verdict === 'correct') return best;
  for (const other of q.also()) {
    const found = checkOne(other, text);
    if (found.verdict === 'correct') return found;
    // What says something definite in other words of the question is no longer unreadable.
    if (best.verdict === 'unreadable' && found.stage === 'witness') best = found;
  }
  return best;
}

/** Anything that can be read but not worked out is for a person. */
function checkOne(q: Question, text: string): Checked {
  try {
    return checkRightly(q, text);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return checked('undecided', 'undecided', {
      reasons: [{ code: 'why-undecided', why: { message: error.message } }],
    });
  }
}

function checkRightly(q: Question, text: string): Checked {
  if (q.kind === 'number') return checkNumber(q, text);
  const answer = readFor(q, text);
  if (q.kind === 'step') return checkStep(q, answer);
  return checkRead(q, answer, text);
}

function checkRead(q: FormulaQuestion, answer: Answer, text: string): Checked {
  if (answer.kind === 'unreadable' && answer.problem === 'dots') return checkDots(q, answer.lines, text);
  if (answer.kind === 'unreadable' && answer.problem !== 'shape')
    return checked('unreadable', 'reading', { unreadable: answer.where });
  const first = answer.kind === 'read' ? judge(q, answer.lines) : null;
  if (answer.kind === 'read' && first !== null && first.found.kind === 'right')
    return { ...explained(q, first, text, answer), reading: readingOf(answer.lines) };
  const meant = asMeant(q, text, answer.lines);
  if (meant !== null) return meant;
  if (answer.kind === 'read' && first !== null)
    return { ...explained(q, first, text, answer), reading: readingOf(answer.lines) };
  const where = answer.kind === 'unreadable' ? answer.where : null;
  const shaped = where === null ? null : checkMisshapen(q, text, where, answer);
  return shaped ?? checked('unreadable', 'reading', { unreadable: where });
}

/** What is right for one number of layers, where the question leaves it open, says one case. */
function forOneDepth(judged: JudgedAnswer, q: FormulaQuestion, other: FormulaQuestion): JudgedAnswer {
  const L = q.open === null ? other.open?.map.get('L') : undefined;
  if (L === undefined || judged.found.kind !== 'right') return judged;
  return {
    ...judged,
    found: { kind: 'evasion', reason: { code: 'fixed-index', conditions: [equal(index('L'), L)] } },
  };
}

/** The verdict where the text is right, or right so far, as its author means it; null where it isn't. */
function asMeant(q: FormulaQuestion, text: string, lines: readonly Line[]): Checked | null {
  let begun: Checked | null = null;
  for (const other of meanings(q, lines)) {
    const answer = readFor(other, text);
    if (answer.kind === 'unreadable' || (other.perSample !== null && answer.loss !== 'sample')) continue;
    const judged = forOneDepth(judge(other, answer.lines), q, other);
    const isEvasion = judged.found.kind === 'evasion' && judged.found.reason.code !== 'fixed-index';
    if (judged.found.kind === 'undecided' || isEvasion) continue;
    const found = { ...explained(other, judged, text, answer), reading: readingOf(answer.lines) };
    if (found.verdict === 'correct' || found.verdict === 'special-case') return found;
    if (found.verdict === 'unfinished' || judged.found.kind === 'evasion') begun ??= found;
  }
  return begun;
}
