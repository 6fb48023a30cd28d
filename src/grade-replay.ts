// `chainrule check --replay results.ndjson [student]`: recorded answers checked again, which is what an appeal asks for.

import type { Hints } from './document/feedback.ts';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import { plainText } from './formats/text.ts';
import { checkForClass } from './grade-check.ts';
import { type AskedQuestion, type CourseQuestions, gradeQuestion } from './grade-class.ts';
import { documentOf, feedbackMaker } from './grade-feedback.ts';
import type { StudentOutcome } from './grade-outcome.ts';
import { verdictOf } from './grade-outcome.ts';
import { type GradedAnswer, type GradeQuestion, grader, type HandedAnswer } from './homework/grade.ts';
import { languageOf } from './lang/languages.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { networkBuilder, withParser } from './network-input.ts';
import { notationFrom } from './notation-input.ts';

export interface ReplayFlags {
  readonly lang?: string;
  readonly hints?: number;
}

/** What is needed of a recorded line. */
interface Recorded {
  readonly student: string;
  readonly question: string;
  readonly verdict: string;
  readonly slips: readonly string[];
  readonly reading: string | null;
  readonly answer: string | null;
  readonly max: number;
  readonly score: number | null;
  readonly version: string;
  readonly asked: AskedQuestion;
}

/** Checks all recorded answers again, or one student's, whose feedback is printed in full. 0: all as recorded; 1: not. */
export async function replayCommand(
  path: string,
  student: string | undefined,
  flags: ReplayFlags,
): Promise<number> {
  const all = recordedLines(readInput(path), path);
  const lines = student === undefined ? all : all.filter((l) => l.student === student);
  if (lines.length === 0)
    throw new UserError(student === undefined ? `${path} has no lines` : `${path} has no line of ${student}`);
  const courses = new Map<string, CourseQuestions>();
  const again = new Map<string, GradedAnswer>();
  for (const id of new Set(lines.map((l) => l.student))) {
    const own = lines.filter((l) => l.student === id);
    const course = await courseFor(own, courses, flags);
    const handed = own.map(({ question, answer }): [string, HandedAnswer] => [
      question,
      answer === null ? { kind: 'none', why: 'missing' } : { kind: 'text', text: answer },
    ]);
    const { answers } = grader(
      course.questions,
      new Map(),
      checkForClass,
    )({ student: id, answers: new Map(handed) });
    for (const [question, answer] of answers) again.set(`${id}\n${question}`, answer);
    if (student !== undefined) process.stdout.write(feedbackText(own, answers, course));
  }
  return report(lines, again);
}

/** A line for each answer; the exit code says whether all came out as they were recorded. */
function report(lines: readonly Recorded[], again: ReadonlyMap<string, GradedAnswer>): number {
  const told = lines
    .filter((l) => l.answer !== null)
    .map((line) => {
      const now = again.get(`${line.student}\n${line.question}`);
      const same = now !== undefined && isSame(line, now);
      const what = same
        ? `${line.verdict}, as recorded`
        : `recorded ${line.verdict} by ${line.version}, now ${now === undefined ? 'nothing' : verdictOf(now)}`;
      return { same, text: `${line.student} ${line.question}: ${what}\n` };
    });
  process.stdout.write(told.map((t) => t.text).join(''));
  return told.every((t) => t.same) ? 0 : 1;
}

function isSame({ verdict, slips, reading }: Recorded, now: GradedAnswer): boolean {
  if (now.kind === 'none' || now.checked.verdict !== verdict || now.reading !== reading) return false;
  const codes = now.checked.slips.map((s) => s.code);
  return codes.length === slips.length && codes.every((c, i) => c === slips[i]);
}

/** One student's answers as feedback, with all hints unless fewer are asked for. */
function feedbackText(
  lines: readonly Recorded[],
  answers: ReadonlyMap<string, GradedAnswer>,
  course: CourseQuestions,
): string {
  const outcome: StudentOutcome = {
    student: lines[0]?.student ?? '',
    answers: lines.flatMap(({ question, max, score }) => {
      const answer = answers.get(question);
      return answer === undefined
        ? []
        : [{ question, points: max, answer, score, needsPerson: score === null, comment: '' }];
    }),
    total: null,
    max: 0,
  };
  const { title, blocks } = feedbackMaker(course)(outcome);
  return `${plainText.render(documentOf(course, title, blocks.slice(0, -1)), {})}\n`;
}

/** The questions of a student's lines, made ready; equal ones once. */
async function courseFor(
  lines: readonly Recorded[],
  known: Map<string, CourseQuestions>,
  flags: ReplayFlags,
): Promise<CourseQuestions> {
  const key = JSON.stringify(lines.map((l) => [l.question, l.asked, l.max]));
  const found = known.get(key);
  if (found !== undefined) return found;
  const notation = notationFrom(lines[0]?.asked.notation ?? 'nielsen');
  const questions: GradeQuestion[] = [];
  for (const { question, max, asked } of lines) {
    const build = await builderOf(asked.network);
    questions.push(
      gradeQuestion(
        { id: question, points: max, asked },
        build,
        notation,
        (e) => new UserError(`${question}: ${e.message}`),
      ),
    );
  }
  const hints = (flags.hints ?? 3) as Hints;
  const course = {
    title: '',
    questions,
    each: null,
    feedback: { language: languageOf(flags.lang ?? 'en'), notation, hints },
  };
  known.set(key, course);
  return course;
}

async function builderOf(
  network: string | object | undefined,
): Promise<((options: BuildOptions) => Network) | null> {
  if (network === undefined) return null;
  if (network === 'general') return (options) => buildNetwork({}, options);
  return typeof network === 'string'
    ? networkBuilder(network)
    : withParser((options) => buildNetwork(network, options));
}

function recordedLines(text: string, path: string): readonly Recorded[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, i) => (line.trim() === '' ? [] : [recordedLine(line, `${path}:${i + 1}`)]));
}

function recordedLine(line: string, place: string): Recorded {
  try {
    const value: unknown = JSON.parse(line);
    if (isRecorded(value)) return value;
  } catch {
    // Told below: what isn't JSON is no recorded answer either.
  }
  throw new UserError(`${place}: this is no line of results.ndjson`);
}

function isRecorded(value: unknown): value is Recorded {
  if (typeof value !== 'object' || value === null) return false;
  const v = value as Readonly<Record<string, unknown>>;
  const texts = ['student', 'question', 'verdict', 'version'].every((k) => typeof v[k] === 'string');
  const answer = v.answer === null || typeof v.answer === 'string';
  return (
    texts &&
    answer &&
    Array.isArray(v.slips) &&
    typeof v.asked === 'object' &&
    v.asked !== null &&
    typeof v.max === 'number'
  );
}
