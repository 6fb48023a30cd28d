// `chainrule grade`: an assignment and what was handed in -> grades, feedback, a report; or its template, or a test of itself.

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { compileLate } from './compile-late.ts';
import { UserError } from './expr/error.ts';
import { writeOutput } from './files.ts';
import { type Course, courseOf } from './grade-class.ts';
import { outputsOf, REVIEW, reviewIn, writeOutputs } from './grade-files.ts';
import { type Outcome, outcomeOf, verdictOf } from './grade-outcome.ts';
import { gradesText } from './grade-tables.ts';
import { wordsOf } from './lang/phrase.ts';
import { submissionSource } from './submission-files.ts';
import { readSubmissions } from './submissions.ts';

export interface GradeFlags {
  /** The folder; left out: grades.csv on standard output. With --template, --for and --moodle: the file. */
  readonly out?: string;
  readonly template?: boolean;
  readonly selftest?: boolean;
  readonly html?: boolean;
  /** `--no-feedback`: grades.csv, results.ndjson and review.csv only. */
  readonly feedback?: boolean;
  readonly bom?: boolean;
  readonly for?: 'gradescope' | 'prairielearn';
  /** A worksheet downloaded from Moodle, to be filled in. */
  readonly moodle?: string;
}

/** Grades; the exit code is 0 once every answer has a verdict. */
export async function gradeCommand(
  path: string,
  submissions: readonly string[],
  flags: GradeFlags,
): Promise<number> {
  compileLate();
  const course = await courseAt(path);
  if (flags.template === true) {
    const { submissionTemplate } = await import('./grade-template.ts');
    return written(submissionTemplate(course), flags.out);
  }
  if (flags.selftest === true) {
    const { selftest } = await import('./grade-selftest.ts');
    const { text, passed } = selftest(course);
    process.stdout.write(text);
    return passed ? 0 : 1;
  }
  if (submissions.length === 0)
    throw new UserError('there are no submissions: give files, folders or a .zip after the assignment');
  const outcome = gradedOutcome(course, submissions, flags);
  if (flags.for !== undefined) {
    const { resultsFor } = await import('./grade-courses.ts');
    return written(resultsFor(flags.for, outcome, course), flags.out);
  }
  return classOutput(outcome, course, flags);
}

/** An assignment; or a folder of checking files, one for each student. */
async function courseAt(path: string): Promise<Course> {
  if (!existsSync(path) || !statSync(path).isDirectory()) return courseOf(path);
  const { courseOfSheets } = await import('./grade-sheets.ts');
  return courseOfSheets(path);
}

function written(text: string, out: string | undefined): number {
  if (out === undefined || out === '-') process.stdout.write(text);
  else writeOutput(out, text);
  return 0;
}

function gradedOutcome(course: Course, submissions: readonly string[], flags: GradeFlags): Outcome {
  const output = flags.for === undefined ? (flags.out ?? null) : null;
  const sources = submissions.map((path) => submissionSource(path, output));
  const { handed, problems } = readSubmissions(sources, {
    questions: course.questions.map((q) => q.id),
    columns: course.assignment.columns,
    ...(flags.for === undefined ? { roster: course.roster } : { roster: null, student: 'submission' }),
  });
  const single = flags.for !== undefined || flags.out === undefined;
  const review = { lines: single ? new Map() : reviewIn(flags.out), fileName: join(flags.out ?? '', REVIEW) };
  const outcome = outcomeOf(course, handed, problems, review, progress(handed.length));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return outcome;
}

/** How far it is, where somebody looks at it. */
function progress(all: number): (done: number) => void {
  if (!process.stderr.isTTY) return () => {};
  return (done) => {
    if (done % 10 === 0) process.stderr.write(`\rgraded ${done} of ${all}`);
  };
}

async function classOutput(outcome: Outcome, course: Course, flags: GradeFlags): Promise<number> {
  const mark = flags.bom ?? course.assignment.lang === 'zh';
  if (flags.out === undefined) process.stdout.write(gradesText(outcome, course, flags.bom ?? false));
  else {
    const review = reviewIn(flags.out);
    const options = { html: flags.html === true, feedback: flags.feedback ?? true, mark };
    writeOutputs(flags.out, await outputsOf(outcome, course, review, options));
  }
  if (flags.moodle !== undefined) {
    if (!existsSync(flags.moodle)) throw new UserError(`there is no file ${flags.moodle}`);
    const { fillWorksheet } = await import('./grade-moodle.ts');
    process.stderr.write(`${fillWorksheet(flags.moodle, outcome, course)}\n`);
  }
  process.stderr.write(summary(outcome, course, flags.out));
  return 0;
}

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** How many of which verdict, what a person has to do, and (where no folder is written) what was not as expected. */
function summary({ students, groups, problems }: Outcome, course: Course, out: string | undefined): string {
  const counts = new Map<string, number>();
  for (const s of students)
    for (const a of s.answers) {
      const verdict = verdictOf(a.answer);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }
  const none = counts.get('none') ?? 0;
  counts.delete('none');
  const answers = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const verdicts = [...counts].sort(([, n], [, m]) => m - n).map(([verdict, n]) => `${n} ${verdict}`);
  const open = groups.filter((g) => g.needsPerson && g.score === null);
  const where = out === undefined ? 'give -o a folder for review.csv' : join(out, REVIEW);
  const { problem } = course.feedback.language.grade;
  return [
    `${plural(students.length, 'student')}, ${plural(answers, 'answer')}${verdicts.length === 0 ? '' : `: ${verdicts.join(', ')}`}${none === 0 ? '' : `; ${plural(none, 'question')} without an answer`}`,
    ...(open.length === 0 ? [] : [`${plural(open.length, 'group')} for a person: ${where}`]),
    ...(out === undefined
      ? problems.map((p) => wordsOf(problem(p)))
      : problems.length === 0
        ? []
        : [`${plural(problems.length, 'line')} in report.html about what was not as expected`]),
    '',
  ].join('\n');
}
