// An activation and its derivative with the network's weighted inputs as dots: where the derivative is small, a neuron learns slowly.

import { multiples, roundStep, tickText } from './axes.ts';
import {
  at,
  BACKWARD,
  circle,
  FAINT,
  type FigureWords,
  FORWARD,
  label,
  line,
  PLAIN,
  path,
  rect,
  stroke,
} from './draw.ts';
import { widthOf } from './measure.ts';
import type { Figure, FigureFormula, Label, Point, Shape } from './shapes.ts';

export interface ActivationPicture {
  readonly id: string;
  /** `saturated` is written on the bands where the derivative is near 0. */
  readonly words: FigureWords & { readonly saturated: string };
  /** The function and its derivative. */
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
  readonly valueName: FigureFormula;
  readonly slopeName: FigureFormula;
  /** The name of the horizontal axis: z. */
  readonly inputName: FigureFormula;
  /** The network's weighted inputs, each with its letter. */
  readonly inputs: readonly { readonly z: number; readonly name: FigureFormula }[];
}

/** Where numbers land on the picture. */
interface Frame {
  readonly low: number;
  readonly high: number;
  readonly bottom: number;
  readonly top: number;
  readonly x: (z: number) => number;
  readonly y: (v: number) => number;
}

const [LEFT, RIGHT, TOP, BOTTOM] = [60, 540, 34, 274];
const WIDTH = 640;
const SAMPLES = 240;
/** A neuron is called saturated where the slope is below this share of the steepest. */
export const SATURATED = 0.1;
const SIZE = 13;
const MOST_LANES = 3;

export function activationFigure(p: ActivationPicture): Figure {
  const zs = p.inputs.map((i) => i.z).filter(Number.isFinite);
  const high = Math.max(6, ...zs.map((z) => Math.ceil(Math.abs(z) + 0.5)));
  const grid = Array.from({ length: SAMPLES + 1 }, (_, i) => -high + (2 * high * i) / SAMPLES);
  const frame = frameOf(p, grid, high);
  const names = lanes(p, frame);
  const shapes: Shape[] = [
    ...bands(p, grid, frame),
    ...axes(p, frame),
    ...pieces(grid, p.value, frame).map((points) => path(points, FORWARD)),
    ...pieces(grid, p.slope, frame).map((points) => path(points, BACKWARD)),
    ...key(p),
    ...p.inputs.flatMap(({ z }) => marks(p, z, frame)),
    ...names.shapes,
  ];
  const { title, description } = p.words;
  return { id: p.id, title, description, width: WIDTH, height: BOTTOM + 46 + names.height, shapes };
}

function frameOf(p: ActivationPicture, grid: readonly number[], high: number): Frame {
  const values = grid.flatMap((z) => [p.value(z), p.slope(z)]).filter(Number.isFinite);
  const [least, most] = [Math.min(0, ...values), Math.max(1, ...values)];
  const step = roundStep(most - least, 6);
  const bottom = Math.floor(least / step + 1e-9) * step;
  const top = Math.ceil(most / step - 1e-9) * step;
  return {
    low: -high,
    high,
    bottom,
    top,
    x: (z) => LEFT + ((z + high) / (2 * high)) * (RIGHT - LEFT),
    y: (v) => BOTTOM - ((v - bottom) / (top - bottom)) * (BOTTOM - TOP),
  };
}

/** The function's graph, broken where it jumps or isn't finite. */
function pieces(grid: readonly number[], f: (z: number) => number, frame: Frame): Point[][] {
  const values = grid.map(f).filter(Number.isFinite);
  const jump = 0.3 * (Math.max(...values) - Math.min(...values)) + 1e-12;
  const out: Point[][] = [];
  let last = Number.NaN;
  for (const z of grid) {
    const v = f(z);
    const on = Number.isFinite(v);
    if (on && Math.abs(v - last) < jump) out.at(-1)?.push(at(frame.x(z), frame.y(v)));
    else if (on) out.push([at(frame.x(z), frame.y(v))]);
    last = on ? v : Number.NaN;
  }
  return out.filter((points) => points.length > 1);
}

/** Pale bands where the slope is small. */
function bands(p: ActivationPicture, grid: readonly number[], frame: Frame): Shape[] {
  const steepest = Math.max(...grid.map((z) => Math.abs(p.slope(z))).filter(Number.isFinite));
  const flat = grid.map((z) => Math.abs(p.slope(z)) < SATURATED * steepest);
  return runsOfTrue(flat).flatMap(([from, to]) => {
    const [a, b] = [frame.x(grid[from] ?? 0), frame.x(grid[to] ?? 0)];
    const band = rect(at(a, TOP), b - a, BOTTOM - TOP, stroke('plain', 0), 'pale', 0);
    const fits = widthOf([{ kind: 'text', text: p.words.saturated }], SIZE) + 8 <= b - a;
    return fits ? [band, label(at((a + b) / 2, TOP - 13), p.words.saturated, { size: SIZE })] : [band];
  });
}

function runsOfTrue(flags: readonly boolean[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [i, flag] of flags.entries()) {
    const last = out.at(-1);
    if (flag && last !== undefined && last[1] === i - 1) last[1] = i;
    else if (flag) out.push([i, i]);
  }
  return out.filter(([a, b]) => b > a);
}

function axes(p: ActivationPicture, f: Frame): Shape[] {
  const base = f.y(0);
  const across = multiples(f.bottom, f.top, roundStep(f.top - f.bottom, 6));
  const along = multiples(f.low, f.high, roundStep(f.high - f.low, 8));
  return [
    ...across.map((v) => line(at(LEFT, f.y(v)), at(RIGHT, f.y(v)), FAINT)),
    line(at(f.x(0), BOTTOM), at(f.x(0), TOP), FAINT),
    line(at(LEFT, base), at(RIGHT + 14, base), PLAIN, true),
    label(at(RIGHT + 22, base), p.inputName, { anchor: 'start', size: 15 }),
    ...across.map((v) => label(at(LEFT - 8, f.y(v)), tickText(v), { anchor: 'end', size: SIZE })),
    ...along.flatMap((z) => [
      line(at(f.x(z), BOTTOM), at(f.x(z), BOTTOM + 5), PLAIN),
      label(at(f.x(z), BOTTOM + 16), tickText(z), { size: SIZE }),
    ]),
  ];
}

/** Which line is which, at the right. */
function key(p: ActivationPicture): Shape[] {
  const row = (y: number, name: FigureFormula, forward: boolean): Shape[] => [
    line(at(RIGHT + 24, y), at(RIGHT + 50, y), forward ? FORWARD : BACKWARD),
    label(at(RIGHT + 37, y - 14), name, { size: 14, ink: forward ? 'forward' : 'backward' }),
  ];
  return [...row(TOP + 20, p.valueName, true), ...row(TOP + 62, p.slopeName, false)];
}

/** A full dot on the function, an open one on its derivative. */
function marks(p: ActivationPicture, z: number, f: Frame): Shape[] {
  const on = (v: number): Point[] => (Number.isFinite(z) && Number.isFinite(v) ? [at(f.x(z), f.y(v))] : []);
  return [
    ...on(p.value(z)).map((point) => circle(point, 3.6, stroke('forward', 0), 'solid')),
    ...on(p.slope(z)).map((point) => circle(point, 3.6, stroke('backward', 1.6), 'ground')),
  ];
}

/** The inputs' letters below the axis, in as many rows as keep them apart; too many are left out. */
function lanes(p: ActivationPicture, f: Frame): { shapes: Shape[]; height: number } {
  const ends: number[] = [];
  const placed: { x: number; lane: number; name: FigureFormula }[] = [];
  for (const { z, name } of [...p.inputs].filter((i) => Number.isFinite(i.z)).sort((a, b) => a.z - b.z)) {
    const x = f.x(z);
    const half = widthOf([{ kind: 'math', formula: name }], SIZE) / 2;
    const free = ends.findIndex((end) => end + 6 < x - half);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = x + half;
    placed.push({ x, lane, name });
  }
  if (ends.length > MOST_LANES) return { shapes: [], height: 0 };
  const shapes = placed.map(
    ({ x, lane, name }): Label => label(at(x, BOTTOM + 42 + lane * 22), name, { size: SIZE }),
  );
  const ticks = placed.map(({ x }) => line(at(x, BOTTOM + 26), at(x, BOTTOM + 32), PLAIN));
  return { shapes: [...ticks, ...shapes], height: ends.length * 22 };
}
