// No two labels of a picture meet, none leaves the ground, nothing crosses one: for networks of any widths.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notationNames } from '../../src/tables/notations.ts';
import { faults } from './clear.ts';
import { type Case, gallery, WORDS } from './gallery.ts';

const width = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom(10, 30, 100, 784, 1024));
const languages = Object.keys(WORDS) as (keyof typeof WORDS)[];

const cases: fc.Arbitrary<Case> = fc
  .record({
    widths: fc.array(width, { minLength: 2, maxLength: 9 }),
    notation: fc.constantFrom(...notationNames),
    language: fc.constantFrom(...languages),
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
    neuron: fc.double({ min: 0, max: 0.999, noNaN: true }),
    inputs: fc.array(fc.double({ min: -12, max: 12, noNaN: true }), { maxLength: 12 }),
    passes: fc.integer({ min: 3, max: 10_000_000 }),
  })
  .map(({ place, neuron, ...c }) => {
    const layer = 2 + Math.floor(place * (c.widths.length - 1));
    return { ...c, layer, neuron: 1 + Math.floor(neuron * (c.widths[layer - 1] ?? 1)) };
  });

describe('pictures', () => {
  test.each(notationNames.flatMap((notation) => languages.map((language) => [notation, language] as const)))(
    'of the general network in %s, %s: labels are apart, inside, uncrossed',
    (notation, language) => {
      const c = {
        widths: null,
        notation,
        language,
        layer: 2,
        neuron: 1,
        inputs: [-5, 0.4, 0.5],
        passes: 30_001,
      };
      expect(gallery(c).flatMap(faults)).toEqual([]);
    },
  );

  test('of any network: labels are apart, inside, uncrossed', () => {
    fc.assert(
      fc.property(cases, (c) => {
        expect(gallery(c).flatMap(faults)).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  test('of any network fit a column of text, and no number in them is lost', () => {
    fc.assert(
      fc.property(cases, (c) => {
        for (const f of gallery(c)) {
          expect(f.width, f.id).toBeLessThanOrEqual(760);
          expect(JSON.stringify(f), f.id).not.toContain('null');
        }
      }),
      { numRuns: 50 },
    );
  });
});
