// What may be expected at a place, in Chinese.

import type { Expected, Noun } from '../text/complaint.ts';

const NOUNS: Readonly<Record<Noun, string>> = {
  activation: '一个激活值',
  argument: '自变量',
  command: '一个命令，例如 \\delta',
  condition: '一个条件',
  'condition-and-else': '条件和“else”',
  'condition-like': '一个条件，例如 2 <= l',
  'condition-or-classes': '一个条件，或者各样本的类别',
  'condition-such-as': '一个条件，例如 z <= 0',
  'denominator-end': '分母的末尾',
  entry: '一个分量',
  'first-derivative': '一阶导数',
  formula: '一个式子',
  'formula-without-dots': '不含省略号的式子',
  function: '一个函数',
  index: '一个下标',
  'index-before': '一个下标，例如 l-1',
  'index-behind': '一个下标，例如 l+1',
  'index-below-sum': '求和号下面的一个下标',
  'indices-one-way': '下标的一种写法',
  letter: '一个字母',
  loss: '损失函数',
  'name-number-operator': '名称、数或运算符',
  number: '一个数',
  'number-letter-operator': '数、字母或运算符',
  'number-name-operator': '数、名称或运算符',
  'numerator-end': '分子的末尾',
  'one-answer': '一个答案',
  'one-condition': '单独一个条件',
  'one-formula-a-line': '每行一个式子',
  'one-layer': '一个层号',
  'one-quantity-below': '导数分母中的一个量',
  operand: '一个数或量',
  operator: '运算符',
  'operator-or-closing': '运算符或右括号',
  'operator-or-end': '运算符或式子的末尾',
  'operator-or-line-end': '运算符或行末',
  'plus-or-minus': '“+”或“-”',
  quantity: '题目中的一个量',
  script: '一个上标或下标',
  'script-or-argument': '上下标或自变量',
  'separator-and-condition': '“&”和条件',
  'string-of-layer': '引号中的名称后面的 str(..)',
  sum: '求和',
  tensor: '一个向量或矩阵',
  'whole-quantity': '整个量',
};

export function chineseNoun(what: Expected): string {
  if (typeof what === 'string') return NOUNS[what];
  if ('sign' in what) return `“${what.sign}”`;
  if ('text' in what) return what.text;
  if ('keyOf' in what) return `${what.keyOf} 中的一个量`;
  return `${what.indices} 个下标`;
}

/** A word of another script keeps a blank before it. */
export const spaced = (words: string): string => (/^[\\\w.&]/.test(words) ? ` ${words}` : words);
