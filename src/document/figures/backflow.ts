// How the errors of one layer flow back to the layer before.

import { type Affine, index, integer, shift } from '../../expr/affine.ts';
import type { Style } from '../../text/style.ts';
import { at, type FigureWords, label, stroke } from './draw.ts';
import { type Layout, layerLetters } from './layer-letters.ts';
import {
  along,
  type Column,
  column,
  columnHeight,
  disc,
  dots,
  edge,
  knownRows,
  symbolicRows,
} from './neurons.ts';
import type { Figure, FigureFormula, Shape } from './shapes.ts';

export interface BackflowPicture {
  readonly id: string;
  readonly words: FigureWords;
  readonly style: Style;
  readonly layout: Layout;
  /** What stands below: the equation that the picture shows, as it was derived; null for none. */
  readonly statement: FigureFormula | null;
  /** Layer l, counted from 1, the neuron j whose error is lit, and the widths of the layers l and l+1; left out: all symbolic. */
  readonly known?: {
    readonly layer: number;
    readonly neuron: number;
    readonly widths: readonly [number, number];
  };
}

const STEP = 62;
const TOP = 62;
const [LEFT, RIGHT] = [150, 450];
const BACK = stroke('backward', 2.2, true);
const BACK_FAINT = stroke('faint', 1.1, true);

/** delta^{l+1} at the right, delta^l at the left, every weight an arrow back; those into delta_j^l lit. */
export function backflowFigure(p: BackflowPicture): Figure {
  const l = p.known === undefined ? index('l') : integer(p.known.layer);
  const j = p.known === undefined ? index('j') : integer(p.known.neuron);
  const next = shift(l, 1);
  const letters = layerLetters(p.style, p.layout);
  const rows =
    p.known === undefined
      ? symbolicRows(letters.width(l), 'j')
      : knownRows(p.known.widths[0], p.known.neuron);
  const nextRows =
    p.known === undefined ? symbolicRows(letters.width(next), 'k') : knownRows(p.known.widths[1]);
  const high = Math.max(columnHeight(rows, STEP), columnHeight(nextRows, STEP));
  const here = column(rows, LEFT, TOP + high / 2, STEP);
  const there = column(nextRows, RIGHT, TOP + high / 2, STEP);
  const lit = here.neurons.find((n) => n.index.key === j.key);
  const weights = there.neurons.flatMap((n) =>
    lit === undefined
      ? []
      : [
          edge(n.at, lit.at, BACK, true),
          label(along(n.at, lit.at, 0.36), letters.weight(next, n.index, j), { patch: true }),
        ],
  );
  const shapes: Shape[] = [
    ...backMesh(there, here),
    ...weights,
    ...discs(here, 'delta', l, j, letters.entry),
    ...discs(there, 'delta', next, null, letters.entry),
    label(at(LEFT, 24), letters.tensor('delta', l), { size: 16, ink: 'backward' }),
    label(at(RIGHT, 24), letters.tensor('delta', next), { size: 16, ink: 'backward' }),
    ...(p.statement === null ? [] : [label(at(300, TOP + high + 58), p.statement, { size: 16 })]),
  ];
  const { title, description } = p.words;
  return { id: p.id, title, description, width: 600, height: TOP + high + 90, shapes };
}

const backMesh = (from: Column, to: Column): Shape[] =>
  from.neurons.flatMap((a) => to.neurons.map((b) => edge(a.at, b.at, BACK_FAINT)));

function discs(
  c: Column,
  name: string,
  stage: Affine,
  lit: Affine | null,
  letter: (name: string, stage: Affine, slot: Affine) => FigureFormula,
): Shape[] {
  const look = (i: Affine): Parameters<typeof disc>[2] =>
    i.key === lit?.key ? { stroke: stroke('backward', 2.2), fill: 'pale-backward' } : {};
  return [
    ...c.neurons.flatMap((n) => disc(n.at, letter(name, stage, n.index), look(n.index))),
    ...c.gaps.flatMap((g) => dots(g, true)),
  ];
}
