// Why each rule may be applied, in Chinese. A reason has no full stop.

import { type Formula, listed, type Phrase, say } from './phrase.ts';
import type { Language, StepFacts } from './types.ts';

/** a、b 和 c */
export const and = (items: readonly Formula[]): Phrase => listed(items, '、', ' 和 ');

const always = (words: string) => (): Phrase => say`${words}`;

function chainRule({ tensors, through, directly, variable, loss }: StepFacts): Phrase {
  if (tensors.length === 0) return say`由链式法则`;
  const rule = say`由链式法则，以 ${and(tensors)} 为中间变量`;
  if (variable === null) return rule;
  const every = through.length === 1 ? '每一个 ' : '所有 ';
  return directly
    ? say`${rule}，${variable} 既通过${every}${and(through)} 影响 ${loss}，也经其他路径影响 ${loss}`
    : say`${rule}，${variable} 通过${every}${and(through)} 影响 ${loss}`;
}

function survives({ surviving, vanishing, indices }: StepFacts): Phrase {
  if (surviving.length === 0) return say`只有一项不为零`;
  const only =
    surviving.length === 1
      ? say`只有 ${and(surviving)} 的一项不为零`
      : say`只有满足 ${and(surviving)} 的项不为零`;
  if (vanishing === null) return only;
  return indices.length === 1
    ? say`${only}，${and(indices)} 取其他值时 ${vanishing} 为零`
    : say`${only}，其余各项中 ${vanishing} 为零`;
}

/** The first with the names in the place of its mark, the second where there are none. */
const named =
  (before: string, after: string, none: string) =>
  ({ names }: StepFacts): Phrase =>
    names.length === 0 ? say`${none}` : say`${before} ${and(names)}${after}`;

const using =
  (words: string, before = words) =>
  ({ equation }: StepFacts): Phrase =>
    equation === null ? say`${words}` : say`${before} ${equation}`;

function sameForAll({ indices }: StepFacts): Phrase {
  return indices.length === 0 ? say`对所有分量同时成立` : say`对所有 ${and(indices)} 同时成立`;
}

export const chineseRules: Language['rules'] = {
  'chain-rule': chainRule,
  'differentiate-formula': named('代入', ' 的表达式并求导', '写出表达式并求导'),
  'only-one-survives': survives,
  'put-in': using('代入'),
  open: named('代入', ' 的定义', '由定义'),
  'open-function': named('代入', ' 的表达式', '代入函数的表达式'),
  'derivative-of-definition': named('对', ' 的表达式求导', '对函数的表达式求导'),
  fold: named('由定义，用', ' 表示', '由定义，用已有的记号表示'),
  'fold-function': named('由定义，用', ' 表示', '由函数的定义，用函数值表示'),
  'solve-for-kernel': using('由定义解出指数函数', '由定义解出指数函数，得'),
  'name-error': always('由误差的定义'),
  'definition-of-error': always('由误差的定义'),
  'use-assumption': using('由假设'),
  'derivative-of-constant': always('与求导变量无关的量，其导数为零'),
  'derivative-of-entry': always('同一张量的两个分量，指标全部相等时导数为 1，否则为 0'),
  'derivative-of-terms': always('和的导数等于各项导数之和'),
  'derivative-of-sum': always('对和式逐项求导'),
  'derivative-of-multiple': always('常数因子提到求导之外'),
  'product-rule': always('由乘积的求导法则'),
  'power-rule': always('由幂函数的求导法则'),
  'derivative-of-function': always('由复合函数的求导法则，函数的导数乘以其自变量的导数'),
  'derivative-of-opaque': always('未知函数对它的一个自变量的偏导数'),
  'merge-conditions': always('两个条件同时成立，合并为一个条件'),
  'decide-condition': always('由指标的取值范围判定条件'),
  'factor-out-condition': always('与求和指标无关的条件提到求和号之前'),
  'only-one-term': survives,
  'narrow-range': always('由条件缩小求和范围'),
  'drop-implied-condition': always('条件自动满足，可以去掉'),
  'empty-sum': always('求和范围为空，和为零'),
  distribute: always('由分配律展开括号'),
  'split-sum': always('把和式拆开，分别求和'),
  'factor-out': always('与求和指标无关的因子提到求和号之前'),
  'sum-of-constant': always('各项相同，和等于一项乘以项数'),
  arithmetic: always('计算系数'),
  'value-of-function': always('代入函数值'),
  'sign-into-bracket': always('把负号移入括号'),
  'positive-first': always('把正项写在前面'),
  'merge-exponentials': always('指数函数相乘，指数相加'),
  'multiply-out': always('展开乘积'),
  'common-factor': always('提取公因式'),
  'reading-order': always('按习惯的顺序排列因子'),
  'constant-entry': always('每个分量都是同一个数'),
  'entry-of-tensor': always('写成同一张量的分量'),
  'close-cycle': always('指标首尾相接，即为矩阵的迹'),
  contract: always('对公共指标求和，即为矩阵乘积'),
  'join-factors': sameForAll,
  'join-terms': always('形状相同的项逐元素相加'),
  'exchange-sums': always('交换两次求和的次序'),
  'sum-of-terms': always('逐项求和'),
  'common-tensor-factor': always('提取公因子'),
  'sum-of-tensors': always('分量之和等于和的分量'),
  differentiate: always('求导'),
  tidy: always('整理'),
  arrange: always('按习惯的顺序排列因子'),
};
