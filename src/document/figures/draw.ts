// Shapes by short names, with what a picture usually wants of them.

import type { Expr, Tensor } from '../../expr/expr.ts';
import { latex, latexTensor } from '../../text/latex.ts';
import type { Style } from '../../text/style.ts';
import { unicode, unicodeTensor } from '../../text/unicode.ts';
import type {
  Circle,
  Curve,
  FigureFormula,
  Fill,
  Ink,
  Label,
  LabelPart,
  Line,
  Path,
  Point,
  Rect,
  Stroke,
} from './shapes.ts';

/** What a picture is called, and what is seen in it, in the reader's language. */
export interface FigureWords {
  readonly title: string;
  readonly description: string;
}

export const at = (x: number, y: number): Point => ({ x, y });

export const stroke = (ink: Ink, weight = 1.2, dashed = false): Stroke => ({ ink, weight, dashed });
/** Forward is solid, backward is dashed: so they differ in grey too. */
export const FORWARD = stroke('forward', 1.6);
export const BACKWARD = stroke('backward', 1.6, true);
export const FAINT = stroke('faint', 1);
export const PLAIN = stroke('plain', 1.2);

export const circle = (
  centre: Point,
  radius: number,
  line: Stroke = PLAIN,
  fill: Fill = 'ground',
): Circle => ({
  kind: 'circle',
  at: centre,
  radius,
  fill,
  stroke: line,
});

export const rect = (
  corner: Point,
  width: number,
  height: number,
  line: Stroke = PLAIN,
  fill: Fill = 'ground',
  radius = 2,
): Rect => ({ kind: 'rect', at: corner, width, height, radius, fill, stroke: line });

export const line = (from: Point, to: Point, look: Stroke, arrow = false): Line => ({
  kind: 'line',
  from,
  to,
  arrow,
  stroke: look,
});
export const arrow = (from: Point, to: Point, look: Stroke): Line => line(from, to, look, true);

export const curve = (
  from: Point,
  control: readonly [Point, Point],
  to: Point,
  look: Stroke,
  head = true,
): Curve => ({ kind: 'curve', from, control, to, arrow: head, stroke: look });

export const path = (points: readonly Point[], look: Stroke): Path => ({
  kind: 'path',
  points,
  stroke: look,
});

/** Text as a label: words, formulas, or both. */
export function label(
  where: Point,
  of: string | FigureFormula | readonly LabelPart[],
  more: Partial<Pick<Label, 'anchor' | 'size' | 'ink' | 'patch'>> = {},
): Label {
  return {
    kind: 'label',
    at: where,
    parts: partsOf(of),
    anchor: more.anchor ?? 'middle',
    size: more.size ?? 14,
    ink: more.ink ?? 'plain',
    patch: more.patch ?? false,
  };
}

const isParts = (of: string | FigureFormula | readonly LabelPart[]): of is readonly LabelPart[] =>
  Array.isArray(of);

export function partsOf(of: string | FigureFormula | readonly LabelPart[]): readonly LabelPart[] {
  if (typeof of === 'string') return [words(of)];
  return isParts(of) ? of : [math(of)];
}
export const words = (text: string): LabelPart => ({ kind: 'text', text });
export const math = (formula: FigureFormula): LabelPart => ({ kind: 'math', formula });

/** A sign that is the same everywhere but is written differently in LaTeX. */
export const sign = (latexText: string, unicodeText: string): FigureFormula => ({
  latex: latexText,
  unicode: unicodeText,
});

/** A component expression in the letters of a style. */
export const exprFormula = (e: Expr, style: Style): FigureFormula => ({
  latex: latex(e, style),
  unicode: unicode(e, style),
});
/** A tensor in the letters of a style. */
export const tensorFormula = (t: Tensor, style: Style): FigureFormula => ({
  latex: latexTensor(t, style),
  unicode: unicodeTensor(t, style),
});
/** left = right */
export const equation = (left: FigureFormula, right: FigureFormula): FigureFormula => ({
  latex: `${left.latex} = ${right.latex}`,
  unicode: `${left.unicode} = ${right.unicode}`,
});
/** a, b */
export const listed = (a: FigureFormula, b: FigureFormula): FigureFormula => ({
  latex: `${a.latex},\\,${b.latex}`,
  unicode: `${a.unicode}, ${b.unicode}`,
});
