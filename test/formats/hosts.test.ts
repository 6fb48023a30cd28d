// The hosts themselves read what is printed for them: pandoc, remark with and without MDX, MyST, pdfLaTeX, KaTeX's auto-render.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blocksFor } from '../../src/formats/fragment.ts';
import { printedFormulas } from '../../src/formats/scan.ts';
import { targetNamed } from '../../src/formats/targets.ts';
import { chromium } from '../chromium.ts';
import { exampleNames } from '../document/documents.ts';
import { purposeDocument } from '../document/purposes.ts';
import { compile, hasTex } from './latex-compile.ts';
import { printedFor } from './printed.ts';

const NAMES = ['2-3-2', 'batch', 'rnn', 'convolution', 'softmax'];

const printed = (name: string, lang: 'en' | 'zh', target: string): string =>
  printedFor(targetNamed(target), purposeDocument(name, { purpose: 'course', lang, finer: true }));

const cases = NAMES.flatMap((name) => [[name, 'en'] as const, [name, 'zh'] as const]);

const hasPandoc = spawnSync('pandoc', ['--version']).status === 0;
if (!hasPandoc) console.warn('No pandoc: what is printed for it was not converted (not run).');

describe.runIf(hasPandoc)('pandoc', () => {
  test.each(cases)('turns every formula of %s in %s into MathML, without a warning', (name, lang) => {
    const text = printed(name, lang, 'pandoc');
    const args = ['-f', 'markdown', '-t', 'html', '--mathml'];
    const { stdout, stderr } = spawnSync('pandoc', args, { input: text, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/\$|class="math|\{#|\\tag/);
    const formulas = printedFormulas(targetNamed('pandoc'), text);
    expect(stdout.match(/<math /g)).toHaveLength(formulas.length);
    expect(stdout.match(/<math display="block"/g)).toHaveLength(formulas.filter((f) => f.display).length);
  });

  test('finds the equation that is referred to, and shows its name', () => {
    const target = targetNamed('pandoc');
    const text = `${printed('2-3-2', 'en', 'pandoc')}\n\nBy ${target.reference({ tag: 'BP2', id: 'eq-bp2' })}.\n`;
    const { stdout } = spawnSync('pandoc', ['-t', 'html', '--mathml'], { input: text, encoding: 'utf8' });
    expect(stdout).toContain('<a href="#eq-bp2">(BP2)</a>');
    expect(stdout).toMatch(
      /<span id="eq-bp2"><\/span>\s*<math display="block"(?:(?!<\/math>)[\s\S])*>\(BP2\)</,
    );
  });
});

/** A piece of a Markdown tree. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
const nodesIn = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodesIn)];

describe.each([
  [
    'mdx',
    (text: string): Node =>
      unified().use(remarkParse).use(remarkGfm).use(remarkMath).use(remarkMdx).parse(text),
  ],
  [
    'vitepress',
    (text: string): Node => unified().use(remarkParse).use(remarkGfm).use(remarkMath).parse(text),
  ],
  ['obsidian', (text: string): Node => unified().use(remarkParse).use(remarkGfm).use(remarkMath).parse(text)],
] as const)('remark, for %s', (target, parse) => {
  test.each(cases)('finds in %s in %s the formulas that were printed, as they were printed', (name, lang) => {
    const text = printed(name, lang, target);
    const found = nodesIn(parse(text)).filter((n) => n.type === 'math' || n.type === 'inlineMath');
    const wanted = printedFormulas(targetNamed(target), text);
    expect(found.map((n) => [n.type === 'math', n.value])).toEqual(
      wanted.map((f) => [f.display, f.latex.trim()]),
    );
  });
});

test('remark reads what is printed for MDX as text and elements, not as expressions', () => {
  const tree = unified().use(remarkParse).use(remarkGfm).use(remarkMath).use(remarkMdx);
  for (const [name, lang] of cases) {
    const kinds = nodesIn(tree.parse(printed(name, lang, 'mdx'))).map((n) => n.type);
    expect(kinds.filter((kind) => /Expression|Esm/.test(kind))).toEqual([]);
    expect(kinds).toContain('mdxJsxFlowElement');
  }
});

test('MyST numbers an equation by its name, refers to it by that, and keeps to its comments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-myst-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const target = targetNamed('myst');
  const reference = target.reference({ tag: 'BP2', id: 'eq-bp2' });
  const text = `${target.comment.open}chainrule bp2 $${target.comment.close}\n\n${printed('2-3-2', 'en', 'myst')}\n\nBy ${reference}.\n`;
  writeFileSync(join(folder, 'a.md'), text);
  const program = fileURLToPath(new URL('../../node_modules/mystmd/dist/myst.cjs', import.meta.url));
  spawnSync(process.execPath, [program, 'build', 'a.md', '--md', '-o', 'b.md'], { cwd: folder });
  const out = readFileSync(join(folder, 'b.md'), 'utf8');
  expect(out).toContain('By [(BP2)](#eq-bp2).');
  expect(out).not.toMatch(/^[^%\n]*chainrule bp2/m);
  expect(out.match(/^(?:> ?)*```\{math\}$/gm)).toHaveLength(
    printedFormulas(target, text).filter((f) => f.display).length,
  );
}, 60_000);

const hasPdfTex = hasTex('pdflatex', ['amsmath.sty', 'amssymb.sty']);

test.runIf(hasPdfTex).each(exampleNames)(
  'pdfLaTeX compiles %s in a document with amsmath and amssymb',
  (name) => {
    const { blocks, words } = purposeDocument(name, { purpose: 'course', finer: true });
    const latex = targetNamed('latex');
    const head = '\\documentclass{article}\n\\usepackage[T1]{fontenc}\n\\usepackage{amsmath,amssymb}';
    const reference = latex.reference({ tag: 'BP2', id: 'eq-bp2' });
    const body = `${blocksFor(latex, blocks, words)}\n\n${name === 'general' ? `By ${reference}.` : ''}`;
    const { faults } = compile(`${head}\n\\begin{document}\n${body}\n\\end{document}\n`, 'pdflatex', 2);
    expect(faults.filter((fault) => !fault.startsWith('Overfull'))).toEqual([]);
  },
  60_000,
);

const browser = chromium();

describe.runIf(browser !== null)("a page with KaTeX's auto-render", () => {
  test.each([
    ['2-3-2', 'en'],
    ['batch', 'zh'],
  ] as const)(
    'typesets every formula of %s in %s',
    async (name, lang) => {
      const { chromium: engine } = await import('playwright-core');
      const running = await engine.launch(browser ?? {});
      onTestFinished(() => running.close());
      const page = await running.newPage();
      const text = printed(name, lang, 'html');
      await page.setContent(`<!doctype html><meta charset="utf-8"><body>${text}</body>`);
      for (const file of ['katex.min.js', 'contrib/auto-render.min.js'])
        await page.addScriptTag({
          path: fileURLToPath(new URL(`../../node_modules/katex/dist/${file}`, import.meta.url)),
        });
      await page.evaluate('renderMathInElement(document.body, { throwOnError: false, strict: "error" })');
      const formulas = printedFormulas(targetNamed('html'), text);
      expect(await page.locator('.katex-error').count()).toBe(0);
      expect(await page.locator('.katex').count()).toBe(formulas.length);
      expect(await page.locator('.katex-display').count()).toBe(formulas.filter((f) => f.display).length);
      expect(await page.locator('#eq-bp2 .katex-html').textContent()).toContain('(BP2)');
    },
    60_000,
  );
});
