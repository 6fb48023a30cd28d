// Numbers as people read them: so many significant digits, powers of ten where small or large, never 0.000.

import type { Formula } from '../lang/phrase.ts';
import { givenFormula } from './formulas.ts';

const SMALLEST = 1e-3;
const LARGEST = 1e6;

/** The number's digits and its power of ten, 0 where it is written out. */
function parts(x: number, digits: number): { mantissa: string; exponent: number } {
  const [mantissa = '0', power = '0'] = x.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  const rounded = Number(x.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0 || (size >= SMALLEST && size < LARGEST)) return { mantissa: String(rounded), exponent: 0 };
  return { mantissa: String(Number(mantissa)), exponent };
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (n: number): string =>
  String(n)
    .split('')
    .map((c) => (c === '-' ? '⁻' : (SUPERSCRIPTS[Number(c)] ?? c)))
    .join('');

/** 0.2055; `1.2 \cdot 10^{-5}`. What isn't finite is written as it is called. */
export function latexNumber(x: number, digits: number): string {
  if (Number.isNaN(x)) return '\\text{NaN}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const { mantissa, exponent } = parts(x, digits);
  return exponent === 0 ? mantissa : `${mantissa} \\cdot 10^{${exponent}}`;
}

export function unicodeNumber(x: number, digits: number): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '−∞';
  const { mantissa, exponent } = parts(x, digits);
  const shown = mantissa.replace('-', '−');
  return exponent === 0 ? shown : `${shown}·10${superscript(exponent)}`;
}

export function plainNumber(x: number, digits: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(digits))) : String(x);
}

export const numberFormula = (x: number, digits: number): Formula =>
  givenFormula(latexNumber(x, digits), unicodeNumber(x, digits), plainNumber(x, digits));

/** An error's size: 2e-17. */
export const errorText = (x: number): string =>
  x === 0 ? '0' : Number(x.toPrecision(1)).toExponential().replace('+', '');
