// How much room a label takes.

import { runsOf } from './runs.ts';
import type { Label, LabelPart } from './shapes.ts';

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** How far a text's baseline lies below its middle line, in ems. */
export const BASELINE = 0.31;
/** How far letters rise over the baseline and hang below it, in ems of their own size. */
const ASCENT = 0.72;
const DESCENT = 0.22;

/** The width of a text in a given size. */
export function widthOf(parts: readonly LabelPart[], size: number): number {
  return size * Math.max(0, ...runsOf(parts).map((r) => r.x + r.width));
}

/** The rectangle that a label's letters fill. */
export function boxOf(label: Label): Box {
  const { at, size } = label;
  const runs = runsOf(label.parts);
  const width = size * Math.max(0, ...runs.map((r) => r.x + r.width));
  const left = label.anchor === 'start' ? at.x : at.x - (label.anchor === 'end' ? width : width / 2);
  const base = at.y + BASELINE * size;
  return {
    left,
    right: left + width,
    top: base - size * Math.max(0, ...runs.map((r) => r.rise + ASCENT * r.scale)),
    bottom: base + size * Math.max(0, ...runs.map((r) => DESCENT * r.scale - r.rise)),
  };
}
