// Whatever the plain printer prints, the reader takes back to the same expression.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { key, tensorKey } from '../../src/expr/substitute.ts';
import { plain, plainTensor } from '../../src/text/plain.ts';
import { isTensor, readExpr, readFormula } from '../../src/text/read.ts';
import { anyExpr, anyMatrix, anySize, anyVector, system } from './plain-any.ts';

const RUNS = 3000;

describe('plain text reads back to the same', () => {
  it('component expression', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const e = anyExpr(g, 3);
        const text = plain(e, system);
        expect(key(readExpr(text, system)), text).toBe(key(e));
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['vector', 'matrix'])('%s', (order) => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const t = order === 'vector' ? anyVector(g, anySize(g), 3) : anyMatrix(g, anySize(g), anySize(g), 3);
        const text = plainTensor(t, system);
        const back = readFormula(text, system);
        expect(isTensor(back) ? tensorKey(back) : key(back), text).toBe(tensorKey(t));
      }),
      { numRuns: RUNS },
    );
  });

  it('a second print is the same text', () => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const text = plain(anyExpr(g, 3), system);
        expect(plain(readExpr(text, system), system)).toBe(text);
      }),
      { numRuns: RUNS / 3 },
    );
  });
});
