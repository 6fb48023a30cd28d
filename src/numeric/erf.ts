// The error function to about one unit in the last place.

const SPLITTER = 134217729; // 2^27 + 1

/** exp(-x^2): the rounding error of x^2 would be lost in the exponent, so it is kept (Dekker's product). */
function gauss(x: number): number {
  const square = x * x;
  const c = SPLITTER * x;
  const high = c - (c - x);
  const low = x - high;
  const rest = high * high - square + 2 * high * low + low * low;
  return Math.exp(-square) * (1 - rest);
}

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** 2/sqrt(pi) exp(-x^2) sum of 2^n x^(2n+1) / (1 3 5 .. (2n+1)): Abramowitz and Stegun, 7.1.6. All terms are positive. */
function series(x: number): number {
  const twice = 2 * x * x;
  let sum = 1;
  for (let n = Math.ceil(18 + 4 * twice); n >= 1; n--) sum = 1 + (twice / (2 * n + 1)) * sum;
  return TWO_OVER_ROOT_PI * gauss(x) * x * sum;
}

/** 1 - erf(x) for x >= 2.5 by the continued fraction x + (1/2)/(x + 1/(x + (3/2)/(x + ..))): the same, 7.1.14. */
function complement(x: number): number {
  let fraction = x;
  for (let n = 40; n >= 1; n--) fraction = x + n / 2 / fraction;
  return gauss(x) / (Math.sqrt(Math.PI) * fraction);
}

/** erf(x) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size >= 6) return Math.sign(x);
  if (size < 2.5) return series(x);
  return Number.isNaN(x) ? x : Math.sign(x) * (1 - complement(size));
}
