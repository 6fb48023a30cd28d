// A student's sheet and its solution as documents: the network with its numbers, then the questions, with or without answers.

import type { QuestionSpec } from './assignment.ts';
import type { Block, DocumentText } from './document/blocks.ts';
import { numberFormula } from './document/digits.ts';
import { forwardDisplay, functionsDisplay, lossDisplay } from './document/equations.ts';
import { fill } from './document/eta.ts';
import { exprFormula, givenFormula, type Printing } from './document/formulas.ts';
import { laidOut, places } from './document/layout.ts';
import { forwardValues, givenValues, layersTable } from './document/network-section.ts';
import { resultBlocks } from './document/result-section.ts';
import type { Course } from './grade-class.ts';
import { documentOf } from './grade-feedback.ts';
import { asked, rightRows } from './grade-template.ts';
import type { Question } from './homework/question.ts';
import { type Phrase, say, wordsOf } from './lang/phrase.ts';
import type { Network } from './model/spec.ts';
import { worldOf } from './model/world.ts';
import { deriveTargets } from './results/derivation.ts';

export interface SheetRequest {
  /** The student's own course: the assignment with the student's network. */
  readonly course: Course;
  readonly network: Network;
  readonly student: string;
  /** The template's text, eta over Markdown. */
  readonly template: string;
  readonly solution: boolean;
}

const DIGITS = 4;

/** The sheet, or with `solution` its answers. Where a student writes stands an empty block of code. */
export function sheetDocument(r: SheetRequest): DocumentText {
  const { course, network, student, solution } = r;
  const { feedback } = course;
  const { language, notation } = feedback;
  const p: Printing = { notation, system: network.system };
  const held = places();
  const phrase = (parts: Phrase): string => held.put({ parts });
  const show = (blocks: readonly (Block | null)[]): string =>
    held.put({ blocks: blocks.filter((b) => b !== null) });
  const values = { world: worldOf(network), printing: p, digits: DIGITS };
  const title = solution ? language.grade.sheet.solution(course.title) : say`${course.title}`;
  const functions = functionsDisplay(p);
  const filled = fill(r.template, {
    title: phrase(title),
    student: phrase(language.grade.sheet.student(student)),
    count: network.concrete?.widths?.length ?? 0,
    lossName: network.loss === null ? '' : (language.network.loss[network.loss] ?? network.loss),
    layers: () => show([layersTable(network, p, language)]),
    loss: () => show([lossDisplay(p)]),
    given: () => show(givenValues(network, values)),
    forward: () => show([forwardDisplay(p, network.conventions)]),
    functions: functions === null ? null : () => show([functions]),
    computed: () => show(forwardValues(network, values)),
    solution,
    intro: phrase(language.grade.template.intro),
    questions: course.assignment.questions.map((spec) => ({
      id: spec.id,
      asks: phrase(asked(spec, course)),
      body: () => show(solution ? solutionBlocks(spec, r) : [SPACE]),
    })),
  });
  return documentOf(course, wordsOf(title), laidOut(filled, held));
}

/** Where the answer goes. */
const SPACE: Block = { kind: 'code', language: 'math', text: '\n\n\n' };

function solutionBlocks(spec: QuestionSpec, r: SheetRequest): readonly Block[] {
  const { course } = r;
  const question = course.questions.find((q) => q.id === spec.id)?.of('');
  if (question === undefined) return [];
  const p: Printing = { notation: course.feedback.notation, system: question.system };
  if (question.kind === 'number') return numberBlocks(question, p);
  const rows = rightRows(question, p);
  const own: Block[] = rows.length === 0 ? [] : [{ kind: 'display', id: null, rows, tag: null }];
  return spec.kind === 'derivation' && spec.target !== null
    ? [...own, ...derivationBlocks(spec.target, r)]
    : own;
}

function numberBlocks(q: Question & { kind: 'number' }, p: Printing): Block[] {
  const all = q.values.map((x) => numberFormula(x, DIGITS));
  const joined = givenFormula(
    all.map((f) => f.latex).join(',\\ '),
    all.map((f) => f.unicode).join(', '),
    all.map((f) => f.plain ?? '').join(', '),
  );
  const left = q.of === null ? null : exprFormula(q.of, p);
  return [{ kind: 'display', id: null, rows: [{ left, right: joined, where: null }], tag: null }];
}

/** Every line of the derivation, with this network's numbers beside it. */
function derivationBlocks(target: string, { course, network }: SheetRequest): Block[] {
  const { language, notation } = course.feedback;
  return deriveTargets(network, { targets: [target] }).results.flatMap((result) =>
    resultBlocks(result, {
      printing: { notation, system: network.system },
      language,
      grain: 'textbook',
      form: 'both',
      finer: false,
      world: worldOf(network),
      entry: null,
      digits: DIGITS,
      shapes: false,
      known: new Set(),
    }),
  );
}
