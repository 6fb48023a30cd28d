// What is wrong with a submission beyond its formulas: a line in the report, never a silent 0.

export type Problem =
  /** A question without an answer: no head for it, or nothing below it. */
  | { readonly code: 'missing' | 'empty'; readonly student: string; readonly question: string }
  /** Two answers to one question. */
  | { readonly code: 'double'; readonly student: string; readonly question: string }
  | {
      readonly code: 'unknown-question';
      readonly student: string;
      readonly name: string;
      readonly file: string;
    }
  /** Not on the roster. */
  | { readonly code: 'unknown-student'; readonly student: string; readonly file: string }
  /** On the roster, nothing handed in. */
  | { readonly code: 'absent'; readonly student: string }
  /** Handed in without a checking file of one's own. */
  | { readonly code: 'no-sheet'; readonly student: string }
  /** A file that isn't a submission, or can't be read as one. */
  | { readonly code: 'file'; readonly file: string; readonly why: FileProblem }
  /** A line of the review that belongs to no group of this run. */
  | { readonly code: 'review-unmatched'; readonly group: string; readonly line: number };

export type FileProblem = 'kind' | 'text' | 'notebook' | 'table' | 'large' | 'nothing' | 'link';

/** Why there is no answer to a question. */
export type NoAnswer = 'missing' | 'empty' | 'double' | 'absent';
