// What the course says in words is true of the network and the convention at hand, not of the usual ones only.

import { describe, expect, test } from 'vitest';
import type { SectionName } from '../../src/document/purposes.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { renderDerivation } from '../../src/render.ts';
import type { RenderOptions } from '../../src/render-options.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { notationRow } from '../../src/tables/notations.ts';

/** A section of the course of a network whose equations follow the conventions of a notation. */
function section(
  content: object,
  name: SectionName,
  { notation = 'nielsen', ...rest }: Partial<Omit<RenderOptions, 'notation'>> & { notation?: string } = {},
): Promise<string> {
  const row = notationRow(notation);
  if (row === null) throw new Error(`no notation ${notation}`);
  const derived = deriveTargets(buildNetwork(content, { conventions: row.conventions }), {
    verify: { count: 1 },
  });
  const options = { format: 'md' as const, document: 'course' as const, sections: [name] };
  return renderDerivation(derived, { ...options, notation: row, ...rest });
}

const SMALL = { layers: [2, 3, 2], activation: 'sigmoid', loss: 'mse', values: { seed: 3 } };

describe('the loss', () => {
  test.each([
    ['nielsen', 'Over $n$ samples $x$ ($`n`$ without an index counts samples) the mean is taken'],
    ['bishop', 'Over $N$ samples $x$ the sum is taken'],
    ['ufldl', 'Over $m$ samples $x$ the mean is taken'],
  ])('in the convention of %s: %s', async (notation, sentence) => {
    expect(await section({}, 'loss', { notation })).toContain(sentence);
  });

  test.each(['ng', 'cs231n', 'd2l'])(
    '%s: an unknown loss of a batch is a mean over its samples',
    async (notation) => {
      const text = await section({}, 'loss', { notation });
      expect(text).toMatch(/it is the mean of the losses of its \$[mnN]\$ samples/);
      expect(text).not.toMatch(/ {2}samples|sample {2}alone|derivative of a sum/);
    },
  );
});

describe('the error', () => {
  test.each([
    ['nielsen', 'the derivative of the loss by its weighted input:'],
    ['ng', 'the derivative of the loss by its weighted input, times the number of samples:'],
    ['zhou', 'the derivative of the loss by its weighted input with its sign turned:'],
  ])('%s: %s', async (notation, sentence) => {
    expect(await section(SMALL, 'error', { notation })).toContain(sentence);
  });
});

describe('the equations', () => {
  test.each([
    ['nielsen', 'adds along a row of $w^{l+1}$, BP2 along a column: hence the transpose.'],
    ['cs231n', 'adds along a column of $W_{l+1}$, BP2 along a row: hence the transpose.'],
    ['zhou', 'BP2 along a row: hence the transpose, which here stands in the forward pass and not in BP2.'],
  ])('%s: the forward pass %s', async (notation, sentence) => {
    expect(await section(SMALL, 'equations', { notation })).toContain(sentence);
  });

  test('where weights cost something, BP2 is derived as without and the gradient by a weight has a second term', async () => {
    const text = await section({ ...SMALL, l2: 0.1 }, 'equations');
    const [before, bp4 = ''] = text.split('### BP4');
    expect(before).not.toContain('along paths past them');
    expect(bp4).toContain('What the weight itself costs is added.');
    expect(bp4).toContain('along paths past them');
  });

  test('a network without a hidden layer has no use for BP2, and one bias', async () => {
    const one = { ...SMALL, layers: [2, 1] };
    expect(await section(one, 'equations')).toContain('This network has no hidden layer');
    expect(await section(one, 'algorithm')).toContain(
      'In this network there is none, and this step is empty.',
    );
    expect(await section(one, 'network')).toContain('$2 \\cdot 1 = 2$ weights and $1$ bias:');
    expect(await section(SMALL, 'equations')).not.toContain('no hidden layer');
  });
});

describe('words', () => {
  test('a layer that is written below is not called a superscript', async () => {
    const text = await section(SMALL, 'network', { notation: 'cs231n' });
    expect(text).toContain('The first subscript names the layer');
    expect(text.toLowerCase()).not.toContain('superscript');
  });

  test('several functions are listed, the last with "and"', async () => {
    const mixed = { ...SMALL, layers: [2, 3, 3, 2], activation: ['tanh', 'sigmoid', 'tanh'] };
    const text = await section(mixed, 'feedforward');
    expect(text).toMatch(/With tanh and sigmoid the curve .* are close to 0/);
  });

  test('a network of identities is said to be one layer', async () => {
    const text = await section({ ...SMALL, activation: 'identity' }, 'feedforward');
    expect(text).toContain(
      'a single matrix and a single bias, however many there were; that is so in this network',
    );
  });
});

describe('an exercise', () => {
  const VALUES = ['0.7109', '0.6702', '0.07289', '0.01803', '0.1743'];
  const example = { ...SMALL, values: { ...NUMBERS() } };

  test.each(['md', 'text', 'json', 'tex'] as const)(
    '%s: no section of the course gives away a number that is asked for',
    async (format) => {
      for (const name of ['feedforward', 'loss', 'error', 'tools', 'equations', 'algorithm'] as const) {
        const exercise = await section(example, name, { format, blanks: ['numbers'] });
        for (const value of VALUES) expect(exercise).not.toContain(value);
      }
      expect(await section(example, 'equations', { format })).toContain('0.01803');
    },
  );

  test('as JSON it has neither the results nor, where reasons are asked for, the names of the rules', async () => {
    const text = await section(example, 'equations', { format: 'json', blanks: ['steps', 'reasons'] });
    expect((JSON.parse(text) as { results: unknown[] }).results).toEqual([]);
    expect(text).not.toMatch(/chain-rule|only-one-survives|w_\{kj\}/);
  });
});

/** The numbers of the example of the documentation. */
function NUMBERS(): object {
  return {
    w: { 2: [[0.4, -0.6], [0.3, 0.8], [-0.5, 0.2]], 3: [[0.7, -0.4, 0.5], [-0.3, 0.6, 0.2]] }, // biome-ignore format: rows
    b: { 2: [0.1, -0.2, 0.3], 3: [0.1, -0.1] },
    x: [0.5, -1],
    y: [1, 0],
  };
}

describe('what is said at the head', () => {
  const head = (options: Partial<Omit<RenderOptions, 'notation'>>) => section(SMALL, 'loss', options);

  test('Markdown and text name author, course, date and licence too', async () => {
    const front = { author: 'A. Lecturer', course: 'Nets 1', date: '2026-01-02', licence: 'CC BY 4.0' };
    for (const format of ['md', 'text'] as const) {
      const text = await head({ format, front });
      expect(text).toMatch(/\n\nNets 1 · A\. Lecturer · 2026-01-02\n\n/);
      expect(text.endsWith('\n\nCC BY 4.0\n')).toBe(true);
    }
  });

  test('no line break or mark in it begins anything of its own', async () => {
    const text = await head({
      title: 'A\n\n# B {{ c }} ~~d~~',
      front: { course: '- E', licence: '1. F\n\n<b>' },
    });
    expect(text).toContain('# Backpropagation: A # B \\{\\{ c \\}\\} \\~\\~d\\~\\~\n\n\\- E\n\n');
    expect(text.endsWith('\n\n1\\. F \\<b\\>\n')).toBe(true);
  });
});
