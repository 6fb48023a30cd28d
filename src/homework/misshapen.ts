// Answers whose parts don't go together, as w delta for w' delta: read with all sizes alike, to see which slip was made.

import { type Answer, readFor } from './answer.ts';
import { isLike, named, underConvention } from './explain.ts';
import { judge } from './judge.ts';
import { once } from './met.ts';
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

/** The verdict on an answer with a problem of shapes; null where some of it says nothing at all. */
export function checkMisshapen(
  q: FormulaQuestion,
  text: string,
  where: Unreadable,
  written: Answer,
): Checked | null {
  const accepted = underConvention(q, text, null, (a) => a.accepted);
  const square = squareQuestion(q);
  const answer = readFor(square, text);
  const whole = written.kind === 'unreadable' && written.whole;
  const lines = answer.kind === 'read' ? answer.lines : whole ? written.lines : null;
  const reading = lines === null ? null : lines.map((l) => l.sides.map((s) => s.of));
  if (accepted !== null) return checked('convention', 'form', { reasons: [accepted], reading });
  const judged = answer.kind === 'unreadable' ? null : judge(square, answer.lines);
  const wrong = judged?.found.kind === 'wrong' ? judged.found.of : null;
  const slips =
    judged === null || wrong === null
      ? []
      : named(
          once(q, 'misshapen', wrong, () => slipsOf(q, wrong)),
          q,
          judged,
        );
  const other = underConvention(q, text, null, (a) => !a.accepted && isLike(a.name, slips));
  if (judged === null && other === null && !whole) return null;
  const reasons: Reason[] = [
    { code: 'misshapen', complaint: where.complaint },
    ...(other === null ? [] : [other]),
  ];
  const place = judged === null ? null : { line: judged.line, side: judged.side };
  return checked('incorrect', 'shape', { reasons, slips, reading, place });
}
