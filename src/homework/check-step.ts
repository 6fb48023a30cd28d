// A step: any equation that is true, and isn't the same thing twice.

import { bareName, index, ONE } from '../expr/affine.ts';
import { type Condition, conditionNames, substituteCondition } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import { lowerAll, lowerEntry } from '../expr/lower.ts';
import { mapParts, mapTensorParts, type PartMap } from '../expr/parts.ts';
import { shapeOf } from '../expr/shape.ts';
import { alphaKey } from '../expr/substitute.ts';
import type { System } from '../expr/system.ts';
import { some } from '../expr/walk.ts';
import { isTensor, type Read } from '../text/read.ts';
import type { Answer, Line } from './answer.ts';
import { compareReadings, type ReadingComparison } from './compare-tensors.ts';
import type { ComparisonContext } from './compare-verdict.ts';
import { ofSamples } from './meant.ts';
import type { StepQuestion } from './question.ts';
import { type Checked, checked } from './verdict.ts';

export function checkStep(q: StepQuestion, answer: Answer): Checked {
  if (answer.kind === 'unreadable' && answer.problem === 'dots')
    return checked('undecided', 'reading', { reasons: [{ code: 'dots' }] });
  if (answer.kind === 'unreadable')
    return answer.problem === 'shape'
      ? checked('incorrect', 'shape', { reasons: [{ code: 'misshapen', complaint: answer.where.complaint }] })
      : checked('unreadable', 'reading', { unreadable: answer.where });
  const reading = answer.lines.map((l) => l.sides.map((s) => s.of));
  return { ...checkLines(q, answer.lines, answer.loss === 'sample'), reading };
}

function checkLines(q: StepQuestion, lines: readonly Line[], ofSample: boolean): Checked {
  let says = false;
  const ctx = { system: q.system, given: q.given };
  for (const [i, line] of lines.entries()) {
    for (const [s, side] of line.sides.slice(1).entries()) {
      const before = line.sides[s];
      if (before === undefined) continue;
      const place = { line: i, side: s + 1 };
      const fault = faultOf(compareWhereDefined(before.of, side.of, ctx));
      if (fault !== null && !(ofSample && equalPerSample(before.of, side.of, ctx)))
        return { ...fault, place };
      says ||= keyOf(before.of, q) !== keyOf(side.of, q);
    }
  }
  return says
    ? checked('correct', 'numbers and primes')
    : checked('unfinished', 'form', { reasons: [{ code: 'left-again' }] });
}

/** Compared for all values of the indices; where too few of them are layers, for those that the equations compute. */
function compareWhereDefined(a: Read, b: Read, ctx: ComparisonContext): ReadingComparison {
  const found = compareReadings(a, b, ctx);
  if (found.verdict !== 'undecided') return found;
  const given = [...ctx.given, ...layersComputed([a, b], ctx.system)];
  return given.length === ctx.given.length ? found : compareReadings(a, b, { ...ctx, given });
}

/** The ranges of the letters that stand for a layer, from the equations of what is written with them: 2 <= l <= L. */
function layersComputed(sides: readonly Read[], system: System): Condition[] {
  const found: Condition[] = [];
  const parts: PartMap = {
    expr: (e) => mapParts(e, parts),
    tensor: (t) => {
      const name = t.kind === 'symbol' ? (system.tensors.get(t.name)?.of ?? t.name) : '';
      const equation = system.equations.find((eq) => eq.lhs.of.name === name && eq.where.length > 0);
      const letter = bareName(equation?.lhs.of.stage[0] ?? ONE);
      const stage = t.kind === 'symbol' ? t.stage[0] : undefined;
      if (equation !== undefined && letter !== null && stage !== undefined && bareName(stage) !== null)
        for (const c of equation.where)
          if (mentionsName(c, letter)) found.push(substituteCondition(c, new Map([[letter, stage]])));
      return mapTensorParts(t, parts);
    },
    affine: (x) => x,
  };
  for (const r of sides) isTensor(r) ? parts.tensor(r) : parts.expr(r);
  return found;
}

function mentionsName(c: Condition, name: string): boolean {
  const names = new Set<string>();
  conditionNames(c, names);
  return names.has(name);
}

/** Whether two sides are equal when derivatives by quantities of a sample are the sample's own. */
function equalPerSample(a: Read, b: Read, ctx: ComparisonContext): boolean {
  const scale = [...ctx.system.tensors.values()].find((d) => d.scale !== undefined)?.scale;
  if (scale === undefined || !some(scale, (e) => e.kind === 'size')) return false;
  const own = (r: Read): Read => ofSamples(r, scale, ctx.system);
  return compareWhereDefined(own(a), own(b), ctx).verdict === 'equal';
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
      return checked('undecided', 'undecided', { reasons: [{ code: 'why-undecided', why: same.why }] });
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
