// The words of the pseudo-code and of the table of costs, in Chinese.

import type { AlgorithmWords, DifferencesWords } from './cost-words.ts';
import { say } from './phrase.ts';

export const chineseAlgorithm: AlgorithmWords = {
  forEach: (range) => `对 ${range}：`,
  forward: '前向传播',
  error: '输出层误差',
  backward: '反向传播',
  gradient: '梯度',
};

export const chineseDifferences: DifferencesWords = {
  forward: say`前向差分`,
  central: say`中心差分`,
  error: say`相差`,
  way: say`求梯度的方法`,
  forwardPasses: say`前向传播次数`,
  backwardPasses: say`反向传播次数`,
  products: say`乘加次数`,
  backpropagation: say`反向传播`,
  named: (way, by) => say`${way}（${by}）`,
  weights: say`仅权重`,
  all: say`权重和偏置`,
  parameters: say`所有参数`,
};
