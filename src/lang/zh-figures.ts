// The words of the pictures, in Chinese.

import type { ActivationFacts, CountFacts, NetworkFacts, Pictures } from './figure-words.ts';
import { type Formula, type Phrase, say } from './phrase.ts';

const grouped = (count: number): string => count.toLocaleString('en-US');

/** p x q */
const shape = (rows: string, columns: string): Formula => ({
  latex: `${rows} \\times ${columns}`,
  unicode: `${rows} × ${columns}`,
  plain: null,
});

function network({ widths, lit, abbreviated }: NetworkFacts): ReturnType<Pictures['network']> {
  const columns =
    widths === null
      ? '每一层画成一列圆圈'
      : `共 ${widths.length} 列圆圈，每列是一层，神经元个数依次为 ${widths.join('、')}`;
  const which = lit === undefined ? '某一个神经元' : `第 ${lit.layer} 层第 ${lit.neuron} 个神经元`;
  const dots = abbreviated ? '省略号表示未画出的部分。' : '';
  return {
    title: widths === null ? '前馈神经网络' : `${widths.join('-')} 网络`,
    description: `${columns}，最左边是输入层，最右边是输出层。每个神经元都与下一层的每个神经元相连；通向${which}的连线加粗，并标有权重。${dots}`,
    caption: say`每一层的输出是下一层的输入，信号由左向右传递，没有回路。加粗的是通向${which}的权重。${dots}`,
    input: '输入层',
    hidden: '隐藏层',
    output: '输出层',
  };
}

/** A name between Chinese words: spaces beside Latin letters only. */
const spaced = (name: string): string => (/[\u4e00-\u9fff]/.test(name) ? name : ` ${name} `);

function activation({ name, inputs, saturated }: ActivationFacts): ReturnType<Pictures['activation']> {
  const dots = inputs === 0 ? '' : '圆点是本网络的加权输入：实心点在函数曲线上，空心点在导数曲线上。';
  const bands = saturated === null ? '' : '浅色区域内导数很小。';
  return {
    title: `激活函数${spaced(name)}及其导数`,
    description: `实线是${spaced(name)}的图像，虚线是它的导数的图像。${dots}${bands}`,
    caption: say`激活函数（实线）及其导数（虚线）。${dots}${saturation(inputs, saturated)}`,
    saturated: '饱和',
  };
}

function saturation(inputs: number, saturated: number | null): Phrase {
  if (saturated === null) return [];
  const here = saturated === 0 ? '没有一个落在其中' : `有 ${saturated} 个落在其中`;
  const one = `图中唯一的加权输入${saturated === 0 ? '不在其中' : '就在其中'}。`;
  const count = inputs === 0 ? '' : inputs === 1 ? one : `图中 ${inputs} 个加权输入${here}。`;
  return say`在浅色区域内，导数不到其最大值的十分之一，传来的误差要乘以这个很小的数，神经元学习缓慢，这称为饱和。${count}`;
}

function counts({ differences, backpropagation, samples }: CountFacts): ReturnType<Pictures['counts']> {
  const many = samples === 1 ? '单个样本' : `${grouped(samples)} 个样本`;
  const [slow, fast] = [`${grouped(differences)} 次传播`, `${grouped(backpropagation)} 次传播`];
  return {
    title: '计算梯度所需的传播次数',
    description: `对数刻度上的两个条形，对应${samples === 1 ? '' : ' '}${many}：前向差分需要 ${slow}，反向传播需要 ${fast}。`,
    caption: say`求${samples === 1 ? '' : ' '}${many}的全部梯度：前向差分需要 ${slow}，反向传播只需 ${fast}。横轴为对数刻度，每一格是前一格的十倍。`,
    differences: '前向差分',
    backpropagation: '反向传播',
    axis: `${many}的传播次数`,
  };
}

const innerSizes = '两块相乘时，加粗的两条边必须等长。';

export const chinesePictures: Pictures = {
  network,
  chainFan: (width) => ({
    title: '经过下一层的链式法则',
    description: `一个神经元的加权输入决定它的激活值，激活值影响下一层${width === null ? '所有' : ` ${width} 个`}神经元的加权输入，后者再影响损失函数。实线箭头向前，标有权重；虚线箭头向后，带回下一层的误差。`,
    caption: say`该神经元通过下一层的每一个神经元影响损失函数，所以要对它们求和。每条路径带回的是下一层的误差乘以权重；把它们加起来，再乘以激活函数的导数，就得到本神经元的误差，这就是 BP2。`,
  }),
  outputFan: (width) => ({
    title: 'BP1 中为什么只剩一项',
    description: `输出层某个神经元的加权输入、输出层的${width === null ? '全部' : width === 1 ? '' : ` ${width} 个`}激活值，以及损失函数。只有经过该神经元自身激活值的路径完整画出${width === 1 ? '' : '，其余路径颜色很浅，并标有 0'}。`,
    caption: say`加权输入只改变本神经元的激活值，不影响同层的其他激活值。${width === 1 ? '' : '其余路径都带有因子 0，'}求和中只有一项不为零，这就是 BP1。`,
  }),
  backflow: () => ({
    title: '误差的反向传播',
    description:
      '右边是某一层的误差，左边是上一层的误差。两层之间的每个权重画成一条由右向左的虚线箭头，通向某一个神经元的箭头加粗，并标有权重。下方是矩阵形式的 BP2。',
    caption: say`前向传播时传递激活值的权重，反向传播时传递误差：前向传播左乘权重矩阵，反向传播左乘它的转置。传回的结果再与激活函数的导数逐元素相乘。`,
  }),
  passes: () => ({
    title: '前向传播与反向传播',
    description:
      '上方由左向右是各层的加权输入和激活值，直到损失函数；下方由右向左是各层的误差，每个误差之下是由它得到的两个梯度。',
    caption: say`前向传播（实线）算出并保存每一层的加权输入和激活值；反向传播（虚线）从损失函数出发，一次回到第 2 层。由每一层的误差可以直接写出损失函数对该层偏置和权重的梯度。`,
    forward: '前向传播',
    backward: '反向传播',
    gradients: '梯度',
  }),
  blocks: {
    forward: () => ({
      title: '一层的方程中各量的形状',
      description: '一层的前向方程，每个向量和矩阵画成一块，高为行数，宽为列数。',
      caption: say`${innerSizes}权重矩阵的每一行对应本层的一个神经元，每一列对应上一层的一个神经元。`,
    }),
    backward: () => ({
      title: 'BP2 中各量的形状',
      description: '矩阵形式的 BP2，每个向量和矩阵画成一块，高为行数，宽为列数。',
      caption: say`${innerSizes}下一层的权重矩阵转置之后，列数才与下一层误差的个数相等；哈达玛积的两个因子形状相同。`,
    }),
    gradient: () => ({
      title: 'BP4 中各量的形状',
      description: '矩阵形式的 BP4：一列乘以一行，得到与权重矩阵形状相同的矩阵。',
      caption: say`一列乘以一行，即外积：每个权重对应梯度的一个分量，所以梯度与权重矩阵形状相同。`,
    }),
  },
  product: () => ({
    title: '矩阵乘法的行列规则',
    description: '三块矩阵：p 行 q 列的矩阵乘以 q 行 r 列的矩阵，得到 p 行 r 列的矩阵。',
    caption: say`${shape('p', 'q')} 的矩阵乘以 ${shape('q', 'r')} 的矩阵，得到 ${shape('p', 'r')} 的矩阵。加粗的两条边必须等长，即前一个矩阵的列数等于后一个矩阵的行数。`,
  }),
  lossTree: () => ({
    title: '损失函数的表达式树',
    description: '损失函数的表达式树：运算画在圆圈里，各量画在方框里，最后进行的运算在树根。',
    caption: say`由树叶到树根，是计算的先后次序；由树根到树叶，是链式法则逐层求导的次序。`,
  }),
  activation,
  counts,
};
