// Formulas in words: what a screen reader says.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { integer } from '../../src/expr/affine.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { entry, mul } from '../../src/expr/make.ts';
import { englishSpoken } from '../../src/lang/en-spoken.ts';
import { chineseSpoken } from '../../src/lang/zh-spoken.ts';
import { spoken, spokenEquation, spokenTensor } from '../../src/text/spoken.ts';
import { spokenText } from '../../src/text/spoken-text.ts';
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

  it.each([
    [
      'forward',
      'z 下标 j，第 l 层，等于对 k 求和，w 下标 j k，第 l 层，乘 a 下标 k，第 l 减 1 层，加 b 下标 j，第 l 层',
    ],
    [
      'bp1',
      'delta 下标 j，第大写 L 层，等于偏大写 C 比偏 a 下标 j，第大写 L 层，乘 sigma 撇作用于 z 下标 j，第大写 L 层',
    ],
    [
      'bp2 matrix',
      'delta，第 l 层，等于左括号 w，第 l 加 1 层，转置，乘 delta，第 l 加 1 层，右括号，逐元素乘 sigma 撇作用于 z，第 l 层',
    ],
    ['loss', '大写 C 等于二分之一，乘对 j 求和，左括号 y 下标 j 减 a 下标 j，第大写 L 层，右括号平方'],
    ['sum bounds', '对 k 从 1 到 i 减 1 求和，u 下标 k，乘 v 下标 k'],
    ['sum stride', '对满足 i 等于 j 加 2k 的 k 求和，u 下标 k'],
    ['guard range', '当 1 小于等于 k 小于 i 时为 1 否则为 0 的因子，乘 u 下标 k'],
    [
      'sigmoid',
      'sigma 作用于 u 下标 j 等于分式，分子 1，分母 1 加 exp 作用于左括号负 u 下标 j 右括号，分式结束',
    ],
  ])('%s, in Chinese', (name, words) => expect(said(name, chineseSpoken)).toBe(words));

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

describe('formulas given as text', () => {
  it.each([
    ['−0.07289', 'minus 0.07289', '负 0.07289'],
    ['1.2·10⁻⁵', '1.2 times 10 to the power minus 5', '1.2 乘 10 负 5 次方'],
    ['3 × 2', '3 by 2', '3 乘 2'],
    ['5 − 3', '5 minus 3', '5 减 3'],
    ['(0.5, −1)ᵀ', 'the vector 0.5, minus 1', '向量 0.5，负 1'],
    [
      '[0.4 −0.6; … 0.8]',
      'the matrix with rows 0.4, minus 0.6; and so on, 0.8',
      '矩阵，第 1 行 0.4，负 0.6，第 2 行省略号，0.8',
    ],
    [
      '[1 2; 3 4] (0.5, −1)ᵀ',
      'the matrix with rows 1, 2; 3, 4 times the vector 0.5, minus 1',
      '矩阵，第 1 行 1，2，第 2 行 3，4 乘向量 0.5，负 1',
    ],
    ['|−2|', 'the absolute value of minus 2', '负 2 的绝对值'],
    ['w₁₁² ≈ ½', 'w sub 11, layer 2, is about one half', 'w 下标 11，第 2 层，约等于二分之一'],
    ['ΔC', 'Delta capital C', 'Delta 大写 C'],
    ['a ≠ b', 'a is not b', 'a 不等于 b'],
    ['__________', 'blank', '空白'],
    ['NaN', 'not a number', '不是数'],
  ])('%s', (text, english, chinese) => {
    expect(spokenText(text, englishSpoken)).toBe(english);
    expect(spokenText(text, chineseSpoken)).toBe(chinese);
  });

  test('a sign without words is not guessed', () => {
    expect(spokenText('a ⟂ b', englishSpoken)).toBeNull();
    expect(spokenText('(1, ⟂)ᵀ', englishSpoken)).toBeNull();
  });

  test('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1_^{}()[]|;,ᵀ₁²Σ⊙½−.Δ ‖𝟏') }), (text) => {
        const words = spokenText(text, englishSpoken);
        if (words !== null) expect(words).not.toMatch(/[_^ᵀ₁²⊙½−Δ‖]/);
      }),
    );
  });
});
