// Numbers beside the lines: the design's worked example, significant digits, long tensors, and the oracle's agreement.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DerivationBlock, DocumentText, Line } from '../../src/document/blocks.ts';
import { errorText, latexNumber, unicodeNumber } from '../../src/document/digits.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { documentOf, example, exampleNames } from './documents.ts';

const derivations = (d: DocumentText): DerivationBlock[] =>
  d.blocks.flatMap((b) => (b.kind === 'derivation' ? [b] : []));

const everyLine = (lines: readonly Line[]): Line[] =>
  lines.flatMap((l) => [...l.lemmas.flatMap((m) => everyLine(m.derivation.lines)), l]);

const shown = (l: Line): string[] => {
  const n = l.numbers;
  if (n === null) return [];
  const middle = n.substituted === null ? '' : `${n.substituted.unicode} = `;
  return [
    `${n.left.unicode} = ${middle}${n.value.unicode}`,
    ...(n.whole === null ? [] : [`${n.whole.left.unicode} = ${n.whole.right.unicode}`]),
    ...(n.remark === null ? [] : [wordsOf(n.remark)]),
  ];
};

describe('the 2-3-2 example', () => {
  const [bp1, , bp2, , , bp4] = derivations(documentOf(example('2-3-2')));

  test('BP1 in numbers', () => {
    expect(bp1!.lines.flatMap(shown)).toEqual([
      'δ₁³ = −0.07289',
      'by dual numbers, through the forward equations',
      'δ₁³ = (−0.3298)·0.221 + 0.4897·0 = −0.07289',
      'δ₁³ = (−0.3298)·0.221 = −0.07289',
      'δ₁³ = (−0.3298)·0.221 = −0.07289',
      'δ³ = (−0.07289, 0.1224)ᵀ',
      'dual numbers say −0.07289, error 0',
    ]);
  });

  test('BP2 unrolls its sum', () => {
    const last = bp2!.lines.at(-1)!;
    expect(shown(last).slice(0, 2)).toEqual([
      'δ₁² = (0.7·(−0.07289) + (−0.3)·0.1224)·0.2055 = −0.01803',
      'δ² = (−0.01803, 0.02152, −0.002976)ᵀ',
    ]);
    expect(last.numbers!.substituted!.latex).toBe(
      '\\bigl[0.7\\cdot(-0.07289) + (-0.3)\\cdot 0.1224\\bigr]\\cdot 0.2055',
    );
  });

  test('BP4 for one weight is the one of the design, and the whole matrix is beside it', () => {
    const { numbers } = bp4!.lines.at(-1)!;
    expect(numbers!.number).toBeCloseTo(-0.00901496, 8);
    expect(numbers!.whole!.right.latex).toBe(
      '\\begin{bmatrix} -0.009015 & 0.01803 \\\\ 0.01076 & -0.02152 \\\\ -0.001488 & 0.002976 \\end{bmatrix}',
    );
  });
});

test('another entry can be chosen, and more digits', () => {
  const d = documentOf(example('2-3-2'), { targets: ['bp4'], entry: [3, 2], digits: 6 });
  expect(shown(derivations(d)[0]!.lines.at(-1)!)[0]).toBe('∂C/∂w₃₂² = (−1)·(−0.00297551) = 0.00297551');
});

test('without numbers no line has any', () => {
  const lines = derivations(documentOf(example('2-3-2'), { numbers: false })).flatMap((d) =>
    everyLine(d.lines),
  );
  expect(lines.every((l) => l.numbers === null)).toBe(true);
});

test('long sums and tensors show their ends', () => {
  const [d] = derivations(documentOf(example('784-30-10'), { targets: ['bp4'] }));
  const [opened] = d!.lines.at(-1)!.lemmas[0]!.derivation.lines;
  expect(opened!.numbers!.substituted!.unicode).toMatch(/^\S+·\S+ \+ \S+·\S+ \+ … \+ /);
  const { latex } = d!.lines.at(-1)!.numbers!.whole!.right;
  expect(latex.match(/\\cdots/g)).toHaveLength(3);
  expect(latex).toContain('\\vdots');
  expect(latex).toContain('\\ddots');
});

test('every derivation agrees with dual numbers, and all its lines are worth the same', () => {
  for (const name of exampleNames) {
    for (const d of derivations(documentOf(example(name)))) {
      const values = d.lines.flatMap((l) => (l.numbers === null ? [] : [l.numbers.number]));
      const last = d.lines.at(-1)!.numbers;
      if (last === null) continue;
      const size = Math.max(1e-3, Math.abs(last.number));
      expect(last.error! / size, `${name} ${d.id}`).toBeLessThan(1e-12);
      for (const v of values) expect(Math.abs(v - last.number) / size, `${name} ${d.id}`).toBeLessThan(1e-12);
    }
  }
});

test('a weighted input at a kink is said', () => {
  const network = buildNetwork({
    layers: [1, 1, 1],
    activation: 'relu',
    loss: 'mse',
    values: { w: { 2: [[1]], 3: [[1]] }, b: { 2: [0], 3: [1] }, x: [0], y: [1] },
  });
  const notes = documentOf(network).blocks.flatMap((b) => (b.kind === 'note' ? [wordsOf(b.parts)] : []));
  expect(notes).toContain(
    'z₁² lies at 0, where the derivative jumps; the value shown is one of its one-sided values',
  );
});

describe('digits', () => {
  test.each([
    [0.2055, '0.2055', '0.2055'],
    [-0.0180299, '-0.01803', '−0.01803'],
    [0.0000123456, '1.235 \\cdot 10^{-5}', '1.235·10⁻⁵'],
    [12345678, '1.235 \\cdot 10^{7}', '1.235·10⁷'],
    [0, '0', '0'],
    [0.7, '0.7', '0.7'],
    [-Infinity, '-\\infty', '−∞'],
    [Number.NaN, '\\text{NaN}', 'NaN'],
  ])('%d has four significant ones', (x, latex, unicode) => {
    expect(latexNumber(x, 4)).toBe(latex);
    expect(unicodeNumber(x, 4)).toBe(unicode);
  });

  test('a number that is not 0 is never shown as 0', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 15 }),
        (x, n) => {
          fc.pre(x !== 0);
          expect(latexNumber(x, n)).toMatch(/[1-9]/);
          expect(latexNumber(x, n)).not.toMatch(/^-?0\.0+$/);
        },
      ),
    );
  });

  test('an error has one digit', () => {
    expect([0, 3.4e-18, 2e-16, 1.5].map(errorText)).toEqual(['0', '3e-18', '2e-16', '2e0']);
  });
});
