// What may be expected at a place, in English.

import type { Expected, Noun } from './complaint.ts';

const NOUNS: Readonly<Record<Noun, string>> = {
  activation: 'an activation',
  argument: 'an argument',
  command: 'a command such as \\delta',
  condition: 'a condition',
  'condition-and-else': 'a condition and "else"',
  'condition-like': 'a condition such as 2 <= l',
  'condition-or-classes': 'a condition, or the classes of the samples',
  'condition-such-as': 'a condition such as z <= 0',
  'denominator-end': 'the end of the denominator',
  entry: 'an entry',
  'first-derivative': 'a first derivative',
  formula: 'a formula',
  'formula-without-dots': 'a formula without dots',
  function: 'a function',
  index: 'an index',
  'index-before': 'an index such as l-1',
  'index-behind': 'an index such as l+1',
  'index-below-sum': 'an index below the sum',
  'indices-one-way': 'one way of writing indices',
  letter: 'a letter',
  loss: 'the loss',
  'name-number-operator': 'a name, a number or an operator',
  number: 'a number',
  'number-letter-operator': 'a number, a letter or an operator',
  'number-name-operator': 'a number, a name or an operator',
  'numerator-end': 'the end of the numerator',
  'one-answer': 'one answer',
  'one-condition': 'one condition',
  'one-formula-a-line': 'one formula a line',
  'one-layer': 'one layer',
  'one-quantity-below': 'one quantity under the derivative',
  operand: 'an operand',
  operator: 'an operator',
  'operator-or-closing': 'an operator or the closing bracket',
  'operator-or-end': 'an operator or the end',
  'operator-or-line-end': 'an operator or the end of the line',
  'plus-or-minus': '"+" or "-"',
  quantity: 'a quantity of the question',
  script: 'a script',
  'script-or-argument': 'a script or an argument',
  'separator-and-condition': '"&" and the condition',
  'string-of-layer': 'str(..) behind a name in quotes',
  sum: 'a sum',
  tensor: 'a tensor',
  'whole-quantity': 'a whole quantity',
};

export function englishNoun(what: Expected): string {
  if (typeof what === 'string') return NOUNS[what];
  if ('sign' in what) return `"${what.sign}"`;
  if ('text' in what) return what.text;
  if ('keyOf' in what) return `a quantity in ${what.keyOf}`;
  return what.indices === 1 ? 'one index' : `${what.indices} indices`;
}
