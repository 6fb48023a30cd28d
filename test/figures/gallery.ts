// All pictures of one network, for the tests: from widths, a notation, numbers and words.

import { activationFigure } from '../../src/document/figures/activation-plot.ts';
import { backflowFigure } from '../../src/document/figures/backflow.ts';
import { barsFigure } from '../../src/document/figures/bars.ts';
import { blocksFigure, productFigure } from '../../src/document/figures/blocks.ts';
import { equation, tensorFormula } from '../../src/document/figures/draw.ts';
import { chainFanFigure, outputFanFigure } from '../../src/document/figures/fan.ts';
import { usualLayout } from '../../src/document/figures/layer-letters.ts';
import { networkFigure } from '../../src/document/figures/network.ts';
import { passesFigure } from '../../src/document/figures/passes.ts';
import type { Figure, FigureFormula } from '../../src/document/figures/shapes.ts';
import { treeFigure } from '../../src/document/figures/tree-figure.ts';
import { type Affine, index, integer, shift } from '../../src/expr/affine.ts';
import { between } from '../../src/expr/condition.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { entry, mul, num, power, subtract, sum, symbol } from '../../src/expr/make.ts';
import type { System } from '../../src/expr/system.ts';
import { english } from '../../src/lang/en.ts';
import type { Language } from '../../src/lang/types.ts';
import { chinese } from '../../src/lang/zh.ts';
import { layersSystem } from '../../src/model/layers.ts';
import { defaultConventions } from '../../src/tables/conventions.ts';
import { notationRow } from '../../src/tables/notations.ts';
import type { Style } from '../../src/text/style.ts';

export const general: System = layersSystem({
  functions: { hidden: { kind: 'unknown' }, output: null },
  loss: { body: null, identity: null },
  l2: null,
  batch: null,
  conventions: defaultConventions,
});

/** The general network's letters in a notation. */
export function styleOf(name = 'nielsen'): Style {
  const notation = notationRow(name);
  if (notation === null) throw new Error(`no notation ${name}`);
  return { notation, system: general };
}

/** The words of all pictures of a language together. */
const wordsIn = ({ figures }: Language) => ({
  ...figures.activation({ name: 'tanh', inputs: 1, saturated: 1 }),
  ...figures.counts({ differences: 2, backpropagation: 2, samples: 50000 }),
  ...figures.passes(),
  ...figures.network({ widths: null, abbreviated: true }),
});
type GalleryWords = ReturnType<typeof wordsIn>;
export const WORDS = { en: wordsIn(english), zh: wordsIn(chinese) };

const j = index('j');

/** half the squared error, as the engine has it */
export const squaredError: Expr = mul(
  num(1, 2),
  sum(
    'j',
    between(integer(1), j, index('n', [index('L')])),
    power(subtract(entry('y', [], [j]), entry('a', [index('L')], [j])), num(2)),
  ),
);

/** sigma(w^l a^{l-1} + b^l) */
const forwardForm = (l: Affine): Tensor => ({
  kind: 'map',
  fn: { name: 'sigma', order: 0, stage: null },
  of: {
    kind: 'tensorSum',
    args: [{ kind: 'product', args: [symbol('w', [l]), symbol('a', [shift(l, -1)])] }, symbol('b', [l])],
  },
});

/** ((w^{l+1})^T delta^{l+1}) (.) sigma'(z^l) */
const backwardForm = (l: Affine): Tensor => ({
  kind: 'hadamard',
  args: [
    {
      kind: 'product',
      args: [{ kind: 'transpose', of: symbol('w', [shift(l, 1)]) }, symbol('delta', [shift(l, 1)])],
    },
    { kind: 'map', fn: { name: 'sigma', order: 1, stage: null }, of: symbol('z', [l]) },
  ],
});

const gradientForm = (l: Affine): Tensor => ({
  kind: 'outer',
  left: symbol('delta', [l]),
  right: symbol('a', [shift(l, -1)]),
});

export interface Case {
  /** null: the general network. */
  readonly widths: readonly number[] | null;
  readonly notation: string;
  readonly language: keyof typeof WORDS;
  /** The layer (2 or more) and neuron that are lit. */
  readonly layer: number;
  readonly neuron: number;
  readonly inputs: readonly number[];
  readonly passes: number;
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

/** Every picture of a case. */
export function gallery(c: Case): Figure[] {
  const common = { words: WORDS[c.language], style: styleOf(c.notation) };
  return [...layerPictures(c, common), ...formulaPictures(c, common), ...numberPictures(c)];
}

type Common = { words: GalleryWords; style: Style };

/** The gradient by a tensor at a layer. */
const gradientBy = (name: string, stage: Affine): Tensor => ({
  kind: 'derivative',
  what: 'adjoint',
  head: null,
  of: null,
  by: symbol(name, [stage]),
  cut: [],
});

function layerPictures(c: Case, { words, style }: Common): Figure[] {
  const common = { words, style, layout: usualLayout };
  const says = (left: Tensor, right: Tensor): FigureFormula =>
    equation(tensorFormula(left, style), tensorFormula(right, style));
  const bp2 = (l: Affine): FigureFormula => says(symbol('delta', [l]), backwardForm(l));
  const stage = (l: number): Affine => (c.widths === null ? index('l') : integer(l));
  const { widths, layer, neuron } = c;
  const width = (l: number): number => widths?.[l - 1] ?? 1;
  const last = widths?.length ?? 0;
  const at = (l: number): { layer: number; index: number } => ({
    layer: l,
    index: Math.min(neuron, width(l)),
  });
  const known = widths === null ? {} : { lit: { layer, neuron: at(layer).index } };
  const upper = Math.min(layer, last - 1);
  const pair = { layer: upper, neuron: at(upper).index, widths: [width(upper), width(upper + 1)] as const };
  return [
    networkFigure({ id: 'network', ...common, widths, ...known }),
    chainFanFigure({
      id: 'chain',
      ...common,
      statement: bp2(stage(upper)),
      width: widths === null ? null : width(upper + 1),
      ...(widths === null ? {} : { neuron: at(upper) }),
    }),
    outputFanFigure({
      id: 'output',
      ...common,
      statement: bp2(stage(last)),
      width: widths === null ? null : width(last),
      ...(widths === null ? {} : { neuron: at(last) }),
    }),
    backflowFigure({
      id: 'backflow',
      ...common,
      statement: bp2(stage(upper)),
      ...(widths === null ? {} : { known: pair }),
    }),
    passesFigure({
      id: 'passes',
      ...common,
      gradients: (l) => [
        says(gradientBy('b', l), symbol('delta', [l])),
        says(gradientBy('w', l), gradientForm(l)),
      ],
      carrier: (l) => tensorFormula({ kind: 'transpose', of: symbol('w', [shift(l, 1)]) }, style),
      layers: widths === null ? null : last,
    }),
  ];
}

function formulaPictures(c: Case, common: Common): Figure[] {
  const sizes = c.widths && new Map(c.widths.map((n, i) => [`n[${i + 1}]`, n]));
  const l = c.widths === null ? index('l') : integer(Math.max(2, Math.min(c.layer, c.widths.length - 1)));
  const known = sizes === null || c.widths === null || c.widths.length < 3 ? {} : { sizes };
  const here = 'sizes' in known || c.widths === null ? l : index('l');
  const blocks = (id: string, left: Tensor, right: Tensor): Figure =>
    blocksFigure({ id, ...common, left, right, ...known });
  return [
    blocks('forward-blocks', symbol('a', [here]), forwardForm(here)),
    blocks('backward-blocks', symbol('delta', [here]), backwardForm(here)),
    blocks('gradient-blocks', gradientBy('w', here), gradientForm(here)),
    productFigure({ id: 'product', ...common }),
    treeFigure({ id: 'tree', ...common, of: squaredError }),
  ];
}

function numberPictures(c: Case): Figure[] {
  const words = WORDS[c.language];
  const letter = (latex: string, unicode: string): { latex: string; unicode: string } => ({ latex, unicode });
  const plot = (id: string, value: (z: number) => number, slope: (z: number) => number): Figure =>
    activationFigure({
      id,
      words,
      value,
      slope,
      valueName: letter('\\sigma(z)', 'σ(z)'),
      slopeName: letter("\\sigma'(z)", 'σ′(z)'),
      inputName: letter('z', 'z'),
      inputs: c.inputs.map((z, i) => ({ z, name: letter(`z_{${i + 1}}^{2}`, `z${i + 1}`) })),
    });
  return [
    plot('sigmoid', sigmoid, (z) => sigmoid(z) * (1 - sigmoid(z))),
    plot(
      'relu',
      (z) => Math.max(0, z),
      (z) => (z > 0 ? 1 : 0),
    ),
    plot(
      'identity',
      (z) => z,
      () => 1,
    ),
    barsFigure({
      id: 'bars',
      words,
      bars: [
        { name: words.differences, count: c.passes, ink: 'forward' },
        { name: words.backpropagation, count: 2, ink: 'backward' },
      ],
      axis: words.axis,
    }),
  ];
}
