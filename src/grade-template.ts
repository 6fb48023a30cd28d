// The file that students fill in: a head for each question, what is asked in a quotation, and dollars for the answer.

import { inLanguage, type QuestionSpec } from './assignment.ts';
import type { Block, DisplayRow } from './document/blocks.ts';
import { conditionsFormula, exprFormula, type Printing, tensorFormula } from './document/formulas.ts';
import { formulaReader } from './document/read-formula.ts';
import { conditionNames, decide } from './expr/condition.ts';
import { UserError } from './expr/error.ts';
import type { Expr, Tensor } from './expr/expr.ts';
import { isSymbolEntry } from './expr/make.ts';
import { markdown } from './formats/markdown.ts';
import type { Course } from './grade-class.ts';
import { documentOf } from './grade-feedback.ts';
import type { FormulaQuestion, Question } from './homework/question.ts';
import type { Formula, Phrase } from './lang/phrase.ts';
import { say } from './lang/phrase.ts';

/** The submission as Markdown, its answers left empty. */
export function submissionTemplate(course: Course): string {
  const { template } = course.feedback.language.grade;
  const show = (blocks: readonly Block[]): string => markdown.render(documentOf(course, '', blocks), {});
  const title =
    course.title === ''
      ? []
      : [show([{ kind: 'heading', level: 1, id: 'title', parts: say`${course.title}` }])];
  const intro = show([{ kind: 'note', parts: template.intro }]);
  const questions = course.assignment.questions.map((spec) => {
    const note = show([{ kind: 'note', parts: asked(spec, course) }]);
    return `## ${spec.id}\n\n${note}\n$$\n\n$$\n`;
  });
  return [...title, intro, ...questions].join('\n');
}

/** What a question asks, and for how many points. */
export function asked(spec: QuestionSpec, course: Course): Phrase {
  const { language } = course.feedback;
  const { points, asks } = language.grade.template;
  const question = course.questions.find((q) => q.id === spec.id)?.of('');
  const own = spec.text === null ? null : say`${inLanguage(spec.text, language.code)}`;
  const phrase = own ?? (question === undefined ? asks.expression : asksFor(spec, question, course));
  const worth = points(String(spec.points));
  return language.code === 'zh' ? say`${phrase}（${worth}）` : say`${phrase} (${worth})`;
}

function asksFor(spec: QuestionSpec, q: Question, { feedback }: Course): Phrase {
  const { asks } = feedback.language.grade.template;
  const p: Printing = { notation: feedback.notation, system: q.system };
  switch (q.kind) {
    case 'step':
      return asks.step;
    case 'number': {
      const of = numberOf(q, spec, p);
      return of === null
        ? asks.expression
        : asks.number(of, `${Number((100 * q.tolerance).toPrecision(3))}%`);
    }
    case 'formula': {
      if (q.left === null) return asks.expression;
      if (spec.kind === 'definition') return asks.definition(leftFormula(q, q.left, p, true));
      const form = spec.kind === 'derivation' ? 'derivation' : (spec.form ?? 'formula');
      return asks[form](leftFormula(q, q.left, p, form === 'matrix'), whereOf(q, p));
    }
  }
}

/** What a number is of, read again from its target where the question has only the values. */
function numberOf(q: Question & { kind: 'number' }, spec: QuestionSpec, p: Printing): Formula | null {
  if (q.of !== null) return exprFormula(q.of, p);
  try {
    return spec.target === null ? null : formulaReader(p)(spec.target);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The left side as it is asked for: an entry, or the whole tensor. */
export function leftFormula(q: FormulaQuestion, left: Expr, p: Printing, whole: boolean): Formula {
  const tensor = whole && q.matrix !== null ? wholeOf(left) : null;
  return tensor === null ? exprFormula(left, p) : tensorFormula(tensor, p);
}

function wholeOf(left: Expr): Tensor | null {
  if (left.kind === 'entry' && isSymbolEntry(left)) return left.of;
  if (left.kind === 'adjoint')
    return { kind: 'derivative', what: 'adjoint', head: null, of: null, by: left.by.of, cut: [] };
  return null;
}

/** For which layers; how far neurons are counted goes without saying. */
function whereOf(q: FormulaQuestion, p: Printing): Formula | null {
  const stages = q.given.filter((c) => {
    const names = new Set<string>();
    conditionNames(c, names);
    return [...names].some((n) => !q.system.sizes.has(n)) && !q.slots.some((s) => names.has(s));
  });
  // l <= L - 1 says l <= L too.
  const told = stages.filter(
    (c, i) =>
      !stages.some((d, k) => k !== i && decide(c, [d]) === true && (k > i || decide(d, [c]) !== true)),
  );
  return told.length === 0 ? null : conditionsFormula(told, p);
}

/** The right answer: as matrices where there are any, then in components, for any loss and activation and for these. */
export function rightRows(q: Question, p: Printing): readonly DisplayRow[] {
  if (q.kind !== 'formula') return [];
  const { left, matrix, answers } = q;
  const entry = left === null ? null : exprFormula(left, p);
  const whole = left === null ? null : leftFormula(q, left, p, true);
  const rows: DisplayRow[] =
    matrix === null ? [] : [{ left: whole, right: tensorFormula(matrix, p), where: null }];
  return [
    ...rows,
    ...answers.map((e): DisplayRow => ({ left: entry, right: exprFormula(e, p), where: null })),
  ];
}
