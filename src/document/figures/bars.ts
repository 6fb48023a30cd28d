// Counts as bars on a logarithmic axis: passes by differences against passes by backpropagation.

import { at, FAINT, type FigureWords, label, line, PLAIN, partsOf, rect, sign, stroke } from './draw.ts';
import { widthOf } from './measure.ts';
import type { Figure, FigureFormula, Fill, Ink, LabelPart, Shape } from './shapes.ts';

export interface Bar {
  readonly name: string | readonly LabelPart[];
  /** At least 1. */
  readonly count: number;
  readonly ink: Ink;
}
export interface BarsPicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly bars: readonly Bar[];
  /** What is counted, under the axis. */
  readonly axis: string;
}

const STEP = 46;
const TOP = 30;
const LENGTH = 400;
const SIZE = 14;
const MARGIN = 24;

/** Thousands apart: 30,001. */
export const grouped = (count: number): string => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');

const FILLS: Readonly<Record<Ink, Fill>> = {
  plain: 'pale',
  faint: 'pale',
  forward: 'pale-forward',
  backward: 'pale-backward',
};

export function barsFigure(p: BarsPicture): Figure {
  const names = p.bars.map((b) => partsOf(b.name));
  const left = Math.max(
    MARGIN + Math.max(0, ...names.map((n) => widthOf(n, SIZE))) + 14,
    MARGIN + widthOf(partsOf(p.axis), SIZE) / 2 - LENGTH / 2,
  );
  const powers = Math.max(1, Math.ceil(Math.log10(Math.max(...p.bars.map((b) => b.count))) - 1e-9));
  const x = (count: number): number => left + (Math.log10(Math.max(1, count)) / powers) * LENGTH;
  const bottom = TOP + p.bars.length * STEP;
  const half = widthOf(partsOf(p.axis), SIZE) / 2;
  const width = left + Math.max(LENGTH + 22, LENGTH / 2 + half) + MARGIN;
  const shapes: Shape[] = [
    ...ticks(powers, x, bottom),
    ...p.bars.flatMap((b, i) => barShapes(b, names[i] ?? [], TOP + i * STEP, left, x(b.count))),
    line(at(left, TOP - 10), at(left, bottom), PLAIN),
    label(at(left + LENGTH / 2, bottom + 44), p.axis, { size: SIZE }),
  ];
  const { title, description } = p.words;
  return { id: p.id, title, description, width, height: bottom + 66, shapes };
}

/** Powers of ten: 1, 10, 100, 10^3, ... */
const powerText = (n: number): FigureFormula =>
  n < 3 ? sign(String(10 ** n), String(10 ** n)) : sign(`10^{${n}}`, `10^${n}`);

const ticks = (powers: number, x: (count: number) => number, bottom: number): Shape[] =>
  Array.from({ length: powers + 1 }, (_, n) => x(10 ** n)).flatMap((at1, n) => [
    line(at(at1, TOP - 10), at(at1, bottom + 5), FAINT),
    label(at(at1, bottom + 18), powerText(n), { size: 13 }),
  ]);

function barShapes(b: Bar, name: readonly LabelPart[], y: number, left: number, right: number): Shape[] {
  const look = stroke(b.ink, 1.6, b.ink === 'backward');
  const count = grouped(b.count);
  const inside = holds(count, right - left);
  return [
    label(at(left - 14, y + 14), name, { anchor: 'end', size: SIZE }),
    rect(at(left, y), Math.max(1, right - left), 28, look, FILLS[b.ink], 0),
    label(at(inside ? right - 10 : right + 10, y + 14), count, {
      anchor: inside ? 'end' : 'start',
      size: SIZE,
      patch: !inside,
    }),
  ];
}

/** Whether a count can be written inside its bar. */
const holds = (count: string, length: number): boolean => widthOf(partsOf(count), SIZE) + 24 <= length;
