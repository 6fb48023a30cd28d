// The lint finds each fault that is planted, for each target whose row has the limit, and leaves what is right alone.

import { describe, expect, test } from 'vitest';
import { faultsIn } from '../../src/formats/lint.ts';
import { printedFormulas } from '../../src/formats/scan.ts';
import { type Target, targetNamed, targets } from '../../src/formats/targets.ts';

/** A formula in running text and one set apart, between the delimiters that the target is read by last. */
const inWords = ({ delimiters: { inline } }: Target, latex: string): string => {
  const { open, close } = inline.at(-1)!;
  return `so ${open}${latex}${close} here`;
};
const apart = ({ delimiters: { display } }: Target, latex: string): string => {
  const { open, close } = display.at(-1)!;
  return `so\n\n${open}\n${latex}\n${close}\n`;
};

type Plant = (target: Target) => string;

/** For each rule: texts that break it, for one target or for all that have it. */
const PLANTED: readonly (readonly [rule: string, plant: Plant, only?: string])[] = [
  ['definition', (t) => apart(t, '\\newcommand{\\x}{y} \\x')],
  ['definition', (t) => inWords(t, '\\def\\x{y}\\x')],
  ['unportable-macro', (t) => inWords(t, '\\bm{w}')],
  ['unportable-macro', (t) => apart(t, '\\textcolor{red}{w}')],
  ['unportable-macro', (t) => apart(t, '\\htmlId{a}{w}')],
  ['blank-line', (t) => apart(t, 'a\n\n= b')],
  ['han-outside-text', (t) => inWords(t, 'a = 误差')],
  ['han-outside-text', (t) => inWords(t, '\\text{误差} + 误差')],
  ['tag-inside', (t) => apart(t, '\\begin{aligned}\na &= b \\tag{1}\n\\end{aligned}')],
  ['two-tags', (t) => apart(t, 'a \\tag{1} b \\tag{2}')],
  ['tag-in-words', (t) => inWords(t, 'a \\tag{1}')],
  ['angle', (t) => inWords(t, 'l < L')],
  ['angle', (t) => apart(t, 'l > L')],
  ['template-mark', (t) => inWords(t, '{{a}}')],
  ['template-mark', () => 'words with {% raw %} in them'],
  ['template-mark', () => 'words with {<b>} in them'],
  ['template-mark', () => 'words with {# a comment #} in them'],
  ['label', (t) => apart(t, 'a \\label{eq:a}')],
  ['label', (t) => inWords(t, '\\eqref{eq:a}')],
  ['padded', (t) => inWords(t, ' a')],
  ['padded', (t) => inWords(t, 'a ')],
  ['digit-after', () => 'the $x$2'],
  ['bar-in-cell', () => '| a |\n| --- |\n| $|x|$ |'],
  ['break-in-cell', () => '| a |\n| --- |\n| $\\substack{x\\\\y}$ |'],
  ['lost-escape', (t) => inWords(t, 'w\\,a')],
  ['lost-escape', (t) => apart(t, '\\{a\\}')],
  ['lost-escape', (t) => apart(t, '\\|a\\|')],
  ['own-number', () => '```{math}\n:label: eq-a\n\na \\tag{1}\n```'],
  ['foreign-comment', () => 'a <!-- b --> c'],
  ['blocked-macro', (t) => inWords(t, '\\operatorname{relu}')],
  ['blocked-macro', (t) => apart(t, '\\mbox{a}')],
  ['blocked-macro', () => '```math\n\\phantom{a}\n```', 'github'],
  ['glued', () => 'so（$x$）'],
  ['glued', () => 'the $x$th'],
  ['eaten', () => 'so $a*b$ here'],
  ['eaten', () => 'so $\\lbrace a\\rbrace\\,$ here'],
  ['eaten', () => 'so $x^{a}_b$ here'],
  ['break-inside', (t) => apart(t, 'a \\\\ b')],
  ['named-space', (t) => inWords(t, 'w\\thinspace a')],
  ['big-bracket', (t) => apart(t, '\\Bigl(a\\Bigr)')],
  ['lost-tag', (t) => apart(t, 'a \\tag{1}')],
  ['brace', () => 'a set {a}'],
  ['tag-of-jsx', () => 'for a <b> c'],
  ['macro-of-a-document', () => '\\step{a}{b}{c}{d}'],
  ['macro-of-a-document', () => '\\hyperref[a]{b}'],
  ['name-of-katex', (t) => inWords(t, 'a \\lt b')],
  ['mark-of-markdown', () => 'a **b** c'],
  ['dollar', () => 'a $$b$$ c'],
  ['unclosed', ({ delimiters: { inline } }) => `so ${inline.at(-1)!.open}x here`],
  ['duplicate-id', (t) => [1, 2].map(() => t.display({ latex: 'a', tag: 'A', id: 'eq-a' })).join('\n\n')],
];

/** Targets that are judged by a rule. */
const having = (rule: string): readonly Target[] => {
  if (rule === 'unclosed') return targets;
  // GitHub has no ids.
  if (rule === 'duplicate-id') return targets.filter((t) => t.name !== 'github');
  return targets.filter((t) => t.limits.some((limit) => limit.rule === rule));
};

describe.each(PLANTED.map(([rule, plant, only]) => ({ rule, plant, only })))(
  '$rule',
  ({ rule, plant, only }) => {
    const judged = having(rule).filter((t) => only === undefined || t.name === only);
    test.each(judged.map((t) => [t.name, t] as const))('%s', (_, target) => {
      expect(faultsIn(target, plant(target)).map((f) => f.rule)).toContain(rule);
    });
  },
);

test('every limit has a text that breaks it', () => {
  const rules = new Set(targets.flatMap((t) => t.limits.map((limit) => limit.rule)));
  expect([...rules].filter((rule) => !PLANTED.some(([planted]) => planted === rule))).toEqual([]);
});

test('a fault is said with its line, through marks of quotation, and with its formula', () => {
  const text = 'one\n\n> two\n>\n> $$\n> \\mbox{a}\n> $$\n\nand $\\mbox{b}$\n';
  expect(faultsIn(targetNamed('github'), text)).toEqual([
    { rule: 'blocked-macro', line: 5, text: '$$ \\mbox{a} $$' },
    { rule: 'blocked-macro', line: 9, text: '$\\mbox{b}$' },
  ]);
});

describe('what is no fault', () => {
  test.each([
    ['github', 'code `$x` and `a < b`, a price of \\$5'],
    ['github', '`` a ` $ b ``'],
    ['github', '```python\nd = "$"\n```'],
    ['github', 'so（$`x`$）and $`a*b`$'],
    ['github', '```math\na \\\\ b\n```'],
    ['pandoc', '## Errors {#errors}\n\n[]{#eq-a}\n$$\na\\,b\n$$'],
    ['quarto', '$$\na\n$$ {#eq-a}\n\nby @eq-a'],
    ['mdx', '{/* $x */}\n\n\\{a\\} <details>\n<summary>a</summary>\n\n</details>'],
    ['obsidian', '%% chainrule $x %%\n\n$$\na\n$$\n^eq-a'],
    [
      'latex',
      '% costs $5\n5\\% of \\$5\n\\begin{verbatim}\n$ \\step\n\\end{verbatim}'.replace('\\step', 'a'),
    ],
    ['html', '<code>\\(</code> <!-- \\( --> \\(a &amp; b\\)'],
    ['myst', '```{math}\n:label: eq-a\n:enumerator: A\n\na\n```'],
    ['ipynb', 'a \\text{误差}: $\\text{误差 $}$'.replace(' $}', '}')],
  ])('%s: %j', (name, text) => {
    expect(faultsIn(targetNamed(name), text)).toEqual([]);
  });
});

test('a template mark in code is one all the same: Jekyll reads code, too', () => {
  const text = '```python\nd = {{}}\n```';
  expect(faultsIn(targetNamed('github'), text).map((f) => f.rule)).toEqual(['template-mark']);
});

test.each([
  ['github', 'a $x$, $`y`$\n\n```math\nz\n```\n\n$$\nw\n$$', ['x', 'y', 'z', 'w']],
  ['myst', '```{math}\n:label: eq-a\n:enumerator: A\n\nx\n```\n\n$$\ny\n$$', ['x', 'y']],
  ['latex', '\\begin{equation}\\label{eq:a}\\tag{A}\nx\n\\end{equation}\n$y$', ['\\tag{A}\nx', 'y']],
  ['html', '<p>\\(a \\lt b &amp; c\\)</p>\\[\nd\n\\]', ['a \\lt b & c', 'd']],
])('the formulas of a text for %s', (name, text, formulas) => {
  expect(printedFormulas(targetNamed(name), text).map((f) => f.latex.trim())).toEqual(formulas);
});
