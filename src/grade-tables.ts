// The tables of a graded class: grades.csv for the course system, results.ndjson for appeals.

import { csvText } from './csv.ts';
import type { Course } from './grade-class.ts';
import { type Outcome, type ScoredAnswer, type StudentOutcome, verdictOf } from './grade-outcome.ts';
import { version } from './version.ts';

const scoreText = (score: number | null): string => (score === null ? '' : String(score));

/** One line for each student, a blank where there is no score; nothing that a student wrote but the name of the file. */
export function gradesText({ students }: Outcome, { questions }: Course, mark: boolean): string {
  const head = ['student', ...questions.map((q) => q.id), 'total', 'max', 'needs_person'];
  const rows = students.map((s) => [
    s.student,
    ...s.answers.map((a) => scoreText(a.score)),
    scoreText(s.total),
    String(s.max),
    s.answers
      .filter((a) => a.needsPerson)
      .map((a) => a.question)
      .join(' '),
  ]);
  return csvText([head, ...rows], mark);
}

/** One line of results.ndjson: what was asked, what was answered, and what came out. */
export interface ResultLine {
  readonly student: string;
  readonly question: string;
  readonly verdict: string;
  readonly stage: string | null;
  readonly slips: readonly string[];
  readonly reading: string | null;
  readonly score: number | null;
  readonly max: number;
  readonly needs_person: boolean;
  readonly group: string;
  readonly answer: string | null;
  readonly asked: object;
  /** Random networks are drawn from the pair of formulas itself, so the same pair meets the same numbers in every run. */
  readonly seed: 'pair';
  readonly version: string;
}

export const resultsText = ({ students }: Outcome, course: Course): string =>
  students.flatMap((s) => s.answers.map((a) => `${JSON.stringify(resultLine(s, a, course))}\n`)).join('');

function resultLine({ student }: StudentOutcome, a: ScoredAnswer, course: Course): ResultLine {
  const { asked } = course.each?.(student) ?? course;
  const text = a.answer.kind === 'text' ? a.answer : null;
  return {
    student,
    question: a.question,
    verdict: verdictOf(a.answer),
    stage: text?.checked.stage ?? null,
    slips: text?.checked.slips.map((slip) => slip.code) ?? [],
    reading: text?.reading ?? null,
    score: a.score,
    max: a.points,
    needs_person: a.needsPerson,
    group: a.answer.group,
    answer: text?.text ?? null,
    asked: asked.get(a.question) ?? {},
    seed: 'pair',
    version,
  };
}
