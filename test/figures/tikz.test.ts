// The TikZ of every picture: brackets balanced, numbers rounded, and where TeX is installed it compiles without a warning.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Figure } from '../../src/document/figures/shapes.ts';
import { tikz } from '../../src/formats/tikz.ts';
import { gallery } from './gallery.ts';

const numbers = { inputs: [-5, 0.4, 0.5, 2], passes: 30_001, language: 'en' } as const;
const pictures: Figure[] = [
  ...gallery({ widths: null, notation: 'nielsen', layer: 2, neuron: 1, ...numbers }),
  ...gallery({ widths: [784, 30, 10, 5, 10, 9, 8, 7], notation: 'ng', layer: 2, neuron: 20, ...numbers }),
];

const label: Figure = {
  id: 'label',
  title: 'A 50% picture\nof two lines',
  description: '',
  width: 100,
  height: 50,
  shapes: [
    {
      kind: 'label',
      at: { x: 50, y: 25 },
      anchor: 'middle',
      parts: [
        { kind: 'text', text: '50% of a_b & {c} ~ x^2 \\ #1 $' },
        { kind: 'math', formula: { latex: 'z_j^l', unicode: 'zⱼˡ' } },
      ],
      size: 16,
      ink: 'backward',
      patch: false,
    },
  ],
};

/** Whether TeX is there; says so where it isn't. */
function hasTex(): boolean {
  const found = spawnSync('pdflatex', ['--version']).status === 0;
  if (!found) console.warn('No pdflatex: the pictures were not compiled (not run).');
  return found;
}

/** The faults that pdflatex reports of a document with these pictures. */
function compile(figures: readonly Figure[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'figures-'));
  const head = '\\documentclass{article}\n\\usepackage{tikz}\n\\usepackage{amsmath}\n\\begin{document}\n';
  const body = figures.map((f) => `${tikz(f)}\\clearpage\n`).join('');
  writeFileSync(join(folder, 'figures.tex'), `${head}${body}\\end{document}\n`);
  const options = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', 'figures.tex'];
  const run = spawnSync('pdflatex', options, { cwd: folder, encoding: 'utf8' });
  const log = readFileSync(join(folder, 'figures.log'), 'utf8');
  rmSync(folder, { recursive: true });
  const faults = log
    .split('\n')
    .filter((line) => /^!|Missing character|undefined|^Package.*Warning/.test(line));
  return run.status === 0 ? faults : [...faults, `pdflatex ended with ${run.status}`];
}

describe('TikZ', () => {
  test('words are escaped, the title is one comment line', () => {
    const text = tikz(label);
    expect(text.split('\n')[0]).toBe('% A 50% picture of two lines');
    expect(text).toContain(
      '{50\\% of a\\_b \\& \\{c\\} \\textasciitilde{} x\\textasciicircum{}2 \\textbackslash{} \\#1 \\$$z_j^l$};',
    );
  });

  test('no number has more than two decimals, none is missing', () => {
    for (const figure of pictures) {
      expect(tikz(figure)).not.toMatch(/\d\.\d{4,}|NaN|undefined|Infinity|\de-\d/);
    }
  });

  test.runIf(hasTex())('every picture compiles with tikz and amsmath alone', () => {
    expect(compile([label, ...pictures])).toEqual([]);
  });
});
