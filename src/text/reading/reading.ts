// What reading an answer gives: statements with their places, or the place where it can't be read.

import type { Condition } from '../../expr/condition.ts';
import type { Expr, Tensor } from '../../expr/expr.ts';
import type { Complaint, Expected } from '../complaint.ts';
import type { ReadProblem, Span } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';

/** The syntaxes that are read; `auto` goes by the signs of the text. */
export type AnswerSyntax = 'latex' | 'plain' | 'unicode' | 'numpy';

/** Where shapes don't go together or something is left out, and the complaint that says so. The rest is read all the same. */
export interface ShapeProblem {
  readonly span: Span;
  readonly line: number;
  readonly column: number;
  readonly complaint: Complaint;
  /** The complaint as an English sentence. */
  readonly message: string;
}

/** One side of a statement. */
export interface ReadSide {
  /** As written; where shapes don't go together it is of no shape. Null where no meaning could be given to its shapes at all. */
  readonly of: Expr | Tensor | null;
  /** The transpose of a vector, which `of` is. */
  readonly row: boolean;
  /** The surface form, every letter in its canonical role, layers and indices said. */
  readonly syntax: Syntax;
  readonly span: Span;
}

/** A chain `a = b = c`; a single side where there is no equal sign. */
export interface ReadStatement {
  readonly sides: readonly ReadSide[];
  /** Begins with an equal sign: it goes on from a left side that isn't written. */
  readonly continues: boolean;
  /** The conditions behind it: `for l < L`. */
  readonly where: readonly Condition[];
  readonly span: Span;
}

export type Reading =
  | {
      readonly kind: 'read';
      readonly syntax: AnswerSyntax;
      readonly statements: readonly ReadStatement[];
      /** The first place where shapes don't go together; null where all do. */
      readonly shapeProblem: ShapeProblem | null;
      /** The first place where dots leave something out; null where nothing is left out. Such a side has no meaning. */
      readonly dots: ShapeProblem | null;
    }
  | Unreadable;

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly syntax: AnswerSyntax;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly span: Span;
  readonly complaint: Complaint;
  /** What would have been right there; null where that can't be said. */
  readonly wanted: Expected | null;
  /** The complaint as an English sentence, without the place. */
  readonly message: string;
  /** What was wanted in English; empty where that can't be said. */
  readonly expected: string;
  /** The nearest text that would read; null where none is near. */
  readonly nearest: string | null;
  readonly problem: ReadProblem;
}
