// Numbers on axes: round steps, and how a number is written on a tick.

import { sign } from './draw.ts';
import type { FigureFormula } from './shapes.ts';

/** A round step (1, 2 or 5 times a power of ten) that gives at most `most` intervals. */
export function roundStep(span: number, most: number): number {
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((s) => s * power >= rough * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** The multiples of a step from `low` to `high`. */
export function multiples(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** A tick's number without a float's noise. */
export function tickText(x: number): FigureFormula {
  const text = String(Number(x.toPrecision(6)) + 0);
  return sign(text, text.replace('-', '−'));
}
