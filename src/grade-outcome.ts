// A graded class as it is written out: every answer with its score, after what the teacher said; equal answers in groups.

import type { Course } from './grade-class.ts';
import { type Review, type ReviewLine, reviewScore } from './grade-review.ts';
import { type Graded, type GradedAnswer, grader, type Handed } from './homework/grade.ts';
import { rounded } from './homework/grade-marks.ts';
import type { Problem } from './homework/grade-problem.ts';
import type { Verdict } from './homework/verdict.ts';

export interface ScoredAnswer {
  readonly question: string;
  readonly points: number;
  readonly answer: GradedAnswer;
  /** Null while nobody has decided. */
  readonly score: number | null;
  /** Whether somebody has to look, and nobody has. */
  readonly needsPerson: boolean;
  /** The teacher's words; empty where there are none. */
  readonly comment: string;
}

export interface StudentOutcome {
  readonly student: string;
  readonly answers: readonly ScoredAnswer[];
  /** Null where an answer has no score. */
  readonly total: number | null;
  readonly max: number;
}

export interface Group {
  readonly id: string;
  readonly question: string;
  readonly verdict: Verdict | 'none';
  /** The first answer of the group; all are read alike. */
  readonly answer: GradedAnswer;
  readonly reading: string | null;
  readonly text: string | null;
  readonly students: readonly string[];
  readonly score: number | null;
  readonly points: number;
  /** Whether it is for a person, decided or not. */
  readonly needsPerson: boolean;
  readonly comment: string;
}

export interface Outcome {
  readonly students: readonly StudentOutcome[];
  readonly groups: readonly Group[];
  readonly problems: readonly Problem[];
}

/** Grades what was handed in. `progress` hears of every student. */
export function outcomeOf(
  course: Course,
  handed: readonly Handed[],
  problems: readonly Problem[],
  review: { readonly lines: Review; readonly fileName: string },
  progress: (done: number) => void = () => {},
): Outcome {
  const graded = gradedOf(course, handed, progress);
  const scored = graded.map((g) => studentOutcome(g, course, review));
  const groups = grouped(scored, course);
  const known = new Set(groups.map((g) => g.id));
  const unmatched = [...review.lines.values()].filter((line) => !known.has(line.group));
  return {
    students: scored,
    groups,
    problems: [
      ...problems,
      ...handed.flatMap(({ student }): Problem[] =>
        course.each?.(student) === null ? [{ code: 'no-sheet', student }] : [],
      ),
      ...unmatched.map(({ group, line }): Problem => ({ code: 'review-unmatched', group, line })),
    ],
  };
}

const nothing = (ids: readonly string[]): Handed['answers'] =>
  new Map(ids.map((id) => [id, { kind: 'none', why: 'absent' }]));

/** Each by the questions that were asked: a class's, or the student's own. */
function gradedOf(course: Course, handed: readonly Handed[], progress: (done: number) => void): Graded[] {
  const { each, questions, assignment } = course;
  const forAll = grader(questions, assignment.rubric, course.check);
  return handed.map((h, i) => {
    progress(i);
    if (each === null) return forAll(h);
    const own = each(h.student);
    if (own === null) return forAll({ ...h, answers: nothing(questions.map((q) => q.id)) });
    return grader(own.questions, own.assignment.rubric, own.check, `${h.student} `)(h);
  });
}

function studentOutcome(
  { student, answers }: Graded,
  { questions }: Course,
  review: { readonly lines: Review; readonly fileName: string },
): StudentOutcome {
  const scored = questions.flatMap(({ id, points }): ScoredAnswer[] => {
    const answer = answers.get(id);
    if (answer === undefined) return [];
    return [
      {
        question: id,
        points,
        answer,
        ...decided(answer, points, review.lines.get(answer.group), review.fileName),
      },
    ];
  });
  const scores = scored.map((s) => s.score);
  return {
    student,
    answers: scored,
    total: scores.includes(null) ? null : rounded(scores.reduce<number>((sum, s) => sum + (s ?? 0), 0)),
    max: rounded(questions.reduce((sum, q) => sum + q.points, 0)),
  };
}

/** The teacher's score goes before the program's. */
function decided(
  { mark }: GradedAnswer,
  points: number,
  line: ReviewLine | undefined,
  fileName: string,
): Pick<ScoredAnswer, 'score' | 'needsPerson' | 'comment'> {
  const said = line === undefined ? null : reviewScore(line, points, fileName);
  const score = said ?? (mark.kind === 'score' ? mark.score : null);
  return { score, needsPerson: mark.kind === 'person' && said === null, comment: line?.comment ?? '' };
}

export const verdictOf = (a: GradedAnswer): Verdict | 'none' =>
  a.kind === 'text' ? a.checked.verdict : 'none';

/** Undecided ones first, missing ones last; between them question by question, the largest first. */
function grouped(students: readonly StudentOutcome[], { questions }: Course): readonly Group[] {
  const found = new Map<string, { group: Omit<Group, 'students'>; students: string[] }>();
  for (const { student, answers } of students) {
    for (const s of answers) {
      const known = found.get(s.answer.group);
      if (known !== undefined) known.students.push(student);
      else found.set(s.answer.group, { group: groupOf(s), students: [student] });
    }
  }
  const order = questions.map((q) => q.id);
  const rank = ({ verdict }: Group): number => (verdict === 'undecided' ? 0 : verdict === 'none' ? 2 : 1);
  return [...found.values()]
    .map(({ group, students: ids }): Group => ({ ...group, students: ids }))
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        order.indexOf(a.question) - order.indexOf(b.question) ||
        b.students.length - a.students.length ||
        (a.id < b.id ? -1 : 1),
    );
}

function groupOf({ question, points, answer, score, comment }: ScoredAnswer): Omit<Group, 'students'> {
  const text = answer.kind === 'text' ? answer.text : null;
  return {
    id: answer.group,
    question,
    verdict: verdictOf(answer),
    answer,
    reading: answer.kind === 'text' ? answer.reading : null,
    text,
    score,
    points,
    needsPerson:
      answer.mark.kind === 'person' ||
      (answer.mark.kind === 'blank' && answer.kind === 'none' && answer.why !== 'absent'),
    comment,
  };
}
