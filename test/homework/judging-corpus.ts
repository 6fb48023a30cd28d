// Judges the records of a file of labelled formulas: the question built as the record says it, the answer as it was typed.

import { questionOf } from '../../src/check-request.ts';
import { check } from '../../src/homework/check.ts';
import type { Question } from '../../src/homework/question.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { usualWriting } from '../../src/question-network.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';
import { notationRow } from '../../src/tables/notations.ts';

export interface JudgedRecord {
  readonly id: string;
  readonly latex: string;
  readonly question: {
    readonly target: string;
    readonly network: string;
    readonly notation: string;
    readonly conventions: Readonly<Record<string, string>>;
  } | null;
  /** The author's own letters. */
  readonly roles?: Readonly<Record<string, string>>;
  readonly verdict: string;
  readonly verdictAlt?: readonly string[];
  readonly confidence: string;
}

const NETWORKS: ReadonlyMap<string, object> = new Map<string, object>([
  ['mlp', {}],
  ['mlp+mse', { loss: 'mse' }],
  ['mlp+bce', { activation: 'sigmoid', loss: 'bce' }],
  ['softmax+ce', { output: 'softmax', loss: 'cross-entropy' }],
]);

/** Whether a record counts: a question, labels to rely on, a network that is built. */
export const counts = (r: JudgedRecord): boolean =>
  r.question !== null && r.confidence !== 'low' && NETWORKS.has(r.question.network);

export interface Judgement {
  readonly verdict: string;
  readonly agrees: boolean;
  /** A wrong formula that was called right: the fault that must not be. */
  readonly falseAccept: boolean;
  readonly why: string;
}

/** What is said of a record's formula. A question that can't be put is a judgement too. */
export function judge(r: JudgedRecord): Judgement {
  const { verdict, why } = said(r);
  const agrees = verdict === r.verdict || (r.verdictAlt ?? []).includes(verdict);
  const falseAccept = !agrees && r.verdict === 'incorrect' && verdict === 'correct';
  return { verdict, agrees, falseAccept, why };
}

function said(r: JudgedRecord): { verdict: string; why: string } {
  try {
    const checked = check(asked(r), r.latex);
    const { unreadable, slips, reasons } = checked;
    const why = unreadable === null || unreadable === undefined ? '' : unreadable.message;
    const codes = [...slips, ...reasons].map((x) => x.code).join(', ');
    return { verdict: checked.verdict, why: [why, codes].filter((x) => x !== '').join('; ') };
  } catch (error) {
    return { verdict: 'no question', why: error instanceof Error ? error.message : String(error) };
  }
}

const questions = new Map<string, Question>();

function asked({ question, roles = {}, latex }: JudgedRecord): Question {
  if (question === null) throw new RangeError('a record without a question');
  const key = JSON.stringify([question, roles]);
  const known = questions.get(key);
  if (known !== undefined) return known;
  const { target, network, notation, conventions } = question;
  // The records say all their conventions: a notation's own don't count here.
  const row = notationRow(notation) ?? usualWriting.notation;
  const made = questionOf(
    {
      target,
      build: (options) => buildNetwork(NETWORKS.get(network) ?? {}, options),
      conventions: Object.entries(conventions).map(([name, value]) => `${name}=${value}`),
      accept: [],
      writing: { ...usualWriting, notation: { ...row, conventions: defaultConventions }, letters: roles },
    },
    latex,
  );
  questions.set(key, made);
  return made;
}
