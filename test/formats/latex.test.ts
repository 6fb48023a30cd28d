// LaTeX: the document's parts, text that prints as it reads, formulas of commands that LaTeX has, and PDFs without faults.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Block, DocumentText } from '../../src/document/blocks.ts';
import { latex } from '../../src/formats/latex.ts';
import { escapeTex, label, mathTex } from '../../src/formats/latex-pen.ts';
import { breakable, latexWidth } from '../../src/formats/latex-width.ts';
import { english } from '../../src/lang/en.ts';
import { code, type Formula, math, say, strong } from '../../src/lang/phrase.ts';
import { chinese } from '../../src/lang/zh.ts';
import { notationNames } from '../../src/tables/notations.ts';
import { documentOf, example, exampleNames, layerNetworks } from '../document/documents.ts';
import { gallery } from '../figures/gallery.ts';
import { compile, hasTex } from './latex-compile.ts';

const front = {
  author: 'A. Lecturer & Co.',
  course: 'Neural networks #1',
  date: '12 May 2025',
  licence: 'CC BY 4.0 (50% of it_)',
};
const texOf = (document: DocumentText): string => latex.render(document, {});
const formula = (latex: string): Formula => ({ latex, unicode: latex, plain: null });
/** What stands between \begin{document} and \end{document}. */
const bodyOf = (tex: string): string => tex.slice(tex.indexOf('\\begin{document}'));

function documentWith(blocks: readonly Block[], more: Partial<DocumentText> = {}): DocumentText {
  return {
    title: 'A title',
    front: { author: null, course: null, date: null, licence: null },
    paper: 'a4',
    lang: 'en',
    words: english.format,
    blocks,
    ...more,
  };
}

describe('a document', () => {
  const document = { ...documentOf(example('2-3-2')), front };
  const tex = texOf(document);

  test('says who wrote it, for which course, when, and under which licence', () => {
    expect(tex).toContain('{\\large A. Lecturer \\& Co.\\par}');
    expect(tex).toContain('{\\large Neural networks \\#1\\par}');
    expect(tex).toContain('{12 May 2025\\par}');
    expect(tex).toContain('CC BY 4.0 (50\\% of it\\_)}}%');
    expect(tex).toContain('\\thispagestyle{licence}');
  });

  test('leaves out what is not said', () => {
    const bare = texOf({ ...document, front: { author: null, course: null, date: null, licence: null } });
    expect(bare).not.toMatch(/\{licence\}|pdfauthor/);
    expect(bodyOf(bare)).not.toContain('null');
  });

  test('is on A4 or Letter', () => {
    expect(tex).toContain('\\documentclass[11pt,a4paper]{article}');
    expect(texOf({ ...document, paper: 'letter' })).toContain('\\documentclass[11pt,letterpaper]{article}');
    expect(texOf({ ...document, paper: 'letter', lang: 'zh-CN' })).toContain(
      '\\documentclass[zihao=5,letterpaper]{ctexart}',
    );
  });

  test('names its sections and equations', () => {
    expect(tex).toContain('\\section{Forward equations}\\label{forward}');
    expect(tex).toContain('\\tag{BP1}\\label{eq-bp1}');
    const labels = [...tex.matchAll(/\\label\{([^}#]+)\}/g)].map(([, id]) => id);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('sets a derivation as steps with reasons and numbers, a lemma inside it', () => {
    expect(tex).toContain(
      '\\begin{derivation}{\\fit{\\delta_j^L}\\fit{\\delta_1^3}\\fit{\\delta^3}}\n' +
        '\\step{\\delta_j^L}{= \\frac{\\partial C}{\\partial z_j^L}}{the definition of the error}{%\n' +
        '  \\numbers{\\delta_1^3}{= -0.07289}%\n' +
        '  \\remark{By dual numbers, through the forward equations.}}\n',
    );
    expect(tex).toContain(
      '\\begin{lemma}{What is $\\frac{\\partial C}{\\partial a_j^L}$?}\n\\begin{derivation}',
    );
  });

  test('keeps the finer steps to itself', () => {
    const finer = texOf({ ...documentOf(example('2-3-2'), { finer: true }), front });
    expect(finer).toBe(tex);
  });
});

describe('text prints as it reads', () => {
  test.each([
    ['50% of $5 & #1_a^b ~', '50\\% of \\$5 \\& \\#1\\_a\\textasciicircum{}b \\textasciitilde{}'],
    ['{\\input x}', '\\{\\textbackslash{}input x\\}'],
    ['a < b > c | d', 'a \\textless{} b \\textgreater{} c \\textbar{} d'],
    ['--blanks, ,, and `x` ', '-{}-blanks, ,{}, and \\textasciigrave{}x\\textasciigrave{} '],
    ["it''s", "it'{}'s"],
    ['[opt]', '{[}opt{]}'],
    ['two\nlines\u0000\u202e', 'two lines'],
    ['^^5cinput', '\\textasciicircum{}\\textasciicircum{}5cinput'],
    ['网络 é', '网络 é'],
  ])('%j', (words, tex) => {
    expect(escapeTex(words)).toBe(tex);
  });

  test('ids as labels', () => {
    expect(label('eq-bp1')).toBe('eq-bp1');
    expect(label('a_b 误')).toBe('a-bu20u8bef');
  });

  test('code that ends the verbatim environment does not end it', () => {
    const text = 'x\n\\end{verbatim}\\input{y}';
    expect(bodyOf(texOf(documentWith([{ kind: 'code', language: 'text', text }])))).toContain(
      '\\begin{verbatim}\nx\n\\end {verbatim}\\input{y}\n\\end{verbatim}',
    );
  });
});

describe('a formula may not do more than print', () => {
  test.each([
    '\\input{x}',
    '\\immediate\\write18{x}',
    '\\write18{x}',
    '\\openout3=x',
    '\\catcode`\\@=11',
    '\\def\\x{}',
    '\\csname input\\endcsname',
    '\\directlua{x}',
    '\\begin{filecontents}',
    '^^5cinput x',
  ])('%s', (text) => {
    expect(() => mathTex(formula(text))).toThrow(/^a formula may not use .* in a LaTeX document: /);
  });

  test('in a whole sentence', () => {
    expect(() => mathTex(formula('w\\input{x}'))).toThrow(
      'a formula may not use \\input in a LaTeX document: w\\input{x}',
    );
  });

  test('letters with similar names print', () => {
    for (const text of ['\\infty \\in \\deg \\det \\nabla', '\\mathrm{input}', '\\left(x\\right)'])
      expect(mathTex(formula(text))).toBe(text);
    expect(mathTex(formula('5%\n of \\% x'))).toBe('5\\% of \\% x');
  });
});

/** What formulas may consist of: LaTeX, amsmath, amssymb, and the layout's own two. */
const KNOWN = new Set(
  (
    'partial frac tfrac dfrac cdot thinspace medspace thickspace negthinspace delta sigma sum prod left right mathsf bigl bigr ' +
    'Bigl Bigr biggl biggr Biggl Biggr boldsymbol Delta le leq ge geq ne odot oslash vert lvert rvert lVert rVert phi varphi Phi ln log exp max min dots ' +
    'cdots ldots vdots ddots begin end ast epsilon varepsilon qquad quad times lt gt mathbf mathrm mathcal mathit ' +
    'operatorname substack nabla theta Theta lambda alpha beta gamma eta mu nu pi rho tau chi psi omega kappa xi zeta text ' +
    'sqrt tanh sinh cosh hat bar tilde top circ to in infty mathbb ell dagger colon mid underline displaystyle star bullet'
  ).split(' '),
);

describe('every command of the formulas is LaTeX, amsmath or amssymb', () => {
  const commandsOf = (document: DocumentText): string[] => {
    const found = JSON.stringify(document.blocks, (k, v) => (k === 'figure' || k === 'unicode' ? null : v));
    const formulas = [...found.matchAll(/"latex":("(?:[^"\\]|\\.)*")/g)].map(([, s]) =>
      JSON.parse(s ?? '""'),
    );
    return formulas.flatMap((f: string) => f.match(/\\[A-Za-z]+/g) ?? []).map((c) => c.slice(1));
  };
  const unknown = (document: DocumentText): string[] =>
    [...new Set(commandsOf(document))].filter((c) => !KNOWN.has(c));

  test.each(notationNames)('in the notation %s', (notation) => {
    for (const name of ['2-3-2', 'softmax'])
      expect(unknown(documentOf(example(name), { notation }))).toEqual([]);
  });

  test('for every activation and loss', () => {
    for (const network of layerNetworks()) expect(unknown(documentOf(network)), network.title).toEqual([]);
  });
});

describe('a long formula may be broken', () => {
  test.each([
    ['a + b = c', 'a \\brk + b \\brk = c'],
    ['-a - b', '-a \\brk - b'],
    ['a\\cdot(-b + c)', 'a\\cdot(-b \\softbrk + c)'],
    ['\\frac{a + b}{c} - d', '\\frac{a + b}{c} \\brk - d'],
    ['\\left(a + b\\right) + c', '\\left(a + b\\right) \\brk + c'],
    ['\\bigl[a - b\\bigr] \\odot -c', '\\bigl[a \\softbrk - b\\bigr] \\odot -c'],
    ['a + \\dots + b', 'a \\brk + \\cdots \\brk + b'],
    ['\\sum_{k = 1}^{n + 1} x', '\\sum_{k = 1}^{n + 1} x'],
    ['\\begin{bmatrix} -a + b & c \\end{bmatrix}', '\\begin{bmatrix} -a + b & c \\end{bmatrix}'],
  ])('%s', (whole, broken) => {
    expect(breakable(whole)).toBe(broken);
  });

  test('what cannot be broken is marked where it may be wider than a line', () => {
    const wide = `\\frac{${'a + '.repeat(30)}b}{c}`;
    expect(breakable(`x = ${wide} + y`)).toBe(`x \\brk = \\squeezed{${wide}} \\brk + y`);
  });

  test('a fraction is as wide as its wider part, a matrix as its columns', () => {
    expect(latexWidth('\\frac{aaaa}{b}')).toBeCloseTo(latexWidth('aaaa') + 0.24);
    expect(latexWidth('\\begin{bmatrix} aaa & b \\\\ a & bbb \\end{bmatrix}')).toBeCloseTo(
      2 * latexWidth('aaa') + 3,
    );
  });
});

const HOSTILE =
  '\\input{/etc/passwd} \\write18{touch pwned} %x ^^5cinput #1 $a$ }{ & ~ _ \\end{document} 网 σ 🙂 "q" <<';

/** One block of every kind, at its most difficult. */
function everything(words: string): Block[] {
  const long = formula(Array.from({ length: 30 }, (_, i) => `x_{${i}}`).join(' + '));
  const figures = gallery({
    widths: [784, 30, 10],
    notation: 'nielsen',
    layer: 2,
    neuron: 1,
    inputs: [-5, 0.4],
    passes: 30_001,
    language: 'en',
  });
  const link = { kind: 'link', to: '#table', parts: say`there` } as const;
  const away = { kind: 'link', to: 'https://example.org/a_b%20c#d~e', parts: say`away` } as const;
  const both = { left: formula('\\delta^L'), right: long };
  return [
    { kind: 'heading', level: 1, id: 'top', parts: say`${words}` },
    {
      kind: 'heading',
      level: 2,
      id: 'first',
      parts: say`On ${formula('\\frac{\\partial C}{\\partial w}')}: ${words}`,
    },
    {
      kind: 'display',
      id: null,
      tag: null,
      rows: [{ left: formula('a'), right: long, where: formula('l < L') }],
    },
    { kind: 'paragraph', parts: [...say`${words} `, code(words), strong(...say`${words}`), link, away] },
    { kind: 'heading', level: 3, id: 'table', parts: say`${words}` },
    {
      kind: 'table',
      head: [say`a`, say`b`, say`c`],
      align: ['left', 'right'],
      rows: Array.from({ length: 3 }, () => [
        say`${'word '.repeat(40)}`,
        say`${words}`,
        [math(formula('z'))],
      ]),
    },
    { kind: 'list', ordered: true, items: [say`[x] ${words}`, say`y`] },
    { kind: 'list', ordered: false, items: [say`${words}`] },
    { kind: 'note', parts: say`${words}` },
    { kind: 'fold', summary: say`${words}`, blocks: [{ kind: 'paragraph', parts: say`inside` }] },
    {
      kind: 'code',
      language: 'text',
      text: `δᴸ = ∂C/∂aᴸ ⊙ σ′(zᴸ⁻¹)ᵀ aₖ ″ ½ ⅓ ₓ ᵝ 𝟏 ⌘\nfor each x:\n    \\end{verbatim}${words}\n${'x'.repeat(90)}`,
    },
    {
      kind: 'card',
      id: 'card',
      title: say`${words}`,
      rows: [
        { tag: 'BP1', words: say`${words}`, where: formula('l = L'), component: both, matrix: both },
        {
          tag: 'BP2',
          words: say`short`,
          where: null,
          component: { left: formula('a'), right: formula('b') },
          matrix: null,
        },
      ],
    },
    ...figures.map((figure): Block => ({ kind: 'figure', id: figure.id, figure, caption: say`${words}` })),
  ];
}

const chineseTemplate = (name: string): string =>
  readFileSync(new URL(`../../templates/documents/${name}.zh.eta`, import.meta.url), 'utf8');

const all = process.env.CHAINRULE_ALL_TEX === '1';
const LATEX = ['amsmath.sty', 'tikz.sty', 'hyperref.sty'];

describe.runIf(hasTex('pdflatex', LATEX))('pdflatex compiles without faults', () => {
  test.each(all ? exampleNames : ['mixed'])('%s', { timeout: 60_000 }, (name) => {
    expect(compile(texOf({ ...documentOf(example(name)), front }), 'pdflatex', 1).faults).toEqual([]);
  });

  test.runIf(all).each(notationNames)(
    'all examples in the notation %s, at each grain',
    { timeout: 600_000 },
    (notation) => {
      for (const name of exampleNames)
        for (const grain of ['brief', 'textbook', 'full'] as const) {
          const tex = texOf({ ...documentOf(example(name), { notation, grain }), paper: 'letter' });
          expect(compile(tex, 'pdflatex', 1).faults, `${name} ${grain}`).toEqual([]);
        }
    },
  );

  test.each(all ? exampleNames : ['2-3-2'])('the course of %s', { timeout: 60_000 }, (name) => {
    const document = documentOf(example(name), { purpose: 'course' });
    expect(compile(texOf(document), 'pdflatex', 2).faults).toEqual([]);
  });

  test('every kind of block, and words that are commands are printed', { timeout: 60_000 }, () => {
    const hostile = { author: HOSTILE, course: HOSTILE, date: HOSTILE, licence: HOSTILE };
    const tex = texOf(documentWith(everything(HOSTILE), { title: HOSTILE, front: hostile }));
    const { faults, files, log } = compile(tex, 'pdflatex', 2);
    expect(faults).toEqual([]);
    expect(files).toEqual(['a.aux', 'a.log', 'a.out', 'a.pdf', 'a.tex']);
    expect(log).not.toMatch(/\(\/etc|runsystem/);
  });
});

describe.runIf(hasTex('xelatex', ['ctexart.cls', 'tikz.sty']))('xelatex compiles without faults', () => {
  test.each(all ? exampleNames : ['2-3-2'])('the course of %s in Chinese', { timeout: 60_000 }, (name) => {
    const document = documentOf(example(name), {
      language: chinese,
      template: chineseTemplate,
      purpose: 'course',
    });
    expect(compile(texOf({ ...document, front }), 'xelatex', 1).faults).toEqual([]);
  });
});
