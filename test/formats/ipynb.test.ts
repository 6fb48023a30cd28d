// Notebooks: what Jupyter reads, and code that runs: its loss, errors and gradients are chainrule's own.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { numpySection } from '../../src/document/numpy-section.ts';
import { gradientName } from '../../src/engine/gradients.ts';
import { english } from '../../src/lang/en.ts';
import { languageOf } from '../../src/lang/languages.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { buildNetwork, readNetworkFile } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { stageKey } from '../../src/numeric/world.ts';
import { renderDerivation } from '../../src/render.ts';
import type { RenderOptions } from '../../src/render-options.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { evaluateNetwork } from '../../src/results/evaluation.ts';
import { type Notation, notationRow, notations } from '../../src/tables/notations.ts';
import { numpyNames } from '../../src/text/numpy-names.ts';
import { example, exampleNames } from '../document/documents.ts';
import { pythonWithNumpy, runPython } from './ipynb-python.ts';

interface Notebook {
  readonly cells: readonly {
    readonly cell_type: string;
    readonly id: string;
    readonly metadata: object;
    readonly source: readonly string[];
  }[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

const [nielsen = notations[0] as Notation] = notations;
const row = (name: string): Notation => notationRow(name) ?? nielsen;

const fixture = readFileSync(new URL('../fixtures/numpy.yaml', import.meta.url), 'utf8');
const specs: readonly { readonly title: string }[] = parseAllDocuments(fixture).map((d) => d.toJS());

/** An example written in a notation's conventions. */
function exampleIn(name: string, { conventions }: Notation): Network {
  const text = readFileSync(new URL(`../../templates/networks/${name}.yaml`, import.meta.url), 'utf8');
  return readNetworkFile(text, `${name}.yaml`, { conventions });
}

const notebookOf = async (network: Network, o: Partial<RenderOptions> = {}): Promise<string> =>
  renderDerivation(deriveTargets(network, { verify: { count: 1 } }), { format: 'ipynb', ...o });

/** The section's code, or null where a sentence stands in its place. */
function codeOf(network: Network, notation: Notation = nielsen, numbers = true): string | null {
  const blocks = numpySection({ network, language: english, notation, numbers });
  const found = blocks.find((b) => b.kind === 'code');
  return found?.kind === 'code' ? found.text : null;
}

/** A network whose code is run, in a notation. */
interface Run {
  readonly label: string;
  readonly network: () => Network;
  readonly notation: Notation;
}

const examples = exampleNames.filter((name) => name !== 'general');

const runs: readonly Run[] = [
  ...examples.map((name) => ({ label: name, network: () => example(name), notation: nielsen })),
  ...specs.map((spec) => ({ label: spec.title, network: () => buildNetwork(spec), notation: nielsen })),
  // Samples as columns and 1/m in the gradients; samples as rows; weights filed where they start; errors downhill.
  ...['ng', 'cs231n', 'ufldl', 'zhou', 'bishop'].flatMap((notation) =>
    ['2-3-2', 'batch', 'softmax'].map((name) => ({
      label: `${name} in the notation ${notation}`,
      network: () => exampleIn(name, row(notation)),
      notation: row(notation),
    })),
  ),
];

/** What the code should end with, by its Python names: the evaluation's loss, errors and gradients. */
function wantedOf({ network, notation }: { network: Network; notation: Notation }): [string, number[]][] {
  const letters = new Set(['i', 'j', 'k', 'l', 't', 'p', 'q', 'r']);
  const names = numpyNames(network.system, notation, letters, gradientName);
  const { loss, errors, gradients } = evaluateNetwork(network);
  const key = (tensor: string, stage: readonly number[]): string => stageKey(names.tensor(tensor), stage);
  return [
    [key(network.system.loss, []), [loss]],
    ...errors.map((e): [string, number[]] => [key(e.tensor, e.stage), [...e.entries]]),
    ...gradients.map((g): [string, number[]] => [key(gradientName(g.tensor), g.stage), [...g.entries]]),
  ];
}

describe.runIf(pythonWithNumpy())('the code runs', () => {
  const kinked = buildNetwork({
    layers: [1, 1],
    activation: 'relu',
    loss: 'mse',
    values: { w: { 2: [[1]] }, b: { 2: [0] }, x: [0], y: [1] },
  });
  const built = runs.map((r) => ({ ...r, network: r.network() }));
  const right = codeOf(example('2-3-2')) ?? '';
  const wrong = right.replace('(w[l+1].T @ delta[l+1])', '(w[l+1].T @ delta[l+1] * 1.001)');
  const codes = built.map((r) => codeOf(r.network, r.notation) ?? 'raise ValueError("no code")');
  const [seen, kink, ...ran] = runPython([wrong, codeOf(kinked) ?? '', ...codes]);

  test.each(built.map((r, i) => [r.label, r, ran[i]] as const))('%s', (_label, r, found) => {
    expect(found?.trouble).toBe('');
    const wanted = wantedOf(r);
    expect(wanted.length).toBeGreaterThan(1);
    for (const [name, entries] of wanted) {
      const own = found?.numbers[name] ?? [];
      expect([name, own.length]).toEqual([name, entries.length]);
      const off = Math.max(...own.map((v, i) => Math.abs(v - (entries[i] ?? Number.NaN))));
      expect(off).toBeLessThan(1e-9);
    }
  });

  test('a wrong formula is found', () => {
    expect(wrong).not.toBe(right);
    expect(seen?.trouble).toContain('AssertionError');
  });

  test('at a kink the code says so and asserts nothing', () => {
    expect(codeOf(kinked)).not.toContain('assert error');
    expect(codeOf(kinked)).toContain('# Nothing is asserted: a function has a kink here.');
    expect(kink?.trouble).toBe('');
  });
});

describe('the code reads as one would write it', () => {
  test('a network of layers', () => {
    const code = codeOf(example('2-3-2')) ?? '';
    for (const line of [
      'def sigma(z):\n    return 1 / (1 + np.exp(-z))',
      'def sigma_prime(z):\n    return sigma(z) * (1 - sigma(z))',
      'for l in range(2, L + 1):\n        z[l] = w[l] @ a[l-1] + b[l]\n        a[l] = sigma(z[l])',
      'C = np.sum((y - a[L]) ** 2) / 2',
      'da[L] = a[L] - y\ndelta[L] = da[L] * sigma_prime(z[L])',
      'for l in range(L - 1, 1, -1):\n    delta[l] = (w[l+1].T @ delta[l+1]) * sigma_prime(z[l])',
      'db[l] = delta[l]\n    dw[l] = np.outer(delta[l], a[l-1])',
      'assert error < 1e-6',
    ])
      expect(code).toContain(line);
  });

  test('a batch in the letters and conventions of ng', () => {
    const code = codeOf(exampleIn('softmax', row('ng')), row('ng')) ?? '';
    expect(code).toContain('A[0] = X');
    expect(code).toContain('np.sum(np.exp(Z[L]), axis=0)');
    expect(code).toContain('dW[l] = (dZ[l] @ A[l-1].T) / m');
    expect(code).toContain('db[l] = np.sum(dZ[l], axis=1) / m');
  });

  test('time steps, and no loop that nothing needs', () => {
    const code = codeOf(example('rnn')) ?? '';
    expect(code).toContain(
      'z[t] = w @ h[t-1] + u @ x[t] + b\n        h[t] = phi(z[t])\n        o[t] = v @ h[t]',
    );
    expect(code).toContain('for t in range(T - 1, 0, -1):\n    delta[t] = ');
    expect(code).toContain('dw = sum(np.outer(delta[t], h[t-1]) for t in range(1, T + 1))');
    expect(code).not.toContain('dh[t]');
  });

  test('sums that are no matrix products', () => {
    const [, convolution, , bilinear] = specs.slice(0, 4).map((spec) => codeOf(buildNetwork(spec)) ?? '');
    expect(convolution).toContain(
      'sum(f[p-1, q-1] * x[i+p-2, j+q-2] for p in range(1, k + 1) for q in range(1, k + 1))',
    );
    expect(bilinear).toContain("z = np.einsum('ijk,j,k->i', W, x, y)");
  });
});

describe('no code where there can be none', () => {
  test.each([
    ['en', 'There is no code to run: this network has no numbers.'],
    ['zh', '这里没有可运行的代码：这个网络没有数值。'],
  ])('a network without numbers: %s', async (lang, sentence) => {
    const text = await notebookOf(example('general'), { lang });
    expect(text).toContain(sentence);
    expect(text).not.toContain('import numpy');
  });

  test('numbers that are not wanted, or too many of them', () => {
    expect(codeOf(example('2-3-2'), nielsen, false)).toBeNull();
    const blocks = numpySection({
      network: buildNetwork({ layers: [784, 200, 10], activation: 'sigmoid', loss: 'mse' }),
      language: english,
      notation: nielsen,
      numbers: true,
    });
    const words = blocks.flatMap((b) => (b.kind === 'paragraph' ? [wordsOf(b.parts)] : [])).join(' ');
    expect(words).toContain('159804 numbers');
  });

  test('an exercise is not solved', async () => {
    const text = await notebookOf(example('2-3-2'), { document: 'handout', blanks: ['steps'] });
    expect(text).not.toContain('import numpy');
  });
});

describe('the file', () => {
  test.each(
    ['course', 'derivation', 'card'].flatMap((document) =>
      ['en', 'zh'].map((lang) => [document, lang] as const),
    ),
  )('is what nbformat 4.5 says: %s, %s', async (document, lang) => {
    const text = await notebookOf(example('2-3-2'), { document: document as 'course', lang });
    const { cells, metadata, nbformat, nbformat_minor }: Notebook = JSON.parse(text);
    expect({ nbformat, nbformat_minor }).toEqual({ nbformat: 4, nbformat_minor: 5 });
    expect(metadata).toMatchObject({ kernelspec: { name: 'python3' }, language_info: { name: 'python' } });
    for (const cell of cells) {
      const keys = ['cell_type', 'id', 'metadata', 'source'];
      const own = cell.cell_type === 'code' ? ['execution_count', 'outputs', ...keys] : keys;
      expect(Object.keys(cell).sort()).toEqual(own.sort());
      expect(cell.id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
      expect(cell.source.slice(0, -1).every((line) => line.endsWith('\n'))).toBe(true);
      expect(cell.source.at(-1)).not.toMatch(/\n$/);
    }
    expect(new Set(cells.map((c) => c.id)).size).toBe(cells.length);
    expect(cells.filter((c) => c.cell_type === 'code')).toHaveLength(1);
  });

  test('a cell is a section', async () => {
    const { cells }: Notebook = JSON.parse(await notebookOf(example('2-3-2'), { document: 'course' }));
    for (const { source } of cells.filter((c) => c.cell_type === 'markdown')) {
      expect(source[0]).toMatch(/^#+ /);
      const words = source.join('').replace(/^```[\s\S]*?^```/gm, '');
      expect(words.match(/^#+ /gm)).toHaveLength(1);
    }
  });

  test('holds its pictures', async () => {
    const text = await notebookOf(example('2-3-2'), { document: 'course' });
    const { cells }: Notebook = JSON.parse(text);
    const pictures = cells.flatMap((c) => [
      ...c.source.join('').matchAll(/<img alt="[^"]+" src="data:image\/svg\+xml;base64,([^"]+)">/g),
    ]);
    expect(pictures.length).toBeGreaterThan(5);
    for (const [, data = ''] of pictures)
      expect(Buffer.from(data, 'base64').toString('utf8')).toMatch(/^<svg[\s\S]*<\/svg>\s*$/);
    expect(text).not.toMatch(/!\[/);
  });

  test('is written as Jupyter writes it, the same every time', async () => {
    const text = await notebookOf(example('rnn'));
    expect(await notebookOf(example('rnn'))).toBe(text);
    expect(text.startsWith('{\n "cells": [\n  {\n   "cell_type": "markdown",\n   "id": ')).toBe(true);
    expect(text.endsWith('\n "nbformat": 4,\n "nbformat_minor": 5\n}\n')).toBe(true);
  });

  test('speaks both languages, in the code too', async () => {
    const [en, zh] = await Promise.all(['en', 'zh'].map((lang) => notebookOf(example('2-3-2'), { lang })));
    expect(en).toContain(languageOf('en').notebook.comments.backward);
    expect(zh).toContain(languageOf('zh').notebook.comments.backward);
    expect(zh).not.toContain(languageOf('en').notebook.comments.backward);
  });
});
