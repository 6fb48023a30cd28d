// A step: any equation that is true, and isn't the same thing twice.

import { index } from '../expr/affine.ts';
import { UserError } from '../expr/error.ts';
import { lowerAll, lowerEntry } from '../expr/lower.ts';
import { shapeOf } from '../expr/shape.ts';
import { alphaKey } from '../expr/substitute.ts';
import { some } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import type { Answer, Line } from './answer.ts';
import { compareReadings, type ReadingComparison } from './compare-tensors.ts';
import type { ComparisonContext } from './compare-verdict.ts';
import { ofSamples } from './meant.ts';
import type { StepQuestion } from './question.ts';
import { type Checked, checked } from './verdict.ts';

export function checkStep(q: StepQuestion, answer: Answer): Checked {
  if (answer.kind === 'unreadable')
    return answer.problem === 'shape'
      ? checked('incorrect', 'shape', { reasons: [{ code: 'misshapen', message: answer.where.message }] })
      : checked('unreadable', 'reading', { unreadable: answer.where });
  const reading = answer.lines.map((l) => l.sides.map((s) => s.of));
  return { ...checkLines(q, answer.lines), reading };
}

function checkLines(q: StepQuestion, lines: readonly Line[]): Checked {
  let says = false;
  const ctx = { system: q.system, given: q.given };
  for (const [i, line] of lines.entries()) {
    for (const [s, side] of line.sides.slice(1).entries()) {
      const before = line.sides[s];
      if (before === undefined) continue;
      const place = { line: i, side: s + 1 };
      const fault = faultOf(compareReadings(before.of, side.of, ctx));
      if (fault !== null && !equalPerSample(before.of, side.of, ctx)) return { ...fault, place };
      says ||= keyOf(before.of, q) !== keyOf(side.of, q);
    }
  }
  return says
    ? checked('correct', 'numbers and primes')
    : checked('unfinished', 'form', { reasons: [{ code: 'left-again' }] });
}

/** Whether two sides are equal when derivatives by quantities of a sample are the sample's own. */
function equalPerSample(a: Read, b: Read, ctx: ComparisonContext): boolean {
  const scale = [...ctx.system.tensors.values()].find((d) => d.scale !== undefined)?.scale;
  if (scale === undefined || !some(scale, (e) => e.kind === 'size')) return false;
  const own = (r: Read): Read => ofSamples(r, scale, ctx.system);
  return compareReadings(own(a), own(b), ctx).verdict === 'equal';
}

function faultOf(same: ReadingComparison): Checked | null {
  switch (same.verdict) {
    case 'equal':
      return null;
    case 'misshapen':
      return checked('incorrect', 'shape', {
        reasons: [{ code: 'shapes', left: same.left, right: same.right }],
      });
    case 'undecided':
      return checked('undecided', 'undecided', { reasons: [{ code: 'why-undecided', message: same.why }] });
    case 'different':
      return checked('incorrect', 'witness', {
        witness: { widths: null, of: null, values: [], answer: same.witness.right, right: same.witness.left },
      });
  }
}

function keyOf(r: Read, q: StepQuestion): string {
  try {
    if (!isTensor(r)) return alphaKey(lowerAll(r, q.system));
    const slots = shapeOf(r, q.system).map((_, i) => index(`$${i}`));
    return alphaKey(lowerEntry(r, slots, q.system));
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}
