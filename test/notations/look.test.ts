// What a notation decides about single signs: matrix letters, bold, gradients, transposes, broadcasts, letters that are taken.

import { describe, expect, test } from 'vitest';
import { index, integer, shift } from '../../src/expr/affine.ts';
import type { Tensor } from '../../src/expr/expr.ts';
import { adjoint, entry, num, power, size, symbol } from '../../src/expr/make.ts';
import type { System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';
import { type Notation, notationRow, notations } from '../../src/tables/notations.ts';
import { latex, latexTensor } from '../../src/text/latex.ts';
import { unicodeLetter } from '../../src/text/letters.ts';
import { unicode, unicodeTensor } from '../../src/text/unicode.ts';

const [l, L, j, k] = [index('l'), index('L'), index('j'), index('k')];
const named = (name: string): Notation => {
  const found = notationRow(name);
  if (found === null) throw new Error(name);
  return found;
};
const single = buildNetwork({}).system;
const batch = buildNetwork({}, { conventions: { ...defaultConventions, batch: 'columns' } }).system;

const gradient = (by: Tensor): Tensor => {
  if (by.kind !== 'symbol') throw new Error('a symbol');
  return { kind: 'derivative', what: 'adjoint', head: null, of: null, by, cut: [] };
};
const times = (x: Tensor): Tensor => ({ kind: 'hadamard', args: [x, symbol('z', [l])] });

const texOf = (x: Tensor, name: string, system: System = single): string =>
  latexTensor(x, { notation: named(name), system });

describe("Nielsen's gradient by the output", () => {
  test.each([
    ['as a factor', times(gradient(symbol('a', [L]))), '\\nabla_a C \\odot z^l'],
    ['alone it names its layer', gradient(symbol('a', [L])), '\\frac{\\partial C}{\\partial a^L}'],
    ['by another layer', times(gradient(symbol('a', [l]))), '\\frac{\\partial C}{\\partial a^l} \\odot z^l'],
    ['by a parameter', times(gradient(symbol('b', [L]))), '\\frac{\\partial C}{\\partial b^L} \\odot z^l'],
  ])('%s', (_what, x, text) => expect(texOf(x, 'nielsen')).toBe(text));

  test('an entry of it is a fraction', () => {
    expect(latex(adjoint(entry('a', [L], [j])), { notation: named('nielsen'), system: single })).toBe(
      '\\frac{\\partial C}{\\partial a_j^L}',
    );
  });
});

describe('gradients by parameters', () => {
  const [whole, part] = [gradient(symbol('w', [l])), adjoint(entry('w', [l], [j, k]))];
  test.each([
    ['nielsen', '\\frac{\\partial C}{\\partial w^l}', '\\frac{\\partial C}{\\partial w_{jk}^l}'],
    ['ng', 'dW^{[l]}', 'dW_{jk}^{[l]}'],
    ['ufldl', '\\nabla_{W^{(l)}} J', '\\frac{\\partial J}{\\partial W_{jk}^{(l)}}'],
    ['goodfellow', '\\nabla_{\\boldsymbol{W}^{(l)}} J', '\\frac{\\partial J}{\\partial W_{jk}^{(l)}}'],
    ['cs231n', 'dW_l', 'dW_{l,jk}'],
  ])('%s', (name, wholeText, partText) => {
    expect(texOf(whole, name)).toBe(wholeText);
    expect(latex(part, { notation: named(name), system: single })).toBe(partText);
  });

  test("Ng's d is for parameters only: dZ is m times the derivative by Z", () => {
    expect(texOf(gradient(symbol('z', [l])), 'ng', batch)).toBe('\\frac{\\partial J}{\\partial Z^{[l]}}');
    expect(texOf(symbol('delta', [l]), 'ng', batch)).toBe('dZ^{[l]}');
    expect(texOf(symbol('delta', [l]), 'ng')).toBe('dz^{[l]}');
  });
});

describe('letters', () => {
  test('bold is for whole vectors and matrices, a Greek letter in its own bold', () => {
    expect(texOf(symbol('w', [l]), 'nndl')).toBe('\\boldsymbol{W}^{(l)}');
    expect(texOf(symbol('delta', [l]), 'bishop')).toBe('\\boldsymbol{\\delta}^{(l)}');
    expect(texOf(symbol('z', [l]), 'bishop')).toBe('\\mathbf{a}^{(l)}');
    expect(texOf(symbol('C'), 'nndl')).toBe('\\mathcal L');
    expect(latex(entry('w', [l], [j, k]), { notation: named('nndl'), system: single })).toBe('w_{jk}^{(l)}');
  });

  test('a batch has capitals, its entries those of the source', () => {
    expect(texOf(symbol('a', [l]), 'd2l', batch)).toBe('\\mathbf{H}^{(l)}');
    expect(latex(entry('a', [l], [j, k]), { notation: named('d2l'), system: batch })).toBe('h_{jk}^{(l)}');
    expect(latex(entry('a', [l], [j, k]), { notation: named('ng'), system: batch })).toBe('A_{jk}^{[l]}');
  });

  test('a size carries its layer where the notation puts it, and takes brackets under a power', () => {
    const style = { notation: named('ng'), system: single };
    expect(latex(size(index('n', [l])), style)).toBe('n^{[l]}');
    expect(latex(power(size(index('n', [l])), num(2)), style)).toBe('(n^{[l]})^2');
    expect(latex(size(index('n', [shift(l, 1)])), { ...style, notation: named('ufldl') })).toBe('s_{l+1}');
    expect(latex(size(L), { ...style, notation: named('ufldl') })).toBe('n_l');
  });

  test('a name that hangs on a letter keeps hanging on it', () => {
    expect(latex(entry('C0', [], []), { notation: named('ng'), system: single })).toBe('J_0');
    expect(latex(entry('w_out', [], [j]), { notation: named('ng'), system: single })).toBe(
      'W_{\\mathrm{out},j}',
    );
  });

  test("a network's own names are not taken from it", () => {
    const own = buildNetwork({
      tensors: {
        W: { size: ['p', 'n'], kind: 'parameter' },
        w: { size: ['p'], kind: 'parameter' },
        x: { size: ['n'], kind: 'input' },
        h: { size: ['p'] },
        a: { size: [] },
      },
      equations: ['h[j] = sum(k, W[j,k]*x[k])', 'a = sum(j, w[j]*h[j])'],
      loss: 'a^2',
    }).system;
    const style = { notation: named('cs231n'), system: own };
    expect(latex(entry('w', [], [j]), style)).toBe('w_j');
    expect(latex(entry('W', [], [j, k]), style)).toBe('W_{jk}');
    expect(latex(entry('a', [], []), style)).toBe('a');
    expect(latex(entry('h', [], [j]), style)).toBe('h_j');
  });

  test.each([
    ['\\hat{y}', 'y\u0302'],
    ['\\tilde\\Theta', 'Θ\u0303'],
    ['\\mathcal L', 'ℒ'],
    ['\\boldsymbol{\\varphi}', 'ϕ'],
    ['{W_o}', 'W_o'],
    ['\\ell', 'ℓ'],
  ])('%s on a terminal', (tex, text) => expect(unicodeLetter(tex)).toBe(text));
});

describe('signs', () => {
  const w = symbol('w', [shift(l, 1)]);
  test.each([
    ['nielsen', '(w^{l+1})^{\\mathsf T}'],
    ['ng', 'W^{[l+1]T}'],
    ['ufldl', '(W^{(l+1)})^T'],
    ['cs231n', 'W_{l+1}^T'],
    ['goodfellow', '\\boldsymbol{W}^{(l+1)\\top}'],
    ['zhou', '(\\mathbf{W}^{(l+1)})^{\\mathrm T}'],
  ])('%s transposes', (name, text) => {
    expect(texOf({ kind: 'transpose', of: w }, name)).toBe(text);
    expect(texOf({ kind: 'outer', left: symbol('b', [l]), right: w }, name)).toContain(text);
  });

  test('what is no symbol is transposed outside its bracket in every notation', () => {
    const sum: Tensor = { kind: 'tensorSum', args: [symbol('b', [l]), symbol('z', [l])] };
    for (const notation of notations)
      expect(latexTensor({ kind: 'transpose', of: sum }, { notation, system: single })).toContain(
        `)^{${notation.transpose}}`.replace('^{T}', '^T'),
      );
  });

  test('a bias for every sample is bare where the notation lets it, in a sum', () => {
    const ones: Tensor = { kind: 'ones', size: index('m') };
    const bias: Tensor = { kind: 'outer', left: symbol('b', [l]), right: ones };
    const sum: Tensor = { kind: 'tensorSum', args: [symbol('z', [l]), bias] };
    expect(texOf(sum, 'nielsen', batch)).toBe('z^l + b^l\\,\\mathbf 1^{\\mathsf T}');
    expect(texOf(sum, 'ng', batch)).toBe('Z^{[l]} + b^{[l]}');
    expect(texOf(bias, 'ng', batch)).toBe('b^{[l]}\\,\\mathbf 1^T');
  });

  test('a terminal shows what it can of all that', () => {
    const style = { notation: named('ng'), system: batch };
    expect(unicodeTensor(times(symbol('a', [integer(1)])), style)).toBe('A^[1] ∗ Z^[l]');
    expect(unicode(adjoint(entry('w', [l], [j, k])), style)).toBe('dWⱼₖ^[l]');
    expect(unicodeTensor({ kind: 'transpose', of: w }, style)).toBe('W^{[l+1]T}');
  });
});
