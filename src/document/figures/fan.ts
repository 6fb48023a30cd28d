// The fans of the chain rule: BP2's, z_j^l to every z_k^{l+1} to C, and BP1's, where only k = j is left.

import { type Affine, index, integer, shift } from '../../expr/affine.ts';
import type { Style } from '../../text/style.ts';
import { at, BACKWARD, FAINT, type FigureWords, FORWARD, label, sign, stroke } from './draw.ts';
import { LAST, type Layout, layerLetters } from './layer-letters.ts';
import {
  along,
  column,
  columnHeight,
  disc,
  dots,
  edge,
  knownRows,
  type Rows,
  symbolicRows,
} from './neurons.ts';
import type { Figure, FigureFormula, Point, Shape } from './shapes.ts';

export interface FanPicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly style: Style;
  readonly layout: Layout;
  /** What stands below: the equation that the picture shows, as it was derived; null for none. */
  readonly statement: FigureFormula | null;
  /** The layer l of z_j^l, counted from 1, and the neuron j; left out: symbolic. For the fan of BP1 the layer is the last one. */
  readonly neuron?: { readonly layer: number; readonly index: number };
  /** How wide the layer is that the fan goes to (for BP1 the last one); null: symbolic. */
  readonly width: number | null;
}

const STEP = 76;
const TOP = 56;
/** Half the distance of a forward edge from its backward one. */
const ASIDE = 4;
const LIT = { stroke: stroke('forward', 2.2), fill: 'pale-forward' } as const;

/** Forward solid and backward dashed, side by side. */
const both = (from: Point, to: Point): Shape[] => [
  edge(from, to, FORWARD, true, -ASIDE),
  edge(to, from, BACKWARD, true, -ASIDE),
];

/** dC/dz_j^l = sum over k: from z_j^l through a_j^l to each z_k^{l+1} and on to C; the errors come back. */
export function chainFanFigure(p: FanPicture): Figure {
  const l = p.neuron === undefined ? index('l') : integer(p.neuron.layer);
  const j = p.neuron === undefined ? index('j') : integer(p.neuron.index);
  const next = shift(l, 1);
  const letters = layerLetters(p.style, p.layout);
  const rows = rowsOf(p.width, letters.width(next), 'k');
  const high = columnHeight(rows, STEP);
  const middle = TOP + high / 2;
  const [z, a, c] = [at(62, middle), at(196, middle), at(634, middle)];
  const fan = column(rows, 420, middle, STEP);
  const shapes: Shape[] = [
    ...both(z, a),
    ...fan.neurons.flatMap((n) => [...both(a, n.at), ...both(n.at, c)]),
    ...fan.neurons.flatMap((n) => [
      label(along(a, n.at, 0.62), letters.weight(next, n.index, j), { size: 14, patch: true }),
      label(along(n.at, c, 0.38), letters.entry('delta', next, n.index), { ink: 'backward', patch: true }),
    ]),
    label(at((z.x + a.x) / 2, middle - 22), letters.slope(l, j), { size: 14 }),
    label(at(z.x, middle + 36), letters.entry('delta', l, j), { size: 16, ink: 'backward' }),
    ...disc(z, letters.entry('z', l, j), LIT),
    ...disc(a, letters.entry('a', l, j)),
    ...fan.neurons.flatMap((n) => disc(n.at, letters.entry('z', next, n.index))),
    ...fan.gaps.flatMap((g) => dots(g, true)),
    ...disc(c, letters.plain('C'), { size: 16 }),
    ...(p.statement === null ? [] : [label(at(348, TOP + high + 62), p.statement, { size: 16 })]),
  ];
  return { id: p.id, ...wordsOf(p.words), width: 696, height: TOP + high + 96, shapes };
}

const wordsOf = ({ title, description }: FigureWords): FigureWords => ({ title, description });

const rowsOf = (width: number | null, size: Affine, named: string): Rows =>
  width === null ? symbolicRows(size, named) : knownRows(width);

/** dC/dz_j^L = sum over k dC/da_k^L da_k^L/dz_j^L: the terms with k other than j are 0 and drawn faded. */
export function outputFanFigure(p: FanPicture): Figure {
  const l = p.neuron === undefined ? LAST : integer(p.neuron.layer);
  const j = p.neuron === undefined ? index('j') : integer(p.neuron.index);
  const letters = layerLetters(p.style, p.layout);
  const rows =
    p.width === null ? symbolicRows(letters.width(l), 'j') : knownRows(p.width, p.neuron?.index ?? null);
  const high = columnHeight(rows, STEP);
  const fan = column(rows, 330, TOP + high / 2, STEP);
  const kept = fan.neurons.find((n) => n.index.key === j.key);
  const y = kept?.at.y ?? TOP;
  const [z, c] = [at(62, y), at(598, y)];
  const faded = fan.neurons.filter((n) => n !== kept);
  const shapes: Shape[] = [
    ...faded.flatMap((n) => [edge(z, n.at, FAINT), edge(n.at, c, FAINT)]),
    ...faded.map((n) => label(along(z, n.at, 0.56), sign('0', '0'), { ink: 'faint', patch: true })),
    ...faded.flatMap((n) => disc(n.at, letters.entry('a', l, n.index), { stroke: FAINT, ink: 'faint' })),
    ...fan.gaps.flatMap((g) => dots(g, true, 'faint')),
    ...(kept === undefined
      ? []
      : keptShapes(z, kept.at, c, letters.slope(l, j), letters.gradient('a', l, j))),
    ...(kept === undefined ? [] : disc(kept.at, letters.entry('a', l, j))),
    ...disc(z, letters.entry('z', l, j), LIT),
    ...disc(c, letters.plain('C'), { size: 16 }),
    label(at(z.x, y + 36), letters.entry('delta', l, j), { size: 16, ink: 'backward' }),
    ...(p.statement === null ? [] : [label(at(330, TOP + high + 62), p.statement, { size: 16 })]),
  ];
  return { id: p.id, ...wordsOf(p.words), width: 660, height: TOP + high + 96, shapes };
}

const keptShapes = (z: Point, a: Point, c: Point, slope: FigureFormula, gradient: FigureFormula): Shape[] => [
  ...both(z, a),
  ...both(a, c),
  label(at((z.x + a.x) / 2, a.y - 22), slope, { size: 14, patch: true }),
  label(at((a.x + c.x) / 2, a.y - 24), gradient, { size: 14, patch: true }),
];
