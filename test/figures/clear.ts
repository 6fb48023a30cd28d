// What must not happen in a picture: labels that meet, that leave the ground, that a line or a rim crosses.

import { type Box, boxOf } from '../../src/document/figures/measure.ts';
import type { Figure, Label, Point, Shape } from '../../src/document/figures/shapes.ts';

const textOf = (l: Label): string =>
  l.parts.map((p) => (p.kind === 'text' ? p.text : p.formula.latex)).join('');
const apart = (a: Box, b: Box): boolean =>
  a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
const shrunk = (b: Box, by: number): Box => ({
  left: b.left + by,
  right: b.right - by,
  top: b.top + by,
  bottom: b.bottom - by,
});

/** Points along a line or curve, at most two units apart. */
function trace(s: Shape): Point[] {
  if (s.kind === 'line')
    return sampled((t) => mix(s.from, s.to, t), Math.hypot(s.to.x - s.from.x, s.to.y - s.from.y));
  if (s.kind === 'path')
    return s.points.flatMap((p, i) => {
      const next = s.points[i + 1] ?? p;
      return sampled((t) => mix(p, next, t), Math.hypot(next.x - p.x, next.y - p.y));
    });
  if (s.kind !== 'curve') return [];
  const [a, b] = s.control;
  return sampled((t) => {
    const [p, q, r] = [mix(s.from, a, t), mix(a, b, t), mix(b, s.to, t)];
    return mix(mix(p, q, t), mix(q, r, t), t);
  }, 400);
}
const mix = (a: Point, b: Point, t: number): Point => ({
  x: a.x + (b.x - a.x) * t,
  y: a.y + (b.y - a.y) * t,
});
const sampled = (at: (t: number) => Point, length: number): Point[] => {
  const n = Math.max(1, Math.ceil(length / 2));
  return Array.from({ length: n + 1 }, (_, i) => at(i / n));
};

const corners = (b: Box): Point[] => [
  { x: b.left, y: b.top },
  { x: b.right, y: b.top },
  { x: b.left, y: b.bottom },
  { x: b.right, y: b.bottom },
];

/** Whether a filled shape holds all of a box. */
function holds(s: Shape, b: Box): boolean {
  if (s.kind === 'circle')
    return s.fill !== 'none' && corners(b).every((p) => Math.hypot(p.x - s.at.x, p.y - s.at.y) <= s.radius);
  if (s.kind !== 'rect' || s.fill === 'none') return false;
  const { x, y } = s.at;
  return b.left >= x && b.right <= x + s.width && b.top >= y && b.bottom <= y + s.height;
}

/** Whether a rim passes through a box. */
function rimCrosses(s: Shape, b: Box): boolean {
  if (s.kind === 'circle') {
    const near = {
      x: Math.min(Math.max(s.at.x, b.left), b.right),
      y: Math.min(Math.max(s.at.y, b.top), b.bottom),
    };
    return Math.hypot(near.x - s.at.x, near.y - s.at.y) < s.radius && !holds(s, b);
  }
  if (s.kind !== 'rect') return false;
  const outer = { left: s.at.x, right: s.at.x + s.width, top: s.at.y, bottom: s.at.y + s.height };
  return !apart(outer, b) && !holds(s, b);
}

/** A shape with the points it passes through, and the box they lie in. */
interface Traced {
  readonly shape: Shape;
  readonly points: readonly Point[];
  readonly box: Box;
}

function traced(shape: Shape): Traced {
  const points = trace(shape);
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  return {
    shape,
    points,
    box: { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) },
  };
}

/** Every fault of a picture as one line. */
export function faults(f: Figure): string[] {
  const shapes = f.shapes.map(traced);
  const labels = f.shapes.filter((s) => s.kind === 'label').map((label) => ({ label, box: boxOf(label) }));
  return labels.flatMap(({ label, box }, i) => {
    const name = `${f.id}: "${textOf(label)}"`;
    const outside = box.left < 6 || box.top < 4 || box.right > f.width - 6 || box.bottom > f.height - 4;
    const met = labels.slice(i + 1).filter((other) => !apart(box, other.box));
    return [
      ...(outside ? [`${name} leaves the ground`] : []),
      ...met.map((other) => `${name} meets "${textOf(other.label)}"`),
      ...crossed(f, shapes, label, box).map((s) => `${name} is crossed by a ${s.kind}`),
    ];
  });
}

/** What crosses a label: all that is drawn after it; before it, what neither a patch nor a filled shape covers. */
function crossed(f: Figure, shapes: readonly Traced[], label: Label, box: Box): Shape[] {
  const inner = shrunk(box, 1.5);
  const place = f.shapes.indexOf(label);
  const under = f.shapes.slice(0, place).findLastIndex((s) => holds(s, box));
  const inside = (p: Point): boolean =>
    p.x > inner.left && p.x < inner.right && p.y > inner.top && p.y < inner.bottom;
  return shapes
    .slice(label.patch ? place : Math.max(0, under))
    .filter((t) => (!apart(t.box, inner) && t.points.some(inside)) || rimCrosses(t.shape, inner))
    .map((t) => t.shape);
}
