// Answers that leave something out, A ... B: what stands there can't be compared, but the sides beside it can.

import type { Line } from './answer.ts';
import { explained } from './explain.ts';
import { judge } from './judge.ts';
import type { FormulaQuestion } from './question.ts';
import { type Checked, checked } from './verdict.ts';

/** Wrong where a side without dots is wrong, else for a person; `lines`: the sides without dots. */
export function checkDots(q: FormulaQuestion, lines: readonly Line[], text: string): Checked {
  const said = lines.filter((l) => l.sides.length > (l.continues ? 0 : 1));
  const judged = said.length === 0 ? null : judge(q, said);
  const reading = lines.map((l) => l.sides.map((s) => s.of));
  const found = judged?.found;
  const wrong = found?.kind === 'evasion' || (found?.kind === 'wrong' && found.of !== null);
  if (judged !== null && wrong)
    return { ...explained(q, judged, text, { kind: 'read', lines: said, loss: 'none' }), reading };
  return checked('undecided', 'reading', { reasons: [{ code: 'dots' }] });
}
