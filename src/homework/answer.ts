// An answer's text as lines of sides, or where it can't be read.

import { type IndexMap, isConstant } from '../expr/affine.ts';
import { type Condition, substituteCondition } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import { shapeOf, shapeText } from '../expr/shape.ts';
import { substitute, substituteTensor } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import type { Notation } from '../tables/notations.ts';
import { isTensor, type Read } from '../text/read.ts';
import type { ReadProblem, Span } from '../text/read-error.ts';
import { readAnswer } from '../text/reading/answer.ts';
import type { AnswerSyntax, Reading, ShapeProblem } from '../text/reading/reading.ts';
import { type LossOf, lossOf } from './sample-loss.ts';
import type { Unreadable } from './verdict.ts';

export interface Side {
  readonly of: Read;
  /** The transpose of a vector, which `of` is. */
  readonly row: boolean;
  readonly span: Span;
}
/** One chain of equal signs; a single side where there is none. */
export interface Line {
  readonly sides: readonly Side[];
  /** Goes on from the line before: its first side stands behind an equal sign. */
  readonly continues: boolean;
  /** What the line itself says of its indices. */
  readonly where: readonly Condition[];
}

export type Answer =
  | {
      readonly kind: 'read';
      readonly lines: readonly Line[];
      /** Whose loss it differentiates, as far as its letters say. */
      readonly loss: LossOf;
    }
  | {
      readonly kind: 'unreadable';
      readonly problem: ReadProblem;
      readonly where: Unreadable;
      /** The sides that could be read, where only shapes don't go together. */
      readonly lines: readonly Line[];
      /** Whether that is all of them: every side says something, but its factors or terms don't go together. */
      readonly whole: boolean;
    };

/** In whose letters, in which syntax and about which layer answers are read. */
export interface Writing {
  readonly notation: Notation;
  readonly syntax: AnswerSyntax | 'auto';
  /** The layer that quantities without one belong to; null where they must have one. */
  readonly layer: string | null;
  /** The question's own letters, by their LaTeX. */
  readonly letters: Readonly<Record<string, string>>;
  /** Whether the gradient of a vector is a row, as in numerator layout. */
  readonly rowGradients?: boolean;
}

/** How a question's answers are read: where a concrete network says what L is, `a[3]` and `a[L]` are both right. */
export interface ReadIn {
  readonly system: System;
  readonly writing: Writing;
  /** The same system with L left open, and what L is; null where nothing is fixed. */
  readonly open: { readonly system: System; readonly map: IndexMap } | null;
}

/** Reads an answer to a question: its own sizes put in for their letters. */
export function readFor({ system, writing, open }: ReadIn, text: string): Answer {
  if (open === null) return readIn(text, system, writing);
  const sizes = numbersIn(open.map);
  const first = readIn(text, system, writing, sizes);
  if (first.kind === 'read') return settledLines(first, open.map);
  const second = readIn(text, open.system, writing, sizes);
  return second.kind === 'read' ? settledLines(second, open.map) : first;
}

/** The sizes that are numbers: L = 3, by which n[L] and n[3] are one size. */
const numbersIn = (map: IndexMap): ReadonlyMap<string, number> =>
  new Map([...map].flatMap(([name, value]) => (isConstant(value) ? [[name, value.constant] as const] : [])));

function settledLines(answer: Answer & { kind: 'read' }, map: IndexMap): Answer {
  const side = (s: Side): Side => ({
    ...s,
    of: isTensor(s.of) ? substituteTensor(s.of, map) : substitute(s.of, map),
  });
  return {
    ...answer,
    lines: answer.lines.map((l) => ({
      ...l,
      sides: l.sides.map(side),
      where: l.where.map((c) => substituteCondition(c, map)),
    })),
  };
}

/** Reads a text about a system. */
export function readIn(
  text: string,
  system: System,
  { notation, syntax, layer, letters, rowGradients = false }: Writing,
  sizes: ReadonlyMap<string, number> = new Map(),
): Answer {
  const options = {
    system,
    notation,
    syntax,
    letters,
    sizes,
    rowGradients,
    ...(layer === null ? {} : { layer }),
  };
  const reading = readAnswer(text, options);
  if (reading.kind === 'unreadable') {
    const { line, column, complaint, wanted, nearest, problem } = reading;
    const where = { line, column, complaint, expected: wanted, nearest };
    return { kind: 'unreadable', problem, where, lines: [], whole: false };
  }
  const syntaxes = reading.statements.flatMap((s) => s.sides.map((side) => side.syntax));
  const loss = lossOf(text, syntaxes, system, notation);
  const found = linesOf(reading, system, loss);
  const holds = reading.statements.some((s) => s.sides.length > 0);
  if (holds) return found;
  return { kind: 'unreadable', problem: 'form', where: NO_FORMULA, lines: [], whole: false };
}

const NO_FORMULA: Unreadable = {
  line: 1,
  column: 1,
  complaint: { code: 'no-formula' },
  expected: 'formula',
  nearest: null,
};

const placed = ({ line, column, complaint }: ShapeProblem): Unreadable => ({
  line,
  column,
  complaint,
  expected: null,
  nearest: null,
});

function linesOf(reading: Reading & { kind: 'read' }, system: System, loss: LossOf): Answer {
  const { statements, shapeProblem } = reading;
  const lines = statements.map((s): Line => {
    const sides = s.sides.flatMap(({ of, row, span }): Side[] => (of === null ? [] : [{ of, row, span }]));
    return { sides, continues: s.continues, where: s.where };
  });
  if (reading.dots !== null)
    return { kind: 'unreadable', problem: 'dots', where: placed(reading.dots), lines, whole: false };
  const whole = statements.every((s, i) => s.sides.length === lines[i]?.sides.length);
  if (shapeProblem === null || (whole && onlySidesDiffer(lines, system)))
    return { kind: 'read', lines, loss };
  return { kind: 'unreadable', problem: 'shape', where: placed(shapeProblem), lines, whole };
}

/** Whether each side has a shape, and two of one line have different ones: that is for the comparison to say. */
function onlySidesDiffer(lines: readonly Line[], system: System): boolean {
  try {
    const shapes = lines.map((l) =>
      l.sides.map((s) => `${s.row ? 'row ' : ''}${isTensor(s.of) ? shapeText(shapeOf(s.of, system)) : ''}`),
    );
    return shapes.some((own) => new Set(own).size > 1);
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
