// What a network's own numbers are drawn as: few digits, normally distributed.

import type { Draw } from '../numeric/random.ts';

/** A normally distributed number (Box-Muller), cut at three standard deviations. */
export function normal(draw: Draw): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draw()));
  return Math.max(-3, Math.min(3, radius * Math.cos(2 * Math.PI * draw())));
}

/** Few digits, so that lines with numbers stay readable; never 0, which would hide a term. */
export function short(value: number): number {
  const rounded = Number(value.toPrecision(2));
  return rounded === 0 ? 0.01 : rounded;
}
