// How often something was counted, as bars on a straight axis: slips of a class, the most frequent first.

import { at, type FigureWords, label, line, PLAIN, partsOf, rect, stroke } from './figures/draw.ts';
import { widthOf } from './figures/measure.ts';
import type { Figure, Shape } from './figures/shapes.ts';

export interface CountBar {
  readonly name: string;
  readonly count: number;
}

const STEP = 34;
const TOP = 16;
const LENGTH = 380;
const SIZE = 14;
const MARGIN = 20;
const HEIGHT = 22;

/** Bars of at least one count each, with the count at their end. */
export function countBars(id: string, bars: readonly CountBar[], axis: string, words: FigureWords): Figure {
  const left = MARGIN + Math.max(0, ...bars.map((b) => widthOf(partsOf(b.name), SIZE))) + 12;
  const most = Math.max(1, ...bars.map((b) => b.count));
  const bottom = TOP + bars.length * STEP;
  const shapes: Shape[] = [
    ...bars.flatMap((b, i): Shape[] => {
      const [y, length] = [TOP + i * STEP, Math.max(2, (b.count / most) * LENGTH)];
      return [
        label(at(left - 12, y + HEIGHT / 2), b.name, { anchor: 'end', size: SIZE }),
        rect(at(left, y), length, HEIGHT, stroke('backward', 1.4), 'pale-backward', 0),
        label(at(left + length + 8, y + HEIGHT / 2), String(b.count), { anchor: 'start', size: SIZE }),
      ];
    }),
    line(at(left, TOP - 8), at(left, bottom), PLAIN),
    label(at(left + LENGTH / 2, bottom + 14), axis, { size: SIZE }),
  ];
  const width = left + LENGTH + widthOf(partsOf(String(most)), SIZE) + MARGIN + 12;
  return { id, title: words.title, description: words.description, width, height: bottom + 34, shapes };
}
