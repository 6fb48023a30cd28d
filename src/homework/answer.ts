// An answer's text as lines of sides, or where it can't be read.

import type { IndexMap } from '../expr/affine.ts';
import { substitute, substituteTensor } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { parseFormula } from '../text/parse.ts';
import { isTensor, namesOf, type Read } from '../text/read.ts';
import { ReadError, type ReadProblem, type Span } from '../text/read-error.ts';
import { envOf } from '../text/resolve.ts';
import { scopeOf } from '../text/scope.ts';
import type { Syntax } from '../text/syntax.ts';
import { tokensOf } from '../text/tokens.ts';
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
}

export type Answer =
  | { readonly kind: 'read'; readonly lines: readonly Line[] }
  | { readonly kind: 'unreadable'; readonly problem: ReadProblem; readonly where: Unreadable };

export const LONGEST_ANSWER = 4096;

const unreadable = (problem: ReadProblem, where: Unreadable): Answer => ({
  kind: 'unreadable',
  problem,
  where,
});

/** How a question's answers are read: where a concrete network says what L is, `a[3]` and `a[L]` are both right. */
export interface ReadIn {
  readonly system: System;
  /** The same system with L left open, and what L is; null where nothing is fixed. */
  readonly open: { readonly system: System; readonly map: IndexMap } | null;
}

/** Reads an answer to a question: its own sizes put in for their letters. */
export function readFor({ system, open }: ReadIn, text: string): Answer {
  const first = readPlain(text, system);
  if (open === null) return first;
  if (first.kind === 'read') return settledLines(first, open.map);
  const second = readPlain(text, open.system);
  return second.kind === 'read' ? settledLines(second, open.map) : first;
}

function settledLines(answer: Answer & { kind: 'read' }, map: IndexMap): Answer {
  const side = (s: Side): Side => ({
    ...s,
    of: isTensor(s.of) ? substituteTensor(s.of, map) : substitute(s.of, map),
  });
  return { ...answer, lines: answer.lines.map((l) => ({ sides: l.sides.map(side) })) };
}

/** Reads an answer in plain syntax: lines, or formulas set apart by semicolons. */
export function readPlain(text: string, system: System): Answer {
  if (text.length > LONGEST_ANSWER)
    return unreadable('form', place(1, 1, `an answer has at most ${LONGEST_ANSWER} characters`));
  const pieces = [...text.matchAll(/[^\n;]+/g)].filter(([piece]) => piece.trim() !== '');
  if (pieces.length === 0) return unreadable('form', place(1, 1, 'there is no formula', 'a formula'));
  try {
    return { kind: 'read', lines: pieces.map((m) => readLine(text, m.index, m[0], system)) };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const { line, column, sentence, expected, problem } = error;
    return unreadable(problem, place(line, column, sentence, expected));
  }
}

const place = (line: number, column: number, message: string, expected = ''): Unreadable => ({
  line,
  column,
  message,
  expected,
  nearest: null,
});

function readLine(text: string, offset: number, piece: string, system: System): Line {
  // Blanks in place of what stands before keep the places of errors right.
  const blank = text.slice(0, offset).replace(/[^\n]/g, ' ') + piece;
  const scope = scopeOf(system);
  const env = envOf(blank, scope);
  const { formula, where } = parseFormula(blank, tokensOf(blank), namesOf(scope));
  if (where !== null)
    throw new ReadError(blank, where[0]?.span ?? formula.span, 'an answer has no conditions of its own');
  return { sides: sidesOf(formula, blank).map((s) => sideOf(s, env)) };
}

function sidesOf(s: Syntax, text: string): readonly Syntax[] {
  if (s.kind !== 'relation') return [s];
  const other = s.relations.find((r) => r !== '=');
  if (other !== undefined)
    throw new ReadError(text, s.span, `expected "=", found ${other}`, { expected: '"="' });
  return s.sides;
}

function sideOf(s: Syntax, env: ReturnType<typeof envOf>): Side {
  const value = env.resolve(s, env);
  return { of: value.of, row: value.kind === 'tensor' && value.row, span: s.span };
}
