// A checked answer as the documented JSON: schema/check.json.

import {
  type FeedbackOptions,
  feedbackSentences,
  readingFormulas,
  reasonPhrase,
  rightAnswer,
  slipPhrase,
  unreadableText,
} from './document/feedback.ts';
import type { Printing } from './document/formulas.ts';
import type { Question } from './homework/question.ts';
import type { Checked, CheckStage, Verdict } from './homework/verdict.ts';
import { wordsOf } from './lang/phrase.ts';
import { plain } from './text/plain.ts';

export interface CheckJson {
  readonly verdict: Verdict;
  readonly stage: CheckStage;
  /** What was read; null where nothing could be. */
  readonly reading: { readonly latex: string; readonly plain: string } | null;
  readonly slips: readonly { readonly code: string; readonly message: string }[];
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
  /** The line and the side of it (both from 1) that the verdict is about. */
  readonly place?: { readonly line: number; readonly side: number };
  /** Where reading failed, counted from 1. */
  readonly unreadable?: {
    readonly line: number;
    readonly column: number;
    readonly code: string;
    readonly message: string;
    readonly expected: string;
    readonly nearest: string | null;
  };
  readonly witness?: {
    readonly network: readonly number[] | null;
    readonly of: string | null;
    readonly values: Readonly<Record<string, number>>;
    readonly answer: number;
    readonly right: number;
  };
  /** For each side of a derivation, its row (from 1) and what justifies it. */
  readonly lines?: readonly {
    readonly line: number;
    readonly verdict: string;
    readonly rule: string | null;
  }[];
  /** The right answer, where the hints allow it. */
  readonly right?: { readonly latex: string; readonly plain: string };
  readonly feedback: string;
}

/** A checked answer as plain data, its sentences in one language. */
export function checkJson(c: Checked, q: Question, o: FeedbackOptions): CheckJson {
  const p: Printing = { notation: o.notation, system: q.system };
  const text = (phrase: Parameters<typeof wordsOf>[0]): string => wordsOf(phrase);
  const slips = c.slips.map((slip) => ({ code: slip.code, message: text(slipPhrase(slip, p, o)) }));
  const reasons = c.reasons.map((r) => ({ code: r.code, message: text(reasonPhrase(r, p, o.language)) }));
  const joined = o.language.code === 'zh' ? '' : ' ';
  const right = o.hints === 3 && c.verdict !== 'correct' ? rightAnswer(q, p) : null;
  return {
    verdict: c.verdict,
    stage: c.stage,
    reading: readingJson(c, p),
    slips: o.hints === 0 ? [] : slips,
    reasons: o.hints === 0 ? [] : reasons,
    ...(c.place === null ? {} : { place: { line: c.place.line + 1, side: c.place.side + 1 } }),
    ...(c.unreadable === null ? {} : { unreadable: unreadableJson(c.unreadable, o) }),
    ...(c.witness === null || o.hints === 0 ? {} : { witness: witnessJson(c.witness, q) }),
    ...(c.lines.length === 0 ? {} : { lines: c.lines.map((l) => ({ ...l, line: l.line + 1 })) }),
    ...(right === null ? {} : { right: { latex: right.right.latex, plain: right.right.plain ?? '' } }),
    feedback: feedbackSentences(c, q, o).map(text).join(joined),
  };
}

const unreadableJson = (
  u: NonNullable<Checked['unreadable']>,
  { language }: FeedbackOptions,
): NonNullable<CheckJson['unreadable']> => ({
  line: u.line,
  column: u.column,
  code: u.complaint.code,
  ...unreadableText(u, language),
  nearest: u.nearest,
});

function readingJson(c: Checked, p: Printing): CheckJson['reading'] {
  if (c.reading === null) return null;
  const lines = readingFormulas(c.reading, p);
  return {
    latex: lines.map((f) => f.latex).join(' \\\\ '),
    plain: lines.map((f) => f.plain ?? '').join('; '),
  };
}

const witnessJson = (w: NonNullable<Checked['witness']>, q: Question): NonNullable<CheckJson['witness']> => ({
  network: w.widths,
  of: w.of === null ? null : plain(w.of, q.system),
  values: Object.fromEntries(w.values.map(({ name, value }) => [name, value])),
  answer: w.answer,
  right: w.right,
});
