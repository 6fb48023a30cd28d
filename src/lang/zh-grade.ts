// Grading a class in Chinese.

import { unreachable } from '../expr/error.ts';
import type { FileProblem, Problem } from '../homework/grade-problem.ts';
import type { GradeWords } from './grade-words.ts';
import { code, type Formula, type Phrase, say, strong } from './phrase.ts';

const FILE: Readonly<Record<FileProblem, Phrase>> = {
  kind: say`不是可以存放答案的文件（${[code('.md')]}、${[code('.tex')]}、${[code('.csv')]}、${[code('.ipynb')]}）`,
  text: say`不是 UTF-8、UTF-16 或 GBK 编码的文本`,
  notebook: say`不是笔记本文件`,
  table: say`没有学生列和题目列`,
  large: say`超过 2 MB，没有读取`,
  nothing: say`里没有答案：没有 ${[code('## q1')]} 这样的题号标题`,
  link: say`是一个链接，没有读取`,
};

function problem(p: Problem): Phrase {
  switch (p.code) {
    case 'missing':
      return say`${p.student}：没有回答 ${[code(p.question)]}。`;
    case 'empty':
      return say`${p.student}：${[code(p.question)]} 的答案是空的。`;
    case 'double':
      return say`${p.student}：${[code(p.question)]} 有两个不同的答案，需要人工选定。`;
    case 'unknown-question':
      return say`${p.student}：${[code(p.file)]} 中的“${[code(p.name)]}”不是本次作业的题目。`;
    case 'unknown-student':
      return say`${p.student}（${[code(p.file)]}）不在名单里。`;
    case 'absent':
      return say`${p.student}：没有交作业。`;
    case 'no-sheet':
      return say`${p.student}：没有这名学生的检查文件，未予批改。`;
    case 'file':
      return say`${[code(p.file)]} ${FILE[p.why]}。`;
    case 'review-unmatched':
      return say`${[code('review.csv')]} 第 ${p.line} 行：这次没有 ${[code(p.group)]} 这一组，该行已保留。`;
    default:
      return unreachable(p);
  }
}

const forWhich = (where: Formula | null): Phrase => (where === null ? say`` : say`（${where}）`);

const VERDICTS: GradeWords['report']['verdict'] = {
  correct: '正确',
  'special-case': '特殊情形',
  unfinished: '未做完',
  convention: '另一种约定',
  incorrect: '不正确',
  unreadable: '无法读出',
  undecided: '无法判定',
  none: '没有答案',
};

/** The slips' names as labels; one that isn't here shows its code. */
const SLIPS: ReadonlyMap<string, string> = new Map([
  ['sign', '正负号相反'],
  ['sign-of-term', '某一项的正负号'],
  ['index-wrong', '下标有误'],
  ['indices-swapped', '下标写反'],
  ['transpose-missing', '漏转置'],
  ['transpose-extra', '多转置'],
  ['outer-reversed', '外积次序反了'],
  ['layer-off', '差一层'],
  ['layer-last', '写成最后一层'],
  ['wrong-variable', '用了另一个量'],
  ['wrong-derivative', '对另一个量求导'],
  ['sigma-prime-missing', '漏激活函数的导数'],
  ['sigma-for-sigma-prime', '写成激活函数本身'],
  ['a-for-z', '在 a 处而非 z 处取值'],
  ['applied-twice', '函数多作用一次'],
  ['product-for-hadamard', '应为哈达玛积'],
  ['hadamard-for-product', '应为矩阵乘积'],
  ['brackets', '括号的范围'],
  ['factor-dropped', '漏因子'],
  ['factor-number', '系数 2 或 1/2'],
  ['mean', '取平均的系数'],
  ['softmax-elementwise', 'softmax 按分量处理'],
  ['sum-missing', '漏求和'],
  ['sum-range', '求和的范围'],
  ['path-missing', '漏路径'],
  ['term-dropped', '漏一项'],
  ['power', '幂次有误'],
  ['inverse', '分子分母颠倒'],
]);

export const chineseGrade: GradeWords = {
  heading: (title, student) => (title === '' ? say`${student} 的反馈` : say`${title}：${student} 的反馈`),
  question: (id) => say`${id}`,
  points: (score, of) => say`得分：${score} / ${of}。`,
  total: (score, of) => say`总分：${score} / ${of}。`,
  noTotal: say`还没有总分：有的答案尚未评分。`,
  person: say`这个答案需要人工批阅，暂时没有得分。`,
  noAnswer: {
    missing: say`没有回答这道题。`,
    empty: say`这道题的答案是空的。`,
    double: say`这道题有两个不同的答案。`,
    absent: say`没有交作业。`,
  },
  otherForm: {
    matrix: say`分量形式是对的；题目要求写成向量和矩阵。`,
    component: say`矩阵形式是对的；题目要求写成分量形式。`,
  },
  agreed: say`在另一种约定下正确，所有答案都一致采用了这种约定。`,
  comment: (words) => [strong(...say`评语`), ...say`：${words}`],
  report: {
    title: (title) => (title === '' ? say`批改报告` : say`${title}：批改报告`),
    made: (students, answers, version) => say`${students} 名学生，${answers} 个答案；chainrule ${version}。`,
    overview: say`概览`,
    verdicts: say`各种判定的答案数`,
    verdict: VERDICTS,
    person: say`需要人工批阅`,
    personHow: say`在 ${[code('review.csv')]} 中填写 ${[code('score')]} 和 ${[code('comment')]}，然后再运行一次：每一行对整组答案生效。`,
    personNone: say`没有：每个答案都已评分。`,
    groups: (id) => say`${id} 的答案`,
    heads: {
      group: say`组`,
      count: say`答案数`,
      reading: say`读作`,
      verdict: say`判定`,
      why: say`疏漏`,
      score: say`得分`,
      students: say`学生`,
      question: say`题目`,
      asked: say`正确答案`,
      points: say`分值`,
    },
    slips: say`疏漏`,
    slipsNone: say`没有发现疏漏。`,
    slipsAxis: '答案数',
    slipsDescription: (most, count) => `各种疏漏的条形图，次数多的在前：${most}，${count} 次。`,
    problems: say`需要注意的情况`,
    problemsNone: say`没有。`,
    more: (count) => say`另有 ${count} 人`,
    slipName: (code) => SLIPS.get(code) ?? code,
  },
  problem,
  template: {
    intro: say`请把答案写在每道题下面的两行美元符号之间，可以用 LaTeX，也可以用普通文本。以 ${[code('>')]} 开头的行不会被读取；单独成行的公式旁边的文字也不会被读取。`,
    asks: {
      formula: (of, where) => say`求 ${of}${forWhich(where)}。`,
      matrix: (of, where) => say`求 ${of}${forWhich(where)}，写成向量和矩阵。`,
      component: (of, where) => say`求 ${of}${forWhich(where)}，写成分量形式。`,
      derivation: (of, where) => say`从定义出发推导 ${of}${forWhich(where)}，每行一步。`,
      definition: (of) => say`写出 ${of} 的定义。`,
      number: (of, percent) => say`求这个网络中 ${of} 的数值，误差不超过 ${percent} 即算正确。`,
      step: say`写出推导中的一步，用等式表示。`,
      expression: say`写出所求的式子。`,
    },
    points: (points) => `${points} 分`,
  },
  sheet: {
    solution: (title) => (title === '' ? say`解答` : say`${title}：解答`),
    student: (id) => say`${id} 的习题`,
  },
};
