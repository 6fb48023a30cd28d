// Judges the records of a file of labelled formulas: the question built as the record says it, the answer as it was typed.

import { questionOf } from '../../src/check-request.ts';
import { index, integer } from '../../src/expr/affine.ts';
import { equal } from '../../src/expr/condition.ts';
import type { System } from '../../src/expr/system.ts';
import { check } from '../../src/homework/check.ts';
import type { Question } from '../../src/homework/question.ts';
import { settledAt } from '../../src/homework/settled.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { BuildOptions, Network } from '../../src/model/spec.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';
import { englishReading } from '../../src/text/english-reading.ts';
import { complaintText } from '../../src/text/reading-words.ts';
import { type FormulaRecord, networkFor, optionsFor } from '../text/reading-corpus.ts';

export interface JudgedRecord extends FormulaRecord {
  readonly verdict: string;
  readonly verdictAlt?: readonly string[];
}

/** Whether a record counts: a question, labels to rely on, a network that is built. */
export const counts = (r: JudgedRecord): boolean =>
  r.question !== null && r.confidence !== 'low' && networkFor(r) !== null;

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
    const why =
      unreadable === null || unreadable === undefined
        ? ''
        : complaintText(englishReading, unreadable.complaint);
    const codes = [...slips, ...reasons].map((x) => x.code).join(', ');
    return { verdict: checked.verdict, why: [why, codes].filter((x) => x !== '').join('; ') };
  } catch (error) {
    return { verdict: 'no question', why: error instanceof Error ? error.message : String(error) };
  }
}

/** The record's question as a teacher would put it: its conventions, its letters, the depth where that is given. */
function asked(r: JudgedRecord): Question {
  const network = networkFor(r);
  if (network === null || r.question === null) throw new RangeError('a record without a question');
  const content = { ...(network.content as object), ...givenOf(r) };
  const build = (options: BuildOptions): Network => buildNetwork(content, options);
  const { system } = build({ conventions: network.conventions, numbers: false });
  const { notation, letters = {}, layer = null, sizes } = optionsFor(r, system);
  const fromZero = network.conventions.firstLayer === 0 || r.given?.some((g) => g.startsWith('z[1]'));
  const first = fromZero ? ['first-layer=0'] : [];
  const stated = Object.entries(r.question.conventions).map(([name, value]) => `${name}=${value}`);
  const q = questionOf(
    {
      target: targetOf(r, system),
      build,
      conventions: [...stated, ...first],
      accept: [],
      // The records say all their conventions: a notation's own don't count here.
      writing: {
        notation: { ...notation, conventions: defaultConventions },
        syntax: 'auto',
        layer: r.question.target === 'definition' || r.question.target === 'step' ? layer : null,
        letters,
      },
    },
    r.latex,
  );
  const depth = sizes?.get('L');
  const settled = q.kind === 'formula' && depth !== undefined && q.system.sizes.get('L') === 0;
  return withWidths(settled ? settledAt(q, depth) : q, r);
}

/** The target with what its record says elsewhere: one neuron is the last layer; a network's samples have an index, one sample has none. */
function targetOf({ question, given = [] }: JudgedRecord, system: System): string {
  const target = question?.target ?? '';
  const [, of = '', by = ''] = /^d([^/]+)\/d(.+)$/.exec(target) ?? [];
  if (by === '') return target;
  const last = given.includes('one neuron') && /^[a-z]$/.test(by) ? `${by}[L]` : by;
  return `d${sampled(of, system)}/d${sampled(last, system)}`;
}

/** A quantity as a target names it, with as many slots as the system's has. */
function sampled(quantity: string, { tensors }: System): string {
  const [name = '', ...brackets] = quantity.split('[').map((part) => part.replace(']', ''));
  const decl = tensors.get(name);
  if (decl === undefined) return quantity;
  const whole = brackets.length - decl.stage.length;
  if (decl.size.length === 0 && whole === 1)
    return (
      name +
      brackets
        .slice(0, -1)
        .map((b) => `[${b}]`)
        .join('')
    );
  const slots = whole === 1 ? (brackets.at(-1)?.split(',') ?? []) : [];
  const place = decl.size.findIndex((s) => s.key === 'm');
  if (slots.length === 0 || slots.length !== decl.size.length - 1 || place < 0) return quantity;
  slots.splice(place, 0, slots.includes('i') ? 's' : 'i');
  return `${name}${brackets
    .slice(0, -1)
    .map((b) => `[${b}]`)
    .join('')}[${slots.join(',')}]`;
}

/** The question with the widths that are given, `n[2] = 1`. */
function withWidths(q: Question, { given = [] }: JudgedRecord): Question {
  const widths = given.flatMap((g) => {
    const [, layer, width] = /^n\[(\d)\] = (\d)$/.exec(g) ?? [];
    return width === undefined ? [] : [equal(index('n', [integer(Number(layer))]), integer(Number(width)))];
  });
  return q.kind === 'number' || widths.length === 0 ? q : { ...q, given: [...q.given, ...widths] };
}

/** What is given about the network beside its kind. */
function givenOf({ given = [], question }: JudgedRecord): object {
  if (question?.network.includes('regression')) return {};
  const activation = given.map((g) => /^sigma = (\w+)$/.exec(g)?.[1]).find((name) => name !== undefined);
  return {
    ...(activation === undefined ? {} : { activation }),
    ...(given.some((g) => g.startsWith('a[L] = z[L]')) ? { output: 'identity' } : {}),
  };
}
