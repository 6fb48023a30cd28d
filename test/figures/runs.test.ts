// LaTeX -> runs: letters slanted, digits upright, scripts small and moved; what the small reader doesn't know as Unicode.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../src/document/figures/measure.ts';
import { runsOf } from '../../src/document/figures/runs.ts';
import type { LabelPart } from '../../src/document/figures/shapes.ts';

const formula = (latex: string, unicode = '?'): LabelPart => ({ kind: 'math', formula: { latex, unicode } });

/** Runs as text: slanted in slashes, raised after ^, lowered after _. */
const shown = (parts: readonly LabelPart[]): string =>
  runsOf(parts)
    .map((r) => `${r.rise > 0 ? '^' : r.rise < 0 ? '_' : ''}${r.italic ? `/${r.text}/` : r.text}`)
    .join(' ');

describe('a label in runs', () => {
  test.each([
    ['w_{jk}^l', '/w/ _/jk/ ^/l/'],
    ['a^{l-1}_k', '/a/ _/k/ ^/l/ ^−1'],
    ['W^{[l+1]}', '/W/ ^[ ^/l/ ^+1]'],
    ["\\sigma'(z_1^2)", '/σ/ ′( /z/ _1 ^2 )'],
    ['\\mathcal L', 'ℒ'],
    ['(w^{l+1})^{\\mathsf T}\\,\\delta^{l+1}', '( /w/ ^/l/ ^+1 ) ^T /δ/ ^/l/ ^+1'],
    ['\\frac{\\partial C}{\\partial a_j^L}', '∂ /C/ /∂ /a/ _/j/ ^/L/'],
    ['\\frac12', '1/2'],
    ['\\frac{\\partial C}{\\partial a_j}\\,\\sigma', '(∂ /C/ /∂ /a/ _/j/ ) /σ/'],
    ['\\frac{a+b}{2}', '( /a/ + /b/ )/2'],
    ['n_{l-1} \\times 1', '/n/ _/l/ _−1 × 1'],
    ['z_{n_l}', '/z/ _/n/ _/l/'],
    ['\\bigl(\\sum_k w_k\\bigr)', '(∑ _/k/ /w/ _/k/ )'],
    ['\\sqrt{x}', '√( /x/ )'],
    ['\\mathrm{softmax}', 'softmax'],
  ])('%s -> %s', (latex, text) => {
    expect(shown([formula(latex)])).toBe(text);
  });

  test('LaTeX beyond the small reader stands as its Unicode text', () => {
    expect(shown([formula('\\begin{pmatrix}1\\end{pmatrix}', '(1)')])).toBe('(1)');
    expect(shown([formula('a_{', 'a')])).toBe('a');
    expect(shown([formula('', '')])).toBe('');
  });

  test('words and formulas follow one another', () => {
    expect(shown([{ kind: 'text', text: 'the error ' }, formula('\\delta^l')])).toBe('the error  /δ/ ^/l/');
  });

  test('a superscript stands over its subscript, and what follows clears the longer one', () => {
    const runs = runsOf([formula('w_{jk}^l x')]);
    const at = (text: string): number | undefined => runs.find((r) => r.text === text)?.x;
    expect(at('l')).toBe(at('jk'));
    const sub = runs.find((r) => r.text === 'jk');
    expect(at('x')).toBeCloseTo((sub?.x ?? 0) + (sub?.width ?? 0));
  });

  test('a prime stands clear of a letter that leans over its end', () => {
    const [f, prime] = runsOf([formula("f'(z)")]);
    expect(f?.text).toBe('f');
    expect(prime?.text).toMatch(/^′/);
    expect(prime?.x ?? 0).toBeGreaterThan((f?.x ?? 0) + (f?.width ?? 0));
  });

  test('any LaTeX is laid out or replaced, never an error, and wider text is never narrower', () => {
    const piece = fc.constantFrom(
      'a',
      '1',
      '_',
      '^',
      '{',
      '}',
      '\\sigma',
      '\\frac',
      "'",
      '-',
      '(',
      '\\,',
      '\\foo',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const width = widthOf([formula(pieces.join(' '), 'abc')], 16);
        expect(width).toBeGreaterThanOrEqual(0);
        const more = widthOf([formula(pieces.join(' '), 'abc'), formula('x')], 16);
        expect(more).toBeGreaterThan(width);
      }),
    );
  });
});
