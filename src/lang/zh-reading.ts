// What is said in Chinese where something can't be read.

import type { Capped, ComplaintFacts, Hint, Named, Piece, ShapeFact } from '../text/complaint.ts';
import type { ReadingWords } from '../text/reading-words.ts';
import { type PieceWords, pieceShown } from '../text/shown.ts';
import { chineseNoun as expected, spaced } from './zh-nouns.ts';

const PIECES: PieceWords = {
  end: '式子的末尾',
  lineEnd: '行末',
  lone: '半个字符',
  quoted: (text) => `“${text}”`,
  unprintable: (code) => `字符 U+${code}`,
};

const found = (piece: Piece): string => pieceShown(piece, PIECES);
const shape = (s: ShapeFact): string => (s === '' ? '标量' : ` ${s} `);
/** A shape at the end of a clause. */
const shapeLast = (s: ShapeFact): string => shape(s).trimEnd();

const hinted = ({ near, known = [] }: Hint): string => {
  if (near !== null) return `；是不是想写“${near}”？`;
  return known.length === 0 ? '' : `；可用的有 ${known.join('、')}`;
};

const CAPPED: Readonly<Record<Capped, (most: number) => string>> = {
  'answer-characters': (most) => `答案超过了 ${most} 个字符`,
  'answer-lines': (most) => `一个答案最多 ${most} 行`,
  'code-depth': (most) => `代码的嵌套超过了 ${most} 层`,
  'code-factors': (most) => `一行代码中最多连乘 ${most} 个因子`,
  'code-symbols': (most) => `代码超过了 ${most} 个符号`,
  'code-terms': (most) => `一行代码中最多连加 ${most} 项`,
  depth: (most) => `式子的嵌套超过了 ${most} 层`,
  factors: (most) => `一个乘积最多有 ${most} 个因子`,
  'formula-characters': (most) => `式子超过了 ${most} 个字符`,
  symbols: (most) => `式子超过了 ${most} 个符号`,
  terms: (most) => `一个和式最多有 ${most} 项`,
};

const NAMED: Readonly<Record<Named, (name: string) => string>> = {
  attribute: (name) => `不认识属性“${name}”`,
  command: (name) => `不认识命令“${name}”`,
  function: (name) => `不认识函数“${name}”`,
  index: (name) => `不认识下标“${name}”`,
  method: (name) => `不认识方法“${name}”`,
  name: (name) => `不认识名称“${name}”`,
  'numpy-function': (name) => `这里不支持函数“np.${name}”`,
  quantity: (name) => `题目中没有叫“${name}”的量`,
  tensor: (name) => `不认识张量“${name}”`,
};

function unknown({ as, name, hint }: ComplaintFacts['unknown']): string {
  const unbound = as === 'index' && hint.near === null;
  return `${NAMED[as](name)}${unbound ? '：这里没有对它求和' : hinted(hint)}`;
}

const TAKES: Readonly<Record<ComplaintFacts['arguments']['takes'], string>> = {
  'one-argument': '一个自变量',
  'two-arguments': '两个自变量',
  'two-indices': '两个下标',
  'one-or-two-sizes': '一个或两个大小',
};

const OF_SHAPE: Readonly<Record<ComplaintFacts['argument-shape']['takes'], string>> = {
  numbers: '数',
  vector: '向量',
  'square-matrix': '方阵',
  'vector-or-square-matrix': '向量或方阵',
};

function expectedHere({ what, found: piece, after, under }: ComplaintFacts['expected']): string {
  const place =
    under !== undefined ? `${accented(under)}下面` : after !== undefined ? `${found(after)}后面` : '这里';
  return `${place}应为${spaced(expected(what))}${piece === undefined ? '' : butFound(piece)}`;
}

/** What stands there instead, as the end of a sentence. */
function butFound(piece: Piece): string {
  if (piece === '') return '，式子却到此结束';
  return piece === '\n' ? '，这一行却到此结束' : `，却是${found(piece)}`;
}

const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '尖帽'],
  ['bar', '横线'],
  ['tilde', '波浪线'],
  ['vec', '箭头'],
  ['dot', '点'],
  ['ddot', '双点'],
  ['star', '星号'],
]);
const accented = (accent: string): string => `${ACCENTS.get(accent) ?? accent}记号`;

const PRODUCTS: Readonly<Record<ComplaintFacts['product']['of'], string>> = {
  product: '相乘',
  entrywise: '逐元素相乘',
  prod: '用 prod 相乘',
};

const complaint: ReadingWords['complaint'] = {
  'backslash-ends': '式子以反斜杠结尾',
  'beside-tensors': '数只能与向量或矩阵相加',
  'case-parts': '分段式的每一行要有式子和条件',
  'cases-open': '这个分段式没有结束',
  'classes-added': '对真实类别的分量，只能读出加减一个数',
  'classes-changed': '真实类别的分量只能出现在修改它们的语句里',
  'condition-without-index': '这个条件里没有求和的下标',
  'conditions-alone': '带不等号的条件要单独写',
  'derivative-by': '求导要对一个分量或整个向量、矩阵进行',
  'derivative-of-nothing': '这个求导记号后面没有被求导的式子',
  'derivative-sides': '求导要么是分量对分量，要么是张量对张量',
  'divides-by-zero': '这里除以了 0',
  dots: '读不懂省略号：请把省略的部分写出来',
  'empty-formula': '式子是空的',
  'entry-indices': '取分量时只能用简单的下标',
  'equation-left': '方程的左边是一个分量：z[l][j] = ...',
  'exponent-range': '这个数超出了范围：指数大于 400',
  factorials: '不支持阶乘',
  'for-without-equation': '“for”和条件要跟在等式后面',
  'held-list': '保持不变的量要写成一列完整的张量',
  'held-outside': '只有导数能用“|”说明哪些量保持不变',
  'identity-matrix': '单位矩阵后面跟着类别时才能读出',
  'index-in-braces': '花括号里的下标读不出来',
  'index-product': '下标只能乘以数',
  'index-quotient': '下标里不能有除法；请写成条件，例如 2*i = j',
  'index-range': '下标中的数不能超过 1000000000',
  'indicator-condition': 'ind 需要一个条件：ind(z > 0)',
  'indicator-one': '对数使用 ind 时要给一个不等式：ind(z > 0)',
  'inline-by': 'd(...) 要对一个分量求导',
  'inline-of': 'd(...) 的括号里应为一个数，而不是向量或矩阵',
  length: '长度在这里不是题目中的量',
  'loss-by': '损失要对题目中的一个量求导',
  'nabla-by': '这个梯度记号没有说明对什么求导',
  'no-formula': '这里没有式子',
  'no-number': '这里没有数',
  'not-number': '这不是一个数',
  'number-entries': '一个数没有分量',
  'over-braces': '\\over 要写在花括号里',
  'part-unchanged': '量的一部分只能出现在修改它的语句里',
  'partial-form': 'partial 需要一个未知函数和一个分量：partial(C, a[L][j])',
  'plus-minus': '正负号会给出两个答案；请只写一个',
  'products-over-index': '不支持连乘',
  'second-derivative': '不支持二阶导数',
  'shape-attribute': '形状在这里不是题目中的量',
  slices: '这里不支持切片',
  'sqrt-derivative': 'sqrt 没有自己的导数记号；请写成 x^(-1/2)/2',
  'sum-first': 'sum(...) 中的第一项是求和下标：sum(k, a[k])',
  'sum-form': 'sum 需要求和下标和被求和的式子：sum(k, a[k])',
  'sum-of-number': '对一个数求和；请写明求和下标：sum(k, a[k])',
  tilde: '“~”的意思是条件取反',
  'two-answers': '这里有两个答案；请只写一个',
  'two-layers': '一个量只有一个层号，不能有两个',
  'where-form': 'np.where 需要一个条件（例如 z > 0）和两个值',
  accent: ({ accent }) => `${accented(accent)}只能加在一个字母上`,
  arguments: ({ name, takes, given }) => `${name} 需要${TAKES[takes]}，这里有 ${given} 个`,
  'argument-shape': (f) => `${f.name} 作用在${OF_SHAPE[f.takes]}上，这里却是${shapeLast(f.shape)}`,
  'binary-derivative': ({ name }) => `${name} 有两个自变量，没有自己的导数记号`,
  brackets: ({ name, example }) => `${name} 后面的方括号太多；一个分量写成 ${example}`,
  'closes-nothing': (f) => `${found(f.found)}没有对应的左括号`,
  columns: ({ left, right }) => `两个列向量之间不能用“*”（${left} 与 ${right}）；请写 u .* v、u*v' 或 u'*v`,
  'divided-by-tensor': (f) => `不能除以形状为${shape(f.shape)}的量；“./”才是逐元素相除`,
  doubled: (f) => `连着写了两个${found(f.found)}`,
  'equal-shapes': ({ of, left, right }) =>
    `${of === 'sum' ? '相加的各项' : '“.*”的两边'}形状要相同，这里却是${shape(left)}与${shapeLast(right)}`,
  expected: expectedHere,
  'expected-closing': ({ sign, open, column, found: piece }) =>
    `第 ${column} 列的${found(open)}需要“${sign}”来闭合${butFound(piece)}`,
  'exponent-shape': (f) => `指数应为一个数，这里却是${shapeLast(f.shape)}`,
  'few-arguments': ({ name }) => `${name} 的参数太少`,
  forbidden: ({ text }) => `“${text}”不能出现在式子里`,
  'form-of-syntax': ({ name }) => `${name} 是固定的写法，没有导数，也不分层`,
  'function-alone': ({ name, wants }) => `${name} 是函数，后面应有${wants === 'bracket' ? '“(”' : '自变量'}`,
  'held-whole': ({ example }) => `保持不变的是整个张量：${example}`,
  'index-brackets': ({ name }) => `下标里的 ${name} 不能再带方括号`,
  'index-count': ({ name, has, given }) =>
    has === 0
      ? `${name} 是一个数，没有下标，这里写了 ${given} 个`
      : `${name} 有 ${has} 个下标，这里写了 ${given} 个`,
  'index-not-whole': ({ text }) => `${text} 不能作下标：下标是整数`,
  'indices-twice': ({ name }) => `${name} 的下标写了两遍`,
  keyword: ({ text }) => `“${text}”不是式子；请只写其中的那一行`,
  'left-index': ({ index, example }) => `左边只能用简单的下标：${example} 中不能写 ${index}`,
  'left-is-entry': (f) => `左边是一个分量，这里却是${shapeLast(f.shape)}`,
  'left-twice': ({ name }) => `${name} 在左边出现了两次；请用两个不同的下标`,
  'never-closed': ({ open, close }) =>
    `这里的${found(open)}没有闭合${close === undefined ? '' : `，缺少“${close}”`}`,
  'no-derivative': (f) => `${found(f.found)}没有构成导数：被求导的量写在分子，对它求导的量写在分母`,
  'no-index': ({ name }) => `${name} 没有下标`,
  'no-place': (f) => `${found(f.found)}不能出现在${f.in === 'formula' ? '式子' : ' NumPy 代码'}里`,
  'no-product': ({ order }) => `${order} 阶张量没有矩阵乘积`,
  'no-stage': ({ name }) => `${name} 不分层`,
  'no-transpose': ({ order }) => `${order} 阶张量没有转置`,
  'not-function': ({ name }) => `${name} 是一个数，不是函数`,
  'number-wanted': (f) => `这里应为一个数，却是${shapeLast(f.shape)}`,
  'one-equal-sign': ({ relations }) =>
    `应有一个“=”，这里${relations.length === 0 ? '没有' : `却是 ${relations.join(' 和 ')}`}`,
  'opaque-argument': ({ name, entry }) =>
    `${name} 是未知函数，自变量是整个张量${entry ? '，不是分量' : '，例如 a[L]'}`,
  'opaque-derivative': ({ name }) => `${name} 的导数写成 partial(${name}, a[L][j])`,
  'other-side-shape': (f) => `左边的形状是${shapeLast(f.left)}，这里却是${shapeLast(f.shape)}`,
  'own-layer': ({ quantity }) => `这个字母就是 ${quantity}，已经带有层号`,
  'power-base': (f) => `“^”前面应为一个数，这里却是${shapeLast(f.shape)}；“.^”才是逐元素的幂`,
  'power-or-inverse': ({ name }) => `${name} 的 -1 次幂可能是反函数，也可能是 1/${name}；请写明是哪一个`,
  primes: ({ name, primes }) => `${name} 带了 ${primes} 个撇号；最多能读 8 个`,
  product: ({ of, left, right, transposed }) =>
    `形状为${shape(left)}和${shape(right)}的两个量不能${PRODUCTS[of]}${transposed === true ? '；把前一个转置就可以了' : ''}`,
  'range-form': ({ index: i }) =>
    `求和范围写成上下界或条件：sum(${i}, lo, hi, ...)、sum(${i}, lo <= ${i}, ...)`,
  'range-slots': ({ index: i, sizes }) =>
    `${sizes.length === 0 ? `看不出 ${i} 的取值范围` : `${i} 所在的下标位置范围不同（${sizes.join(' 与 ')}）`}；请写 sum(${i}, lo, hi, ...)`,
  'relation-misplaced': ({ is }) => `这里应为一个式子，却是${is === 'equation' ? '等式' : '条件'}`,
  row: (f) => `这是行向量（${f.shape}）；向量都是列向量，请转置`,
  'side-shapes': ({ left, right }) => `左边的形状是${shapeLast(left)}，右边是${shapeLast(right)}`,
  slots: (f) => `形状为${shape(f.shape)}的量有 ${f.has} 个下标，这里写了 ${f.given} 个`,
  stages: ({ is, name, has, given, example }) =>
    `${is === 'size' ? '大小 ' : ''}${name} 有 ${has} 个层号，这里写了 ${given} 个${example === '' ? '' : `：${example}`}`,
  'stage-missing': ({ is, name, example }) => `${is === 'size' ? '大小 ' : ''}${name} 缺少层号：${example}`,
  'sum-entries': (f) => `sum(E) 把向量或矩阵的所有分量相加，这里却是${shapeLast(f.shape)}`,
  'sum-over-size': ({ name }) => `${name} 是一个大小；求和要对下标进行`,
  'summed-shape': ({ index }) => `被求和的量的形状随 ${index} 而变`,
  table: (f) => `这里读不出${found(f.found)}：不支持矩阵和表格`,
  'tensor-slots': ({ name, has, given, example }) =>
    has === 0
      ? `${name} 是标量，这里写了 ${given} 个下标：${example}`
      : `${name} 有 ${has} 个下标，这里写了 ${given} 个：${example}`,
  'too-long-in-place': ({ name }) => `把“${name}”的值代入后式子太长`,
  'too-many': ({ of, most }) => CAPPED[of](most),
  unknown,
};

export const chineseReading: ReadingWords = { complaint, expected };
