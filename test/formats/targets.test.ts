// What is printed for each target holds what its host can read, and every formula of it is one for three typesetters.

import { readFileSync } from 'node:fs';
import katex from 'katex';
import katex16 from 'katex-0.16';
import temml from 'temml';
import { describe, expect, test } from 'vitest';
import type { Block, Display } from '../../src/document/blocks.ts';
import { blocksFor, inlineFor } from '../../src/formats/fragment.ts';
import { faultsIn } from '../../src/formats/lint.ts';
import { type PrintedFormula, printedFormulas } from '../../src/formats/scan.ts';
import { markdownTargets, targetNamed, targetOfFile, targets } from '../../src/formats/targets.ts';
import { english } from '../../src/lang/en.ts';
import { type Formula, say, strong, text } from '../../src/lang/phrase.ts';
import { printedDocuments, printedFor } from './printed.ts';

const words = english.format;
const f = (latex: string): Formula => ({ latex, unicode: '', plain: null });

const documents = printedDocuments();

const typesetters: Readonly<Record<string, (latex: string, displayMode: boolean) => string>> = {
  'KaTeX 0.19': (latex, displayMode) =>
    katex.renderToString(latex, { displayMode, strict: 'error', throwOnError: true, output: 'mathml' }),
  'KaTeX 0.16': (latex, displayMode) =>
    katex16.renderToString(latex, { displayMode, strict: 'error', throwOnError: true, output: 'mathml' }),
  Temml: (latex, displayMode) =>
    temml.renderToString(latex, { displayMode, strict: true, throwOnError: true }),
};

const tried = new Map<string, string[]>();

/** Which typesetters can't set a formula, with what they say; each formula is tried once. */
function refusals({ latex, display }: PrintedFormula): string[] {
  const key = `${display}${latex}`;
  const found =
    tried.get(key) ??
    Object.entries(typesetters).flatMap(([name, typeset]) => {
      try {
        typeset(latex, display);
        return [];
      } catch (error) {
        return [`${name}: ${error instanceof Error ? error.message : error}`];
      }
    });
  tried.set(key, found);
  return found;
}

describe.each(targets.map((target) => [target.name, target] as const))('%s', (_, target) => {
  test('what is printed keeps the limits, and its formulas are found and set', () => {
    for (const { name, document } of documents) {
      const printed = printedFor(target, document);
      expect(faultsIn(target, printed), name).toEqual([]);
      const formulas = printedFormulas(target, printed);
      expect(formulas.length, name).toBe(formulasIn(document.blocks));
      expect(formulas.flatMap(refusals), name).toEqual([]);
    }
  }, 120_000);

  test('a comment in it is no text, and no formula in it is read', () => {
    const { open, close } = target.comment;
    const line = `${open}chainrule bp2 form=both${close}`;
    const printed = `${line}\n\n${blocksFor(target, [display()], words)}\n\n${line}\n`;
    expect(faultsIn(target, printed)).toEqual([]);
    expect(printedFormulas(target, printed)).toHaveLength(1);
  });
});

/** How many formulas blocks hold, counted on the blocks. */
function formulasIn(blocks: readonly Block[]): number {
  let count = 0;
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('kind' in value && value.kind === 'math') count++;
    else if ('kind' in value && value.kind === 'display') {
      count++;
    } else if ('kind' in value && value.kind === 'figure' && 'caption' in value) look(value.caption);
    else if ('why' in value && 'finer' in value) {
      count++;
      for (const part of [value.why, value.finer, 'lemmas' in value ? value.lemmas : null]) look(part);
      if ('numbers' in value && value.numbers !== null && typeof value.numbers === 'object')
        look('remark' in value.numbers ? value.numbers.remark : null);
    } else if ('component' in value) {
      count++;
      if ('words' in value && 'tag' in value && value.tag !== '') look(value.words);
    } else for (const part of Object.values(value)) look(part);
  };
  look(blocks);
  return count;
}

const display = (more: Partial<Display> = {}): Display => ({
  kind: 'display',
  id: 'eq-bp2',
  rows: [{ left: f('a'), right: f('b\\,c'), where: null }],
  tag: 'BP2',
  ...more,
});

describe('an equation with a number and an id', () => {
  test.each([
    ['github', '$$\na = b\\thinspace c \\tag{BP2}\n$$', '(BP2)'],
    ['pandoc', '[]{#eq-bp2}\n$$\na = b\\,c \\qquad \\text{(BP2)}\n$$', '[(BP2)](#eq-bp2)'],
    ['quarto', '$$\na = b\\,c\n$$ {#eq-bp2}', '@eq-bp2'],
    ['myst', '```{math}\n:label: eq-bp2\n:enumerator: BP2\n\na = b\\thinspace c\n```', '[](#eq-bp2)'],
    ['mdx', '<a id="eq-bp2" />\n\n$$\na = b\\thinspace c \\tag{BP2}\n$$', '[(BP2)](#eq-bp2)'],
    ['vitepress', '<a id="eq-bp2"></a>\n\n$$\na = b\\thinspace c \\tag{BP2}\n$$', '[(BP2)](#eq-bp2)'],
    ['obsidian', '$$\na = b\\thinspace c \\tag{BP2}\n$$\n^eq-bp2', '[(BP2)](#^eq-bp2)'],
    ['ipynb', '<a id="eq-bp2"></a>\n\n$$\na = b\\thinspace c \\tag{BP2}\n$$', '[(BP2)](#eq-bp2)'],
    ['latex', '\\begin{equation}\\label{eq:bp2}\\tag{BP2}\na = b\\,c\n\\end{equation}', '\\eqref{eq:bp2}'],
    [
      'html',
      '<div class="equation" id="eq-bp2">\\[\na = b\\thinspace c \\tag{BP2}\n\\]</div>',
      '<a href="#eq-bp2">(BP2)</a>',
    ],
  ])('for %s', (name, printed, reference) => {
    const target = targetNamed(name);
    expect(blocksFor(target, [display()], words)).toBe(printed);
    expect(target.reference({ tag: 'BP2', id: 'eq-bp2' })).toBe(reference);
  });

  test('each target is in that table', () => {
    expect(targets.map((t) => t.name)).toEqual([
      'github',
      'pandoc',
      'quarto',
      'myst',
      'mdx',
      'vitepress',
      'obsidian',
      'ipynb',
      'latex',
      'html',
    ]);
  });

  test('one without an id has its number, one without a number has neither', () => {
    const of = (name: string, more: Partial<Display>): string =>
      blocksFor(targetNamed(name), [display(more)], words);
    expect(of('quarto', { id: null })).toBe('$$\na = b\\,c \\qquad \\text{(BP2)}\n$$');
    expect(of('myst', { id: null })).toBe('$$\na = b\\thinspace c \\tag{BP2}\n$$');
    expect(of('latex', { id: null })).toBe('\\begin{equation}\\tag{BP2}\na = b\\,c\n\\end{equation}');
    expect(of('latex', { tag: null })).toBe('\\begin{equation*}\na = b\\,c\n\\end{equation*}');
    expect(of('mdx', { tag: null })).toBe('$$\na = b\\thinspace c\n$$');
  });
});

test.each([
  ['github', 'the rate $\\lbrace x_j\\rbrace$, a\\_b \\{c\\} & **$`y`$**'],
  ['pandoc', 'the rate $\\lbrace x_j\\rbrace$, a\\_b \\{c\\} & **$y$**'],
  ['latex', 'the rate $\\{x_j\\}$, a\\_b \\{c\\} \\& \\textbf{$y$}'],
  ['html', 'the rate \\(\\lbrace x_j\\rbrace\\), a_b {c} &amp; <strong>\\(y\\)</strong>'],
])('a piece of running text for %s', (name, printed) => {
  const parts = [...say`the rate ${f('\\{x_j\\}')}, a_b {c} & `, strong(...say`${f('y')}`)];
  expect(inlineFor(targetNamed(name), parts)).toBe(printed);
});

test('GitHub gets what it blocks in other words, and rows that break inside a line in a fence', () => {
  const github = targetNamed('github');
  expect(github.spell('\\operatorname{relu}(x)\\mbox{ a}\\phantom{b}\\bm{w}')).toBe(
    '\\mathop{\\mathrm{relu}}\\nolimits (x)\\text{ a}\\boldsymbol{w}',
  );
  expect(github.display({ latex: 'a \\\\ b', tag: null, id: null })).toBe('```math\na \\\\ b\n```');
  expect(github.display({ latex: 'a \\\\\nb', tag: null, id: null })).toBe('$$\na \\\\\nb\n$$');
});

test('a file chooses its target by its ending; what has none has none', () => {
  const of = (path: string): string | null => targetOfFile(path)?.name ?? null;
  expect(['a/notes.md', 'b.QMD', 'c.mdx', 'd.tex', 'e.ipynb', 'f.html', 'g.md.txt', 'md'].map(of)).toEqual([
    'github',
    'quarto',
    'mdx',
    'latex',
    'ipynb',
    'html',
    null,
    null,
  ]);
});

test('an unknown target is said with the one that is near', () => {
  expect(() => targetNamed('vitepres')).toThrow('unknown target "vitepres"; did you mean "vitepress"?');
});

test('a formula that would do more than print is refused for LaTeX', () => {
  const bad = { kind: 'paragraph', parts: [text('x '), ...say`${f('\\input{a}')}`] } as const;
  expect(() => blocksFor(targetNamed('latex'), [bad], words)).toThrow('a formula may not use \\input');
});

test('the command line and the guide name every target that Markdown is written for', () => {
  const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const [, help = ''] = /for whom Markdown is written: (.*)'/.exec(read('src/cli.ts')) ?? [];
  expect(help.split(', ')).toEqual(markdownTargets);
  const [, row = ''] =
    /^\| `--for` \| for whom Markdown is written: (.*?) \|/m.exec(read('docs/guide.md')) ?? [];
  expect([...row.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(markdownTargets);
});
