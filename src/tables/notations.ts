// The notations: one row each, letters as raw LaTeX, how indices stand on them, and the conventions the equations are written in.

import { type Conventions, defaultConventions } from './conventions.ts';

/** Raw LaTeX by the name that something has in the equations. */
export type Letters = Readonly<Record<string, string>>;

/** How formulas look. Quantities keep their names in the equations; a notation says how a name is written. */
export interface Notation {
  readonly name: string;
  /** Where it comes from, in words. */
  readonly title: string;
  /**
   * Raw LaTeX by the name that a tensor, function, size or index has in the equations. A name without a row is written as it is:
   * Greek names as the Greek letter, one letter as itself, more letters upright.
   */
  readonly letters: Letters;
  /** The letters of tensors with two slots, where they have others: Z for a batch of z. */
  readonly matrixLetters: Letters;
  /** The letters of single entries, where they have others: w for an entry of W. */
  readonly entryLetters: Letters;
  /** The macro round the letter of a whole vector or matrix; empty where there is none. A Greek letter takes `\boldsymbol`. */
  readonly bold: '' | '\\mathbf' | '\\boldsymbol';
  /** The same for terminals, where the LaTeX letter has no plain counterpart of its own. */
  readonly unicode: Letters;
  /** How a stage (a layer, a time step) is shown: `z^l`, `z^{(l)}`, `z^{[l]}`, or as a subscript. */
  readonly stage: {
    readonly place: 'superscript' | 'subscript';
    readonly left: string;
    readonly right: string;
  };
  /** How the stage of a function head is shown: `\sigma_l` or `g^{[l]}`. */
  readonly functionStage: 'superscript' | 'subscript';
  /** How the stage of a size is shown: `n_l` or `n^{[l]}`. */
  readonly sizeStage: 'superscript' | 'subscript';
  /** Which script is written first: `z_j^l` or `z^l_j`. They look the same and differ in the LaTeX only. */
  readonly scripts: 'subscript-first' | 'superscript-first';
  /** Raw LaTeX of the superscript that transposes. */
  readonly transpose: string;
  /** Whether that sign stands beside the stage, `W^{[l]T}`, or outside a bracket, `(W^{[l]})^T`. */
  readonly transposePlace: 'beside' | 'outside';
  /** Raw LaTeX of the entrywise product's sign. */
  readonly hadamard: string;
  /** The gradient by a whole parameter: dC/dW as a fraction, `dW`, or `\nabla_W C`. Entries: the fraction, or `dW_{jk}`. */
  readonly gradient: 'fraction' | 'd' | 'nabla';
  /** Whether the gradient by the output, all of it, is written `\nabla_a C`. */
  readonly outputGradient: 'fraction' | 'nabla';
  /** Whether a bias that is added to every sample of a batch is written bare, `b` for `b 1^T`. */
  readonly broadcast: boolean;
  /** How networks of layers are written as equations. */
  readonly conventions: Conventions;
}

const nielsen: Notation = {
  name: 'nielsen',
  title: 'Nielsen, Neural Networks and Deep Learning, chapter 2',
  letters: {},
  matrixLetters: {},
  entryLetters: {},
  bold: '',
  unicode: {},
  stage: { place: 'superscript', left: '', right: '' },
  functionStage: 'subscript',
  sizeStage: 'subscript',
  scripts: 'subscript-first',
  transpose: '\\mathsf T',
  transposePlace: 'outside',
  hadamard: '\\odot',
  gradient: 'fraction',
  outputGradient: 'nabla',
  broadcast: false,
  conventions: defaultConventions,
};

/** Layers in round brackets, the input as layer 0. */
const inBrackets = {
  stage: { place: 'superscript', left: '(', right: ')' },
  outputGradient: 'fraction',
  conventions: { ...defaultConventions, firstLayer: 0 },
} as const satisfies Partial<Notation>;

/** Capitals for a batch. */
const capitals: Letters = { x: 'X', y: 'Y', z: 'Z', a: 'A' };

export const notations: readonly Notation[] = [
  nielsen,
  {
    ...nielsen,
    name: 'ng',
    title: "Ng's deep learning course",
    letters: { w: 'W', C: 'J', delta: 'dz', sigma: 'g', g: '\\sigma' },
    matrixLetters: { ...capitals, delta: 'dZ' },
    stage: { place: 'superscript', left: '[', right: ']' },
    functionStage: 'superscript',
    sizeStage: 'superscript',
    transpose: 'T',
    transposePlace: 'beside',
    hadamard: '\\ast',
    gradient: 'd',
    outputGradient: 'fraction',
    broadcast: true,
    conventions: { ...defaultConventions, firstLayer: 0, batch: 'columns', mean: 'gradient' },
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'ufldl',
    title: 'UFLDL, the Stanford tutorial on unsupervised feature learning and deep learning',
    letters: { w: 'W', C: 'J', sigma: 'f', n: 's', L: 'n_l' },
    transpose: 'T',
    hadamard: '\\bullet',
    gradient: 'nabla',
    functionStage: 'superscript',
    conventions: { ...defaultConventions, weightLayer: 'start', mean: 'gradient' },
  },
  {
    ...nielsen,
    name: 'cs231n',
    title: 'CS231n, the Stanford course on convolutional networks: samples as rows',
    letters: { w: 'W', a: 'h', C: '\\mathcal L', delta: 'dz', sigma: 'f', g: '\\sigma', n: 'D', m: 'N' },
    matrixLetters: { ...capitals, a: 'H', delta: 'dZ' },
    stage: { place: 'subscript', left: '', right: '' },
    transpose: 'T',
    gradient: 'd',
    outputGradient: 'fraction',
    broadcast: true,
    conventions: { ...defaultConventions, weights: 'in-out', firstLayer: 0, batch: 'rows' },
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'goodfellow',
    title: 'Goodfellow, Bengio and Courville, Deep Learning, chapter 6',
    letters: { w: 'W', z: 'a', a: 'h', C: 'J', delta: 'g', sigma: 'f', g: '\\sigma' },
    matrixLetters: { x: 'X', y: 'Y', z: 'A', a: 'H', delta: 'G' },
    bold: '\\boldsymbol',
    transpose: '\\top',
    transposePlace: 'beside',
    gradient: 'nabla',
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'bishop',
    title: 'Bishop, Pattern Recognition and Machine Learning, chapter 5',
    letters: { w: 'W', z: 'a', a: 'z', y: 't', C: 'E', sigma: 'h', g: '\\sigma', n: 'M', m: 'N' },
    matrixLetters: { x: 'X', y: 'T', z: 'A', a: 'Z', delta: '\\Delta' },
    entryLetters: { w: 'w', x: 'x', y: 't', z: 'a', a: 'z', delta: '\\delta' },
    bold: '\\mathbf',
    transpose: '\\mathrm T',
    conventions: { ...inBrackets.conventions, mean: 'none' },
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'nndl',
    title: 'Qiu Xipeng, Neural Networks and Deep Learning (nndl), chapter 4',
    letters: { w: 'W', C: '\\mathcal L', sigma: 'f', n: 'M', m: 'N' },
    matrixLetters: { ...capitals, delta: '\\Delta' },
    entryLetters: { w: 'w', x: 'x', y: 'y', z: 'z', a: 'a', delta: '\\delta' },
    bold: '\\boldsymbol',
    transpose: '\\top',
    conventions: { ...inBrackets.conventions, mean: 'gradient' },
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'zhou',
    title: 'Zhou Zhihua, Machine Learning, chapter 5: weights from the input on, errors that point downhill',
    letters: { w: 'W', C: 'E', delta: 'g', sigma: 'f', g: '\\varphi' },
    matrixLetters: { ...capitals, delta: 'G' },
    entryLetters: { w: 'w', x: 'x', y: 'y', z: 'z', a: 'a', delta: 'g' },
    bold: '\\mathbf',
    transpose: '\\mathrm T',
    conventions: { ...inBrackets.conventions, weights: 'in-out', sign: '-', mean: 'gradient' },
  },
  {
    ...nielsen,
    ...inBrackets,
    name: 'd2l',
    title: 'Zhang, Lipton, Li and Smola, Dive into Deep Learning: samples as rows',
    letters: { w: 'W', a: 'h', C: 'J', sigma: '\\phi', n: 'd', m: 'n' },
    matrixLetters: { ...capitals, a: 'H', delta: '\\Delta' },
    entryLetters: { w: 'w', x: 'x', y: 'y', z: 'z', a: 'h', delta: '\\delta' },
    bold: '\\mathbf',
    transpose: '\\top',
    transposePlace: 'beside',
    broadcast: true,
    conventions: { ...inBrackets.conventions, weights: 'in-out', batch: 'rows' },
  },
];

const byName = new Map(notations.map((n) => [n.name, n]));

/** The row of a notation by its name; null when there is none. */
export const notationRow = (name: string): Notation | null => byName.get(name) ?? null;
export const notationNames: readonly string[] = notations.map((n) => n.name);
