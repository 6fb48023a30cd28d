// Grading a class in English.

import { unreachable } from '../expr/error.ts';
import type { FileProblem, Problem } from '../homework/grade-problem.ts';
import type { GradeWords } from './grade-words.ts';
import { code, type Formula, type Phrase, say, strong } from './phrase.ts';

const FILE: Readonly<Record<FileProblem, Phrase>> = {
  kind: say`is of no kind that holds answers (${[code('.md')]}, ${[code('.tex')]}, ${[code('.csv')]}, ${[code('.ipynb')]})`,
  text: say`is not text in UTF-8, UTF-16 or GBK`,
  notebook: say`is not a notebook`,
  table: say`has no column for a student and a question`,
  large: say`is larger than 2 MB and was not read`,
  nothing: say`holds no answer: no head such as ${[code('## q1')]} names a question`,
  link: say`is a link and was not followed`,
};

function problem(p: Problem): Phrase {
  switch (p.code) {
    case 'missing':
      return say`${p.student}: no answer to ${[code(p.question)]}.`;
    case 'empty':
      return say`${p.student}: the answer to ${[code(p.question)]} is empty.`;
    case 'double':
      return say`${p.student}: there are two different answers to ${[code(p.question)]}; somebody has to choose.`;
    case 'unknown-question':
      return say`${p.student}: "${p.name}" in ${[code(p.file)]} is no question of this assignment.`;
    case 'unknown-student':
      return say`${p.student} (${[code(p.file)]}) is not on the roster.`;
    case 'absent':
      return say`${p.student}: nothing was handed in.`;
    case 'no-sheet':
      return say`${p.student}: there is no checking file for this student; nothing was graded.`;
    case 'file':
      return say`${[code(p.file)]} ${FILE[p.why]}.`;
    case 'review-unmatched':
      return say`${[code('review.csv')]}, line ${p.line}: there is no group ${[code(p.group)]} in this run; the line was kept.`;
    default:
      return unreachable(p);
  }
}

const forWhich = (where: Formula | null): Phrase => (where === null ? say`` : say` for ${where}`);

export const englishGrade: GradeWords = {
  heading: (title, student) =>
    title === '' ? say`Feedback for ${student}` : say`${title}: feedback for ${student}`,
  question: (id) => say`${id}`,
  points: (score, of) => say`Points: ${score} of ${of}.`,
  total: (score, of) => say`All together: ${score} of ${of} points.`,
  noTotal: say`There is no total yet: some answers have no score.`,
  person: say`Somebody will look at this answer; it has no score yet.`,
  noAnswer: {
    missing: say`There is no answer to this question.`,
    empty: say`The answer to this question is empty.`,
    double: say`There are two different answers to this question.`,
    absent: say`Nothing was handed in.`,
  },
  otherForm: {
    matrix: say`It is right in components; the question asks for vectors and matrices.`,
    component: say`It is right as vectors and matrices; the question asks for components.`,
  },
  agreed: say`Right under another convention, which all of your answers agree on.`,
  comment: (words) => [strong(...say`Comment:`), ...say` ${words}`],
  report: {
    title: (title) => (title === '' ? say`Report` : say`${title}: report`),
    made: (students, answers, version) =>
      say`${students} students, ${answers} answers; chainrule ${version}.`,
    overview: say`Overview`,
    verdicts: say`How many answers got which verdict`,
    verdict: {
      correct: 'correct',
      'special-case': 'special case',
      unfinished: 'unfinished',
      convention: 'other convention',
      incorrect: 'incorrect',
      unreadable: 'unreadable',
      undecided: 'undecided',
      none: 'no answer',
    },
    person: say`To be looked at`,
    personHow: say`Fill in ${[code('score')]} and ${[code('comment')]} in ${[code('review.csv')]} and grade again: a line there holds for its whole group.`,
    personNone: say`Nothing: every answer has a score.`,
    groups: (id) => say`Answers to ${id}`,
    heads: {
      group: say`group`,
      count: say`answers`,
      reading: say`read as`,
      verdict: say`verdict`,
      why: say`slip`,
      score: say`score`,
      students: say`students`,
      question: say`question`,
      asked: say`Right answer`,
      points: say`points`,
    },
    slips: say`Slips`,
    slipsNone: say`No slip was found.`,
    slipsAxis: 'answers',
    slipsDescription: (most, count) => `Slips as bars, the most frequent first: ${most}, ${count} times.`,
    problems: say`What was not as expected`,
    problemsNone: say`Nothing.`,
    more: (count) => say`and ${count} more`,
    slipName: (code) => code.replaceAll('-', ' '),
  },
  problem,
  template: {
    intro: say`Write each answer between the dollars below its question, in LaTeX or in plain text. Lines that begin with ${[code('>')]} are not read, and neither is text beside a formula that is set apart.`,
    asks: {
      formula: (of, where) => say`What is ${of}${forWhich(where)}?`,
      matrix: (of, where) => say`What is ${of}${forWhich(where)}? Write it with vectors and matrices.`,
      component: (of, where) => say`What is ${of}${forWhich(where)}? Write it in components.`,
      derivation: (of, where) =>
        say`Derive ${of}${forWhich(where)}, one step a line, beginning with its definition.`,
      definition: (of) => say`How is ${of} defined?`,
      number: (of, percent) =>
        say`What number is ${of} in this network? It counts as right within ${percent}.`,
      step: say`Write down one step of the derivation as an equation.`,
      expression: say`Give the formula that is asked for.`,
    },
    points: (points) => (points === '1' ? '1 point' : `${points} points`),
  },
  sheet: {
    solution: (title) => (title === '' ? say`Solution` : say`${title}: solution`),
    student: (id) => say`Sheet of ${id}`,
  },
};
