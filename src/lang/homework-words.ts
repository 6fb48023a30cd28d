// What feedback on homework must say in a language: readings, verdicts, reasons, slips, numbers.

import type { CheckStage, Reason, SlipCode, Verdict } from '../homework/verdict.ts';
import type { Formula, Phrase } from './phrase.ts';

/** The pieces of a reason as formulas; those a reason doesn't have are absent. */
export interface ReasonFacts {
  readonly what?: Formula;
  readonly conditions?: Formula;
  /** A loss and an activation as the language calls them; the row's name where it has no word for them. */
  readonly loss?: string;
  readonly activation?: string;
}

export interface WitnessWords {
  /** `2-3-1`; null where there is no network of layers. */
  readonly network: string | null;
  /** The quantity at numbers, `dC/dz_1^2`; null for a bare expression. */
  readonly of: Formula | null;
  readonly values: Formula | null;
  readonly answer: string;
  readonly right: string;
}

export interface HomeworkWords {
  /** Leads in what was read. */
  readonly reading: Phrase;
  readonly verdict: Readonly<Record<Verdict, Phrase>>;
  readonly stage: Readonly<Record<CheckStage, Phrase>>;
  readonly unreadable: (line: number, column: number, message: string, expected: string) => Phrase;
  readonly nearest: (text: string) => Phrase;
  readonly reason: (reason: Reason, facts: ReasonFacts) => Phrase;
  /** Which slip: the right piece, and what was written. */
  readonly slip: Readonly<Record<SlipCode, (right: Formula | null, wrong: Formula | null) => Phrase>>;
  /** Where to look, without saying what is wrong. */
  readonly where: Readonly<Record<SlipCode, Phrase>>;
  readonly noSlip: Phrase;
  readonly inLine: (line: number) => Phrase;
  readonly rightAnswer: Phrase;
  readonly witness: (facts: WitnessWords) => Phrase;
}
