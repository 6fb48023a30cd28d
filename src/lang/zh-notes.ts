// What isn't there and why, in Chinese: no matrix form, nothing said in a network's file.

import { unreachable } from '../expr/error.ts';
import { code, say } from './phrase.ts';
import type { NetworkWords, ResultWords } from './types.ts';

export const chineseWhy: ResultWords['why'] = (why, show) => {
  switch (why.kind) {
    case 'scalar':
      return say`标量只有一种形式`;
    case 'fixed-index':
      return say`左边有一个指标取定值`;
    case 'order':
      return say`${why.order} 阶张量不能写成矩阵`;
    case 'factors-apart':
      return say`各因子不能合成一个矩阵`;
    case 'slot':
      return say`指标 ${show(why.slot)} 不是单个字母`;
    case 'sum':
      return say`对 ${show(why.index)} 的求和涉及两个以上的矩阵，或只取遍其范围的一部分`;
    default:
      return unreachable(why);
  }
};

export const chineseNote: NetworkWords['note'] = (note) => {
  switch (note.kind) {
    case 'activation-taken':
      return say`未指定激活函数，这里取 ${[code(note.activation)]}。`;
    case 'loss-taken':
      return say`未指定损失函数，这里取 ${[code(note.loss)]}。`;
    default:
      return unreachable(note);
  }
};
