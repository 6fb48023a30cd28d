// Chinese. Formulas stand between spaces, punctuation outside formulas is full-width.

import { say } from './phrase.ts';
import type { Language } from './types.ts';
import { chineseCourse } from './zh-course.ts';
import { chinesePictures } from './zh-figures.ts';
import { chineseGrade } from './zh-grade.ts';
import { chineseHomework } from './zh-homework.ts';
import { chineseNotebook } from './zh-notebook.ts';
import { chineseNote, chineseWhy } from './zh-notes.ts';
import { chinesePage } from './zh-page.ts';
import { chineseReading } from './zh-reading.ts';
import { and, chineseRules } from './zh-rules.ts';
import { chineseSpoken } from './zh-spoken.ts';

export const chinese: Language = {
  code: 'zh',
  htmlLang: 'zh-CN',
  format: {
    contents: '目录',
    finerSteps: (count) => `细分为 ${count} 步`,
    componentForm: '分量形式',
    matrixForm: '矩阵形式',
    fullStop: '。',
    colon: '：',
    comma: '，',
    capital: (sentence) => sentence,
    page: chinesePage,
    spoken: chineseSpoken,
  },
  rules: chineseRules,
  lemma: {
    lead: (what) => say`先求 ${what}：`,
    putItIn: () => say`代入`,
    because: (equation) => say`由于 ${equation}`,
    start: (tag) => (tag === null ? say`由上面的结论` : say`由 ${tag}`),
    opened: (names) => names.flatMap((f, i) => (i === 0 ? say`代入 ${f} 的定义` : say`，再代入 ${f} 的定义`)),
  },
  figures: chinesePictures,
  course: chineseCourse,
  reading: chineseReading,
  homework: chineseHomework,
  grade: chineseGrade,
  notebook: chineseNotebook,
  results: {
    known: {
      bp1: say`输出层误差`,
      bp2: say`由下一层误差得到本层误差`,
      bp3: say`损失对任意偏置的偏导数`,
      bp4: say`损失对任意权重的偏导数`,
    },
    knownHeading: (tag, words) => say`${tag}：${words}`,
    heading: (what) => say`${what}`,
    statement: () => say`结论`,
    derivation: () => say`推导`,
    caseOf: (condition) => say`情形 ${condition}`,
    forAll: (indices) => (indices.length === 0 ? say`写成矩阵` : say`对所有 ${and(indices)} 同时成立`),
    matrixIs: () => say`把所有分量合写在一起，得到矩阵形式：`,
    noMatrix: (why) => say`没有矩阵形式：${why}。`,
    why: chineseWhy,
    shapes: (shapes) =>
      say`形状：${shapes.flatMap(({ of, shape }, i) => [
        ...(i === 0 ? [] : say`，`),
        ...say`${of} 为 ${shape}`,
      ])}。`,
    special: () => say`下面代入本网络的损失函数和激活函数。`,
    atStages: (stages) => {
      const [first = 0, ...others] = stages;
      return others.length === 0
        ? say`在第 ${first} 层，代入该层的激活函数。`
        : say`在第 ${first} 层，代入该层的激活函数（第 ${others.join('、')} 层同理）。`;
    },
    specialMatrix: () => say`写成矩阵形式：`,
    verified: (lines, samples, error) =>
      say`以上共 ${lines} 行，每一行都重新推演过一遍，并在 ${samples} 个随机网络上用数值验证；最大相对误差为 ${error}。`,
    assuming: (conditions) => say`其中 ${conditions}。`,
    cardTitle: () => say`反向传播的基本方程`,
  },
  numbers: {
    oracle: (value, error) => say`用对偶数算得 ${value}，相差 ${error}`,
    byOracle: () => say`用对偶数沿前向方程算得`,
    kink: (what, at) => say`${what} 的值为 ${at}，导数在这一点有跳跃；所示数值取自其中一侧`,
    notFinite: (what) => say`${what} 在此处不是有限数`,
  },
  network: {
    quantity: say`记号`,
    meaning: say`含义`,
    shape: say`形状`,
    layer: say`层`,
    neurons: say`神经元个数`,
    activation: say`激活函数`,
    value: say`数值`,
    role: { input: say`输入`, parameter: say`参数`, variable: say`由方程算出` },
    error: (of, scaled) =>
      scaled === null ? say`误差，即损失函数对 ${of} 的偏导数` : say`误差，即 ${scaled}`,
    named: {
      x: say`输入`,
      y: say`期望输出`,
      w: say`权重，行对应本层，列对应上一层`,
      wStart: say`权重，行对应到达的层，列对应出发的层`,
      wInOut: say`权重，行对应出发的层，列对应到达的层`,
      b: say`偏置`,
      z: say`加权输入`,
      a: say`激活值`,
      C: say`损失函数`,
    },
    untitled: { general: '一般的网络', equations: '由方程给出的网络' },
    activations: {
      relu: 'ReLU',
      'leaky-relu': 'Leaky ReLU',
      elu: 'ELU',
      silu: 'SiLU',
      gelu: 'GELU',
      identity: '恒等函数',
    },
    note: chineseNote,
    loss: {
      mse: '均方误差（含系数 1/2）',
      sse: '误差平方和',
      'mean-squared': '均方误差（对各输出取平均）',
      mae: '绝对误差之和',
      bce: '二元交叉熵',
      'cross-entropy': '交叉熵',
    },
  },
};
