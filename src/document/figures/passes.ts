// The forward and the backward pass over all layers: what flows where, and where each gradient is read off.

import { type Affine, index, integer } from '../../expr/affine.ts';
import { symbol } from '../../expr/make.ts';
import type { Style } from '../../text/style.ts';
import {
  arrow,
  at,
  BACKWARD,
  type FigureWords,
  FORWARD,
  label,
  line,
  listed,
  math,
  PLAIN,
  rect,
  stroke,
  tensorFormula,
} from './draw.ts';
import {
  activationAt,
  LAST,
  type LayerLetters,
  type Layout,
  layerLetters,
  ownStage,
} from './layer-letters.ts';
import { widthOf } from './measure.ts';
import { dots } from './neurons.ts';
import type { Figure, FigureFormula, Point, Shape } from './shapes.ts';

export interface PassesPicture {
  readonly id: string;
  readonly words: FigureWords & {
    readonly forward: string;
    readonly backward: string;
    readonly gradients: string;
  };
  readonly style: Style;
  readonly layout: Layout;
  /** The gradients by the biases and the weights that end in a layer (its own number), as they were derived. */
  readonly gradients: (stage: Affine) => readonly FigureFormula[];
  /** What carries the errors back into a layer (its own number), (w^{l+1})^T; null where nothing says so. */
  readonly carrier: (stage: Affine) => FigureFormula | null;
  /** How many layers, the input one of them; null: L. */
  readonly layers: number | null;
}

/** A layer, or a gap. */
type Place = Affine | null;

const MOST_LAYERS = 4;
const STEP = 156;
const GAP_STEP = 80;
const [FIRST, UP, DOWN, READ] = [70, 76, 204, 292];
const [HALF_WIDTH, HALF_HEIGHT] = [36, 21];

function placesOf(layers: number | null): Place[] {
  if (layers === null) return [integer(1), integer(2), null, index('l'), null, LAST];
  const all = Array.from({ length: layers }, (_, i) => integer(i + 1));
  return layers <= MOST_LAYERS ? all : [...all.slice(0, 2), null, ...all.slice(-2)];
}

/** How far apart two layers must be for their gradients to stand side by side. */
function roomFor(places: readonly Place[], p: PassesPicture): number {
  const all = places.flatMap((place) => (place === null ? [] : p.gradients(ownStage(place, p.layout))));
  return 22 + Math.max(0, ...all.map((g) => widthOf([math(g)], 13)));
}

/** A label in a box: smaller where it would touch the sides. */
function boxed(middle: Point, formula: FigureFormula): Shape {
  const size = Math.min(15, (2 * HALF_WIDTH - 8) / widthOf([math(formula)], 1));
  return label(middle, formula, { size });
}

/** Each layer a box above, its error below; the loss at the right turns the way round. */
export function passesFigure(p: PassesPicture): Figure {
  const places = placesOf(p.layers);
  const letters = layerLetters(p.style, p.layout);
  const room = roomFor(places, p);
  const [step, gapStep] = [Math.max(STEP, room), Math.max(GAP_STEP, room / 2)];
  const xs: number[] = [];
  for (const [i, place] of places.entries())
    xs.push(i === 0 ? FIRST : (xs[i - 1] ?? 0) + (place === null || places[i - 1] === null ? gapStep : step));
  const loss = at((xs.at(-1) ?? 0) + 104, (UP + DOWN) / 2);
  const shapes = places.flatMap((place, i) => {
    const x = xs[i] ?? 0;
    const before = { place: places[i - 1], x: xs[i - 1] ?? 0 };
    if (place === null)
      return [
        ...dots(at(x, UP), false),
        ...dots(at(x, DOWN), false),
        ...ways(place, x, before, i, letters, p),
      ];
    return [...boxes(place, x, i, letters, p), ...ways(place, x, before, i, letters, p)];
  });
  const { title, description } = p.words;
  const all = [...shapes, ...turn(xs.at(-1) ?? 0, loss, letters), ...captions(p, (FIRST + loss.x) / 2, xs)];
  return { id: p.id, title, description, width: loss.x + 46, height: READ + 76, shapes: all };
}

const box = (middle: Point, look: typeof FORWARD, fill: 'pale-forward' | 'pale-backward'): Shape =>
  rect(at(middle.x - HALF_WIDTH, middle.y - HALF_HEIGHT), 2 * HALF_WIDTH, 2 * HALF_HEIGHT, look, fill, 5);

/** What a layer holds after the forward pass, its error after the backward pass, and its two gradients. */
function boxes(place: Affine, x: number, i: number, letters: LayerLetters, p: PassesPicture): Shape[] {
  const up = at(x, UP);
  if (i === 0)
    return [box(up, stroke('forward', 1.4), 'pale-forward'), boxed(up, letters.tensor('a', place))];
  const [down, read] = [at(x, DOWN), at(x, READ)];
  const gradients = p.gradients(ownStage(place, p.layout));
  return [
    box(up, stroke('forward', 1.4), 'pale-forward'),
    boxed(up, listed(letters.tensor('z', place), letters.tensor('a', place))),
    line(at(x, UP + HALF_HEIGHT), at(x, DOWN - HALF_HEIGHT), PLAIN, true),
    label(at(x + 6, (UP + DOWN) / 2), slope(place, p), { anchor: 'start', size: 13 }),
    box(down, stroke('backward', 1.4, true), 'pale-backward'),
    boxed(down, letters.tensor('delta', place)),
    ...(gradients.length === 0 ? [] : [line(at(x, DOWN + HALF_HEIGHT), at(x, READ - 22), PLAIN, true)]),
    ...gradients.map((g, k) => label(at(read.x, read.y + 34 * k), g, { size: 13 })),
  ];
}

function slope(place: Affine, { style, layout }: PassesPicture): FigureFormula {
  const stage = ownStage(place, layout);
  const fn = activationAt(style.system, stage, layout);
  return tensorFormula({ kind: 'map', fn: { ...fn, order: fn.order + 1 }, of: symbol('z', [stage]) }, style);
}

/** Forward above, backward below, with the matrix that does it. */
function ways(
  place: Place,
  x: number,
  before: { place: Place | undefined; x: number },
  i: number,
  letters: LayerLetters,
  p: PassesPicture,
): Shape[] {
  if (i === 0) return [];
  const from = before.x + (before.place === null ? 18 : HALF_WIDTH);
  const to = x - (place === null ? 18 : HALF_WIDTH);
  const middle = (from + to) / 2;
  const forward = [arrow(at(from, UP), at(to, UP), FORWARD)];
  const backward = i > 1 ? [arrow(at(to, DOWN), at(from, DOWN), BACKWARD)] : [];
  if (place === null || before.place == null) return [...forward, ...backward];
  const over = listed(letters.filed('w', place), letters.filed('b', place));
  const carrier = i > 1 ? p.carrier(ownStage(before.place, p.layout)) : null;
  return [
    ...forward,
    label(at(middle, UP - 15), over, { size: 13, ink: 'forward' }),
    ...backward,
    ...(carrier === null ? [] : [label(at(middle, DOWN - 16), carrier, { size: 13, ink: 'backward' })]),
  ];
}

/** From the last layer to the loss and back. */
function turn(x: number, loss: Point, letters: LayerLetters): Shape[] {
  const from = at(x + HALF_WIDTH, UP);
  const to = at(x + HALF_WIDTH, DOWN);
  const corner = (y: number): [Point, Point] => [at(loss.x - 20, y), at(loss.x, y)];
  const [up, down] = [corner(UP), corner(DOWN)];
  return [
    { kind: 'curve', from, control: up, to: at(loss.x, loss.y - 20), arrow: true, stroke: FORWARD },
    {
      kind: 'curve',
      from: at(loss.x, loss.y + 20),
      control: [down[1], down[0]],
      to,
      arrow: true,
      stroke: BACKWARD,
    },
    { kind: 'circle', at: loss, radius: 20, fill: 'ground', stroke: PLAIN },
    label(loss, letters.plain('C'), { size: 16 }),
  ];
}

function captions(p: PassesPicture, middle: number, xs: readonly number[]): Shape[] {
  const start = (xs[0] ?? 0) - HALF_WIDTH;
  return [
    label(at(middle, 26), p.words.forward, { size: 14, ink: 'forward' }),
    label(at(start, DOWN), p.words.backward, { anchor: 'start', size: 14, ink: 'backward' }),
    label(at(start, READ + 17), p.words.gradients, { anchor: 'start', size: 14 }),
  ];
}
