// LaTeX, Unicode and plainly typed formulas as statements: tokens, then sides, each read by the one parser.

import { ReadError } from '../read-error.ts';
import type { Syntax } from '../syntax.ts';
import { beforeAssigned } from './assigned.ts';
import { byCases } from './cases-lines.ts';
import { fail, isEnd, type Parts, type Reader, spanOf, topLevel, unfinished } from './cursor.ts';
import { factor } from './factor.ts';
import { product, sum, whole } from './formula.ts';
import { indicator, noListOfNumbers } from './indicators.ts';
import type { Letters } from './letters.ts';
import { marksOf } from './lex.ts';
import { type StatementMarks, statementsOf } from './lines.ts';
import type { Mark, Writing } from './marks.ts';
import type { Surface } from './surface.ts';

const parts: Parts = { sum, product, factor };

/** The statements of a text. Throws a ReadError. */
export function formulaStatements(text: string, writing: Writing, letters: Letters): Surface[] {
  const statements = statementsOf(text, marksOf(text, writing, letters.words));
  if (statements.length === 0)
    throw new ReadError(text, { offset: 0, length: 0 }, { code: 'no-formula' }, { expected: 'formula' });
  const reader = (marks: readonly Mark[]): Reader => ({
    text,
    marks,
    writing,
    letters,
    at: 0,
    to: marks.length - 1,
    depth: 0,
    parts,
    lone: new Map(),
  });
  return statements.flatMap((s) => byCases(surfaceOf(s, reader)));
}

function surfaceOf(s: StatementMarks, reader: (marks: readonly Mark[]) => Reader): Surface {
  const p = reader(s.marks);
  const places = topLevel(p, 0, p.to, (t) => t.kind === 'sign' && /^(?:=|~=|←)$/.test(t.text));
  const ends = [...places, p.to];
  const ranges = ends.map((to, i) => ({ from: i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, to }));
  const continues = places[0] === 0;
  // `g <- A = B` gives a name to what A = B says.
  const assigned = ranges.length > 2 && p.marks[places[0] ?? -1]?.text === '←';
  const [named] = ranges;
  const target = assigned && named !== undefined ? targetOf({ ...p, at: named.from, to: named.to }) : null;
  const sides = (continues || assigned ? ranges.slice(1) : ranges).map(({ from, to }) =>
    side({ ...p, at: from, to }),
  );
  return {
    sides: beforeAssigned(target, sides, p.letters),
    continues,
    where: s.where.flatMap((marks) => conditionOf(reader(marks))),
    span: spanOf(p, 0, p.to),
  };
}

/** What stands before an arrow; null where it is no quantity of the question. */
function targetOf(p: Reader): Syntax | null {
  try {
    return side(p);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

function side(p: Reader): Syntax {
  const s = whole(p);
  if (!isEnd(p)) unfinished(p);
  return s;
}

/** A condition as a relation; words and i != j say nothing that a condition can hold. */
function conditionOf(p: Reader): Syntax[] {
  const or = p.marks.find((t) => t.kind === 'word' && t.text === 'or');
  if (or !== undefined) fail(p, or, { code: 'two-answers' }, 'one-answer');
  const member = topLevel(p, 0, p.to, (t) => t.kind === 'sign' && t.text === '∈')[0];
  if (member !== undefined) noListOfNumbers(p, member + 1, p.to);
  const relation = topLevel(p, 0, p.to, (t) => t.kind === 'sign' && /^(?:=|<|>|<=|>=)$/.test(t.text));
  if (relation.length === 0) return [];
  const holds = indicator(p);
  const [inside] = holds.kind === 'call' ? holds.args : [];
  return inside?.kind === 'relation' ? [inside] : [];
}
