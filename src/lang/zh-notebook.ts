// Chinese: what a notebook says around its check.

import type { NotebookWords } from './notebook-words.ts';
import { listed, say } from './phrase.ts';

export const chineseNotebook: NotebookWords = {
  heading: say`用 NumPy 检验梯度`,
  intro: ({ forward, check }) =>
    say`下面的代码单元包含这个网络的全部数值。${forward} 按前向方程计算，推导出的方程给出梯度，${check} 把梯度的每个元素与损失的中心差商比较。`,
  noNumbers: say`这里没有可运行的代码：这个网络没有数值。`,
  tooMany: (count, most) =>
    say`这里没有可运行的代码：这个网络有 ${count} 个数，而代码单元至多为 ${most} 个数生成。`,
  unprintable: say`这里没有可运行的代码：有一个方程无法照原样写成 NumPy。`,
  kinks: (entries) =>
    say`在 ${listed(entries, '、', ' 和 ')} 处函数有尖点，那里的导数取值是约定的，差商未必与它一致；因此代码只打印误差，不作断言。`,
  comments: {
    sizes: '尺寸',
    inputs: '输入',
    parameters: '参数',
    functions: '函数及其导数',
    forward: '前向传播：损失，以及途中算出的各个量。',
    backward: '反向传播：推导出的方程',
    check: '与中心差商的最大偏差，相对于梯度的最大元素。',
    kink: '此处函数有尖点，不作断言。',
  },
};
