// An assignment made ready: its network built, its questions derived, its letters and language chosen.

import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import {
  type Assignment,
  inLanguage,
  type QuestionSpec,
  questionError,
  readAssignment,
} from './assignment.ts';
import { type CheckRequest, questionOf } from './check-request.ts';
import type { FeedbackOptions } from './document/feedback.ts';
import { UserError } from './expr/error.ts';
import { readInput } from './files.ts';
import { checkForClass } from './grade-check.ts';
import { scalarNames } from './homework/bare.ts';
import type { GradeQuestion } from './homework/grade.ts';
import type { Question } from './homework/question.ts';
import type { Checked } from './homework/verdict.ts';
import { languageOf } from './lang/languages.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { readSpecFile } from './model/spec-file.ts';
import { networkBuilder, withParser } from './network-input.ts';
import { notationFrom } from './notation-input.ts';
import { usualWriting } from './question-network.ts';
import { type Roster, readRoster } from './roster.ts';
import { conventionTexts } from './tables/conventions.ts';
import type { Notation } from './tables/notations.ts';

/** What feedback needs of an assignment. */
export interface CourseQuestions {
  readonly title: string;
  readonly questions: readonly GradeQuestion[];
  readonly feedback: FeedbackOptions;
  /** Where each student has questions of their own: whose they are; null for who has none. */
  readonly each: ((student: string) => Course | null) | null;
}

export interface Course extends CourseQuestions {
  readonly assignment: Assignment;
  readonly roster: Roster | null;
  /** Checks a text as everywhere in this assignment. */
  readonly check: (q: Question, text: string) => Checked;
  /** What a question is, so that a recorded answer can be checked again. */
  readonly asked: ReadonlyMap<string, AskedQuestion>;
}

/** A question as plain data: the keys of a line of `check --batch`. */
export interface AskedQuestion {
  readonly target?: string;
  readonly expect?: string;
  readonly network?: string | object;
  readonly notation?: string;
  readonly tensors?: Readonly<Record<string, readonly string[]>>;
  readonly functions?: readonly string[];
  readonly convention?: readonly string[];
  readonly accept?: readonly string[];
  readonly kind?: string;
  readonly tolerance?: number;
  readonly form?: 'matrix' | 'component';
}

/** Reads an assignment and all it names. Files are looked for beside it. Throws a `UserError` with the place of what is wrong. */
export const courseOf = (path: string): Promise<Course> =>
  courseFrom(readAssignment(readInput(path), path), path);

/** An assignment that was read already; `path`: where it stands, or would. */
export async function courseFrom(assignment: Assignment, path: string): Promise<Course> {
  const beside = (name: string): string => (isAbsolute(name) ? name : join(dirname(path), name));
  const feedback = feedbackOptions(assignment, beside);
  const build = await builderOf(assignment, beside);
  const network = recordedNetwork(assignment, beside);
  const letters = isPath(assignment.notation ?? '')
    ? beside(assignment.notation ?? '')
    : feedback.notation.name;
  const asked = assignment.questions.map((q) => askedQuestion(q, assignment, network, letters));
  const questions = assignment.questions.map(({ id, points }, i) =>
    gradeQuestion({ id, points, asked: asked[i] ?? {} }, build, feedback.notation, (e) =>
      questionError(assignment, i, e),
    ),
  );
  return {
    assignment,
    title: inLanguage(assignment.title, assignment.lang),
    questions,
    feedback,
    roster:
      assignment.students === null
        ? null
        : readRoster(readInput(beside(assignment.students)), beside(assignment.students)),
    each: null,
    check: checkForClass,
    asked: new Map(assignment.questions.map((q, i) => [q.id, asked[i] ?? {}])),
  };
}

const isPath = (name: string): boolean => /[/\\]|\.(ya?ml|json)$/i.test(name);

function feedbackOptions(a: Assignment, beside: (name: string) => string): FeedbackOptions {
  const named = a.notation ?? 'nielsen';
  const notation = placed(a, ['notation'], () => notationFrom(isPath(named) ? beside(named) : named));
  return { language: languageOf(a.lang), notation, hints: a.hints };
}

/** What goes wrong below a key, at that key. */
function placed<T>(a: Assignment, path: readonly (string | number)[], make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof UserError ? a.source.error(path, error.message) : error;
  }
}

async function builderOf(
  a: Assignment,
  beside: (name: string) => string,
): Promise<((options: BuildOptions) => Network) | null> {
  const { network } = a;
  if (network === null && a.questions.every((q) => q.expect !== null)) return null;
  try {
    if (network === null) return (options) => buildNetwork({}, options);
    if (typeof network !== 'string') return await withParser((options) => buildNetwork(network, options));
    const own = isPath(network) || existsSync(beside(network));
    if (own && !existsSync(beside(network))) throw new UserError(`there is no file ${beside(network)}`);
    return await networkBuilder(own ? beside(network) : network);
  } catch (error) {
    // A network file's own error has its own place.
    if (!(error instanceof UserError) || /^\S+:\d+:\d+: /.test(error.message)) throw error;
    throw a.source.error(['network'], error.message);
  }
}

/** What a network file says, where that is short enough to stand in every line of the results; else where it is. */
function recordedNetwork({ network }: Assignment, beside: (name: string) => string): string | object {
  if (network === null) return 'general';
  if (typeof network !== 'string' || !(isPath(network) || existsSync(beside(network)))) return network;
  const path = beside(network);
  if (!existsSync(path)) return path;
  const { content } = readSpecFile(readInput(path), path);
  const short =
    typeof content === 'object' && content !== null && JSON.stringify(content).length <= MOST_RECORDED;
  return short ? content : path;
}

const MOST_RECORDED = 4000;

function askedQuestion(
  q: QuestionSpec,
  a: Assignment,
  network: string | object,
  notation: string,
): AskedQuestion {
  const target = q.target ?? (q.kind === 'definition' || q.kind === 'step' ? q.kind : undefined);
  const bare = q.expect !== null && (a.network === null || q.tensors !== null);
  return {
    ...(target === undefined ? {} : { target }),
    ...(q.expect === null ? {} : { expect: q.expect }),
    ...(bare ? {} : { network }),
    ...(notation === 'nielsen' ? {} : { notation }),
    ...(q.tensors === null ? {} : { tensors: q.tensors }),
    ...(q.functions.length === 0 ? {} : { functions: q.functions }),
    ...(a.convention.length === 0 ? {} : { convention: a.convention }),
    ...(q.accept.length === 0 ? {} : { accept: q.accept }),
    ...(q.kind === 'formula' ? {} : { kind: q.kind }),
    ...(q.tolerance === null ? {} : { tolerance: q.tolerance }),
    ...(q.form === null ? {} : { form: q.form }),
  };
}

/** A question ready to be asked. `told` puts a place before what is wrong with it. */
export function gradeQuestion(
  of: { readonly id: string; readonly points: number; readonly asked: AskedQuestion },
  build: ((options: BuildOptions) => Network) | null,
  notation: Notation,
  told: (error: UserError) => UserError,
): GradeQuestion {
  const {
    target,
    expect,
    tensors,
    functions,
    convention = [],
    accept = [],
    tolerance,
    kind,
    form,
  } = of.asked;
  const request: CheckRequest = {
    ...(target === undefined ? {} : { target }),
    ...(expect === undefined ? {} : { expect }),
    ...(build === null || tensors !== undefined ? {} : { build }),
    ...(tensors === undefined ? {} : { tensors }),
    ...(functions === undefined ? {} : { functions }),
    writing: { ...usualWriting, notation },
    conventions: [...conventionTexts(notation.conventions), ...convention],
    accept,
    ...(kind === 'number' || kind === 'derivation' ? { kind } : {}),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
  const question = questionFor(request, told);
  // What can't be asked is said now, not at the first answer.
  question('');
  return { id: of.id, points: of.points, form: form ?? null, of: question };
}

/** The question of a request: one for all answers, but for a bare formula one for each set of names. */
export function questionFor(
  request: CheckRequest,
  told: (error: UserError) => UserError,
): (answer: string) => Question {
  const known = new Map<string, Question>();
  const { expect } = request;
  const bare = request.build === undefined && request.tensors === undefined && expect !== undefined;
  return (answer) => {
    const key = bare ? scalarNames([expect, answer]).join(' ') : '';
    const found = known.get(key);
    if (found !== undefined) return found;
    try {
      const made = questionOf(request, answer);
      known.set(key, made);
      return made;
    } catch (error) {
      throw error instanceof UserError ? told(error) : error;
    }
  };
}
