// Grading a class: every answer checked, equal ones once; conventions across a student's answers; what each is worth.

import { isTensor } from '../text/read.ts';
import { readFor } from './answer.ts';
import { type ConventionAnswer, conventionOf, conventionReason } from './grade-convention.ts';
import { type Mark, markOf, missingMark, type Rubric, shareOf } from './grade-marks.ts';
import type { NoAnswer } from './grade-problem.ts';
import { answerKey, groupName, readingText } from './grade-reading.ts';
import type { Question } from './question.ts';
import type { Checked } from './verdict.ts';

export interface GradeQuestion {
  readonly id: string;
  readonly points: number;
  /** Which form is asked for; null: either. */
  readonly form: 'matrix' | 'component' | null;
  /** The question; a bare formula's depends on the names in the answer. */
  readonly of: (answer: string) => Question;
}

export type HandedAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none'; readonly why: NoAnswer };

export interface Handed {
  readonly student: string;
  readonly answers: ReadonlyMap<string, HandedAnswer>;
}

export interface GradedText {
  readonly kind: 'text';
  readonly text: string;
  readonly question: Question;
  readonly checked: Checked;
  /** Right, but not in the form that is asked for. */
  readonly otherForm: boolean;
  /** Right under a convention that all of the student's answers agree on. */
  readonly inferred: boolean;
  /** The reading as one line; null where there is none. */
  readonly reading: string | null;
  readonly group: string;
  readonly mark: Mark;
}
export type GradedAnswer =
  | GradedText
  | { readonly kind: 'none'; readonly why: NoAnswer; readonly group: string; readonly mark: Mark };

export interface Graded {
  readonly student: string;
  /** By question, in the order of the assignment. */
  readonly answers: ReadonlyMap<string, GradedAnswer>;
}

/** Checks a text against a question, with whatever the caller knows about how it is written. */
export type CheckText = (q: Question, text: string) => Checked;

interface Seen {
  readonly question: Question;
  readonly checked: Checked;
  readonly otherForm: boolean;
  readonly reading: string | null;
}

/**
 * A grader for an assignment: one student at a time, in any order. What was checked once isn't checked again. `own` sets
 * groups apart where questions are a student's own.
 */
export function grader(
  questions: readonly GradeQuestion[],
  rubric: Rubric,
  check: CheckText,
  own = '',
): (handed: Handed) => Graded {
  const once = rememberedCheck(check);
  const seen = new Map<string, Seen>();
  const see = (q: GradeQuestion, text: string): Seen => {
    const key = `${q.id}\n${text}`;
    const known = seen.get(key) ?? seenText(q, text, once);
    seen.set(key, known);
    return known;
  };
  return ({ student, answers }) => {
    const texts = questions.flatMap((q): ConventionAnswer[] => {
      const answer = answers.get(q.id);
      return answer?.kind === 'text' ? [{ ...see(q, answer.text), text: answer.text }] : [];
    });
    const convention = conventionOf(texts, once);
    const graded = questions.map((q): [string, GradedAnswer] => {
      const answer = answers.get(q.id) ?? { kind: 'none', why: 'missing' };
      if (answer.kind === 'none') return [q.id, noAnswer(q, answer.why, student, rubric)];
      return [
        q.id,
        gradedText(q, answer.text, see(q, answer.text), { agreed: convention !== null, rubric, own }),
      ];
    });
    return { student, answers: new Map(graded) };
  };
}

/** Texts that read alike are checked alike, so each reading is checked once. */
function rememberedCheck(check: CheckText): CheckText {
  const known = new WeakMap<Question, Map<string, Checked>>();
  return (q, text) => {
    const own = known.get(q) ?? new Map<string, Checked>();
    known.set(q, own);
    const key = q.kind === 'number' ? `= ${text}` : answerKey(readFor(q, text), text, q.system);
    const found = own.get(key) ?? check(q, text);
    own.set(key, found);
    return found;
  };
}

function seenText(q: GradeQuestion, text: string, check: CheckText): Seen {
  const question = q.of(text);
  const found = check(question, text);
  const reading = found.reading === null ? null : readingText(found.reading, question.system);
  const otherForm = found.verdict === 'correct' && isOtherForm(q, question, found);
  return { question, checked: otherForm ? { ...found, verdict: 'unfinished' } : found, otherForm, reading };
}

/** Whether a right answer is written in components where matrices are asked for, or the other way round. */
function isOtherForm({ form }: GradeQuestion, question: Question, { reading }: Checked): boolean {
  const last = reading?.at(-1)?.at(-1);
  if (form === null || last === undefined || question.kind !== 'formula' || question.matrix === null)
    return false;
  return isTensor(last) !== (form === 'matrix');
}

function noAnswer(q: GradeQuestion, why: NoAnswer, student: string, rubric: Rubric): GradedAnswer {
  // Two answers have to be looked at, one student's at a time.
  const mark: Mark =
    why === 'double'
      ? { kind: 'person' }
      : why === 'absent'
        ? { kind: 'blank' }
        : missingMark(rubric, q.points);
  return {
    kind: 'none',
    why,
    group: groupName(q.id, why === 'double' ? `double ${student}` : why === 'empty' ? 'missing' : why),
    mark,
  };
}

interface Grading {
  /** Whether the student's answers agree on another convention. */
  readonly agreed: boolean;
  readonly rubric: Rubric;
  readonly own: string;
}

function gradedText(
  q: GradeQuestion,
  text: string,
  seen: Seen,
  { agreed, rubric, own }: Grading,
): GradedText {
  const reason = agreed ? conventionReason(seen.checked) : null;
  const inferred = reason !== null && seen.checked.verdict === 'incorrect';
  const checked: Checked =
    reason !== null && inferred
      ? { ...seen.checked, verdict: 'convention', reasons: [reason], slips: [], witness: null }
      : seen.checked;
  const share = shareOf(checked, rubric, checked.verdict === 'convention' && !inferred);
  const of = seen.reading ?? text.replace(/\s+/g, '');
  return {
    ...seen,
    kind: 'text',
    text,
    checked,
    inferred,
    group: groupName(q.id, `${own}${inferred ? 'convention ' : ''}${of}`),
    mark: markOf(share, q.points),
  };
}
