// Columns of neurons: which are drawn of a wide layer, where, and the edges between two of them.

import { type Affine, index, integer } from '../../expr/affine.ts';
import { at, circle, FAINT, label, line, PLAIN } from './draw.ts';
import { boxOf } from './measure.ts';
import type { Circle, FigureFormula, Fill, Ink, Label, Line, Point, Shape, Stroke } from './shapes.ts';

export const RADIUS = 19;
/** More neurons than this are abbreviated with dots. */
export const MOST_NEURONS = 7;

/** The indices drawn of a layer, from the top; null is a gap with dots. */
export type Rows = readonly (Affine | null)[];

const upTo = (n: number): Affine[] => Array.from({ length: n }, (_, i) => integer(i + 1));

/** Rows of a layer with a known width; a neuron that must be seen is among them. */
export function knownRows(width: number, seen: number | null = null): Rows {
  if (width <= MOST_NEURONS) return upTo(width);
  const head = MOST_NEURONS - 2;
  if (seen === null || seen <= head || seen === width) return [...upTo(head), null, integer(width)];
  return [...upTo(2), null, integer(seen), null, integer(width)];
}

/** Rows of a layer of symbolic width: 1, 2, ..., n, or round a named neuron 1, ..., j, ..., n. */
export function symbolicRows(size: Affine, named: string | null): Rows {
  return named === null ? [integer(1), integer(2), null, size] : [integer(1), null, index(named), null, size];
}

/** One layer, drawn. */
export interface Column {
  readonly neurons: readonly Neuron[];
  /** Middles of the gaps. */
  readonly gaps: readonly Point[];
}
export interface Neuron {
  readonly at: Point;
  readonly index: Affine;
}

const GAP_SHARE = 0.8;

/** How high a column is, between the middles of its first and last rows. */
export function columnHeight(rows: Rows, step: number): number {
  return offsets(rows, step).at(-1) ?? 0;
}

function offsets(rows: Rows, step: number): number[] {
  let y = 0;
  return rows.map((row, i) => {
    if (i > 0) y += row === null || rows[i - 1] === null ? step * GAP_SHARE : step;
    return y;
  });
}

/** A column at x, its middle at `middle`. */
export function column(rows: Rows, x: number, middle: number, step: number): Column {
  const ys = offsets(rows, step);
  const top = middle - columnHeight(rows, step) / 2;
  const neurons: Neuron[] = [];
  const gaps: Point[] = [];
  for (const [i, row] of rows.entries()) {
    const where = at(x, top + (ys[i] ?? 0));
    if (row === null) gaps.push(where);
    else neurons.push({ at: where, index: row });
  }
  return { neurons, gaps };
}

/** Three dots, one below the other or side by side. */
export function dots(middle: Point, upright: boolean, ink: Ink = 'plain'): Circle[] {
  return [-7, 0, 7].map((d) =>
    circle(
      at(middle.x + (upright ? 0 : d), middle.y + (upright ? d : 0)),
      1.6,
      { ink, weight: 0, dashed: false },
      'solid',
    ),
  );
}

/** A neuron's circle with its letter inside, smaller where the letter is long. */
export function disc(
  where: Point,
  letter: FigureFormula,
  look: { stroke?: Stroke; fill?: Fill; ink?: Ink; size?: number } = {},
): [Circle, Label] {
  const text = label(where, letter, { size: look.size ?? 14, ink: look.ink ?? 'plain' });
  const { left, right, top, bottom } = boxOf(text);
  const reach = Math.hypot((right - left) / 2, Math.max(where.y - top, bottom - where.y));
  const size = Math.floor(2 * text.size * Math.min(1, (RADIUS - 1) / reach)) / 2;
  return [circle(where, RADIUS, look.stroke ?? PLAIN, look.fill ?? 'ground'), { ...text, size }];
}

/** The straight way from the rim of one circle to the rim of another, shifted sideways by `aside`. */
export function between(
  a: Point,
  b: Point,
  aside = 0,
  radius = RADIUS,
): { readonly from: Point; readonly to: Point } {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const back = Math.sqrt(Math.max(0, radius * radius - aside * aside));
  const [sx, sy] = [-uy * aside, ux * aside];
  return {
    from: at(a.x + ux * back + sx, a.y + uy * back + sy),
    to: at(b.x - ux * back + sx, b.y - uy * back + sy),
  };
}

/** An edge between two neurons, from rim to rim. */
export function edge(a: Point, b: Point, look: Stroke = FAINT, arrow = false, aside = 0): Line {
  const { from, to } = between(a, b, aside);
  return line(from, to, look, arrow);
}

/** The point a share of the way from a to b. */
export const along = (a: Point, b: Point, share: number): Point =>
  at(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);

/** All edges from one column to the next. */
export const mesh = (a: Column, b: Column, look: Stroke): Shape[] =>
  a.neurons.flatMap((from) => b.neurons.map((to) => edge(from.at, to.at, look)));
