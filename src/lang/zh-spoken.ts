// Formulas read out in Chinese. A pause is `,` here; the printer makes it full-width.

import type { SpokenWords } from '../text/spoken-words.ts';

const POWERS: ReadonlyMap<string, string> = new Map([
  ['2', '平方'],
  ['3', '立方'],
]);
const PRIMES = ['', '撇', '两撇', '三撇'];

export const chineseSpoken: SpokenWords = {
  plus: '加',
  minus: '减',
  negative: '负',
  equals: '等于',
  nearly: '约等于',
  differs: '不等于',
  tends: '趋于',
  less: '小于',
  greater: '大于',
  atMost: '小于等于',
  atLeast: '大于等于',
  times: '乘',
  by: '乘',
  and: '且',
  hadamard: '逐元素乘',
  entrywiseDivided: '逐元素除以',
  divided: '除以',
  nabla: '梯度算子',
  ones: '全 1 向量',
  identity: '单位矩阵',
  trace: '迹',
  any: '任意',
  open: '左括号',
  close: '右括号',
  transposed: '转置',
  infinity: '无穷大',
  notNumber: '不是数',
  dots: '省略号',
  gap: '空白',
  pause: '，',
  partial: '偏',
  differential: 'd',
  arcTangent: '反正切',
  capital: (letter) => `大写 ${letter}`,
  script: (letter) => `花体 ${letter}`,
  layer: (stage) => `第 ${stage} 层`,
  step: (stage) => `${stage} 时刻`,
  sub: (indices) => `下标 ${indices}`,
  power: (exponent) => POWERS.get(exponent) ?? `${exponent} 次方`,
  entrywise: (exponent) => `逐元素 ${exponent}`,
  primes: (count) => PRIMES[count] ?? `${count} 撇`,
  over: (top, bottom) => (top === '1' && bottom === '2' ? '二分之一' : `${bottom} 分之 ${top}`),
  fraction: (top, bottom) => `分式, 分子 ${top}, 分母 ${bottom}, 分式结束`,
  derivative: (of, by) => (of === '' ? `对 ${by} 求偏导` : `偏 ${of} 比偏 ${by}`),
  root: (of) => `根号 ${of}`,
  call: (fn, args) => `${fn} 作用于 ${args}`,
  guard: (condition) => `当 ${condition} 时为 1 否则为 0 的因子`,
  absolute: (of) => `${of} 的绝对值`,
  norm: (of) => `${of} 的范数`,
  sum({ index, from, to, where }) {
    const conditions = where.length === 0 ? '' : `满足 ${where.join('且')} 的`;
    if (index === null) return `对${conditions}各项求和, `;
    return to === ''
      ? `对${conditions} ${index} 求和, `
      : `对${conditions} ${index} 从 ${from} 到 ${to} 求和, `;
  },
  held: (derivative, what) => `${derivative}, 保持 ${what.join('、')} 不变`,
  vector: (entries) => `向量 ${entries.join(', ')}`,
  matrix: (rows) => `矩阵, ${rows.map((r, i) => `第 ${i + 1} 行 ${r.join(', ')}`).join(', ')}`,
};
