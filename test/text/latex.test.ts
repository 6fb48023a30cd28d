// LaTeX: the table of printed cases, numbers put in, notations, and what every printed text must keep to.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, it, test } from 'vitest';
import { index, integer, shift } from '../../src/expr/affine.ts';
import { atMost, between, equal } from '../../src/expr/condition.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import {
  add,
  call,
  entry,
  head,
  mul,
  negative,
  num,
  power,
  subtract,
  sum,
  symbol,
} from '../../src/expr/make.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';
import {
  latex,
  latexCondition,
  latexConditions,
  latexEquation,
  latexFunction,
  latexTensor,
} from '../../src/text/latex.ts';
import { anyConditions, anyExpr, anyTensor } from './latex-any.ts';
import { cases, conditionCases, nielsen, printed, system } from './latex-cases.ts';

const typeset = (text: string): string =>
  katex.renderToString(text, { displayMode: true, strict: 'error', throwOnError: true, trust: false });

const FORBIDDEN = /\\(?:operatorname|mbox|phantom|bm|cancel|color|href|def|newcommand)\b|\{[{%#<]/;
const either = (x: Expr | Tensor, kind: 'expr' | 'tensor'): string =>
  kind === 'expr' ? latex(x as Expr, nielsen) : latexTensor(x as Tensor, nielsen);

describe('LaTeX of', () => {
  const lines = printed(readFileSync(new URL('printed.txt', import.meta.url), 'utf8'));

  test.each(cases)('$name', ({ name, left, right, of }) => {
    const text = right === null ? either(left, of) : latexEquation(left, right, nielsen);
    expect(text).toBe(lines.get(name)?.latex);
  });

  test.each(conditionCases)('$name', ({ name, where }) => {
    expect(latexConditions(where, nielsen)).toBe(lines.get(name)?.latex);
  });

  test('nothing in the table is left unprinted', () => {
    const names = [...cases, ...conditionCases].map((c) => c.name);
    expect([...lines.keys()].sort()).toEqual([...names].sort());
  });
});

describe('function heads and single conditions', () => {
  const l = index('l');
  it.each([
    [head('sigma'), '\\sigma'],
    [head('sigma', 1, l), "\\sigma_l'"],
    [head('sigma', 2, shift(l, 1)), "\\sigma_{l+1}''"],
    [head('f', 4), 'f^{(4)}'],
    [head('relu'), '\\mathrm{ReLU}'],
    [head('tanh', 1), "\\tanh'"],
    [head('log'), '\\ln'],
  ])('%o is %s', (fn, text) => expect(latexFunction(fn, nielsen)).toBe(text));

  test('an integer condition is printed solved for the stage', () => {
    expect(latexCondition(atMost(shift(l, 1), index('L')), nielsen)).toBe('l < L');
    expect(latexCondition(equal(shift(l, 1), index('L')), nielsen)).toBe('l = L-1');
  });
});

describe('numbers put in', () => {
  const numbers: Record<string, string> = {
    'w 1': '0.7',
    'w 2': '-0.3',
    'd 1': '-0.07289',
    'd 2': '0.1224',
    s: '0.2055',
    tiny: '-1.2\\cdot 10^{-5}',
    c: '3',
  };
  const leaf = (e: Expr): string | null =>
    e.kind === 'entry' && e.of.kind === 'symbol'
      ? (numbers[[e.of.name, ...e.slots.map((s) => s.key)].join(' ')] ?? null)
      : null;
  const style = { ...nielsen, leaf };
  const w = (i: number): Expr => entry('w', [], [integer(i)]);
  const d = (i: number): Expr => entry('d', [], [integer(i)]);
  const [s, tiny, c] = ['s', 'tiny', 'c'].map((name) => entry(name, [], [])) as [Expr, Expr, Expr];

  it.each<[string, Expr]>([
    [
      '\\bigl[0.7\\cdot(-0.07289) + (-0.3)\\cdot 0.1224\\bigr]\\cdot 0.2055',
      mul(add(mul(w(1), d(1)), mul(w(2), d(2))), s),
    ],
    ['0.2055 - (-0.3)', subtract(s, w(2))],
    ['0.2055 + (-0.3)', add(s, w(2))],
    ['-0.3 + 0.2055', add(w(2), s)],
    ['-(-0.3)', negative(w(2))],
    ['(-0.3)^2', power(w(2), num(2))],
    ['(-1.2\\cdot 10^{-5})\\cdot 3', mul(tiny, c)],
    ['2\\cdot 3', mul(num(2), c)],
    ['\\frac{1}{2}\\cdot 3', mul(num(1, 2), c)],
    ['\\frac{0.7}{0.2055}', mul(w(1), power(s, num(-1)))],
    ['\\sigma(-0.3)', call('sigma', w(2))],
    ['e^{-0.3}', call('exp', w(2))],
    ['3 u_j', mul(c, entry('u', [], [index('j')]))],
  ])('%s', (text, e) => expect(latex(e, style)).toBe(text));
});

describe('notations', () => {
  const l = index('l');
  const bp4: [Expr | Tensor, Expr | Tensor] = [
    entry('delta', [l], [index('j')]),
    sum(
      'k',
      between(integer(1), index('k'), index('n', [shift(l, 1)])),
      mul(
        entry('w', [shift(l, 1)], [index('k'), index('j')]),
        call(head('sigma', 1), entry('z', [l], [index('j')])),
      ),
    ),
  ];
  it.each([
    ['nielsen', "\\delta_j^l = \\sum_k w_{kj}^{l+1}\\,\\sigma'(z_j^l)"],
    ['ng', "dz_j^{[l]} = \\sum_k W_{kj}^{[l+1]}\\,g'(z_j^{[l]})"],
    ['ufldl', "\\delta_j^{(l)} = \\sum_k W_{kj}^{(l+1)}\\,f'(z_j^{(l)})"],
  ])('%s', (name, text) => {
    const notation = notationRow(name);
    expect(notation).not.toBeNull();
    if (notation !== null) expect(latexEquation(...bp4, { notation, system })).toBe(text);
  });

  test("a lecturer's own letters, a stage below and superscripts first", () => {
    const own = {
      ...nielsen.notation,
      name: 'own',
      letters: { z: '\\zeta', delta: '{\\mathbf d}' },
      stage: { place: 'subscript' as const, left: '', right: '' },
    };
    const style = { notation: own, system };
    expect(latexEquation(...bp4, style)).toBe(
      "{\\mathbf d}_{l,j} = \\sum_k w_{l+1,kj}\\,\\sigma'(\\zeta_{l,j})",
    );
    expect(latexTensor({ kind: 'transpose', of: symbol('w', [l]) }, style)).toBe('w_l^{\\mathsf T}');
    const last = { notation: { ...nielsen.notation, scripts: 'superscript-first' as const }, system };
    expect(latex(bp4[0] as Expr, last)).toBe('\\delta^l_j');
  });

  test('a name that an object always has is no letter of a notation', () => {
    expect(latex(entry('constructor', [], []), nielsen)).toBe('\\mathrm{constructor}');
    expect(notationRow('constructor')).toBeNull();
  });
});

describe('whatever is printed', () => {
  const keeps = (text: string): void => {
    expect(text).not.toMatch(FORBIDDEN);
    typeset(text);
  };

  test('every case is typeset, in every notation, with portable macros only', () => {
    for (const notation of notations) {
      for (const { left, right } of cases) keeps(latexEquation(left, right ?? left, { notation, system }));
      for (const { where } of conditionCases) keeps(latexConditions(where, { notation, system }));
    }
  });

  test('random expressions, tensors and conditions are typeset too', () => {
    fc.assert(
      fc.property(
        anyExpr,
        anyTensor,
        anyConditions,
        fc.constantFrom(...notations),
        (e, t, where, notation) => {
          const style = { notation, system };
          keeps(latex(e, style));
          keeps(latexTensor(t, style));
          keeps(latexConditions(where, style));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('braces of a letter never open a template', () => {
    const notation = { ...nielsen.notation, letters: { k: '{\\mathbf k}', z: '{{z}}' } };
    const style = { notation, system };
    expect(latex(entry('a', [], [index('k')]), style)).toBe('a_{ {\\mathbf k}}');
    expect(latex(entry('z', [], []), style)).toBe('{ {z}}');
  });
});
