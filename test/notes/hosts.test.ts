// Every kind of block in the tree of every host: none is lost, none is unknown there.

import { describe, expect, test } from 'vitest';
import type { Block, Line } from '../../src/document/blocks.ts';
import { languages } from '../../src/lang/languages.ts';
import { type Formula, math, type Phrase, strong, text } from '../../src/lang/phrase.ts';
import { equationNames, type HostBlock, hostBlocks } from '../../src/notes/hosts/host-blocks.ts';
import { mdastOf } from '../../src/notes/hosts/mdast.ts';
import { mystOf } from '../../src/notes/hosts/myst-ast.ts';
import { pandocOf } from '../../src/notes/hosts/pandoc-ast.ts';

const f = (latex: string): Formula => ({ latex, unicode: latex, plain: null });
const say = (words: string): Phrase => [text(words)];

const line = (id: string, more: Partial<Line> = {}): Line => ({
  id,
  left: f('x'),
  showLeft: true,
  right: f(id),
  rule: null,
  why: say('a reason'),
  numbers: null,
  lemmas: [],
  finer: [],
  tag: null,
  ...more,
});

const blocks: Block[] = [
  { kind: 'heading', level: 3, id: 'head', parts: say('A heading') },
  {
    kind: 'paragraph',
    parts: [text('Words, '), math(f('p')), { kind: 'em', parts: say('em') }, strong(text('bold'))],
  },
  {
    kind: 'paragraph',
    parts: [
      { kind: 'code', text: 'code()' },
      { kind: 'link', to: '#eq-a', parts: say('a link') },
    ],
  },
  { kind: 'display', id: 'eq-a', tag: 'A', rows: [{ left: f('a'), right: f('b < c'), where: f('k') }] },
  {
    kind: 'derivation',
    id: 'd',
    lines: [
      line('one', {
        lemmas: [
          { lead: say('what is y?'), derivation: { kind: 'derivation', id: null, lines: [line('inner')] } },
        ],
      }),
      line('two', {
        tag: 'B',
        finer: [line('finer')],
        numbers: {
          left: f('n'),
          substituted: f('s'),
          value: f('v'),
          whole: { left: f('wl'), right: f('wr') },
          remark: say('a remark'),
          number: 1,
          oracle: null,
          error: null,
        },
      }),
    ],
  },
  { kind: 'table', head: [say('h1'), say('h2')], rows: [[say('c1'), [math(f('|x|'))]]], align: ['left'] },
  { kind: 'list', ordered: true, items: [say('first'), say('second')] },
  { kind: 'list', ordered: false, items: [say('loose')] },
  {
    kind: 'card',
    id: 'card',
    title: say('A card'),
    rows: [
      {
        tag: 'C',
        words: say('row'),
        where: null,
        component: { left: f('cl'), right: f('cr') },
        matrix: null,
      },
      {
        tag: '',
        words: [],
        where: null,
        component: { left: f('l'), right: f('r') },
        matrix: { left: f('ml'), right: f('mr') },
      },
    ],
  },
  { kind: 'code', language: 'python', text: 'import numpy' },
  { kind: 'note', parts: say('A note.') },
  { kind: 'fold', summary: say('Open me'), blocks: [{ kind: 'paragraph', parts: say('Inside.') }] },
];

const said = [
  'A heading',
  'Words, ',
  'em',
  'bold',
  'code()',
  'a link',
  'A reason',
  'What is y?',
  'A remark',
  'h1',
  'c1',
];
const more = ['first', 'second', 'loose', 'A card', 'row', 'import numpy', 'A note.', 'Open me', 'Inside.'];
const formulas = [
  'p',
  'a = b',
  'x = one',
  'x = inner',
  'x = finer',
  'n &= s = v',
  'wl &= wr',
  'cl = cr',
  'l &= r',
  'ml &= mr',
];

const [english] = languages;
const lowered: HostBlock[] = hostBlocks({ blocks, words: english!.format, lang: 'en' });

const trees = {
  remark: mdastOf(lowered),
  MyST: mystOf(lowered),
  pandoc: pandocOf(lowered, { latex: false, svg: true, plainTables: false }),
  'pandoc for LaTeX': pandocOf(lowered, { latex: true, svg: false, plainTables: false }),
};

describe.each(Object.entries(trees))('%s', (_, tree) => {
  const all = JSON.stringify(tree);
  // pandoc has words apart; LaTeX is as JSON writes it.
  const plain = all.replace(/"\},\{"t":"Space"\},\{"t":"Str","c":"/g, ' ');

  test('has all words', () => {
    expect(
      [...said, ...more].filter(
        (words) => !plain.replace('Words,"},{"t":"Space"', 'Words, ').includes(words),
      ),
    ).toEqual([]);
  });

  test('has all formulas', () => {
    expect(formulas.filter((latex) => !all.includes(latex))).toEqual([]);
  });

  test('has the names of equations', () => {
    for (const name of ['A', 'B', 'C'])
      expect(all).toMatch(new RegExp(`tag\\{${name}\\}|\\(${name}\\)|"enumerator":"${name}"`));
  });
});

test('equations are known by id and name, those in folds too', () => {
  const named: HostBlock = { kind: 'equation', latex: 'x', tag: 'D', id: 'eq-d' };
  const fold: HostBlock = { kind: 'fold', summary: [], blocks: [named] };
  expect([...equationNames([...lowered, fold])]).toEqual([
    ['eq-a', '(A)'],
    ['two', '(B)'],
    ['eq-d', '(D)'],
  ]);
});

test('a formula stands in the paragraph that leads into it, in pandoc', () => {
  const made = pandocOf(
    [
      { kind: 'equation', latex: 'a', tag: null, id: null },
      { kind: 'paragraph', parts: say('So:') },
      { kind: 'equation', latex: 'b', tag: null, id: null },
      { kind: 'equation', latex: 'c', tag: null, id: null },
    ],
    { latex: true, svg: false, plainTables: false },
  );
  const display = (latex: string): object => ({ t: 'Math', c: [{ t: 'DisplayMath' }, latex] });
  expect(made).toEqual([
    { t: 'Para', c: [display('a')] },
    { t: 'Para', c: [{ t: 'Str', c: 'So:' }, { t: 'SoftBreak' }, display('b')] },
    { t: 'Para', c: [display('c')] },
  ]);
});

test('folds open and close where a host can do so', () => {
  expect(JSON.stringify(trees.remark)).toContain('"hName":"details"');
  expect(JSON.stringify(trees.remark)).toContain('"hName":"summary"');
  expect(JSON.stringify(trees.MyST)).toContain('{"type":"details","children":[{"type":"summary"');
});
