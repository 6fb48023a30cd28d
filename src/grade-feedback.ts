// What a student gets back: for each question the reading first, then the verdict, the place, the slip, the hint allowed, the points.

import type { Block, DocumentText } from './document/blocks.ts';
import { feedbackBlocks } from './document/feedback.ts';
import type { CourseQuestions } from './grade-class.ts';
import type { ScoredAnswer, StudentOutcome } from './grade-outcome.ts';
import type { GradedText } from './homework/grade.ts';
import { type Phrase, strong, wordsOf } from './lang/phrase.ts';

const paragraph = (parts: Phrase): Block => ({ kind: 'paragraph', parts });

/** Blocks of answers that were checked alike are made once. */
export type FeedbackMaker = (outcome: StudentOutcome) => DocumentText;

export function feedbackMaker(course: CourseQuestions): FeedbackMaker {
  const { each } = course;
  if (each !== null)
    return (outcome) => feedbackMaker(each(outcome.student) ?? { ...course, each: null })(outcome);
  const made = new Map<string, readonly Block[]>();
  const textBlocks = (a: ScoredAnswer, text: GradedText): readonly Block[] => {
    const key = `${a.question}\n${text.inferred}\n${text.text}`;
    const known = made.get(key) ?? checkedBlocks(text, course);
    made.set(key, known);
    return known;
  };
  return (outcome) => {
    const words = course.feedback.language.grade;
    const title = words.heading(course.title, outcome.student);
    return documentOf(course, wordsOf(title), [
      { kind: 'heading', level: 1, id: 'feedback', parts: title },
      ...outcome.answers.flatMap((a) => answerBlocks(a, course, textBlocks)),
      paragraph(
        outcome.total === null
          ? words.noTotal
          : [strong(...words.total(String(outcome.total), String(outcome.max)))],
      ),
    ]);
  };
}

/** A document of this assignment's own language. */
export const documentOf = (
  { feedback }: CourseQuestions,
  title: string,
  blocks: readonly Block[],
): DocumentText => ({
  title,
  front: { author: null, course: null, date: null, licence: null },
  paper: 'a4',
  lang: feedback.language.htmlLang,
  blocks,
  words: feedback.language.format,
});

function answerBlocks(
  a: ScoredAnswer,
  { feedback }: CourseQuestions,
  textBlocks: (a: ScoredAnswer, text: GradedText) => readonly Block[],
): Block[] {
  const { grade } = feedback.language;
  const own = a.answer.kind === 'text' ? textBlocks(a, a.answer) : [paragraph(grade.noAnswer[a.answer.why])];
  const points =
    a.score !== null
      ? [paragraph(grade.points(String(a.score), String(a.points)))]
      : a.needsPerson
        ? [paragraph(grade.person)]
        : [];
  const comment = a.comment === '' ? [] : [paragraph(grade.comment(a.comment))];
  return [
    { kind: 'heading', level: 2, id: a.question, parts: grade.question(a.question) },
    ...own,
    ...comment,
    ...points,
  ];
}

function checkedBlocks(
  { checked, question, otherForm, inferred }: GradedText,
  course: CourseQuestions,
): readonly Block[] {
  const { grade } = course.feedback.language;
  const blocks = feedbackBlocks(checked, question, course.feedback);
  const { form = null } = course.questions.find((q) => q.of('') === question) ?? {};
  if (otherForm && form !== null) return [...blocks, paragraph(grade.otherForm[form])];
  return inferred ? blocks.map((b) => (isVerdict(b) ? paragraph([strong(...grade.agreed)]) : b)) : blocks;
}

/** The one paragraph that is set in bold as a whole says the verdict. */
const isVerdict = (b: Block): boolean =>
  b.kind === 'paragraph' && b.parts.length === 1 && b.parts[0]?.kind === 'strong';
