// One submission's results as the graders of course systems take them: results.json of Gradescope and of PrairieLearn.

import type { Block, DocumentText } from './document/blocks.ts';
import { UserError } from './expr/error.ts';
import { plainText } from './formats/text.ts';
import type { Course } from './grade-class.ts';
import { documentOf, feedbackMaker } from './grade-feedback.ts';
import type { Outcome, ScoredAnswer, StudentOutcome } from './grade-outcome.ts';

export type CourseSystem = 'gradescope' | 'prairielearn';

/** The file's text. Throws a `UserError` where there is more than one submission. */
export function resultsFor(system: CourseSystem, outcome: Outcome, course: Course): string {
  const handed = outcome.students.filter((s) =>
    s.answers.some((a) => a.answer.kind === 'text' || a.answer.why !== 'absent'),
  );
  const [student] = handed.length > 0 ? handed : outcome.students;
  if (student === undefined || handed.length > 1)
    throw new UserError(`--for ${system} is for one submission; there are ${handed.length}`);
  const texts = answerTexts(student, course);
  const found = system === 'gradescope' ? gradescope(student, texts) : prairielearn(student, texts, course);
  return `${JSON.stringify(found, null, 2)}\n`;
}

/** Each question's feedback as plain text, without its head. */
function answerTexts(student: StudentOutcome, course: Course): ReadonlyMap<string, string> {
  const { blocks } = feedbackMaker(course)(student);
  const texts = new Map<string, string>();
  for (const { question } of student.answers) {
    const from = blocks.findIndex((b) => b.kind === 'heading' && b.level === 2 && b.id === question);
    const rest = blocks.slice(from + 1);
    const end = rest.findIndex((b) => b.kind === 'heading');
    const own = end < 0 ? rest.slice(0, -1) : rest.slice(0, end);
    texts.set(question, textOf(documentOf(course, '', own)));
  }
  return texts;
}

const textOf = (document: DocumentText & { readonly blocks: readonly Block[] }): string =>
  plainText.render(document, {}).trim();

const passed = (a: ScoredAnswer): boolean => a.score !== null && a.score >= a.points;

/** What a person has to look at has no score there: Gradescope leaves it open instead of counting 0. */
function gradescope({ answers, max }: StudentOutcome, texts: ReadonlyMap<string, string>): object {
  return {
    visibility: 'visible',
    stdout_visibility: 'hidden',
    extra_data: { max },
    tests: answers.map((a, i) => ({
      ...(a.score === null ? {} : { score: a.score, status: passed(a) ? 'passed' : 'failed' }),
      max_score: a.points,
      name: a.question,
      number: String(i + 1),
      output: texts.get(a.question) ?? '',
      output_format: 'text',
      visibility: 'visible',
    })),
  };
}

/** What can't be read, or needs a person, isn't gradable there: no attempt is used up, and nothing counts as 0. */
function prairielearn(
  { answers, total, max }: StudentOutcome,
  texts: ReadonlyMap<string, string>,
  course: Course,
): object {
  const unread = answers.filter((a) => a.answer.kind === 'text' && a.answer.checked.verdict === 'unreadable');
  const { grade } = course.feedback.language;
  const open = answers.filter((a) => a.score === null);
  const told = (a: ScoredAnswer): string => `${a.question}: ${texts.get(a.question) ?? ''}`;
  if (unread.length > 0 || open.length > 0)
    return {
      gradable: false,
      format_errors: [...new Set([...unread, ...open])].map(told),
      message: grade.noTotal.map((p) => ('text' in p ? p.text : '')).join(''),
    };
  return {
    gradable: true,
    score: max === 0 || total === null ? 0 : total / max,
    tests: answers.map((a) => ({
      name: a.question,
      description: '',
      points: a.score ?? 0,
      max_points: a.points,
      message: passed(a) ? '' : (texts.get(a.question)?.split('\n')[0] ?? ''),
      output: texts.get(a.question) ?? '',
    })),
  };
}
