// Whether all answers of one student are right under one and the same other convention: then nothing is wrong with them.

import { inferable } from './grade-marks.ts';
import type { Question } from './question.ts';
import type { Checked, Reason } from './verdict.ts';

export interface ConventionAnswer {
  readonly question: Question;
  readonly text: string;
  readonly checked: Checked;
}

type ConventionReason = Extract<Reason, { readonly code: 'convention' }>;

export const conventionReason = (c: Checked): ConventionReason | null =>
  c.reasons.find((r): r is ConventionReason => r.code === 'convention') ?? null;

/** So many answers have to depend on the convention before it is one. */
const LEAST = 2;

/**
 * The other convention that all of a student's answers agree on; null where there is none. `check` checks a text against
 * a question, as the class does. An answer that is right either way is no evidence, and no objection.
 */
export function conventionOf(
  answers: readonly ConventionAnswer[],
  check: (q: Question, text: string) => Checked,
): ConventionReason | null {
  const dependent = answers.flatMap((a) => conventionReason(a.checked) ?? []);
  const [first] = dependent;
  if (first === undefined || dependent.length < LEAST || !inferable(first.name)) return null;
  if (dependent.some((r) => r.name !== first.name || r.value !== first.value)) return null;
  return answers.every((a) => agrees(a, first, check)) ? first : null;
}

function agrees(
  { question, text, checked }: ConventionAnswer,
  { name, value }: ConventionReason,
  check: (q: Question, text: string) => Checked,
): boolean {
  if (conventionReason(checked) !== null) return true;
  if (checked.verdict !== 'correct') return false;
  if (question.kind !== 'formula') return true;
  const other = question.alternatives.find((a) => a.name === name && a.value === value)?.question() ?? null;
  return other === null || check(other, text).verdict === 'correct';
}
