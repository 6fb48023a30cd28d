// The picture of a network: neurons in layers, every weight an edge, the weights into one neuron lit.

import { type Affine, index, integer, ONE, shift } from '../../expr/affine.ts';
import type { Style } from '../../text/style.ts';
import {
  arrow,
  at,
  equation,
  FAINT,
  type FigureWords,
  FORWARD,
  label,
  line,
  listed,
  math,
  sign,
  stroke,
} from './draw.ts';
import { LAST, type LayerLetters, type Layout, layerLetters } from './layer-letters.ts';
import { widthOf } from './measure.ts';
import {
  along,
  type Column,
  column,
  columnHeight,
  disc,
  dots,
  edge,
  knownRows,
  mesh,
  RADIUS,
  type Rows,
  symbolicRows,
} from './neurons.ts';
import type { Figure, FigureFormula, Point, Shape } from './shapes.ts';

export interface NetworkWords extends FigureWords {
  readonly input: string;
  readonly hidden: string;
  readonly output: string;
}
export interface NetworkPicture {
  readonly id: string;
  readonly words: NetworkWords;
  readonly style: Style;
  readonly layout: Layout;
  /** The widths of all layers, the input first; null draws the general network. */
  readonly widths: readonly number[] | null;
  /** The neuron whose incoming weights are lit; it and its layer are counted from 1; left out: one that shows them well. */
  readonly lit?: { readonly layer: number; readonly neuron: number };
}

/** A layer to draw, or a gap between layers. */
type Place = { readonly stage: Affine; readonly rows: Rows; readonly width: number | null } | null;

/** What is drawn, before it has coordinates. */
interface Plan {
  readonly places: readonly Place[];
  /** Which of the places holds the lit neuron, and which of its neurons. */
  readonly litPlace: number;
  readonly litIndex: Affine;
}

const STEP = 47;
const MOST_LAYERS = 6;
const SIDE = 74;
const REACH = 36;
/** The size of the inputs' letters. */
const INPUT = 14;
const TOP = 52;

const l = index('l');

/** The general network: 1, 2, ..., l-1, l, ..., L. */
function generalPlan(letters: LayerLetters): Plan {
  const place = (stage: Affine, named: string | null): Place => ({
    stage,
    rows: symbolicRows(letters.width(stage), named),
    width: null,
  });
  const places = [
    place(ONE, null),
    place(integer(2), null),
    null,
    place(shift(l, -1), 'k'),
    place(l, 'j'),
    null,
    place(LAST, null),
  ];
  return { places, litPlace: 4, litIndex: index('j') };
}

function knownPlan(widths: readonly number[], lit: NetworkPicture['lit']): Plan {
  const layer = lit?.layer ?? Math.min(2, widths.length);
  const width = widths[layer - 1] ?? 1;
  const neuron = lit?.neuron ?? Math.min(Math.ceil(Math.min(width, 5) / 2), width);
  const shown = shownLayers(widths.length, layer);
  const places = shown.map((n): Place => {
    const count = n === null ? undefined : widths[n - 1];
    if (n === null || count === undefined) return null;
    return { stage: integer(n), rows: knownRows(count, n === layer ? neuron : null), width: count };
  });
  return { places, litPlace: shown.indexOf(layer), litIndex: integer(neuron) };
}

/** Layer numbers; null is a gap. The lit layer and the one before it are among them. */
function shownLayers(count: number, lit: number): (number | null)[] {
  if (count <= MOST_LAYERS) return Array.from({ length: count }, (_, i) => i + 1);
  const wanted = [1, 2, lit - 1, lit, count - 1, count].filter((n) => n >= 1);
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  return sorted.flatMap((n, i) => (i > 0 && n - (sorted[i - 1] ?? 0) > 1 ? [null, n] : [n]));
}

/** The x of each place: gaps are narrower, the lit weights have more room. */
function placeXs({ places, litPlace }: Plan, side: number): number[] {
  const roomy = places.length <= 4;
  let x = side;
  return places.map((place, i) => {
    if (i > 0) {
      const beside = place === null || places[i - 1] === null;
      x += beside ? 58 : i === litPlace ? (roomy ? 190 : 150) : roomy ? 150 : 104;
    }
    return x;
  });
}

/** The room that the letters of the inputs need beside the first layer. */
function sideOf({ places }: Plan, letters: LayerLetters): number {
  const rows = places[0]?.rows ?? [];
  const wide = rows.map((r) => (r === null ? 0 : widthOf([math(letters.plain('x', r))], INPUT)));
  return REACH + 20 + Math.max(0, ...wide);
}

export function networkFigure(p: NetworkPicture): Figure {
  const letters = layerLetters(p.style, p.layout);
  const plan = p.widths === null ? generalPlan(letters) : knownPlan(p.widths, p.lit);
  const side = Math.max(SIDE, sideOf(plan, letters));
  const xs = placeXs(plan, side);
  const high = Math.max(...plan.places.map((q) => (q === null ? 0 : columnHeight(q.rows, STEP))));
  const middle = TOP + RADIUS + high / 2;
  const columns = plan.places.map((q, i) => (q === null ? null : column(q.rows, xs[i] ?? 0, middle, STEP)));
  const strip = TOP + 2 * RADIUS + high + 34;
  const width = (xs.at(-1) ?? 0) + side;
  const shapes = [
    ...edges(columns),
    ...litEdges(plan, columns, letters),
    ...neurons(plan, columns, letters),
    ...gapDots(plan, xs, [middle, strip]),
    ...headings(plan, xs, p.words),
    ...stripShapes(plan, xs, strip, letters),
  ];
  const { title, description } = p.words;
  return { id: p.id, title, description, width, height: strip + 48, shapes };
}

const LIT = stroke('forward', 2.2);

type Columns = readonly (Column | null)[];

/** Weights between neighbouring layers, short ends into gaps, arrows into the first layer and out of the last. */
function edges(columns: Columns): Shape[] {
  return columns.flatMap((here, i): Shape[] => {
    if (here === null) return [];
    const before = columns[i - 1];
    const after = columns[i + 1];
    const left = here.neurons.map(({ at: n }) => [
      at(n.x - RADIUS - stub(before), n.y),
      at(n.x - RADIUS, n.y),
    ]);
    const right = here.neurons.map(({ at: n }) => [
      at(n.x + RADIUS, n.y),
      at(n.x + RADIUS + stub(after), n.y),
    ]);
    const ends = (pairs: Point[][], open: Column | null | undefined): Shape[] =>
      open ? [] : pairs.flatMap(([a, b]) => (a && b ? [end(a, b, open === undefined)] : []));
    return [...(before ? mesh(before, here, FAINT) : ends(left, before)), ...ends(right, after)];
  });
}

const stub = (neighbour: Column | null | undefined): number => (neighbour === null ? 15 : REACH - RADIUS + 4);
const end = (a: Point, b: Point, outside: boolean): Shape =>
  outside ? arrow(a, b, FORWARD) : line(a, b, FAINT);

function neurons({ places, litPlace, litIndex }: Plan, columns: Columns, letters: LayerLetters): Shape[] {
  return columns.flatMap((here, i) => {
    const place = places[i];
    if (here === null || place == null) return [];
    const discs = here.neurons.flatMap((n) => {
      const lit = i === litPlace && n.index.key === litIndex.key;
      const look = lit ? { stroke: LIT, fill: 'pale-forward' as const } : {};
      return disc(n.at, letters.entry('a', place.stage, n.index), look);
    });
    const inputs = i > 0 ? [] : here.neurons.map((n) => input(n.at, letters.plain('x', n.index)));
    return [...discs, ...here.gaps.flatMap((g) => dots(g, true)), ...inputs];
  });
}

const input = (n: Point, letter: FigureFormula): Shape =>
  label(at(n.x - REACH - 8, n.y), letter, { anchor: 'end', size: INPUT });

/** The lit edges with their weights, each written where the edges are still apart. */
function litEdges({ places, litPlace, litIndex }: Plan, columns: Columns, letters: LayerLetters): Shape[] {
  const [from, to] = [columns[litPlace - 1], columns[litPlace]];
  const stage = places[litPlace]?.stage;
  const lit = to?.neurons.find((n) => n.index.key === litIndex.key);
  if (!from || lit === undefined || stage === undefined) return [];
  const weights = from.neurons.map((n) =>
    label(along(n.at, lit.at, 0.42), letters.weight(stage, litIndex, n.index), {
      size: 13,
      ink: 'forward',
      patch: true,
    }),
  );
  return [...from.neurons.map((n) => edge(n.at, lit.at, LIT, true)), ...weights];
}

function gapDots({ places }: Plan, xs: readonly number[], heights: readonly number[]): Shape[] {
  return places.flatMap((p, i) => (p === null ? heights.flatMap((y) => dots(at(xs[i] ?? 0, y), false)) : []));
}

function headings({ places }: Plan, xs: readonly number[], w: NetworkWords): Shape[] {
  const [first = 0, last = 0] = [xs[0], xs.at(-1)];
  const head = (x: number, text: string): Shape => label(at(x, 24), text, { size: 14 });
  if (places.length <= 2) return [head(first, w.input), head(last, w.output)];
  const middle = ((xs[1] ?? 0) + (xs.at(-2) ?? 0)) / 2;
  return [head(first, w.input), head(middle, w.hidden), head(last, w.output)];
}

/** Below the neurons: each layer as one vector, each weight matrix on the arrow between, the widths. */
function stripShapes({ places }: Plan, xs: readonly number[], y: number, letters: LayerLetters): Shape[] {
  return places.flatMap((p, i): Shape[] => {
    const x = xs[i] ?? 0;
    const before = places[i - 1];
    const from = (xs[i - 1] ?? 0) + 20;
    const way = i === 0 ? [] : [arrow(at(from, y), at(x - 20, y), FORWARD)];
    if (p === null) return way;
    const width = letters.size(letters.width(p.stage));
    const count = p.width === null ? width : equation(width, sign(String(p.width), String(p.width)));
    const matrix = listed(letters.filed('w', p.stage), letters.filed('b', p.stage));
    const on = before ? [label(at((from + x - 20) / 2, y - 13), matrix, { size: 13, ink: 'forward' })] : [];
    return [
      ...way,
      ...on,
      label(at(x, y), letters.tensor('a', p.stage), { size: 16 }),
      label(at(x, y + 26), count, { size: 13 }),
    ];
  });
}
