// What a student is told: the reading first, then the verdict, the place, the slip, and as much as the hints allow.

import { index } from '../expr/affine.ts';
import type { Expr, Tensor } from '../expr/expr.ts';
import { substitute } from '../expr/substitute.ts';
import { freeNames, some } from '../expr/walk.ts';
import type { Question } from '../homework/question.ts';
import type { Checked, ReadingLines, Reason, Slip, Unreadable, WitnessFact } from '../homework/verdict.ts';
import type { ReasonFacts } from '../lang/homework-words.ts';
import { type Formula, type Phrase, say, wordsOf } from '../lang/phrase.ts';
import type { Language } from '../lang/types.ts';
import type { Notation } from '../tables/notations.ts';
import { isTensor, type Read } from '../text/read.ts';
import { complaintText } from '../text/reading-words.ts';
import type { Block, DisplayRow } from './blocks.ts';
import { numberFormula, plainNumber } from './digits.ts';
import { conditionsFormula, exprFormula, givenFormula, type Printing, tensorFormula } from './formulas.ts';

/** 0 the verdict, 1 where, 2 which slip, 3 the right answer. */
export type Hints = 0 | 1 | 2 | 3;

export interface FeedbackOptions {
  readonly language: Language;
  readonly notation: Notation;
  readonly hints: Hints;
}

const DIGITS = 4;

export const formulaOf = (r: Read, p: Printing): Formula =>
  isTensor(r) ? tensorFormula(r, p) : exprFormula(r, p);

/** What was read, one formula for each line, its sides joined by equal signs. */
export function readingFormulas(reading: ReadingLines, p: Printing): Formula[] {
  return reading.map((sides) => {
    const all = sides.map((s) => formulaOf(s, p));
    return givenFormula(
      all.map((f) => f.latex).join(' = '),
      all.map((f) => f.unicode).join(' = '),
      all.map((f) => f.plain ?? '').join(' = '),
    );
  });
}

/** Why reading failed, without the place, and what was expected; empty where that can't be said. */
export function unreadableText(
  { complaint, expected }: Unreadable,
  { reading }: Language,
): { readonly message: string; readonly expected: string } {
  return {
    message: complaintText(reading, complaint),
    expected: expected === null ? '' : reading.expected(expected),
  };
}

/** The sentences of a verdict, without the reading and the right answer. */
export function feedbackSentences(c: Checked, q: Question, o: FeedbackOptions): Phrase[] {
  const words = o.language.homework;
  const p = { notation: o.notation, system: q.system };
  const found: Phrase[] = [words.verdict[c.verdict]];
  if (c.unreadable !== null) {
    const { line, column, nearest } = c.unreadable;
    const { message, expected } = unreadableText(c.unreadable, o.language);
    found.push(words.unreadable(line, column, message, expected));
    if (nearest !== null) found.push(words.nearest(nearest));
  }
  if (o.hints === 0) return found;
  const telling = c.reasons.filter((r) => TELLING.has(r.code));
  for (const r of c.reasons) if (!TELLING.has(r.code)) found.push(reasonPhrase(r, p, o.language));
  for (const slip of c.slips) found.push(slipPhrase(slip, p, o));
  if (o.hints >= 2) for (const r of telling) found.push(reasonPhrase(r, p, o.language));
  if (c.verdict === 'incorrect' && c.slips.length === 0 && c.reasons.length === 0) found.push(words.noSlip);
  if (c.witness !== null) found.push(witnessPhrase(c.witness, p, o.language));
  return withoutRepeats(found);
}

/** Two slips of one kind make one sentence. */
function withoutRepeats(sentences: readonly Phrase[]): Phrase[] {
  const said = new Set<string>();
  return sentences.filter((s) => {
    const text = wordsOf(s);
    const fresh = !said.has(text);
    said.add(text);
    return fresh;
  });
}

/** Reasons that say what is wrong, not where. */
const TELLING: ReadonlySet<Reason['code']> = new Set<Reason['code']>(['convention', 'off-by']);

export function reasonPhrase(reason: Reason, p: Printing, language: Language): Phrase {
  return language.homework.reason(reason, reasonFacts(reason, p, language));
}

function reasonFacts(reason: Reason, p: Printing, { network }: Language): ReasonFacts {
  switch (reason.code) {
    case 'still-holds':
    case 'times-zero':
      return { what: exprFormula(reason.what, p) };
    case 'fixed-index':
      return { conditions: conditionsFormula(reason.conditions, p) };
    case 'only-for': {
      const { loss, activation } = reason;
      return {
        ...(loss === null ? {} : { loss: network.loss[loss] ?? loss }),
        ...(activation === null ? {} : { activation: network.activations[activation] ?? activation }),
      };
    }
    default:
      return {};
  }
}

/** Where to look, or (with more hints) which slip it is. */
export function slipPhrase(slip: Slip, p: Printing, o: Pick<FeedbackOptions, 'language' | 'hints'>): Phrase {
  const { homework, format } = o.language;
  if (o.hints < 2) return homework.where[slip.code];
  const phrase = homework.slip[slip.code](pieceOf(slip.right, p), pieceOf(slip.wrong, p));
  return say`${capitalised(phrase, format.capital)}${format.fullStop}`;
}

function capitalised(phrase: Phrase, capital: (s: string) => string): Phrase {
  const [first, ...rest] = phrase;
  return first?.kind === 'text' ? [{ ...first, text: capital(first.text) }, ...rest] : phrase;
}

/** A piece of a formula small enough to be shown; sums are left to words. */
function pieceOf(piece: Expr | Tensor | null, p: Printing): Formula | null {
  if (piece === null || isTensor(piece) || some(piece, (e) => e.kind === 'sum')) return null;
  const open = [...freeNames(piece)].filter((n) => n.startsWith('$'));
  const shown = open.length === 0 ? piece : substitute(piece, new Map(open.map((n) => [n, index('k')])));
  return exprFormula(shown, p);
}

function witnessPhrase(w: WitnessFact, p: Printing, language: Language): Phrase {
  const values = w.values.map(({ name, value }) => `${name} = ${plainNumber(value, DIGITS)}`).join(', ');
  return language.homework.witness({
    network: w.widths === null ? null : w.widths.join('-'),
    of: w.of === null ? null : exprFormula(w.of, p),
    values: values === '' ? null : givenFormula(values, values, values),
    answer: plainNumber(w.answer, DIGITS),
    right: plainNumber(w.right, DIGITS),
  });
}

/** The right answer, as matrices where there are any; null where the question has no formula. */
export function rightAnswer(q: Question, p: Printing): DisplayRow | null {
  if (q.kind === 'number') {
    const numbers = q.values.map((x) => numberFormula(x, 6));
    const list = (look: 'latex' | 'unicode'): string => numbers.map((f) => f[look]).join(', ');
    const right = givenFormula(list('latex'), list('unicode'));
    return { left: q.of === null ? null : exprFormula(q.of, p), right, where: null };
  }
  if (q.kind !== 'formula') return null;
  const right = q.matrix ?? q.answers[0];
  const left = q.left === null ? null : exprFormula(q.left, p);
  return { left: q.matrix === null ? left : null, right: formulaOf(right, p), where: null };
}

/** All of it as blocks: reading, verdict and sentences, and with three hints the right answer. */
export function feedbackBlocks(c: Checked, q: Question, o: FeedbackOptions): Block[] {
  const words = o.language.homework;
  const p = { notation: o.notation, system: q.system };
  const blocks: Block[] = [];
  if (c.reading !== null) {
    const rows = readingFormulas(c.reading, p).map(
      (right): DisplayRow => ({ left: null, right, where: null }),
    );
    blocks.push({ kind: 'paragraph', parts: say`${words.reading}${o.language.format.colon}` });
    blocks.push({ kind: 'display', id: null, rows, tag: null });
  }
  const [verdict, ...rest] = feedbackSentences(c, q, o);
  if (verdict !== undefined) blocks.push({ kind: 'paragraph', parts: [{ kind: 'strong', parts: verdict }] });
  if (rest.length > 0) blocks.push({ kind: 'list', ordered: false, items: rest });
  const right = o.hints === 3 && c.verdict !== 'correct' ? rightAnswer(q, p) : null;
  if (right !== null) {
    blocks.push({ kind: 'paragraph', parts: say`${words.rightAnswer}${o.language.format.colon}` });
    blocks.push({ kind: 'display', id: null, rows: [right], tag: null });
  }
  return blocks;
}
