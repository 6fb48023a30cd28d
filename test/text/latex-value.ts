// What a printed text is worth when it is read by the usual conventions: a small reader of arithmetic, for testing brackets.

import type { Expr } from '../../src/expr/expr.ts';
import { toNumber } from '../../src/expr/rational.ts';

/** u and v at their slots, and the rows that sums run over. */
export const VECTORS: Readonly<Record<string, readonly number[]>> = {
  u: [0.7, -1.3, 0.4],
  v: [-0.6, 0.9, 1.7],
};
export const ENV: Readonly<Record<string, number>> = { j: 2 };
const ROWS = [1, 2, 3];
const sigma = (x: number): number => x / 2 + 0.3;

type Names = Readonly<Record<string, number>>;

/** What an expression of numbers, u, v, sums over k or i, sigma, exp and abs is worth. */
export function value(e: Expr, names: Names = ENV): number {
  switch (e.kind) {
    case 'number':
      return toNumber(e.value);
    case 'entry':
      return (
        VECTORS[(e.of as { name: string }).name]?.[(names[e.slots[0]?.key ?? ''] ?? 0) - 1] ?? Number.NaN
      );
    case 'add':
      return e.args.reduce((s, a) => s + value(a, names), 0);
    case 'mul':
      return e.args.reduce((p, a) => p * value(a, names), 1);
    case 'power':
      return value(e.base, names) ** value(e.exponent, names);
    case 'sum':
      return ROWS.reduce((s, row) => s + value(e.body, { ...names, [e.index]: row }), 0);
    case 'call':
      return FUNCTIONS[e.fn.name]?.(value(e.args[0] as Expr, names)) ?? Number.NaN;
    default:
      throw new RangeError(`no value for ${e.kind}`);
  }
}

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = { sigma, exp: Math.exp, abs: Math.abs };

const BELOW = new Map([...'ⱼₖᵢ'].map((c, i) => [c, 'jki'.charAt(i)]));
const ABOVE = new Map([...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾'].map((c, i) => [c, '0123456789+-()'.charAt(i)]));
const VULGAR: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
};
const MORE: Readonly<Record<string, string>> = { '⅕': '1/5', '⅙': '1/6', '⅛': '1/8' };

/** Unicode as the LaTeX that says the same. */
function asLatex(text: string): string {
  return text
    .replace(/[½⅓⅔¼¾⅕⅙⅛]/g, (c) => `(${VULGAR[c] ?? MORE[c]})`)
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾]+/g, (run) => `^{${[...run].map((c) => ABOVE.get(c)).join('')}}`)
    .replace(/[ⱼₖᵢ]/g, (c) => `_${BELOW.get(c)} `)
    .replace(/\|([^|]*)\|/g, 'abs($1)')
    .replace(/abs\(/g, '\\abs(')
    .replace(/exp\(/g, '\\exp(')
    .replace(/Σ/g, '\\sum')
    .replace(/σ/g, '\\sigma')
    .replace(/√/g, '\\sqrt ')
    .replace(/−/g, '-')
    .replace(/·/g, '*');
}

/** The tokens that count; brackets of every size and shape are round. */
function tokens(text: string): string[] {
  const plain = (text.includes('\\') ? text : asLatex(text))
    .replace(/\\(?:big|Big|bigg|Bigg)[lr](\[|\]|\(|\)|\\[lr]vert)/g, '$1')
    .replace(/\\lvert/g, '\\abs(')
    .replace(/\\rvert/g, ')')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
    .replace(/\\cdot/g, '*')
    .replace(/\\,/g, ' ');
  const found = plain.match(/\\[A-Za-z]+|\d+(?:\.\d+)?|\S/g);
  return found === null ? [] : [...found];
}

/** What a printed text is worth. A sum sign reaches over its product; a product of a quotient runs from left to right. */
export function valueOfText(text: string): number {
  const list = tokens(text);
  let at = 0;
  const next = (): string => list[at] ?? '';
  const take = (): string => list[at++] ?? '';
  const expectToken = (token: string): void => {
    if (take() !== token) throw new SyntaxError(`expected ${token} before token ${at} of ${text}`);
  };
  const group = (open: string, close: string, names: Names): number => {
    expectToken(open);
    const inner = total(names);
    expectToken(close);
    return inner;
  };
  const total = (names: Names): number => {
    const negative = next() === '-';
    if (negative) at++;
    let sum = negative ? -product(names) : product(names);
    while (next() === '+' || next() === '-')
      sum = take() === '+' ? sum + product(names) : sum - product(names);
    return sum;
  };
  const product = (names: Names): number => {
    let result = factor(names);
    while (!['', '+', '-', ')', '}'].includes(next())) {
      const sign = ['*', '/'].includes(next()) ? take() : '*';
      result = sign === '/' ? result / factor(names) : result * factor(names);
    }
    return result;
  };
  const factor = (names: Names): number => {
    const base = primary(names);
    if (next() !== '^') return base;
    at++;
    return base ** (next() === '{' ? group('{', '}', names) : Number(take()));
  };
  const letter = (name: string, names: Names): number => {
    if (name === 'e') return Math.E;
    expectToken('_');
    return VECTORS[name]?.[(names[take()] ?? 0) - 1] ?? Number.NaN;
  };
  const over = (names: Names): number => {
    expectToken('_');
    const index = take();
    const from = at;
    return ROWS.reduce((sum, row) => {
      at = from;
      return sum + product({ ...names, [index]: row });
    }, 0);
  };
  const primary = (names: Names): number => {
    if (next() === '(') return group('(', ')', names);
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === '\\frac') return group('{', '}', names) / group('{', '}', names);
    if (token === '\\sqrt') return (next() === '{' ? group('{', '}', names) : primary(names)) ** 0.5;
    if (token === '\\sum') return over(names);
    const apply = FUNCTIONS[token.slice(1)];
    return apply === undefined ? letter(token, names) : apply(group('(', ')', names));
  };
  const result = total(ENV);
  if (at < list.length) throw new SyntaxError(`"${list.slice(at).join(' ')}" is left over of ${text}`);
  return result;
}
