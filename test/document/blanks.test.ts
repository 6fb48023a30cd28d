// Handouts: blanks hide what they ask for and all that gives it away; the same command without them is the solution.

import { describe, expect, test } from 'vitest';
import { allBlocks, type Block, type Line } from '../../src/document/blocks.ts';
import type { Blanks } from '../../src/document/purposes.ts';
import { markdown } from '../../src/formats/markdown.ts';
import { plainText } from '../../src/formats/text.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { exampleNames } from './documents.ts';
import { purposeDocument } from './purposes.ts';

const handout = (name: string, blanks: readonly Blanks[], lang: 'en' | 'zh' = 'en') =>
  purposeDocument(name, { purpose: 'handout', blanks: new Set(blanks), lang });

const text = (name: string, blanks: readonly Blanks[], lang: 'en' | 'zh' = 'en'): string =>
  plainText.render(handout(name, blanks, lang), {});

/** Every line of every derivation, those of lemmas too. */
const linesOf = (blocks: readonly Block[]): Line[] => {
  const all = (lines: readonly Line[]): Line[] =>
    lines.flatMap((l) => [l, ...l.lemmas.flatMap((m) => all(m.derivation.lines)), ...all(l.finer)]);
  return allBlocks(blocks).flatMap((b) => (b.kind === 'derivation' ? all(b.lines) : []));
};

/** The statement of a result and its matrix form, as a terminal prints them. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  '2-3-2': [
    '(∂C/∂aⱼᴸ) σ′(zⱼᴸ)',
    '∇ₐC ⊙ σ′(zᴸ)',
    '(aᴸ − y) ⊙',
    'aⱼᴸ − yⱼ',
    'σ(zⱼᴸ) (1 − σ(zⱼᴸ))',
    'Σₖ wₖⱼˡ⁺¹ δₖˡ⁺¹',
    '(wˡ⁺¹)ᵀ δˡ⁺¹',
    '= δⱼˡ',
    'aₖˡ⁻¹ δⱼˡ',
    'δˡ (aˡ⁻¹)ᵀ',
  ],
  softmax: ['aⱼᴸ − yⱼ', 'aᴸ − y', '(wˡ⁺¹)ᵀ δˡ⁺¹', 'aₖˡ⁻¹ δⱼˡ'],
  rnn: ['⊙ φ′(z', 'δₖᵗ⁺¹', 'wᵀ δᵗ⁺¹', 'hₖᵗ⁻¹ δⱼᵗ', 'δᵗ (hᵗ⁻¹)ᵀ'],
  general: ['(∂C/∂aⱼᴸ) σ′(zⱼᴸ)', '∇ₐC', '(wˡ⁺¹)ᵀ δˡ⁺¹', 'δˡ (aˡ⁻¹)ᵀ'],
};

describe('steps', () => {
  test.each(Object.keys(ANSWERS))(
    '%s: no answer stands anywhere in the exercise, each stands in the solution',
    (name) => {
      const [exercise, solution] = [text(name, ['steps']), text(name, [])];
      for (const answer of ANSWERS[name] ?? []) {
        expect(exercise).not.toContain(answer);
        expect(solution).toContain(answer);
      }
    },
  );

  test.each(exampleNames)(
    '%s: every line but the definition of the error is a gap, in Markdown too',
    (name) => {
      const lines = linesOf(handout(name, ['steps']).blocks);
      const shown = lines.filter((l) => !/^_+$/.test(l.right.unicode));
      expect(shown.every((l) => l.rule === 'definition-of-error')).toBe(true);
      expect(lines.length).toBeGreaterThan(shown.length);
      for (const l of lines) expect(l.numbers?.substituted ?? null).toBeNull();
    },
  );

  test('a result keeps its numbers, to check against', () => {
    expect(text('2-3-2', ['steps'])).toContain('δ² = (−0.01803, 0.02152, −0.002976)ᵀ');
  });

  test('the same lines stand in the exercise and in the solution, with the same reasons', () => {
    const why = (blanks: readonly Blanks[]): string[] =>
      linesOf(handout('2-3-2', blanks).blocks)
        .filter((l) => l.rule !== null)
        .map((l) => wordsOf(l.why).replace(/since .*[σ=].*/, 'since'));
    expect(why(['steps']).map((w) => w.replace(/since _+/, 'since'))).toEqual(why([]));
  });
});

describe('reasons', () => {
  test.each(['2-3-2', 'rnn'])('%s: no line says why, every formula stays', (name) => {
    const lines = linesOf(handout(name, ['reasons']).blocks);
    const solution = linesOf(handout(name, []).blocks);
    for (const l of lines) if (l.rule !== null) expect(wordsOf(l.why)).toMatch(/^_+$/);
    expect(lines.map((l) => l.right.unicode)).toEqual(solution.map((l) => l.right.unicode));
  });
});

describe('numbers', () => {
  test.each(['2-3-2', 'batch', 'tied'])('%s: no computed number is shown, the given ones are', (name) => {
    const blocks = allBlocks(handout(name, ['numbers']).blocks);
    for (const l of linesOf(blocks)) {
      if (l.numbers === null) continue;
      expect(l.numbers.value.unicode).toMatch(/^_+$/);
      expect(l.numbers.substituted?.unicode ?? '___').toMatch(/^_+$/);
      expect(l.numbers.remark).toBeNull();
    }
    const computed = blocks.filter((b) => b.kind === 'display' && b.asks === 'numbers');
    expect(computed.length).toBeGreaterThan(1);
    for (const b of computed)
      if (b.kind === 'display') for (const r of b.rows) expect(r.right.unicode).toMatch(/^_+$/);
  });

  test('the given numbers are in the exercise, those of the run in the solution', () => {
    const [exercise, solution] = [text('2-3-2', ['numbers']), text('2-3-2', [])];
    expect(exercise).toContain('w² = [0.4 −0.6; 0.3 0.8; −0.5 0.2]');
    for (const n of ['0.7109', '0.07289', '0.1743', '0.009015']) {
      expect(exercise).not.toContain(n);
      expect(solution).toContain(n);
    }
  });
});

describe.each(exampleNames)('%s', (name) => {
  test.each(['en', 'zh'] as const)('has an exercise and a solution in %s', (lang) => {
    for (const blanks of [
      [],
      ['steps'],
      ['reasons'],
      ['numbers'],
      ['steps', 'reasons', 'numbers'],
    ] as const) {
      const written = markdown.render(handout(name, blanks, lang), {});
      expect(written.match(/.*(undefined|NaN|null|\[object).*/g)).toBeNull();
      expect(written.includes(lang === 'en' ? 'exercise' : '练习')).toBe(blanks.length > 0);
    }
  });
});

test('a course with blanks gives nothing away either, in no picture and no remark', () => {
  const d = purposeDocument('2-3-2', { purpose: 'course', blanks: new Set<Blanks>(['steps']) });
  const written = plainText.render(d, {});
  for (const answer of ['∇ₐC ⊙ σ′(zᴸ)', 'Σₖ wₖⱼˡ⁺¹ δₖˡ⁺¹', '(wˡ⁺¹)ᵀ δˡ⁺¹', 'aₖˡ⁻¹ δⱼˡ', 'δˡ (aˡ⁻¹)ᵀ'])
    expect(written).not.toContain(answer);
  const pictures = allBlocks(d.blocks).flatMap((b) => (b.kind === 'figure' ? [b.id] : []));
  expect(pictures).toContain('figure-network');
  for (const id of ['figure-bp1', 'figure-bp2', 'figure-bp4', 'figure-chain', 'figure-backflow'])
    expect(pictures).not.toContain(id);
});
