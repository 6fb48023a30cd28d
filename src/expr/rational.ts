// Exact rational numbers.

/** A fraction in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** The greatest common divisor. A loop: thousands of digits take more steps than the stack is deep. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x < 0n ? -x : x;
}

/** n/d in lowest terms; a zero denominator is a caller's fault and throws. */
export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  const top = BigInt(n);
  const bottom = BigInt(d);
  if (bottom === 0n) throw new RangeError('a fraction with denominator 0');
  if (bottom === 1n) return { n: top, d: 1n };
  const common = gcd(top, bottom) * (bottom < 0n ? -1n : 1n);
  return { n: top / common, d: bottom / common };
}

export const R0 = rational(0);
export const R1 = rational(1);

export const addR = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const mulR = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const negR = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const sameR = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const isIntegerR = (a: Rational): boolean => a.d === 1n;
export const toNumber = (a: Rational): number => (a.d === 1n ? Number(a.n) : Number(a.n) / Number(a.d));

/** a^k for an integer k; exponents over 64 in size, or 0 to a negative power, give null and stay unworked. */
export function powR(a: Rational, k: bigint): Rational | null {
  if (k > 64n || k < -64n || (k < 0n && a.n === 0n)) return null;
  return k >= 0n ? rational(a.n ** k, a.d ** k) : rational(a.d ** -k, a.n ** -k);
}

/** The rational a decimal literal such as `0.01` or `1e-3` stands for, exactly. */
export function parseRational(text: string): Rational {
  const match = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || (match[1] === '' && (match[2] ?? '') === ''))
    throw new RangeError(`not a number: ${text}`);
  const decimals = match[2] ?? '';
  const exponent = BigInt(match[3] ?? '0') - BigInt(decimals.length);
  if (exponent > 400n || exponent < -400n) throw new RangeError(`a number out of range: ${text}`);
  const digits = BigInt(`${match[1]}${decimals}` || '0');
  return exponent >= 0n ? rational(digits * 10n ** exponent) : rational(digits, 10n ** -exponent);
}

/** The exact decimal when there is a short one (0.01), else the fraction (1/3). */
export function rationalText(a: Rational): string {
  if (a.d === 1n) return String(a.n);
  let rest = a.d;
  let twos = 0;
  let fives = 0;
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  const places = Math.max(twos, fives);
  if (rest !== 1n || a.d < 10n || places > 8) return `${a.n}/${a.d}`;
  const digits = String((a.n < 0n ? -a.n : a.n) * (10n ** BigInt(places) / a.d)).padStart(places + 1, '0');
  return `${a.n < 0n ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
