// Markdown: what stands between the dollars survives every reader, and tables hold no bar.

import fc from 'fast-check';
import katex from 'katex';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { markdown, markdownTargets, portable } from '../../src/formats/markdown.ts';
import { plainText, widthOf } from '../../src/formats/text.ts';
import { typesetter } from '../../src/formats/typeset.ts';
import { english } from '../../src/lang/en.ts';
import { say } from '../../src/lang/phrase.ts';
import { documentOf, example, exampleNames } from '../document/documents.ts';

const typeset = typesetter(katex);

/** Formulas of a Markdown text: display between lines of dollars, inline between single ones. */
function formulas(text: string): { display: string[]; inline: string[] } {
  const unquoted = text.replace(/^(> ?)+/gm, '');
  const display = [...unquoted.matchAll(/^\$\$\n(.*?)\n\$\$$/gms)].map(([, f]) => f ?? '');
  const rest = unquoted.replace(/^\$\$\n.*?\n\$\$$/gms, '');
  const inline = [...rest.matchAll(/\$`(.+?)`\$|\$([^$\n]+?)\$/g)].map(([, a, b]) => a ?? b ?? '');
  return { display, inline };
}

describe.each(exampleNames)('%s', (name) => {
  const texts = markdownTargets.map(
    (target) => [target, markdown.render(documentOf(example(name)), { target })] as const,
  );

  test.each(texts)('every formula for %s is typeset by KaTeX', (_, text) => {
    const { display, inline } = formulas(text);
    expect(display.length).toBeGreaterThan(10);
    for (const f of display) typeset(f, true);
    for (const f of inline) typeset(f, false);
  });

  test.each(texts)('no formula for %s holds what a site builder takes for its own', (target, text) => {
    expect(text).not.toMatch(/\{\{|\{%|\{#[^a-z]|\{</);
    const { display, inline } = formulas(text);
    for (const f of [...display, ...inline]) {
      expect(f).not.toMatch(/\\[{}|]|[|<>]|\\operatorname|\\mbox|\\phantom|\n\n/);
      // Pandoc keeps the backslash of a short space and has no formula for a named one.
      expect(f).not.toMatch(target === 'pandoc' ? /\\(thin|med|thick)space|\\Big[lr]/ : /\\[,;:!]/);
      expect(f).toBe(f.trim());
    }
  });

  test('GitHub reads every formula as it was written: no rule of Markdown touches it', () => {
    const text = texts.find(([target]) => target === 'github')![1];
    const page = new MarkdownIt().render(text.replace(/^(> ?)?\$\$\n.*?\n(> ?)?\$\$$/gms, ''));
    for (const f of formulas(text).inline) expect(page).toContain(f.replaceAll('&', '&amp;'));
  });
});

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
    'unknown Markdown target "word"; known are github, pandoc, vitepress, myst, mdx',
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
