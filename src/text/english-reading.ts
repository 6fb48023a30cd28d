// What is said in English where something can't be read: the sentences that the errors carry.

import type { Capped, ComplaintFacts, Hint, Named, Piece, ShapeFact } from './complaint.ts';
import { englishNoun as expected } from './english-nouns.ts';
import type { ReadingWords } from './reading-words.ts';
import { type PieceWords, pieceShown } from './shown.ts';

const PIECES: PieceWords = {
  end: 'the end',
  lineEnd: 'the end of the line',
  lone: 'the lone half of a character',
  quoted: (text) => `"${text}"`,
  unprintable: (code) => `the character U+${code}`,
};

const found = (piece: Piece): string => pieceShown(piece, PIECES);

/** A piece of the input quoted, an empty one too. */
export const shown = (piece: Piece): string => (piece === '' ? '""' : found(piece));

const shape = (s: ShapeFact): string => (s === '' ? 'a scalar' : s);
const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** `; did you mean "sigmoid"?`, or the list of what there is, or nothing. */
export const hinted = ({ near, known = [] }: Hint): string => {
  if (near !== null) return `; did you mean "${near}"?`;
  return known.length === 0 ? '' : `; there is ${known.join(', ')}`;
};

const CAPPED: Readonly<Record<Capped, (most: number) => string>> = {
  'answer-characters': (most) => `the answer is longer than ${most} characters`,
  'answer-lines': (most) => `an answer has at most ${most} lines`,
  'code-depth': (most) => `the code is nested deeper than ${most} levels`,
  'code-factors': (most) => `a line of code has at most ${most} factors in a row`,
  'code-symbols': (most) => `the code has more than ${most} symbols`,
  'code-terms': (most) => `a line of code has at most ${most} terms in a row`,
  depth: (most) => `the formula is nested deeper than ${most} levels`,
  factors: (most) => `a product has at most ${most} factors`,
  'formula-characters': (most) => `the formula is longer than ${most} characters`,
  symbols: (most) => `the formula has more than ${most} symbols`,
  terms: (most) => `a sum has at most ${most} terms`,
};

const NAMED: Readonly<Record<Named, (name: string) => string>> = {
  attribute: (name) => `unknown attribute "${name}"`,
  command: (name) => `unknown command "${name}"`,
  function: (name) => `unknown function "${name}"`,
  index: (name) => `unknown index "${name}"`,
  method: (name) => `unknown method "${name}"`,
  name: (name) => `unknown name "${name}"`,
  'numpy-function': (name) => `"np.${name}" is no function that is read here`,
  quantity: (name) => `nothing here is called "${name}"`,
  tensor: (name) => `unknown tensor "${name}"`,
};

function unknown({ as, name, hint }: ComplaintFacts['unknown']): string {
  const unbound = as === 'index' && hint.near === null;
  return `${NAMED[as](name)}${unbound ? ': no sum binds it here' : hinted(hint)}`;
}

const TAKES: Readonly<
  Record<ComplaintFacts['arguments']['takes'] | ComplaintFacts['argument-shape']['takes'], string>
> = {
  'one-argument': 'one argument',
  'two-arguments': 'two arguments',
  'two-indices': 'two indices',
  'one-or-two-sizes': 'one size or two',
  numbers: 'numbers',
  vector: 'a vector',
  'square-matrix': 'a square matrix',
  'vector-or-square-matrix': 'a vector or a square matrix',
};

function expectedHere({ what, found: piece, after, under }: ComplaintFacts['expected']): string {
  const behind = after === undefined ? '' : ` after ${found(after)}`;
  const below = under === undefined ? '' : ` under the ${under}`;
  return `expected ${expected(what)}${behind}${below}${piece === undefined ? '' : `, found ${found(piece)}`}`;
}

const PRODUCTS: Readonly<Record<ComplaintFacts['product']['of'], string>> = {
  product: 'the product',
  entrywise: 'the entrywise product',
  prod: 'prod',
};

const complaint: ReadingWords['complaint'] = {
  'backslash-ends': 'a backslash ends the formula',
  'beside-tensors': 'a number can stand beside vectors and matrices only',
  'case-parts': 'a case has a formula and its condition',
  'cases-open': 'these cases never end',
  'classes-added': 'only what is added to the entries of the true classes is read',
  'classes-changed': 'entries of the true classes are read only where a line changes them',
  'condition-without-index': 'this condition names no index that runs',
  'conditions-alone': 'conditions with an unequal sign stand alone',
  'derivative-by': 'a derivative is taken by an entry or a whole tensor',
  'derivative-of-nothing': 'the derivative has nothing to work on',
  'derivative-sides': 'a derivative is of an entry by an entry, or of a tensor by a tensor',
  'divides-by-zero': 'this divides by 0',
  dots: "dots can't be read: say what is left out",
  'empty-formula': 'the formula is empty',
  'entry-indices': 'an entry has plain indices',
  'equation-left': 'the left side of an equation is one entry: z[l][j] = ...',
  'exponent-range': 'the number is out of range: its exponent is larger than 400',
  factorials: 'factorials are not read',
  'for-without-equation': '"for" and conditions belong to an equation',
  'held-list': 'what is held constant is a list of whole tensors',
  'held-outside': 'only a derivative can say after "|" what is held constant',
  'identity-matrix': 'an identity matrix is read only with classes behind it',
  'index-in-braces': 'the index in the braces is not read',
  'index-product': 'an index is multiplied by numbers only',
  'index-quotient': 'an index has no quotients; write a condition such as 2*i = j',
  'index-range': 'a number in an index is at most 1000000000',
  'indicator-condition': 'ind wants a condition: ind(z > 0)',
  'indicator-one': 'ind of numbers takes one inequality: ind(z > 0)',
  'inline-by': 'd(...) is differentiated by one entry',
  'inline-of': 'd(...) wants one number in its brackets, not a tensor',
  length: 'a length is no quantity here',
  'loss-by': 'the loss is differentiated by a quantity',
  'nabla-by': 'the nabla does not say by what it differentiates',
  'no-formula': 'there is no formula',
  'no-number': 'there is no number',
  'not-number': 'this is no number',
  'number-entries': 'a number has no entries',
  'over-braces': '\\over stands between braces',
  'part-unchanged': 'a part of a quantity is read only where a line changes it',
  'partial-form': 'partial wants an unknown function and an entry: partial(C, a[L][j])',
  'plus-minus': 'a plus-minus sign makes two answers of one; give one',
  'products-over-index': 'products over an index are not read',
  'second-derivative': 'second derivatives are not read',
  'shape-attribute': 'a shape is no quantity here',
  slices: 'slices are not read here',
  'sqrt-derivative': 'sqrt has no derivative of its own; write x^(-1/2)/2',
  'sum-first': 'the first thing in sum(...) is its index: sum(k, a[k])',
  'sum-form': 'sum wants an index and what is summed: sum(k, a[k])',
  'sum-of-number': 'sum of one number; name its index: sum(k, a[k])',
  tilde: '"~" turns a condition round',
  'two-answers': 'these are two answers; give one',
  'two-layers': 'a quantity has one layer, not two',
  'where-form': 'np.where takes a condition such as z > 0 and two values',
  accent: ({ accent }) => `a ${accent} stands over one letter`,
  arguments: ({ name, takes, given }) => `${name} takes ${TAKES[takes]}, not ${given}`,
  'argument-shape': (f) => `${f.name} takes ${TAKES[f.takes]}, but this is ${shape(f.shape)}`,
  'binary-derivative': ({ name }) => `${name} has two arguments and no derivative of its own`,
  brackets: ({ name, example }) => `${name} has too many brackets; an entry is ${example}`,
  'closes-nothing': (f) => `${found(f.found)} closes nothing: there is no bracket open here`,
  columns: ({ left, right }) =>
    `"*" can't stand between two columns, ${shape(left)} and ${shape(right)}; write u .* v, u*v' or u'*v`,
  'divided-by-tensor': (f) => `nothing can be divided by ${shape(f.shape)}; "./" divides entry by entry`,
  doubled: (f) => `two ${found(f.found)} follow one another`,
  'equal-shapes': ({ of, left, right }) =>
    `${of === 'sum' ? 'a sum' : '".*"'} wants equal shapes, not ${shape(left)} and ${shape(right)}`,
  expected: expectedHere,
  'expected-closing': ({ sign, open, column, found: piece }) =>
    `expected "${sign}" for the ${found(open)} of column ${column}, found ${found(piece)}`,
  'exponent-shape': (f) => `an exponent is a number, but this is ${shape(f.shape)}`,
  'few-arguments': ({ name }) => `${name} has too few arguments`,
  forbidden: ({ text }) => `"${text}" can't stand in a formula`,
  'form-of-syntax': ({ name }) => `${name} is a form of the syntax and has neither a derivative nor a stage`,
  'function-alone': ({ name, wants }) =>
    `${name} is a function; expected ${wants === 'bracket' ? '"("' : 'its argument'} after it`,
  'held-whole': ({ example }) => `what is held is a whole tensor: ${example}`,
  'index-brackets': ({ name }) => `${name} can't have brackets in an index place`,
  'index-count': ({ name, has, given }) =>
    `${name} ${has === 0 ? 'is a single number' : `has ${has} ${has === 1 ? 'index' : 'indices'}`}, not ${given}`,
  'index-not-whole': ({ text }) => `${text} is no index: an index is a whole number`,
  'indices-twice': ({ name }) => `${name} has its indices twice`,
  keyword: ({ text }) => `"${text}" is no formula; give the line inside`,
  'left-index': ({ index, example }) => `the left side has plain indices: ${index} can't stand in ${example}`,
  'left-is-entry': (f) => `the left side is an entry, but this is ${shape(f.shape)}`,
  'left-twice': ({ name }) => `${name} stands twice on the left side; use two indices`,
  'never-closed': ({ open, close }) =>
    `the ${found(open)} here is never closed${close === undefined ? '' : `; expected "${close}"`}`,
  'no-derivative': (f) =>
    `${found(f.found)} begins no derivative: what is differentiated stands over what it is differentiated by`,
  'no-index': ({ name }) => `${name} has no index`,
  'no-place': (f) =>
    `${found(f.found)} has no place in a ${f.in === 'formula' ? 'formula' : 'line of NumPy'}`,
  'no-product': ({ order }) => `a tensor of order ${order} has no matrix product`,
  'no-stage': ({ name }) => `${name} has no stage`,
  'no-transpose': ({ order }) => `a tensor of order ${order} has no transpose`,
  'not-function': ({ name }) => `${name} is a number, not a function`,
  'number-wanted': (f) => `a single number is wanted here, but this is ${shape(f.shape)}`,
  'one-equal-sign': ({ relations }) =>
    `expected one "=", found ${relations.length === 0 ? 'none' : relations.join(' and ')}`,
  'opaque-argument': ({ name, entry }) =>
    `${name} is unknown: it takes whole tensors${entry ? ', not entries' : ' such as a[L]'}`,
  'opaque-derivative': ({ name }) => `the derivatives of ${name} are written partial(${name}, a[L][j])`,
  'other-side-shape': (f) => `the left side is ${shape(f.left)}, but this is ${shape(f.shape)}`,
  'own-layer': ({ quantity }) => `this letter stands for ${quantity} and has its layer already`,
  'power-base': (f) =>
    `"^" wants a number before it, but this is ${shape(f.shape)}; ".^" is the power of every entry`,
  'power-or-inverse': ({ name }) => `${name} to the power -1 may be its inverse or 1/${name}; write which`,
  primes: ({ name, primes }) => `${name} has ${primes} primes; at most 8 can be read`,
  product: ({ of, left, right, transposed }) =>
    `${PRODUCTS[of]} of ${shape(left)} and ${shape(right)} is not defined${transposed === true ? '; the transpose of the first would fit' : ''}`,
  'range-form': ({ index: i }) =>
    `a range is two bounds or conditions: sum(${i}, lo, hi, ...), sum(${i}, lo <= ${i}, ...)`,
  'range-slots': ({ index: i, sizes }) =>
    sizes.length === 0
      ? `the range of ${i} does not show in a slot; write sum(${i}, lo, hi, ...)`
      : `${i} stands in slots of different sizes, ${sizes.join(' and ')}; write sum(${i}, lo, hi, ...)`,
  'relation-misplaced': ({ is }) =>
    `${is === 'equation' ? 'an equation' : 'a condition'} stands here, where a formula is wanted`,
  row: (f) => `this is a row, ${shape(f.shape)}; vectors are columns, so transpose it`,
  'side-shapes': ({ left, right }) => `the left side is ${shape(left)}, the right side ${shape(right)}`,
  slots: (f) => `${shape(f.shape)} has ${f.has === 1 ? 'one slot' : `${f.has} slots`}, not ${f.given}`,
  stages: ({ is, name, has, given, example }) =>
    `${is === 'size' ? 'the size ' : ''}${name} has ${counted(has, 'stage')}, not ${given}${example === '' ? '' : `: ${example}`}`,
  'stage-missing': ({ is, name, example }) =>
    `${is === 'size' ? 'the size ' : ''}${name} wants its stage: ${example}`,
  'sum-entries': (f) => `sum(E) adds up a vector or a matrix, not ${shape(f.shape)}`,
  'sum-over-size': ({ name }) => `${name} is a size; a sum runs over an index`,
  'summed-shape': ({ index }) => `the shape of what is summed changes with ${index}`,
  table: (f) => `${found(f.found)} can't be read here: matrices and tables are not read`,
  'tensor-slots': ({ name, has, given, example }) =>
    `${name} ${has === 0 ? 'is a scalar' : `has ${counted(has, 'slot')}`}, not ${counted(given, 'slot')}: ${example}`,
  'too-long-in-place': ({ name }) => `"${name}" grows too long where its value is put in`,
  'too-many': ({ of, most }) => CAPPED[of](most),
  unknown,
};

/** What is said in English. */
export const englishReading: ReadingWords = { complaint, expected };
