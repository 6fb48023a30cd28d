// Numbers drawn from a seed: the same for the same seed and name, whatever else is drawn.

/** Numbers in [0, 1), one after another. */
export type Draw = () => number;

/** 32 bits from a text (FNV-1a). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A generator of its own for each name (mulberry32). */
export function drawFor(seed: number, name: string): Draw {
  let state = hash(`${seed}:${name}`);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

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
