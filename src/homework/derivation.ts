// A derivation of several lines: what justifies each, and which is the first that doesn't follow.

import { sameInComparison } from '../expr/compare.ts';
import type { Condition } from '../expr/condition.ts';
import { both } from '../expr/condition.ts';
import type { Expr } from '../expr/expr.ts';
import { alphaKey } from '../expr/substitute.ts';
import type { Line } from './answer.ts';
import type { JudgedAnswer } from './judge.ts';
import type { Judged } from './judge-side.ts';
import type { FormulaQuestion } from './question.ts';
import type { LineVerdict } from './verdict.ts';

/** Whether an answer is a derivation: more than one equation, or a chain with a middle. */
export const isDerivation = (lines: readonly Line[]): boolean =>
  lines.length > 1 || lines.some((l) => l.sides.length > 2);

/** The row of a text at an offset, from 0: rows end with a line or with a double backslash. */
export function rowAt(text: string, offset: number): number {
  const before = text.slice(0, offset).replace(/[ \t]*\\\\[ \t]*(?:\[[^\]\n]*\])?[ \t]*\r?\n/g, '\n');
  return before.split(/\n|\\\\/).length - 1;
}

/** What justifies each side: a rule of the derivation, or the comparison; none for a single equation. */
export function lineVerdicts(
  q: FormulaQuestion,
  lines: readonly Line[],
  judged: JudgedAnswer,
  text: string,
): LineVerdict[] {
  if (!isDerivation(lines)) return [];
  return judged.all.map((j) => {
    const line = rowAt(text, lines[j.line]?.sides[j.side]?.span.offset ?? 0);
    const { kind } = j.found;
    if (kind === 'wrong' || kind === 'evasion') return { line, verdict: 'wrong', rule: null };
    if (kind === 'undecided') return { line, verdict: 'undecided', rule: null };
    const rule = j.aside ? null : ruleOf([j], q);
    return { line, verdict: rule === null ? 'right' : 'rule', rule };
  });
}

/** The rule whose step leads to the line's last side, from the side before it or from the one the derivation has there. */
function ruleOf(own: readonly Judged[], q: FormulaQuestion): string | null {
  const last = own.at(-1)?.of ?? null;
  if (last === null) return null;
  const key = alphaKey(last);
  const found =
    q.steps.find(({ after }) => alphaKey(after) === key) ??
    q.steps.find(({ after }) => likewise(after, last, q));
  return found?.rule ?? null;
}

function likewise(a: Expr, b: Expr, q: FormulaQuestion): boolean {
  const given: readonly Condition[] = both(q.system.given, q.given);
  try {
    return sameInComparison(a, b, given);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
