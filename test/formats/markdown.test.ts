// Markdown: what stands between the dollars survives every reader, and tables hold no bar.

import fc from 'fast-check';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { markdown } from '../../src/formats/markdown.ts';
import { printedFormulas } from '../../src/formats/scan.ts';
import { portable } from '../../src/formats/spelling.ts';
import { targetNamed } from '../../src/formats/targets.ts';
import { plainText, widthOf } from '../../src/formats/text.ts';
import { typesetter } from '../../src/formats/typeset.ts';
import { english } from '../../src/lang/en.ts';
import { say } from '../../src/lang/phrase.ts';
import { documentOf, example, exampleNames } from '../document/documents.ts';

const typeset = typesetter(katex);

test.each(exampleNames)(
  '%s: GitHub reads every formula as it was written: no rule of Markdown touches it',
  (name) => {
    const text = markdown.render(documentOf(example(name)), {});
    const page = new MarkdownIt().render(text.replace(/^(> ?)?\$\$\n.*?\n(> ?)?\$\$$/gms, ''));
    const formulas = printedFormulas(targetNamed('github'), text).filter((f) => !f.display);
    expect(formulas.length).toBeGreaterThan(10);
    for (const { latex } of formulas) expect(page).toContain(latex.replaceAll('&', '&amp;'));
  },
);

test.each([
  ['w\\,a', 'w\\thinspace a'],
  ['a|b|', 'a\\vert b\\vert'],
  ['\\{a\\}', '\\lbrace a\\rbrace'],
  ['a < b > c', 'a \\lt b \\gt c'],
  ['{{a}}', '{ {a}}'],
  ['a \\\\ b', 'a \\\\ b'],
  ['\\left\\| x \\right\\|', '\\left\\Vert x \\right\\Vert'],
])('%s becomes %s', (latex, expected) => {
  expect(portable(latex)).toBe(expected);
});

test('pandoc gets short spaces and plain big brackets, which it can turn into formulas of Word and MathML', () => {
  const formula = { latex: 'a\\,\\Bigl(b\\;c\\Bigr)\\thinspaces', unicode: '', plain: null };
  const document = {
    title: '',
    lang: 'en',
    front: { author: null, course: null, date: null, licence: null },
    paper: 'a4' as const,
    words: english.format,
    blocks: [{ kind: 'paragraph' as const, parts: say`${formula}` }],
  };
  const of = (target: string): string => markdown.render(document, { target });
  expect(of('pandoc')).toBe('$a\\,\\Big(b\\;c\\Big)\\thinspaces$\n');
  expect(of('myst')).toBe('$a\\thinspace \\Bigl(b\\thickspace c\\Bigr)\\thinspaces$\n');
});

test('a portable formula looks as it did', () => {
  const seen = (latex: string): string => typeset(latex, true).replace(/<annotation.*?<\/annotation>/g, '');
  const piece = fc.constantFrom(
    'w_{jk}^l',
    '\\,',
    '|x|',
    '\\|',
    'a < b',
    '\\{x\\}',
    '{{y}}',
    '\\;',
    '\\frac{a}{b}',
    '\\!',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const words = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/[\s\u200b]/g, '');
      const latex = pieces.join(' ');
      expect(words(seen(portable(latex)))).toBe(words(seen(latex)).replaceAll('∥', '∥'));
    }),
  );
});

test('an unknown reader is said with those there are', () => {
  expect(() => markdown.render(documentOf(example('general')), { target: 'word' })).toThrow(
    'unknown Markdown target "word"; known are github, pandoc, quarto, myst, mdx, vitepress, obsidian, ipynb',
  );
});

test('a terminal gets neither LaTeX nor marks', () => {
  for (const name of exampleNames) {
    const text = plainText.render(documentOf(example(name)), {});
    expect(text).not.toMatch(/[\\$\uE000\uE001]|undefined|\*\*/);
  }
});

test('combining marks take no column, wide characters two', () => {
  expect([widthOf('abc'), widthOf('x\u0302'), widthOf('误差'), widthOf('δⱼᴸ')]).toEqual([3, 1, 4, 3]);
});
