// A test of an assignment before anyone answers it: right answers in each form are accepted, planted slips are not.

import type { QuestionSpec } from './assignment.ts';
import type { Printing } from './document/formulas.ts';
import type { Course } from './grade-class.ts';
import type { GradeQuestion } from './homework/grade.ts';
import { plantedSlips } from './homework/planted.ts';
import type { FormulaQuestion, NumberQuestion, Question } from './homework/question.ts';
import type { Checked } from './homework/verdict.ts';
import { latex, latexEquation, latexTensor } from './text/latex.ts';
import { plain, plainEquation, plainTensor } from './text/plain.ts';
import { isTensor, type Read } from './text/read.ts';
import { unicode, unicodeTensor } from './text/unicode.ts';

export interface SelftestRow {
  readonly id: string;
  readonly asked: string;
  readonly forms: number;
  readonly accepted: number;
  readonly planted: number;
  readonly rejected: number;
  readonly named: number;
  /** What went wrong, one line each. */
  readonly faults: readonly string[];
}

const PLANTED = 20;

/** The table as text, and whether all is as it should be. */
export function selftest(course: Course): { readonly text: string; readonly passed: boolean } {
  const rows = course.questions.flatMap((q, i): SelftestRow[] => {
    const spec = course.assignment.questions[i];
    return spec === undefined ? [] : [rowOf(q, spec, course)];
  });
  const faults = rows.flatMap((r) => r.faults);
  const lines = [tableOf(rows), ...faults.map((f) => `${f}\n`)];
  return { text: lines.join(''), passed: faults.length === 0 };
}

function tableOf(rows: readonly SelftestRow[]): string {
  const cells = [
    ['question', 'asked', 'right forms accepted', 'planted slips rejected', 'named'],
    ...rows.map((r) => [
      r.id,
      r.asked,
      r.forms === 0 ? '-' : `${r.accepted} of ${r.forms}`,
      r.planted === 0 ? '-' : `${r.rejected} of ${r.planted}`,
      r.planted === 0 ? '-' : String(r.named),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((c) => Math.max(...cells.map((row) => row[c]?.length ?? 0)));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, c) => cell.padEnd(widths[c] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function rowOf(q: GradeQuestion, spec: QuestionSpec, course: Course): SelftestRow {
  const question = q.of('');
  const right = rightTexts(question, spec, course);
  const wrong = wrongTexts(question);
  const verdicts = right.map((text) => ({ text, found: course.check(q.of(text), text) }));
  const refused = verdicts.filter(({ found }) => found.verdict !== 'correct');
  const caught = wrong.map(({ code, text }) => ({ code, text, found: course.check(q.of(text), text) }));
  const missed = caught.filter(({ found }) => found.verdict === 'correct');
  return {
    id: q.id,
    asked: spec.target ?? spec.expect ?? spec.kind,
    forms: right.length,
    accepted: right.length - refused.length,
    planted: wrong.length,
    rejected: wrong.length - missed.length,
    named: caught.filter(({ found }) => isNamed(found)).length,
    faults: [
      ...refused.map(({ text, found }) => `${q.id}: right, but ${found.verdict}: ${text}`),
      ...missed.map(({ text, code }) => `${q.id}: ${code} planted, but correct: ${text}`),
    ],
  };
}

/** A slip is named, or the convention under which it is none; of a number, by what it was multiplied. */
const isNamed = ({ slips, reasons }: Checked): boolean =>
  slips.length > 0 || reasons.some((r) => r.code === 'convention' || r.code === 'off-by');

function rightTexts(q: Question, spec: QuestionSpec, course: Course): readonly string[] {
  switch (q.kind) {
    case 'step':
      return [];
    case 'number':
      return [q.values.map((x) => String(Number(x.toPrecision(6)))).join(', ')];
    case 'formula':
      return formTexts(q, spec, course);
  }
}

function formTexts(q: FormulaQuestion, spec: QuestionSpec, { feedback }: Course): readonly string[] {
  const p: Printing = { notation: feedback.notation, system: q.system };
  const forms: readonly Read[] = [
    ...(spec.form === 'matrix' && q.matrix !== null ? [] : q.answers),
    ...(spec.form === 'component' || q.matrix === null ? [] : [q.matrix]),
  ];
  const texts = forms.flatMap((r) => {
    const { left } = q;
    const alone = isTensor(r)
      ? [plainTensor(r, p.system), latexTensor(r, p), unicodeTensor(r, p)]
      : [plain(r, p.system), latex(r, p), unicode(r, p)];
    const whole =
      left === null || isTensor(r) ? [] : [plainEquation(left, r, p.system), latexEquation(left, r, p)];
    return q.definition ? whole : [...alone, ...whole];
  });
  return [...new Set([...texts, ...derivationText(q, spec)])];
}

/** The whole derivation as one chain of equal signs. */
function derivationText(q: FormulaQuestion, spec: QuestionSpec): readonly string[] {
  if (spec.kind !== 'derivation' || q.left === null || q.lines.length === 0) return [];
  const sides = [q.left, ...q.lines, q.answers[0]].map((e) => plain(e, q.system));
  return [sides.filter((s, i) => s !== sides[i - 1]).join(' = ')];
}

function wrongTexts(q: Question): readonly { readonly code: string; readonly text: string }[] {
  switch (q.kind) {
    case 'step':
      return [];
    case 'number':
      return wrongNumbers(q);
    case 'formula':
      return plantedSlips(q, PLANTED).map(({ code, to }) => ({
        code,
        text: q.left === null ? plain(to, q.system) : plainEquation(q.left, to, q.system),
      }));
  }
}

/** Other numbers: signs, factors, one that is off by a little more than is tolerated. */
function wrongNumbers({
  values,
  tolerance,
}: NumberQuestion): readonly { readonly code: string; readonly text: string }[] {
  const factors = [
    -1,
    2,
    0.5,
    -2,
    -0.5,
    10,
    0.1,
    3,
    1 / 3,
    1 + 2 * tolerance,
    1 - 2 * tolerance,
    4,
    0.25,
    1.5,
    100,
    0.01,
  ];
  const far = factors.filter((f) => Math.abs(f - 1) > tolerance * 1.5);
  return far.map((f) => ({
    code: `times ${Number(f.toPrecision(4))}`,
    text: values.map((x) => String(Number((x === 0 ? f : x * f).toPrecision(8)))).join(', '),
  }));
}
