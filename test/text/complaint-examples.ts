// For everything that the reader can complain about, a text that makes it do so.

import { checkNumber } from '../../src/homework/check-number.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { networkOfContent } from '../../src/question-network.ts';
import { numberQuestion } from '../../src/question-others.ts';
import { notationRow } from '../../src/tables/notations.ts';
import type { Capped, Complaint, ComplaintCode, Expected, Named, Noun } from '../../src/text/complaint.ts';
import { readConditions, readExpr, readFormula, readStatement } from '../../src/text/read.ts';
import { readEquation } from '../../src/text/read-equation.ts';
import { ReadError } from '../../src/text/read-error.ts';
import { type AnswerSyntax, readAnswer } from '../../src/text/reading/answer.ts';
import { freeSystem } from '../../src/text/reading/free.ts';

/** Who reads: plain syntax of one kind; an answer in a syntax; an answer in bare letters; an answer that is a number. */
type Door =
  | 'formula'
  | 'number of plain syntax'
  | 'statement'
  | 'equation'
  | 'conditions'
  | AnswerSyntax
  | 'bare'
  | 'number';
export type Example = readonly [Door, string];

export interface Complained {
  readonly complaint: Complaint;
  readonly expected: Expected | null;
}

const { system } = buildNetwork({}, { numbers: false });
const PLAIN: Readonly<Record<string, (text: string) => unknown>> = {
  formula: (text) => readFormula(text, system),
  'number of plain syntax': (text) => readExpr(text, system),
  statement: (text) => readStatement(text, system),
  equation: (text) => readEquation(text, system),
  conditions: (text) => readConditions(text, system),
};

function thrown(read: () => unknown): Complained | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return error;
  }
}

/** What is wrong with a text, null where it reads. */
export function complained([door, text]: Example): Complained | null {
  const plainly = PLAIN[door];
  if (plainly !== undefined) return thrown(() => plainly(text));
  if (door === 'number') return checkNumber(asked, text).unreadable;
  const notation = notationRow('nielsen')!;
  const about =
    door === 'bare' ? { system: freeSystem({}, [text]) } : { system, syntax: door as AnswerSyntax };
  const reading = readAnswer(text, { ...about, notation });
  if (reading.kind === 'unreadable') return { complaint: reading.complaint, expected: reading.wanted };
  return reading.shapeProblem === null ? null : { complaint: reading.shapeProblem.complaint, expected: null };
}

const asked = numberQuestion(networkOfContent({ layers: [2, 1] }), 'a[2]', 0.01);

export const EXAMPLES: Readonly<Record<ComplaintCode, Example>> = {
  accent: ['latex', '\\hat{y z}'],
  'argument-shape': ['formula', 'tr(w[l])'],
  arguments: ['formula', 'ones()'],
  'backslash-ends': ['latex', '\\delta^l \\'],
  'beside-tensors': ['formula', 'da[l]/dw[l] + 1'],
  'binary-derivative': ['formula', "max'(z[l][j], 0)"],
  brackets: ['formula', 'a[l][j][k]'],
  'case-parts': ['latex', '\\begin{cases} 1 \\\\ 0 & z>0 \\end{cases}'],
  'cases-open': ['latex', '\\begin{cases} 1 & z^l_j > 0'],
  'classes-added': ['numpy', 'dz[y] = 3'],
  'classes-changed': ['numpy', 'dz[range(m), y]'],
  'closes-nothing': ['formula', 'a)'],
  columns: ['formula', 'delta[l]*z[l]'],
  'condition-without-index': ['latex', '\\sum_{1 \\le 2} a_k'],
  'conditions-alone': ['latex', '\\mathbb{1}[j \\ne k, j = 2] a_j'],
  'derivative-by': ['latex', '2*dC/dz[l][j]^2'],
  'derivative-of-nothing': ['latex', '\\frac{d}{dz^l_j}'],
  'derivative-sides': ['formula', 'dz[l]/dz[l][j]'],
  'divided-by-tensor': ['formula', '1/a[l]'],
  'divides-by-zero': ['formula', '1/0'],
  dots: ['latex', '\\ldots'],
  doubled: ['latex', 'a^l__j'],
  'empty-formula': ['formula', ''],
  'entry-indices': ['latex', '(a^l b^l)_{*}'],
  'equal-shapes': ['formula', 'a[l] + w[l]'],
  'equation-left': ['equation', '2 = 3'],
  expected: ['formula', 'a[l] +'],
  'expected-closing': ['formula', '(a'],
  'exponent-range': ['formula', '1e999999999'],
  'exponent-shape': ['formula', '2^a[l]'],
  factorials: ['latex', 'n!'],
  'few-arguments': ['numpy', 'np.sum()'],
  'for-without-equation': ['formula', 'a[l] for 2 <= l'],
  forbidden: ['latex', '\\def\\a{b}'],
  'form-of-syntax': ['formula', "kron'(j,k)"],
  'function-alone': ['latex', '\\sigma'],
  'held-list': ['latex', '(dz[l+1][k]/dz[l][j] | a[l][j], 3)'],
  'held-outside': ['formula', '(a[l][j] | z[l])'],
  'held-whole': ['formula', '(dz[l+1][k]/dz[l][j] | z[l+1][k])'],
  'identity-matrix': ['numpy', 'np.eye(3)'],
  'index-brackets': ['formula', 'a[a[l]]'],
  'index-count': ['latex', 'b^l_{j,k}'],
  'index-in-braces': ['numpy', 'grads[f"W{l**2}"]'],
  'index-not-whole': ['formula', 'a[1.5]'],
  'index-product': ['formula', 'a[l*j][j]'],
  'index-quotient': ['formula', 'a[l/2][j]'],
  'index-range': ['formula', 'a[2000000000][j]'],
  'indicator-condition': ['formula', 'ind(a[l][j])'],
  'indicator-one': ['formula', 'ind(a[l][j] = 2)'],
  'indices-twice': ['plain', 'a[l][j]_k = 0'],
  'inline-by': ['formula', 'd(z[l][j])/dz[l]'],
  'inline-of': ['formula', 'd(z[l])/dz[l][j]'],
  keyword: ['numpy', 'for i in range(3):'],
  'left-index': ['equation', 'z[l][j+1] = 3'],
  'left-is-entry': ['equation', 'a[l][j] = z[l]'],
  'left-twice': ['equation', 'w[l][j,j] = 3'],
  length: ['numpy', 'len(a)'],
  'loss-by': ['numpy', 'cost_derivative(3, 4)'],
  'nabla-by': ['bare', '\\nabla C'],
  'never-closed': ['latex', '(a'],
  'no-derivative': ['latex', '\\partial'],
  'no-formula': ['latex', ''],
  'no-index': ['latex', '\\exp_j'],
  'no-number': ['number', '[]'],
  'no-place': ['formula', '∇'],
  'no-product': ['formula', '(da[l]/dw[l])*w[l]'],
  'no-stage': ['formula', 'exp[2](z[l][j])'],
  'no-transpose': ['formula', "(dz[l]/dw[l])'"],
  'not-function': ['formula', 'pi(2)'],
  'not-number': ['number', 'half'],
  'number-entries': ['formula', '3[j]'],
  'number-wanted': ['number of plain syntax', 'a[l]'],
  'one-equal-sign': ['statement', 'a[l] = b[l] = z[l]'],
  'opaque-argument': ['formula', 'C(2)'],
  'opaque-derivative': ['formula', "C'(a[L])"],
  'other-side-shape': ['latex', 'z^l = a^{l-1}'],
  'over-braces': ['latex', 'a \\over b'],
  'own-layer': ['latex', "\\delta^l = \\sigma'(q^l)"],
  'part-unchanged': ['numpy', 'np.log(delta[z <= 0]) + 1'],
  'partial-form': ['formula', 'partial(C)'],
  'plus-minus': ['latex', '\\pm a'],
  'power-base': ['formula', 'delta[l]^2'],
  'power-or-inverse': ['latex', '\\tanh^{-1}(z)'],
  primes: ['formula', "sigma'''''''''(z[l][j])"],
  product: ['formula', 'w[l+1]*delta[l+1]'],
  'products-over-index': ['latex', '\\prod_k a_k'],
  'range-form': ['formula', 'sum(k, 1, a[l][k])'],
  'range-slots': ['formula', 'sum(k, w[l][k,k])'],
  'relation-misplaced': ['formula', '2 = 3'],
  row: ['formula', "delta[l]' * w[l]"],
  'second-derivative': ['latex', '\\frac{\\partial^2 C}{\\partial z^2}'],
  'shape-attribute': ['numpy', 'a.shape'],
  'side-shapes': ['statement', 'z[l] = a[l-1]'],
  slices: ['numpy', 'delta[:, 0]'],
  slots: ['formula', '(a[l])[j,k]'],
  'sqrt-derivative': ['formula', "sqrt'(2)"],
  'stage-missing': ['formula', 'a'],
  stages: ['formula', 'a[l,j]'],
  'sum-entries': ['formula', 'sum(da[l]/dw[l])'],
  'sum-first': ['formula', 'sum(a[l][j], 2)'],
  'sum-form': ['formula', 'sum()'],
  'sum-of-number': ['formula', 'sum(2)'],
  'sum-over-size': ['formula', 'sum(L, 1, 2, a[L][1])'],
  'summed-shape': ['formula', 'sum(l, 2, L, a[l])'],
  table: ['latex', '\\begin{matrix} 1 \\end{matrix}'],
  'tensor-slots': ['formula', 'a[l][j,k]'],
  tilde: ['numpy', 'dz[~y] = 0'],
  'too-long-in-place': ['numpy', `u = np.exp(z)\n${'u = u * u\n'.repeat(10)}delta = u`],
  'too-many': ['formula', '('.repeat(100)],
  'two-answers': ['unicode', '5 or 6'],
  'two-layers': ['latex', 'W^{l+1,l} \\delta^l = 0'],
  unknown: ['formula', 'detla[l]'],
  'where-form': ['numpy', 'np.where(z)'],
};

/** What is said to be expected at a place: by the complaint itself, or beside it. */
export const NOUNS: Readonly<Record<Noun, Example>> = {
  activation: EXAMPLES['loss-by'],
  argument: ['latex', '\\sqrt'],
  command: EXAMPLES['backslash-ends'],
  condition: EXAMPLES['indicator-condition'],
  'condition-and-else': ['numpy', 'a if b'],
  'condition-like': ['conditions', 'a'],
  'condition-or-classes': ['numpy', 'dz[range(m)] = 0'],
  'condition-such-as': ['numpy', 'dz[range(m)] = 0'],
  'denominator-end': ['latex', '\\frac{\\partial C}{\\partial z^l_j x}'],
  entry: EXAMPLES['inline-by'],
  'first-derivative': EXAMPLES['second-derivative'],
  formula: EXAMPLES['empty-formula'],
  'formula-without-dots': EXAMPLES.dots,
  function: ['formula', 'sigmod(2)'],
  index: EXAMPLES.slices,
  'index-before': EXAMPLES['index-in-braces'],
  'index-behind': ['latex', 'z^{+}'],
  'index-below-sum': ['latex', '\\sum_{3} a'],
  'indices-one-way': EXAMPLES['indices-twice'],
  letter: EXAMPLES.accent,
  loss: ['latex', '\\nabla'],
  'name-number-operator': ['numpy', 'a $ b'],
  number: EXAMPLES['not-number'],
  'number-letter-operator': ['latex', 'a § b'],
  'number-name-operator': EXAMPLES['no-place'],
  'numerator-end': ['latex', '\\frac{\\partial z = a}{\\partial z}'],
  'one-answer': EXAMPLES['two-answers'],
  'one-condition': EXAMPLES['conditions-alone'],
  'one-formula-a-line': EXAMPLES.keyword,
  'one-layer': EXAMPLES['two-layers'],
  'one-quantity-below': ['latex', '\\nabla_{a+b} C'],
  operand: EXAMPLES.expected,
  operator: ['numpy', 'a}'],
  'operator-or-closing': ['latex', '\\exp(a : b)'],
  'operator-or-end': EXAMPLES.factorials,
  'operator-or-line-end': ['numpy', 'a}'],
  'plus-or-minus': EXAMPLES['plus-minus'],
  quantity: ['latex', 'Q^l'],
  script: EXAMPLES.doubled,
  'script-or-argument': ['latex', '\\sqrt'],
  'separator-and-condition': ['latex', '\\begin{cases} a = b & z>0 \\end{cases}'],
  'string-of-layer': ['numpy', 'grads["W" + l]'],
  sum: EXAMPLES['products-over-index'],
  tensor: ['equation', 'q = 3'],
  'whole-quantity': EXAMPLES['part-unchanged'],
};

export const CAPPED: Readonly<Record<Capped, Example>> = {
  'answer-characters': ['latex', 'a '.repeat(2200)],
  'answer-lines': ['numpy', 'a = 1\n'.repeat(300)],
  'code-depth': ['numpy', '('.repeat(100)],
  'code-factors': ['numpy', `${'a@'.repeat(300)}a`],
  'code-symbols': ['numpy', `${'1+'.repeat(2000)}1`],
  'code-terms': ['numpy', `${'a -'.repeat(300)} a`],
  depth: EXAMPLES['too-many'],
  factors: ['latex', `${'a*'.repeat(900)}a`],
  'formula-characters': ['formula', 'a '.repeat(2200)],
  symbols: ['latex', `${'1+'.repeat(2000)}1`],
  terms: ['latex', `${'a+'.repeat(900)}a`],
};

export const NAMED: Readonly<Record<Named, Example>> = {
  attribute: ['numpy', 'a.foo'],
  command: ['latex', '\\detla^l'],
  function: ['numpy', 'sigmod(z)'],
  index: ['equation', 'z[l][j] = a[m][j]'],
  method: ['numpy', 'a.foo()'],
  name: EXAMPLES.unknown,
  'numpy-function': ['numpy', 'np.dto(a)'],
  quantity: ['latex', 'Q^l'],
  tensor: ['equation', 'q = 3'],
};
