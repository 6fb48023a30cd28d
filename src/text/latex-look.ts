// LaTeX as KaTeX, MathJax, GitHub and pandoc all read it: only macros that are portable.

import { activationRow } from '../tables/activations.ts';
import { boldLetter, latexLetter, ownLetter, splitName } from './letters.ts';
import type { Look } from './look.ts';
import { LEVEL } from './operators.ts';
import { type Piece, piece } from './piece.ts';

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['exp', '\\exp'],
  ['log', '\\ln'],
  ['sin', '\\sin'],
  ['cos', '\\cos'],
  ['tan', '\\tan'],
  ['sinh', '\\sinh'],
  ['cosh', '\\cosh'],
  ['tanh', '\\tanh'],
  ['atan', '\\arctan'],
  ['max', '\\max'],
  ['min', '\\min'],
  ['pi', '\\pi'],
]);

/** How many characters of e's exponent are still read well as a superscript. */
const LONGEST_EXPONENT = 14;

/** Letters and digits seen, without commands' names and braces. */
const width = (text: string): number => text.replace(/\\[A-Za-z]+/g, 'x').replace(/[{}^_ \\,]/g, '').length;

/** Two texts side by side: a command doesn't run into a letter. */
export const glue = (a: string, b: string): string =>
  /\\[A-Za-z]+$/.test(a) && /^[A-Za-z]/.test(b) ? `${a} ${b}` : a + b;

const SINGLE = /^(?:[A-Za-z0-9]|\\[A-Za-z]+)$/;

const script = (text: string): string => (text.length === 1 ? text : `{${text}}`);

/** A superscript after primes; where both stand, the primes go into it. */
function raised(sup: string, primes: number): string {
  if (primes > 3) return `^{${sup}(${primes})}`;
  if (sup === '') return "'".repeat(primes);
  return primes === 0 ? `^${script(sup)}` : `^{${sup}${'\\prime'.repeat(primes)}}`;
}

/** What TeX sets apart by itself. */
const OPERATOR = /^\\(?:sum|exp|ln|sin|cos|tan|sinh|cosh|tanh|arctan|max|min)(?![A-Za-z])/;

const SIZES = ['', '\\big', '\\Big', '\\bigg', '\\Bigg'];

function delimited(of: Piece, [left, right]: readonly [string, string], small: boolean): string {
  // Matrices are taller than any fixed size.
  if (of.text.includes('\\begin{')) return `\\left${left}${of.text}\\right${right}`;
  const size = small ? '' : (SIZES[Math.min(of.height, 4)] ?? '');
  return size === '' ? `${left}${of.text}${right}` : `${size}l${left}${of.text}${size}r${right}`;
}

export const latexLook: Look = {
  stacked: true,
  oneSuperscript: true,
  signs: {
    plus: '+',
    minus: '-',
    equals: '=',
    less: '<',
    greater: '>',
    atMost: '\\le',
    atLeast: '\\ge',
    partial: '\\partial ',
    differential: 'd',
    nabla: '\\nabla',
    ones: '\\mathbf 1',
    identity: 'I',
    anyStage: '\\ast',
    divided: '\\oslash',
    comma: ',\\ ',
  },
  hadamard: (notation) => notation.hadamard,
  transpose: (notation) => notation.transpose,
  letter(name, notation, use) {
    const own = ownLetter(name, notation, use);
    if (own !== null) return { base: boldLetter(own, notation, use), hangs: [] };
    const { base, hangs } = splitName(name);
    const letter = (hangs.length === 0 ? null : ownLetter(base, notation, use)) ?? latexLetter(base);
    return {
      base: boldLetter(letter, notation, use),
      hangs: hangs.map((h) => (/^\d+$/.test(h) ? h : latexLetter(h))),
    };
  },
  functionLetter: (name) => FUNCTIONS.get(name) ?? activationRow(name)?.latex ?? null,
  upright: (word) => `\\mathrm{${word}}`,
  beside: (parts) => (parts.every((p) => SINGLE.test(p)) ? parts.reduce(glue, '') : parts.join(',')),
  scripts(base, { sub = '', stage = '', power = '', transposed = '', primes = 0 }, notation) {
    const sup = stage + power + transposed;
    const below = sub === '' ? '' : `_${script(sub)}`;
    const above = raised(sup, primes);
    return base + (notation.scripts === 'subscript-first' ? below + above : above + below);
  },
  between(left, right) {
    if (right.number || /^\d/.test(right.text)) return /^[A-Za-z0-9]/.test(right.text) ? '\\cdot ' : '\\cdot';
    if (left.number || OPERATOR.test(right.text)) return ' ';
    return '\\,';
  },
  fraction(top, bottom, small) {
    if (small) return null;
    const inner = Math.max(top.height, bottom.height);
    return piece(`\\frac{${top.text}}{${bottom.text}}`, LEVEL.power, {
      height: inner >= 2 ? 3 : 2,
      number: top.number && bottom.number,
    });
  },
  root: (of) =>
    piece(`\\sqrt{${of.text}}`, LEVEL.atom, { height: of.height, scripted: true, number: of.number }),
  bracket: (of, shape, small) => delimited(of, shape === 'round' ? ['(', ')'] : ['[', ']'], small),
  call: (fn, args, small) => fn + delimited(args, ['(', ')'], small),
  guard: (condition) => `[${condition}]`,
  indicator: (relation, small) => `\\mathbf 1${delimited(relation, ['[', ']'], small)}`,
  absolute: (of) => delimited(of, ['\\lvert ', '\\rvert'], false),
  norm: (of) => delimited(of, ['\\lVert ', '\\rVert'], false),
  exponential: (of) => (of.height > 1 || width(of.text) > LONGEST_EXPONENT ? null : `e^{${of.text}}`),
  sumSign(under, over) {
    const below = under.length === 1 ? (under[0] ?? '') : `\\substack{${under.join(' \\\\ ')}}`;
    return `\\sum_${script(below)}${over === '' ? '' : `^${script(over)}`}`;
  },
  held: (d, what, small) =>
    small ? `(${d.text} \\mid ${what.join(',')})` : `\\left.${d.text}\\right|_{${what.join(',')}}`,
  entrywise: (exponent) => `\\odot ${exponent}`,
  // Template languages read these as their own.
  finish: (text) => text.replace(/\{(?=[{%#<])/g, '{ '),
};
