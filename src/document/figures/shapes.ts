// A figure as plain shapes over one set of coordinates: x to the right, y downwards, 16 units to a line of text.

/** A formula in a picture: LaTeX without delimiters, and the same for where LaTeX can't be set. A document's formula is one. */
export interface FigureFormula {
  readonly latex: string;
  readonly unicode: string;
}

/** What a label is made of: words, and formulas. A sentence of words and formulas is one. */
export type LabelPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'math'; readonly formula: FigureFormula };

export interface Figure {
  /** Stable and unique in a document. */
  readonly id: string;
  /** One line that names it. */
  readonly title: string;
  /** What a reader sees, for one who can't. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** From the back to the front. */
  readonly shapes: readonly Shape[];
}

export type Shape = Circle | Rect | Line | Curve | Path | Label;

/** What a shape means; a printer gives it its colour. */
export type Ink = 'plain' | 'faint' | 'forward' | 'backward';
/** How a shape is filled; `none` lets through what is behind it. */
export type Fill = 'none' | 'ground' | 'pale' | 'pale-forward' | 'pale-backward' | 'solid';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Stroke {
  readonly ink: Ink;
  /** Width of the line; 0 draws none. */
  readonly weight: number;
  readonly dashed: boolean;
}
export interface Circle {
  readonly kind: 'circle';
  readonly at: Point;
  readonly radius: number;
  readonly fill: Fill;
  readonly stroke: Stroke;
}
export interface Rect {
  readonly kind: 'rect';
  /** The upper left corner. */
  readonly at: Point;
  readonly width: number;
  readonly height: number;
  /** Of the rounded corners. */
  readonly radius: number;
  readonly fill: Fill;
  readonly stroke: Stroke;
}
export interface Line {
  readonly kind: 'line';
  readonly from: Point;
  readonly to: Point;
  /** An arrowhead at `to`. */
  readonly arrow: boolean;
  readonly stroke: Stroke;
}
/** A cubic Bezier curve. */
export interface Curve {
  readonly kind: 'curve';
  readonly from: Point;
  readonly control: readonly [Point, Point];
  readonly to: Point;
  readonly arrow: boolean;
  readonly stroke: Stroke;
}
/** A line through many points, such as a function's graph. */
export interface Path {
  readonly kind: 'path';
  readonly points: readonly Point[];
  readonly stroke: Stroke;
}
/** Text whose middle line passes through `at`. */
export interface Label {
  readonly kind: 'label';
  readonly at: Point;
  /** Which part of the text is at `at`. */
  readonly anchor: 'start' | 'middle' | 'end';
  readonly parts: readonly LabelPart[];
  /** Height of a line of text: 16 is a document's own. */
  readonly size: number;
  readonly ink: Ink;
  /** On a patch of the ground's colour, so that what is behind doesn't cross it. */
  readonly patch: boolean;
}
