// Feedback on homework in Chinese.

import { unreachable } from '../expr/error.ts';
import type { WhyUndecided } from '../homework/compare-verdict.ts';
import type { Reason } from '../homework/verdict.ts';
import type { HomeworkWords, ReasonFacts, WitnessWords } from './homework-words.ts';
import { code, type Formula, type Phrase, say } from './phrase.ts';
import { spaced } from './zh-nouns.ts';

const CONVENTIONS: Readonly<Record<string, string>> = {
  'weights=out-in': '权重矩阵按“输出 × 输入”存放',
  'weights=in-out': '权重矩阵按“输入 × 输出”存放',
  'weightLayer=end': '权重以它所到达的层编号',
  'weightLayer=start': '权重以它出发的层编号',
  'firstLayer=1': '输入层为第 1 层',
  'firstLayer=0': '输入层为第 0 层',
  'batch=none': '只有一个样本',
  'batch=columns': '每个样本为一列',
  'batch=rows': '每个样本为一行',
  'mean=none': '损失是各样本之和',
  'mean=gradient': '平均的 1/m 放在梯度里',
  'mean=delta': '平均的 1/m 放在误差里',
  'delta=z': '误差定义为对加权输入 z 的导数',
  'delta=a': '误差定义为对激活值 a 的导数',
  'sign=+': '误差取导数本身',
  'sign=-': '误差取导数的相反数',
  'half=true': '平方误差含系数 1/2',
  'half=false': '平方误差不含系数 1/2',
};

const convention = (name: string, value: string): string =>
  CONVENTIONS[`${name}=${value}`] ?? `${name} 取 ${value}`;

function onlyFor({ loss, activation }: ReasonFacts): string {
  const parts = [
    ...(activation === undefined ? [] : [`激活函数为${spaced(activation)}`]),
    ...(loss === undefined ? [] : [`损失函数为${spaced(loss)}`]),
  ].join('、');
  return /[A-Za-z]$/.test(parts) ? `${parts} ` : parts;
}

const UNDECIDED: Readonly<Record<WhyUndecided & string, string>> = {
  points: '两边都有值的取值点太少',
  'exact-points': '数值相符，但能精确验证的取值点太少',
  unconfirmed: '数值相符，但精确验证未能确认',
  exception: '式子对某些层宽或下标另作规定，而用来检验的网络里没有这样的情形',
  operations: '运算量太大',
  digits: '出现的数太大',
};

/** An error's own message is English: it says what to look for in the program, not to whom answers. */
const undecided = (why: WhyUndecided): string =>
  typeof why === 'string' ? UNDECIDED[why] : '这个式子没能算到底';

/** `scalar` in words, sizes as they are. */
const shape = (sizes: string): string => (sizes === 'scalar' ? '标量' : ` ${sizes}`);

function reason(r: Reason, facts: ReasonFacts): Phrase {
  const { what, conditions } = facts;
  switch (r.code) {
    case 'only-for':
      return say`仅当${onlyFor(facts)}时成立；题目没有作此限定。`;
    case 'still-holds':
      return what === undefined
        ? say`等式成立，但还有导数没有求出。`
        : say`等式成立，但 ${what} 还没有求出。`;
    case 'left-again':
      return say`右边又是左边本身，还没有求出任何东西。`;
    case 'last-step-missing':
      return say`每一行都正确，但还缺最后一步。`;
    case 'convention':
      return say`如果${convention(r.name, r.value)}，这就是对的；本题约定${convention(r.name, r.asked)}。`;
    case 'shapes':
      return say`左边的形状是${shape(r.left)}，这里是${shape(r.right)}。`;
    case 'misshapen':
      return say`式中各部分的形状不相容。`;
    case 'free-index':
      return say`下标 ${r.index} 没有着落：既没有对它求和，左边也没有它。`;
    case 'fixed-index':
      return conditions === undefined
        ? say`这里只说了下标的一个取值；题目要求对所有取值成立。`
        : say`这里只说了 ${conditions} 的情形；题目要求对所有取值成立。`;
    case 'some-cases':
      return say`这只对某些层成立；在其余的层，式中的量不存在。`;
    case 'times-zero':
      return what === undefined ? say`有一项恒为 0，请删去。` : say`${what} 恒为 0，请删去。`;
    case 'wrong-middle':
      return say`等式链的末端正确，但这一段与它不相等。`;
    case 'other-target':
      return say`这里说的不是题目所问的量。`;
    case 'two-answers':
      return say`给出了几个答案，其中有不对的。`;
    case 'wrong-line':
      return say`第 ${r.line + 1} 行起不再成立。`;
    case 'why-undecided':
      return say`需要人工判断：${undecided(r.why)}。`;
    case 'dots':
      return say`省略号代替的内容只能由人来比较。`;
    case 'off-by':
      return say`这个数是正确值的 ${r.times} 倍。`;
    default:
      return unreachable(r);
  }
}

const instead = (lead: string, right: Formula | null, wrong: Formula | null): Phrase =>
  right === null || wrong === null ? say`${lead}` : say`${lead}：应为 ${right}，写成了 ${wrong}`;

const missing = (lead: string, right: Formula | null): Phrase =>
  right === null ? say`${lead}` : say`漏写了 ${right}`;

function witness({ network, of, values, answer, right }: WitnessWords): Phrase {
  const quantity = of === null ? say`正确值为 ${right}` : say`而 ${of} 为 ${right}`;
  if (network !== null) return say`在一个 ${network} 网络上取这样一组数，你的式子得 ${answer}，${quantity}。`;
  if (values !== null) return say`取 ${values}，你的式子得 ${answer}，${quantity}。`;
  return say`取一组随机数，你的式子得 ${answer}，${quantity}。`;
}

/** A question has its own stop. */
const stop = (sentence: string): string => (sentence.endsWith('？') ? '' : '。');

export const chineseHomework: HomeworkWords = {
  reading: say`读作`,
  verdict: {
    correct: say`正确。`,
    'special-case': say`只在特殊情形下成立。`,
    unfinished: say`等式成立，但还没有做完。`,
    convention: say`在另一种约定下正确，本题接受这种约定。`,
    incorrect: say`不正确。`,
    unreadable: say`无法读出这个式子。`,
    undecided: say`无法自动判定。`,
  },
  stage: {
    reading: say`读式`,
    shape: say`形状与下标`,
    form: say`右边允许出现的量`,
    'same form': say`形式相同`,
    identities: say`由题设恒等式相等`,
    'numbers and primes': say`在随机网络上以及模素数都相等`,
    witness: say`数值不同`,
    number: say`数值`,
    undecided: say`未能判定`,
  },
  unreadable: (line, column, message, expected) =>
    say`第 ${line} 行第 ${column} 列：${message}${expected === '' || message.includes(expected) ? stop(message) : `（应为${spaced(expected)}）。`}`,
  nearest: (text) => say`这样就能读出：${[code(text)]}`,
  reason,
  slip: {
    sign: () => say`正负号相反`,
    'sign-of-term': (right, wrong) => instead('有一项的正负号相反', right, wrong),
    'index-wrong': (right, wrong) => instead('下标有误', right, wrong),
    'indices-swapped': (right, wrong) => instead('两个下标写反了', right, wrong),
    'transpose-missing': () => say`权重矩阵漏了转置`,
    'transpose-extra': () => say`多了一个转置`,
    'outer-reversed': () => say`外积的次序反了`,
    'layer-off': (right, wrong) => instead('层数差了一层', right, wrong),
    'layer-last': (right, wrong) => instead('应为第 l 层，写成了最后一层', right, wrong),
    'wrong-variable': (right, wrong) => instead('用了另一个量', right, wrong),
    'wrong-derivative': (right, wrong) => instead('对另一个量求了导', right, wrong),
    'sigma-prime-missing': (right) => missing('漏写了激活函数的导数', right),
    'sigma-for-sigma-prime': (right, wrong) =>
      instead('应为激活函数的导数，写成了激活函数本身', right, wrong),
    'a-for-z': (right, wrong) => instead('激活函数的导数应在 z 处取值，而不是在 a 处', right, wrong),
    'applied-twice': (right, wrong) => instead('函数多作用了一次', right, wrong),
    'product-for-hadamard': () => say`应为哈达玛积（逐元素乘积），写成了矩阵乘积`,
    'hadamard-for-product': () => say`应为矩阵乘积，写成了哈达玛积（逐元素乘积）`,
    brackets: () => say`括号的范围不对`,
    'factor-dropped': (right) => missing('漏了一个因子', right),
    'factor-number': () => say`系数 2 或 1/2 有误`,
    mean: (right) => (right === null ? say`取平均的系数有误` : say`取平均的系数 ${right} 有误`),
    'softmax-elementwise': () => say`每个输出都依赖于本层所有的加权输入，这里只考虑了同下标的那一个`,
    'sum-missing': () => say`漏了求和`,
    'sum-range': () => say`求和的起止下标有误`,
    'path-missing': (right) => (right === null ? say`漏了一条路径` : say`漏了一条路径，即 ${right} 一项`),
    'term-dropped': (right) => (right === null ? say`漏了一项` : say`${right} 中漏了一项`),
    power: (right, wrong) => instead('幂次有误', right, wrong),
    inverse: (right, wrong) => instead('分子与分母颠倒了', right, wrong),
  },
  where: {
    sign: say`请检查正负号。`,
    'sign-of-term': say`请检查各项的正负号。`,
    'index-wrong': say`请检查下标。`,
    'indices-swapped': say`请检查权重的下标。`,
    'transpose-missing': say`请检查权重矩阵。`,
    'transpose-extra': say`请检查转置。`,
    'outer-reversed': say`请检查结果的形状。`,
    'layer-off': say`请检查层数。`,
    'layer-last': say`请检查层数。`,
    'wrong-variable': say`请逐个检查式中的量。`,
    'wrong-derivative': say`请检查是谁对谁求导。`,
    'sigma-prime-missing': say`请检查经过激活函数的那一步。`,
    'sigma-for-sigma-prime': say`请检查激活函数。`,
    'a-for-z': say`请检查激活函数的导数在何处取值。`,
    'applied-twice': say`请检查激活函数。`,
    'product-for-hadamard': say`请检查乘积的种类。`,
    'hadamard-for-product': say`请检查乘积的种类。`,
    brackets: say`请检查括号。`,
    'factor-dropped': say`请检查链式法则的各个因子。`,
    'factor-number': say`请检查前面的系数。`,
    mean: say`请检查样本数或输出数。`,
    'softmax-elementwise': say`请检查哪些输出依赖于 z。`,
    'sum-missing': say`请检查有几条路径。`,
    'sum-range': say`请检查求和从哪里到哪里。`,
    'path-missing': say`请检查有几条路径。`,
    'term-dropped': say`请检查括号里的各项。`,
    power: say`请检查幂次。`,
    inverse: say`请检查分式。`,
  },
  noSlip: say`不属于常见的疏漏。`,
  inLine: (line) => say`第 ${line} 行：`,
  rightAnswer: say`正确答案`,
  witness,
};
