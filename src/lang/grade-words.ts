// What grading a class says: to the student about points, to the teacher about groups, and on a sheet of one's own.

import type { NoAnswer, Problem } from '../homework/grade-problem.ts';
import type { Formula, Phrase } from './phrase.ts';

export interface GradeWords {
  /** Above a student's feedback. */
  readonly heading: (title: string, student: string) => Phrase;
  readonly question: (id: string) => Phrase;
  readonly points: (score: string, of: string) => Phrase;
  readonly total: (score: string, of: string) => Phrase;
  readonly noTotal: Phrase;
  /** No score yet: somebody looks at it. */
  readonly person: Phrase;
  /** Below a question without an answer. */
  readonly noAnswer: Readonly<Record<NoAnswer, Phrase>>;
  readonly otherForm: Readonly<Record<'matrix' | 'component', Phrase>>;
  /** In place of the verdict, where a student's answers agree on another convention. */
  readonly agreed: Phrase;
  /** The teacher's own words. */
  readonly comment: (text: string) => Phrase;
  /** The file `feedback/index.html`'s and the report's own words. */
  readonly report: ReportWords;
  readonly problem: (p: Problem) => Phrase;
  readonly template: TemplateWords;
  readonly sheet: SheetWords;
}

export interface ReportWords {
  readonly title: (title: string) => Phrase;
  readonly made: (students: number, answers: number, version: string) => Phrase;
  readonly overview: Phrase;
  readonly verdicts: Phrase;
  readonly verdict: Readonly<
    Record<
      | 'correct'
      | 'special-case'
      | 'unfinished'
      | 'convention'
      | 'incorrect'
      | 'unreadable'
      | 'undecided'
      | 'none',
      string
    >
  >;
  readonly person: Phrase;
  readonly personHow: Phrase;
  readonly personNone: Phrase;
  readonly groups: (id: string) => Phrase;
  readonly heads: Readonly<
    Record<
      | 'group'
      | 'count'
      | 'reading'
      | 'verdict'
      | 'why'
      | 'score'
      | 'students'
      | 'question'
      | 'asked'
      | 'points',
      Phrase
    >
  >;
  readonly slips: Phrase;
  readonly slipsNone: Phrase;
  readonly slipsAxis: string;
  readonly slipsDescription: (most: string, count: number) => string;
  readonly problems: Phrase;
  readonly problemsNone: Phrase;
  /** After so many of a group's students: and 12 more. */
  readonly more: (count: number) => Phrase;
  /** A slip's name as a label in a picture and in a table. */
  readonly slipName: (code: string) => string;
}

export interface TemplateWords {
  /** At the head of a submission: where answers go, and what isn't read. */
  readonly intro: Phrase;
  /** What is asked, as a sentence with a formula in it. */
  readonly asks: {
    readonly formula: (of: Formula, where: Formula | null) => Phrase;
    readonly matrix: (of: Formula, where: Formula | null) => Phrase;
    readonly component: (of: Formula, where: Formula | null) => Phrase;
    readonly derivation: (of: Formula, where: Formula | null) => Phrase;
    readonly definition: (of: Formula) => Phrase;
    readonly number: (of: Formula, percent: string) => Phrase;
    readonly step: Phrase;
    readonly expression: Phrase;
  };
  readonly points: (points: string) => string;
}

export interface SheetWords {
  readonly solution: (title: string) => Phrase;
  readonly student: (id: string) => Phrase;
}
