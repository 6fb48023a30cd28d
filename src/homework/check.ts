// Checking an answer, stage by stage: reading, shape, comparison, what may stand on the right, special cases, slips.

import type { Line } from './answer.ts';
import { type Answer, readFor } from './answer.ts';
import { checkNumber } from './check-number.ts';
import { checkStep } from './check-step.ts';
import { explained } from './explain.ts';
import { judge } from './judge.ts';
import { checkMisshapen } from './misshapen.ts';
import type { FormulaQuestion, Question } from './question.ts';
import { type Checked, checked, type ReadingLines } from './verdict.ts';

export const readingOf = (lines: readonly Line[]): ReadingLines => lines.map((l) => l.sides.map((s) => s.of));

/** Checks an answer as typed. Never throws for anything a student wrote; the same for the same question and text. */
export function check(q: Question, text: string): Checked {
  if (q.kind === 'number') return checkNumber(q, text);
  const answer = readFor(q, text);
  if (q.kind === 'step') return checkStep(q, answer);
  return checkRead(q, answer, text);
}

function checkRead(q: FormulaQuestion, answer: Answer, text: string): Checked {
  if (answer.kind === 'read') {
    const found = judge(q, answer.lines);
    return { ...explained(q, found, text), reading: readingOf(answer.lines) };
  }
  if (answer.problem === 'shape') {
    const found = checkMisshapen(q, text, answer.where);
    if (found !== null) return found;
  }
  return checked('unreadable', 'reading', { unreadable: answer.where });
}
