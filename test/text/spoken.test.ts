// Formulas in words: what a screen reader says.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { integer } from '../../src/expr/affine.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { entry, mul } from '../../src/expr/make.ts';
import { englishSpoken } from '../../src/lang/en-spoken.ts';
import { chineseSpoken } from '../../src/lang/zh-spoken.ts';
import { spoken, spokenEquation, spokenTensor } from '../../src/text/spoken.ts';
import { anyExpr, anyTensor } from './latex-any.ts';
import { cases, nielsen } from './latex-cases.ts';

const said = (name: string, words = englishSpoken): string => {
  const found = cases.find((c) => c.name === name);
  if (found === undefined) throw new RangeError(`no case "${name}"`);
  const { left, right } = found;
  return right === null ? spoken(left as Expr, nielsen, words) : spokenEquation(left, right, nielsen, words);
};

describe('in words', () => {
  it.each([
    [
      'forward',
      'z sub j, layer l, equals the sum over k of w sub j k, layer l, times a sub k, layer l minus 1, plus b sub j, layer l',
    ],
    [
      'bp1',
      'delta sub j, layer capital L, equals d capital C over d a sub j, layer capital L, times sigma prime of z sub j, layer capital L',
    ],
    [
      'bp2 matrix',
      'delta, layer l, equals open bracket w, layer l plus 1, transposed, times delta, layer l plus 1, close bracket, entrywise times sigma prime of z, layer l',
    ],
    [
      'bp4 matrix',
      'd capital C over d w, layer l, equals delta, layer l, times a, layer l minus 1, transposed',
    ],
    [
      'loss',
      'capital C equals one half, times the sum over j of open bracket y sub j minus a sub j, layer capital L, close bracket squared',
    ],
    ['sum bounds', 'the sum from k equals 1 to i minus 1 of u sub k, times v sub k'],
    ['sum stride', 'the sum over k where i equals j plus 2k of u sub k'],
    ['guard range', 'the bracket that is 1 where 1 is at most k is less than i, times u sub k'],
    [
      'sigmoid',
      'sigma of u sub j equals the fraction 1 over 1 plus exp of open bracket minus u sub j close bracket, end of fraction',
    ],
  ])('%s', (name, words) => expect(said(name)).toBe(words));

  it.each(['forward', 'bp1', 'bp2 matrix', 'bp4 matrix', 'loss', 'sum bounds', 'sum stride', 'guard range', 'sigmoid'])(
    '%s in Chinese', (name) => { console.log(name, said(name, chineseSpoken)); });

  test('numbers put in are said with their signs and powers', () => {
    const leaf = (e: Expr): string | null => (e.kind === 'entry' ? '-1.2\\cdot 10^{-5}' : null);
    const u = entry('u', [], [integer(1)]);
    expect(spoken(mul(u, u), { ...nielsen, leaf }, englishSpoken)).toBe(
      'open bracket minus 1.2 times 10 to the power minus 5 close bracket times open bracket minus 1.2 times 10 to the power minus 5 close bracket',
    );
  });

  test('nothing but words, numbers and commas is said', () => {
    fc.assert(
      fc.property(anyExpr, anyTensor, (e, t) => {
        for (const text of [spoken(e, nielsen, englishSpoken), spokenTensor(t, nielsen, englishSpoken)])
          expect(text).toMatch(/^[\w ,./]*$/);
      }),
      { numRuns: 300 },
    );
  });
});
