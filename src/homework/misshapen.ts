// Answers whose parts don't go together, as w delta for w' delta: read with all sizes alike, to see which slip was made.

import { readFor } from './answer.ts';
import { named, underConvention } from './explain.ts';
import { judge } from './judge.ts';
import type { FormulaQuestion } from './question.ts';
import { slipsOf } from './slip-search.ts';
import { squared } from './square.ts';
import { type Checked, checked, type Reason, type Unreadable } from './verdict.ts';

const squares = new WeakMap<FormulaQuestion, FormulaQuestion>();

/** The question with one size for everything. */
function squareQuestion(q: FormulaQuestion): FormulaQuestion {
  let found = squares.get(q);
  if (found === undefined) {
    const square = squared(q.system);
    const [first, ...rest] = q.answers;
    found = {
      ...q,
      system: square.system,
      left: q.left === null ? null : square.expr(q.left),
      answers: [square.expr(first), ...rest.map(square.expr)],
      given: square.conditions(q.given),
      shape: square.sizes(q.shape),
      matrix: null,
      world: null,
      open: null,
      general: null,
      specials: [],
      alternatives: [],
    };
    squares.set(q, found);
  }
  return found;
}

/** The verdict on an answer with a problem of shapes; null where it can't be read even with all sizes alike. */
export function checkMisshapen(q: FormulaQuestion, text: string, where: Unreadable): Checked | null {
  const other = underConvention(q, text, null);
  const square = squareQuestion(q);
  const answer = readFor(square, text);
  if (answer.kind === 'unreadable' && other === null) return null;
  const reading = answer.kind === 'unreadable' ? null : answer.lines.map((l) => l.sides.map((s) => s.of));
  if (other?.accepted === true) return checked('convention', 'form', { reasons: [other.reason], reading });
  const misshapen: Reason = { code: 'misshapen', message: where.message };
  const reasons = [misshapen, ...(other === null ? [] : [other.reason])];
  if (answer.kind === 'unreadable') return checked('incorrect', 'shape', { reasons });
  const judged = judge(square, answer.lines);
  const { found } = judged;
  const slips = found.kind === 'wrong' && found.of !== null ? named(slipsOf(q, found.of), q, judged) : [];
  const place = { line: judged.line, side: judged.side };
  return checked('incorrect', 'shape', { reasons, slips, reading, place });
}
