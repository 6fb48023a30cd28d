// Unicode for terminals: the table of printed cases, scripts with and without small letters, notations.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { index, shift } from '../../src/expr/affine.ts';
import { atMost } from '../../src/expr/condition.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { entry, head } from '../../src/expr/make.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';
import {
  unicode,
  unicodeCondition,
  unicodeConditions,
  unicodeEquation,
  unicodeFunction,
  unicodeTensor,
} from '../../src/text/unicode.ts';
import { anyConditions, anyExpr, anyTensor } from './latex-any.ts';
import { cases, conditionCases, nielsen, printed, system } from './latex-cases.ts';

describe('Unicode of', () => {
  const lines = printed(readFileSync(new URL('printed.txt', import.meta.url), 'utf8'));

  test.each(cases)('$name', ({ name, left, right, of }) => {
    const alone = (): string =>
      of === 'expr' ? unicode(left as Expr, nielsen) : unicodeTensor(left as Tensor, nielsen);
    const text = right === null ? alone() : unicodeEquation(left, right, nielsen);
    expect(text).toBe(lines.get(name)?.unicode);
  });

  test.each(conditionCases)('$name', ({ name, where }) => {
    expect(unicodeConditions(where, nielsen)).toBe(lines.get(name)?.unicode);
  });
});

describe('scripts', () => {
  const [l, j, q] = [index('l'), index('j'), index('q')];
  it.each<[string, Expr]>([
    ['zⱼˡ⁻¹', entry('z', [shift(l, -1)], [j])],
    ['z_qˡ', entry('z', [l], [q])],
    ['z_{j,q+1}ˡ', entry('z', [l], [j, shift(q, 1)])],
    ['zⱼ^q', entry('z', [q], [j])],
    ['θ₁₂', entry('theta', [], [index('1'), index('2')])],
  ])('%s', (text, e) => expect(unicode(e, nielsen)).toBe(text));

  test('heads carry stage and primes', () => {
    expect(unicodeFunction(head('sigma', 1, l), nielsen)).toBe('σₗ′');
    expect(unicodeFunction(head('sigma', 2), nielsen)).toBe('σ″');
    expect(unicodeCondition(atMost(shift(l, 2), index('L')), nielsen)).toBe('l ≤ L−2');
  });

  it.each([
    ['ng', 'dzⱼ^[l]', '∂J/∂dzⱼ^[l]'],
    ['ufldl', 'δⱼ⁽ˡ⁾', '∂J/∂δⱼ⁽ˡ⁾'],
  ])('%s has its own brackets and letters', (name, error, gradient) => {
    const notation = notationRow(name);
    expect(notation).not.toBeNull();
    if (notation === null) return;
    const by = entry('delta', [l], [j]);
    expect(unicode(by, { notation, system })).toBe(error);
    expect(unicode({ kind: 'adjoint', by }, { notation, system })).toBe(gradient);
  });
});

test('whatever is printed is one line without LaTeX commands', () => {
  fc.assert(
    fc.property(anyExpr, anyTensor, anyConditions, fc.constantFrom(...notations), (e, t, where, notation) => {
      const style = { notation, system };
      for (const text of [unicode(e, style), unicodeTensor(t, style), unicodeConditions(where, style)])
        expect(text).not.toMatch(/[\\\n$]/);
    }),
    { numRuns: 300 },
  );
});
