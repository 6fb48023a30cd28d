// The first five sections of the course: what they say of a network is true of it, in both languages and every form.

import { describe, expect, it } from 'vitest';
import { allBlocks, type Block, type DocumentText } from '../../src/document/blocks.ts';
import {
  type DocumentRequest,
  derivationDocument,
  documentDefaults,
} from '../../src/document/derivation-document.ts';
import type { SectionName } from '../../src/document/purposes.ts';
import type { Result } from '../../src/engine/types.ts';
import { html } from '../../src/formats/html.ts';
import { markdown } from '../../src/formats/markdown.ts';
import { plainText } from '../../src/formats/text.ts';
import { english } from '../../src/lang/en.ts';
import { languages } from '../../src/lang/languages.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import type { Network } from '../../src/model/spec.ts';
import { worldOf } from '../../src/model/world.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { notations } from '../../src/tables/notations.ts';
import { readExpr } from '../../src/text/read.ts';
import { faults } from '../figures/clear.ts';
import { documentOf, example, exampleNames, layerNetworks, page, templateIn, visible } from './documents.ts';

const SECTIONS: readonly SectionName[] = ['network', 'feedforward', 'loss', 'error', 'tools'];

const derived = new Map<string, { network: Network; results: readonly Result[] }>();
const written = new Map<string, DocumentText>();

/** The derivation of an example, made once. */
function derivationOf(name: string): { network: Network; results: readonly Result[] } {
  const known = derived.get(name);
  if (known !== undefined) return known;
  const network = example(name);
  const made = { network, results: deriveTargets(network, { verify: { count: 1 } }).results };
  derived.set(name, made);
  return made;
}

type Wanted = Partial<Pick<DocumentRequest, 'language' | 'form' | 'numbers'>>;

/** The first sections of an example's course. */
function course(name: string, wanted: Wanted = {}): DocumentText {
  const language = wanted.language ?? english;
  const id = [name, language.code, wanted.form, wanted.numbers].join();
  const known = written.get(id);
  if (known !== undefined) return known;
  const own = derivationOf(name);
  const document = derivationDocument({
    ...documentDefaults,
    ...own,
    purpose: 'course',
    sections: new Set(SECTIONS),
    template: templateIn(language.code),
    title: name,
    language,
    notation: notations[0]!,
    ...wanted,
  });
  written.set(id, document);
  return document;
}

const textOf = (name: string, wanted: Wanted = {}): string => plainText.render(course(name, wanted), {});

/** The display of that id as rows of text. */
function rowsAt(document: DocumentText, id: string): string[] {
  const found = allBlocks(document.blocks).find((b) => b.kind === 'display' && b.id === id);
  if (found?.kind !== 'display') throw new Error(`no display ${id}`);
  return found.rows.map((r) => `${r.left === null ? '' : `${r.left.unicode} = `}${r.right.unicode}`);
}
const tables = (document: DocumentText): string[][][] =>
  allBlocks(document.blocks).flatMap((b) =>
    b.kind === 'table' ? [[b.head, ...b.rows].map((row) => row.map((cell) => wordsOf(cell)))] : [],
  );
const figures = (document: DocumentText): Extract<Block, { kind: 'figure' }>[] =>
  allBlocks(document.blocks).flatMap((b) => (b.kind === 'figure' ? [b] : []));

describe('every example network in every language', () => {
  for (const language of languages) {
    for (const name of exampleNames) {
      it(`${name} in ${language.code}: says something in each section, in each format, and no word of the program's`, () => {
        const document = course(name, { language });
        const formats = [
          plainText.render(document, {}),
          markdown.render(document, {}),
          visible(html.render(document, { page: page() })),
        ];
        for (const text of formats) expect(text).not.toMatch(/undefined|NaN|\bnull\b|\[object|<%/);
        const ids = document.blocks.flatMap((b) => (b.kind === 'heading' && b.level === 2 ? [b.id] : []));
        expect(ids).toEqual(SECTIONS);
      });

      it(`${name} in ${language.code}: labels of its pictures don't meet, and no two pictures have one id`, () => {
        const document = course(name, { language });
        expect(figures(document).flatMap((b) => faults(b.figure))).toEqual([]);
        const ids = allBlocks(document.blocks).flatMap((b) => ('id' in b && b.id !== null ? [b.id] : []));
        expect(ids).toEqual([...new Set(ids)]);
      });
    }
  }

  it('builds for every activation and loss', () => {
    for (const network of layerNetworks()) {
      const document = documentOf(network, { purpose: 'course', sections: new Set(SECTIONS) });
      expect(plainText.render(document, {})).not.toMatch(/undefined|NaN|\bnull\b/);
    }
  });
});

describe('the network', () => {
  it('counts weights and biases as sums of products', () => {
    expect(textOf('784-30-10').replace(/\s+/g, ' ')).toContain(
      'there are 784 · 30 + 30 · 10 = 23,820 weights and 30 + 10 = 40 biases',
    );
  });

  it('counts every parameter that the network has', () => {
    for (const name of exampleNames) {
      const { concrete, system, spec } = example(name);
      if (concrete === null) continue;
      const real = [...concrete.values]
        .filter(([key]) => system.tensors.get(key.replace(/\[.*/, ''))?.kind === 'parameter')
        .reduce((n, [, { entries }]) => n + entries.length, 0);
      const table = tables(course(name)).find((t) => t[0]?.[2] === 'numbers in it');
      expect([name, table?.at(-1)?.[2]], spec.kind).toEqual([name, real.toLocaleString('en-US')]);
    }
  });

  it('gives the general network its count in symbols', () => {
    expect(textOf('general').replace(/\s+/g, ' ')).toContain(
      'these are Σₗ₌₂ᴸ nₗ₋₁ nₗ weights and Σₗ₌₂ᴸ nₗ biases',
    );
  });

  it('says of one weight where it leads, with its number', () => {
    expect(textOf('2-3-2').replace(/\s+/g, ' ')).toContain(
      'w₁₂³ = −0.4 leads from neuron 2 of layer 2 to neuron 1 of layer 3',
    );
  });
});

describe('feedforward', () => {
  it('puts the weighted input into the activation, entry by entry and as matrices', () => {
    expect(rowsAt(course('general'), 'eq-layer')).toEqual(['aⱼˡ = σ(Σₖ wⱼₖˡ aₖˡ⁻¹ + bⱼˡ)']);
    expect(rowsAt(course('general'), 'eq-layer-matrix')).toEqual(['aˡ = σ(wˡ aˡ⁻¹ + bˡ)']);
  });

  it('writes layer 2 of 2-3-2 out as matrices', () => {
    expect(rowsAt(course('2-3-2'), 'numbers-layer-matrix')).toEqual([
      'z² = w² a¹ + b²',
      ' = [0.4 −0.6; 0.3 0.8; −0.5 0.2] [0.5; −1] + [0.1; −0.2; 0.3] = [0.9; −0.85; −0.15]',
      'a² = σ(z²)',
      ' = σ([0.9; −0.85; −0.15]) = [0.7109; 0.2994; 0.4626]',
    ]);
  });

  it('writes layer 2 of 2-3-2 out neuron by neuron', () => {
    expect(rowsAt(course('2-3-2'), 'numbers-layer')).toEqual([
      'a₁² = σ(w₁₁² a₁¹ + w₁₂² a₂¹ + b₁²)',
      ' = σ(0.4·0.5 + (−0.6)·(−1) + 0.1) = σ(0.9) = 0.7109',
      'a₂² = σ(0.3·0.5 + 0.8·(−1) + (−0.2)) = σ(−0.85) = 0.2994',
      'a₃² = σ((−0.5)·0.5 + 0.2·(−1) + 0.3) = σ(−0.15) = 0.4626',
    ]);
  });

  it('shows the numbers that the network has, to the printed digits', () => {
    for (const name of ['2-3-2', '784-30-10', 'softmax', 'mixed']) {
      const network = example(name);
      const world = worldOf(network);
      const rows = rowsAt(course(name), 'numbers-layer').filter((r) => r.includes(' = '));
      const shown = rows.map((r) => Number(r.split(' = ').at(-1)?.replace('−', '-')));
      const widths = network.concrete?.widths ?? [];
      const last = evaluate(readExpr(`a[2][${widths[1]}]`, network.system), world);
      expect([name, shown.at(-1)]).toEqual([name, Number(last.toPrecision(4))]);
    }
  });

  it('shortens wide layers with dots', () => {
    const rows = rowsAt(course('784-30-10'), 'numbers-layer');
    expect(rows[0]).toBe('a₁² = σ(w₁₁² a₁¹ + w₁₂² a₂¹ + … + w_{1,784}² a₇₈₄¹ + b₁²)');
    expect(rows).toContain('⋮');
  });

  it('says what saturates by the slope of the function, not by its name', () => {
    const flat = (network: string): string => textOf(network).replace(/\s+/g, ' ');
    expect(flat('2-3-2')).toContain('With sigmoid the curve is almost flat far from 0, on both sides');
    expect(flat('softmax')).toContain('With ReLU nothing saturates at the right');
    expect(flat('softmax')).toContain('At 0 the derivative of ReLU jumps');
  });
});

describe('the loss', () => {
  it('is stated for one sample and for all, as a norm and as a sum', () => {
    const document = course('2-3-2');
    expect(rowsAt(document, 'eq-loss-sample')).toEqual(['Cₓ = ½ ‖y − aᴸ‖²', 'Cₓ = ½ Σⱼ (yⱼ − aⱼᴸ)²']);
    expect(rowsAt(document, 'eq-loss-samples')).toEqual([
      'C = (1/n) Σₓ Cₓ',
      'C = (1/(2 n)) Σₓ ‖y(x) − aᴸ(x)‖²',
      'C = (1/(2 n)) Σₓ Σⱼ (yⱼ(x) − aⱼᴸ(x))²',
    ]);
  });

  it("is the network's own: cross-entropy, a batch with a penalty, a sum over time", () => {
    expect(rowsAt(course('softmax'), 'eq-loss-sample')).toEqual(['Cₓ = −yᵀ ln(aᴸ)', 'Cₓ = −Σⱼ yⱼ ln(aⱼᴸ)']);
    expect(rowsAt(course('batch'), 'eq-loss').at(-1)).toBe(
      'C = (1/m) Σᵢ (−Σⱼ (yⱼᵢ ln(aⱼᵢᴸ) + (1 − yⱼᵢ) ln(1 − aⱼᵢᴸ))) + ½·0.01 Σₗ₌₂ᴸ Σⱼ Σₖ (wⱼₖˡ)²',
    );
    expect(rowsAt(course('rnn'), 'eq-loss')).toEqual([
      'C = Σₜ₌₁ᵀ ½ ‖yᵗ − oᵗ‖²',
      'C = Σₜ₌₁ᵀ ½ Σⱼ (yⱼᵗ − oⱼᵗ)²',
    ]);
  });

  it('is drawn as the tree of its own formula', () => {
    const tree = figures(course('2-3-2')).find((b) => b.id === 'figure-loss');
    const labels = tree?.figure.shapes.flatMap((s) =>
      s.kind === 'label'
        ? s.parts.map((part) => (part.kind === 'text' ? part.text : part.formula.unicode))
        : [],
    );
    expect(labels?.toSorted()).toEqual(['(·)^2', '½', 'aⱼᴸ', 'yⱼ', '×', 'Σ_j', '−'].toSorted());
  });

  it('is written out in numbers and comes to what the forward pass gives', () => {
    expect(rowsAt(course('2-3-2'), 'numbers-loss')).toEqual([
      'C = ½·((1 − 0.6702)² + (0 − 0.4897)²) = 0.1743',
    ]);
    expect(rowsAt(course('batch'), 'numbers-loss')).toEqual([
      'C = (1/4) (0.7512 + 0.6059 + 0.5377 + 0.8508) + 0.01778 = 0.7042',
    ]);
  });
});

describe('the error', () => {
  it('predicts what the loss changes by when a weighted input is moved', () => {
    expect(textOf('2-3-2').replace(/\s+/g, ' ')).toContain(
      'adding 0.01 to z₁² should change the loss by 0.01 times δ₁², which is −1.803·10⁻⁴; the forward pass computed again with that change gives −1.798·10⁻⁴',
    );
  });
});

describe('the tools', () => {
  it("multiplies BP2's two factors entry by entry", () => {
    expect(rowsAt(course('2-3-2'), 'numbers-hadamard')).toEqual([
      '((w³)ᵀ δ³) ⊙ σ′(z²)',
      ' = [−0.08774; 0.1026; −0.01197] ⊙ [0.2055; 0.2098; 0.2486] = [−0.01803; 0.02152; −0.002976]',
    ]);
  });

  it('shows the error that unequal shapes are, as the reader of formulas says it', () => {
    const text = textOf('2-3-2').replace(/\s+/g, ' ');
    expect(text).toContain("δ² and δ³ don't, for one is of size 3 and the other of size 2");
    expect(() => readExpr('delta[2] .* delta[3]', example('2-3-2').system)).toThrow(
      '1:13: ".*" wants equal shapes, not n[2] and n[3]',
    );
    expect(text).toContain('".*" wants equal shapes, not n[2] and n[3]');
  });

  it('works the chain rule out in numbers', () => {
    expect(rowsAt(course('2-3-2'), 'numbers-chain')).toEqual([
      '∂C/∂z₁² = δ₁³ (∂z₁³/∂z₁²) + δ₂³ (∂z₂³/∂z₁²)',
      ' = (−0.07289)·0.1439 + 0.1224·(−0.06165) = −0.01803',
    ]);
  });

  it('says why one term is left where the activation is taken of each entry, and that none is lost under softmax', () => {
    expect(textOf('2-3-2')).toContain('∂aₖᴸ/∂zⱼᴸ = σ′(zₖᴸ) [k = j]');
    const softmax = textOf('softmax').replace(/\s+/g, ' ');
    expect(softmax).toContain('nothing vanishes');
    expect(softmax).not.toContain('every term but one is 0');
  });
});

describe('the form that is asked for', () => {
  it('leaves out matrices in component form', () => {
    const document = course('2-3-2', { form: 'component' });
    expect(() => rowsAt(document, 'eq-layer-matrix')).toThrow('no display eq-layer-matrix');
    expect(rowsAt(document, 'eq-loss-sample')).toEqual(['Cₓ = ½ Σⱼ (yⱼ − aⱼᴸ)²']);
    expect(() => rowsAt(document, 'numbers-layer-matrix')).toThrow('no display numbers-layer-matrix');
  });

  it('leaves out components in matrix form', () => {
    const document = course('2-3-2', { form: 'matrix' });
    expect(() => rowsAt(document, 'eq-layer')).toThrow('no display eq-layer');
    expect(rowsAt(document, 'eq-loss-sample')).toEqual(['Cₓ = ½ ‖y − aᴸ‖²']);
    expect(() => rowsAt(document, 'numbers-layer')).toThrow('no display numbers-layer');
  });

  it('keeps the general course where numbers are not wanted', () => {
    const text = textOf('2-3-2', { numbers: false });
    expect(text).toContain('aⱼˡ = σ(Σₖ wⱼₖˡ aₖˡ⁻¹ + bⱼˡ)');
    expect(text).not.toContain('0.7109');
  });
});
