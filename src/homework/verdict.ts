// What checking an answer can say: codes and facts as plain objects; the sentences belong to a language.

import type { Condition } from '../expr/condition.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import type { Complaint, Expected } from '../text/complaint.ts';
import type { Read } from '../text/read.ts';
import type { WhyUndecided } from './compare-verdict.ts';

export type Verdict =
  | 'correct'
  | 'special-case'
  | 'unfinished'
  | 'convention'
  | 'incorrect'
  | 'unreadable'
  | 'undecided';

/** Which stage decided. `form`: what may stand on the right; `witness`: numbers that differ. */
export type CheckStage =
  | 'reading'
  | 'shape'
  | 'form'
  | 'same form'
  | 'identities'
  | 'numbers and primes'
  | 'witness'
  | 'number'
  | 'undecided';

/** What a slip is called. Each has its sentence in every language. */
export type SlipCode =
  | 'sign'
  | 'sign-of-term'
  | 'index-wrong'
  | 'indices-swapped'
  | 'transpose-missing'
  | 'transpose-extra'
  | 'outer-reversed'
  | 'layer-off'
  | 'layer-last'
  | 'wrong-variable'
  | 'wrong-derivative'
  | 'sigma-prime-missing'
  | 'sigma-for-sigma-prime'
  | 'a-for-z'
  | 'applied-twice'
  | 'product-for-hadamard'
  | 'hadamard-for-product'
  | 'brackets'
  | 'factor-dropped'
  | 'factor-number'
  | 'mean'
  | 'softmax-elementwise'
  | 'sum-missing'
  | 'sum-range'
  | 'path-missing'
  | 'term-dropped'
  | 'power'
  | 'inverse';

/** A slip that turns the right answer into the student's, with the piece that is right and what stands in its place. */
export interface Slip {
  readonly code: SlipCode;
  /** The piece of the right answer that it is about; null where it is about the whole. */
  readonly right: Expr | Tensor | null;
  /** What stands there instead; null where nothing does. */
  readonly wrong: Expr | Tensor | null;
}

/** Why a verdict is what it is, beyond slips. */
export type Reason =
  /** Right where the loss or the activation is this one. */
  | { readonly code: 'only-for'; readonly loss: string | null; readonly activation: string | null }
  /** Holds a quantity that is to be worked out. */
  | { readonly code: 'still-holds'; readonly what: Expr }
  /** The left side again. */
  | { readonly code: 'left-again' }
  /** The derivation stops before its last line. */
  | { readonly code: 'last-step-missing' }
  /** Right under another convention than the question's. */
  | {
      readonly code: 'convention';
      readonly name: string;
      readonly value: string;
      readonly asked: string;
    }
  /** The sides, or the parts of one, have shapes that don't go together. */
  | { readonly code: 'shapes'; readonly left: string; readonly right: string }
  | { readonly code: 'misshapen'; readonly complaint: Complaint }
  /** An index that neither a sum binds nor the left side has. */
  | { readonly code: 'free-index'; readonly index: string }
  /** Says something about one value of an index only. */
  | { readonly code: 'fixed-index'; readonly conditions: readonly Condition[] }
  /** True for some values of the indices; for others its entries don't exist. */
  | { readonly code: 'some-cases' }
  | { readonly code: 'times-zero'; readonly what: Expr }
  /** The last side is right, but not the one before it. */
  | { readonly code: 'wrong-middle'; readonly line: number; readonly side: number }
  /** Speaks about another quantity. */
  | { readonly code: 'other-target' }
  /** Several answers, not all of them right. */
  | { readonly code: 'two-answers' }
  | { readonly code: 'wrong-line'; readonly line: number }
  | { readonly code: 'why-undecided'; readonly why: WhyUndecided }
  /** Dots stand for something that would have to be compared. */
  | { readonly code: 'dots' }
  | { readonly code: 'off-by'; readonly times: number };

/** Numbers at which the answer and the right one differ. */
export interface WitnessFact {
  /** The widths of the network, the input first; null where it isn't a network of layers. */
  readonly widths: readonly number[] | null;
  /** The quantity asked for, at numbers; null for a bare expression. */
  readonly of: Expr | null;
  /** Values of the free indices and of named numbers. */
  readonly values: readonly { readonly name: string; readonly value: number }[];
  readonly answer: number;
  readonly right: number;
}

/** Where reading failed, counted from 1, and why. */
export interface Unreadable {
  readonly line: number;
  readonly column: number;
  readonly complaint: Complaint;
  /** What would have been right there; null where that can't be said. */
  readonly expected: Expected | null;
  readonly nearest: string | null;
}

/** How an answer was read: its lines, each a chain of sides. */
export type ReadingLines = readonly (readonly Read[])[];

export interface Checked {
  readonly verdict: Verdict;
  readonly stage: CheckStage;
  /** What was read; null where nothing could be. */
  readonly reading: ReadingLines | null;
  readonly unreadable: Unreadable | null;
  readonly reasons: readonly Reason[];
  readonly slips: readonly Slip[];
  readonly witness: WitnessFact | null;
  /** Which row of the text, and which side of its equation (both from 0), the verdict is about. */
  readonly place: { readonly line: number; readonly side: number } | null;
  /** For each side of a derivation, what justifies it; empty for a single equation. */
  readonly lines: readonly LineVerdict[];
}

/** One side of a chain, behind an equal sign: what justifies it. */
export interface LineVerdict {
  /** The row it stands in, from 0. */
  readonly line: number;
  readonly verdict: 'rule' | 'right' | 'wrong' | 'undecided';
  /** The rule that leads to it, by its name in the catalogue. */
  readonly rule: string | null;
}

const nothing: Omit<Checked, 'verdict' | 'stage'> = {
  reading: null,
  unreadable: null,
  reasons: [],
  slips: [],
  witness: null,
  place: null,
  lines: [],
};

export const checked = (
  verdict: Verdict,
  stage: CheckStage,
  rest: Partial<Omit<Checked, 'verdict' | 'stage'>> = {},
): Checked => ({ ...nothing, ...rest, verdict, stage });
