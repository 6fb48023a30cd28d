// The course's sections 6 to 8: what they count is what runs count, what they print is what the network gives.

import { describe, expect, test } from 'vitest';
import { numberFormula } from '../../src/document/digits.ts';
import { evaluated } from '../../src/engine/evaluated.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { worldOf } from '../../src/model/world.ts';
import { differences } from '../../src/numeric/differences.ts';
import { measuredCosts } from '../../src/numeric/measured.ts';
import { openRun } from '../../src/numeric/run.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { notationNames, notationRow, notations } from '../../src/tables/notations.ts';
import { exampleNames } from './documents.ts';
import { blocksIn, derived, documentFrom, fullText, secondHalf, textOf } from './purposes.ts';

const concrete = exampleNames.filter((n) => n !== 'general');
const grouped = (n: number): string => n.toLocaleString('en-US');

describe.each(exampleNames)('%s', (name) => {
  test.each(['en', 'zh'] as const)('in %s has no hole in its text', (lang) => {
    const text = fullText(secondHalf(name, lang));
    expect(text.match(/.*(undefined|NaN|null|\[object|=>).*/g)).toBeNull();
    expect(text.length).toBeGreaterThan(1500);
  });

  test('says the same things in both languages: as many headings, formulas set apart, tables and figures', () => {
    const kinds = (lang: 'en' | 'zh'): string[] => blocksIn(secondHalf(name, lang)).map((b) => b.kind);
    expect(kinds('zh')).toEqual(kinds('en'));
  });
});

describe.each(concrete)('the run of %s', (name) => {
  const { network, results } = derived(name);
  const world = worldOf(network);

  test('shows every number of the forward pass, the errors and the gradients, by the derived formulas', () => {
    const text = fullText(secondHalf(name));
    const values = evaluated(network, world, results);
    for (const v of [...values.forward, ...values.errors, ...values.adjoints, ...values.gradients]) {
      const first = numberFormula(v.entries[0] ?? Number.NaN, 4).unicode;
      const last = numberFormula(v.entries.at(-1) ?? Number.NaN, 4).unicode;
      expect(text, v.name).toContain(first);
      expect(text, v.name).toContain(last);
    }
    expect(values.dual.error).toBeLessThan(1e-12);
    expect(text).toContain(`the same ${values.dual.entries} numbers`);
  });

  test('its step of learning makes the loss smaller, as a forward pass measures it', () => {
    const text = fullText(secondHalf(name));
    const [, before = '', after = ''] = /the loss goes from ([\d.]+) to ([\d.]+), a change/.exec(text) ?? [];
    expect(Number(before)).toBeCloseTo(openRun(world).forward(), 5);
    expect(Number(after)).toBeLessThan(Number(before));
  });

  test('its passes are those that a run of the differences takes', () => {
    const { count, gradient } = differencesOf(name);
    const parameters = [...gradient.values()].reduce((n, v) => n + v.entries.length, 0);
    const text = fullText(secondHalf(name));
    expect(count.passes).toBe(parameters + 1);
    expect(text).toContain(`${grouped(parameters)} parameters`);
    const table =
      blocksIn(secondHalf(name))
        .map(textOf)
        .find((t) => t.startsWith('gradient by')) ?? '';
    const all = table.split('\n').find((l) => /forward difference \((weights and biases|all)/.test(l)) ?? '';
    expect(all).toContain(`| ${grouped(count.passes)} | 0 | ${grouped(count.multiplyAdds)}`);
  });
});

/** All forward differences of an example that is small, some of a large one's network with fewer inputs. */
const differencesOf = (name: string) => {
  const { network } = derived(name);
  const trained = [...network.system.tensors.values()]
    .filter((d) => d.kind === 'parameter')
    .map((d) => d.name);
  if (name !== '784-30-10') return differences(worldOf(network), 'forward', { tensors: new Set(trained) });
  // Too many to run in a test: one pass's count times their number.
  const run = openRun(worldOf(network));
  run.forward();
  const parameters = run.leaves('parameter').reduce((n, l) => n + l.entries.length, 0);
  const gradient = new Map([['all', { shape: [parameters], entries: new Float64Array(parameters) }]]);
  const passes = parameters + 1;
  return { gradient, count: { passes, multiplyAdds: passes * run.count().multiplyAdds, reversePasses: 0 } };
};

describe('the example of the documentation', () => {
  const text = fullText(secondHalf('2-3-2'));

  test.each([
    'C = 0.1743',
    'δ³ = (−0.07289, 0.1224)ᵀ',
    'δ² = (−0.01803, 0.02152, −0.002976)ᵀ',
    '1 | 0.6702 | 1 | −0.3298 | 0.221 | −0.07289',
    'δᴸ = (aᴸ − y) ⊙ aᴸ ⊙ (1 − aᴸ)',
    'for l = L−1, L−2, …, 2:',
    '∂C/∂w₁₁² ≈ (0.174291427 − 0.174292328) / 10⁻⁴ = −0.00901484',
    'The derived formula gives −0.00901496',
    'For 1,000 samples that is 18,000 passes by forward differences against 2,000 by backpropagation.',
  ])('says %s', (fact) => {
    expect(text).toContain(fact);
  });

  test('counts 30,172 + 1 passes by the weights and 30,220 + 1 with the biases of the large network', () => {
    const large = buildNetwork({
      layers: [784, 38, 10],
      activation: 'sigmoid',
      loss: 'mse',
      values: { seed: 1 },
    });
    const [weights, all] = measuredCosts(worldOf(large), [new Set(['w']), new Set(['w', 'b'])]);
    expect([weights?.differencePasses, all?.differencePasses]).toEqual([30_173, 30_221]);
    for (const n of ['30,172', '30,173', '30,220', '30,221', '30,221,000']) expect(text).toContain(n);
    expect(text).toContain(`${grouped(all?.forward ?? 0)} products forward`);
    expect(text).toContain(`${grouped(all?.reverse ?? 0)} backward`);
  });

  test('the table of steps falls and rises again: the chord at large steps, rounding at small ones', () => {
    const table = blocksIn(secondHalf('2-3-2')).find((b) => b.kind === 'table' && b.rows.length === 12);
    if (table?.kind !== 'table') throw new Error('no table of steps');
    const errors = textOf(table)
      .split('\n')
      .slice(1)
      .map((l) => Number(l.split(' | ')[2]));
    const best = errors.indexOf(Math.min(...errors));
    expect(best).toBeGreaterThan(3);
    expect(errors[0]).toBeGreaterThan(1e4 * (errors[best] ?? 0));
    expect(errors.at(-1)).toBeGreaterThan(1e3 * (errors[best] ?? 0));
  });

  test('the six lines are six', () => {
    const code = blocksIn(secondHalf('2-3-2')).flatMap((b) => (b.kind === 'code' ? [b.text] : []));
    expect(code.at(-1)?.split('\n')).toHaveLength(6);
  });
});

describe('the order of the algorithm', () => {
  test('a recurrent network runs forward in time and back', () => {
    const [code = ''] = blocksIn(secondHalf('rnn')).flatMap((b) => (b.kind === 'code' ? [b.text] : []));
    const lines = code.split('\n');
    const at = (start: string): number => lines.findIndex((l) => l.trim().startsWith(start));
    expect(at('for t = 1, 2, …, T:')).toBeLessThan(at('zᵗ ='));
    expect(at('zᵗ =')).toBeLessThan(at('hᵗ ='));
    expect(at('∂C/∂hᵀ =')).toBeLessThan(at('δᵀ ='));
    expect(at('δᵀ =')).toBeLessThan(at('for t = T−1, T−2, …, 1:'));
  });

  test('a residual network goes down the layers, the boundary first', () => {
    const text = fullText(secondHalf('residual'));
    expect(text).toContain('For l = L, L−1, …, 2:');
    expect(text).not.toContain('BP1');
  });

  test('the general network has no run and no numbers, but all formulas', () => {
    const text = fullText(secondHalf('general'));
    expect(text).not.toContain('Run once');
    expect(text).toContain('δᴸ = ∇ₐC ⊙ σ′(zᴸ)');
    expect(text).toContain('30,173');
  });
});

describe('remarks', () => {
  test('the slope cancels with softmax or sigmoid under a cross-entropy, not under the squared error', () => {
    expect(fullText(secondHalf('batch'))).toContain('no slope of the activation function is left');
    expect(fullText(secondHalf('softmax'))).toContain(
      'only the difference between output and wanted output is left',
    );
    expect(fullText(secondHalf('2-3-2'))).not.toContain('is left: this loss');
  });

  test('the evidence for BP4 are products of the numbers beside it', () => {
    const text = fullText(secondHalf('2-3-2'));
    const found =
      /a₁² = (\d+\.\d+) and a₂² = (\d+\.\d+) meet the same error δ₂³ = (\d+\.\d+): ∂C\/∂w₂₁³ = (\d+\.\d+), but ∂C\/∂w₂₂³ = (\d+\.\d+)/.exec(
        text,
      );
    const [, large, small, error, byLarge, bySmall] = (found ?? []).map(Number);
    expect((large ?? 0) * (error ?? 0)).toBeCloseTo(byLarge ?? Number.NaN, 4);
    expect((small ?? 0) * (error ?? 0)).toBeCloseTo(bySmall ?? Number.NaN, 4);
  });
});

/** A small network as a notation writes it. */
const inNotation = (notation: string, lang: 'en' | 'zh' = 'en'): string => {
  const { conventions } = notationRow(notation) ?? notations[0]!;
  const network = buildNetwork(
    { layers: [2, 3, 2], activation: 'sigmoid', loss: 'mse', values: { seed: 1 } },
    { conventions },
  );
  const sections = new Set(['equations', 'algorithm', 'differences'] as const);
  const of = deriveTargets(network, { verify: { count: 1 } });
  return fullText(documentFrom(of, { purpose: 'course', sections, notation, lang }));
};

describe.each(notationNames)('in the notation %s', (notation) => {
  test.each(['en', 'zh'] as const)('nothing is missing in %s, and the run agrees', (lang) => {
    const text = inNotation(notation, lang);
    expect(text.match(/.*(undefined|NaN|null|\[object).*/g)).toBeNull();
    expect(text).not.toContain('a function of the whole layer');
    expect(text).toContain(lang === 'en' ? 'the same 22 numbers' : '得到的 22 个数');
  });
});

describe('conventions', () => {
  test('errors that point downhill, and those that leave 1/m to the gradients, are said to', () => {
    expect(inNotation('zhou')).toContain('The minus sign is a choice');
    expect(inNotation('zhou')).toContain('the gradient by a bias is the error, its sign turned.');
    expect(inNotation('ng')).toContain('The factor m is a choice too');
    expect(inNotation('ng')).toContain('so the gradients take the mean over the samples.');
    expect(inNotation('cs231n')).toContain('so the errors already hold the factor 1/N');
    expect(inNotation('nielsen')).not.toContain('choice');
  });

  test('layers are counted as the notation counts them', () => {
    expect(inNotation('nielsen')).toContain('For l = 2, 3, …, L:');
    expect(inNotation('ng')).toContain('For l = 1, 2, …, L:');
    expect(inNotation('ng')).toContain('base = J(w)');
  });
});
