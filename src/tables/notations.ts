// The notations: one row each, letters as raw LaTeX and how indices stand on them. A lecturer's own is an object of this type.

/** How formulas look. Quantities keep their names in the equations; a notation says how a name is written. */
export interface Notation {
  readonly name: string;
  /** Where it comes from, in words. */
  readonly title: string;
  /**
   * Raw LaTeX by the name that a tensor, function, size or index has in the equations. A name without a row is written as it is:
   * Greek names as the Greek letter, one letter as itself, more letters upright.
   */
  readonly letters: Readonly<Record<string, string>>;
  /** The same for terminals, where the LaTeX letter has no plain counterpart of its own. */
  readonly unicode: Readonly<Record<string, string>>;
  /** How a stage (a layer, a time step) is shown: `z^l`, `z^{(l)}`, `z^{[l]}`, or as a subscript. */
  readonly stage: {
    readonly place: 'superscript' | 'subscript';
    readonly left: string;
    readonly right: string;
  };
  /** How the stage of a function head is shown: `\sigma_l` or `g^{[l]}`. */
  readonly functionStage: 'superscript' | 'subscript';
  /** Which script is written first: `z_j^l` or `z^l_j`. They look the same and differ in the LaTeX only. */
  readonly scripts: 'subscript-first' | 'superscript-first';
  /** Raw LaTeX of the superscript that transposes. */
  readonly transpose: string;
  /** Raw LaTeX of the entrywise product's sign. */
  readonly hadamard: string;
}

const nielsen: Notation = {
  name: 'nielsen',
  title: 'Nielsen, Neural Networks and Deep Learning, chapter 2',
  letters: {},
  unicode: {},
  stage: { place: 'superscript', left: '', right: '' },
  functionStage: 'subscript',
  scripts: 'subscript-first',
  transpose: '\\mathsf T',
  hadamard: '\\odot',
};

export const notations: readonly Notation[] = [
  nielsen,
  {
    ...nielsen,
    name: 'ng',
    title: "Ng's deep learning course",
    letters: { w: 'W', C: '\\mathcal L', delta: 'dZ', sigma: 'g' },
    unicode: { C: 'ℒ' },
    stage: { place: 'superscript', left: '[', right: ']' },
    functionStage: 'superscript',
  },
  {
    ...nielsen,
    name: 'ufldl',
    title: 'UFLDL, the Stanford tutorial on unsupervised feature learning and deep learning',
    letters: { w: 'W', C: 'J', sigma: 'f' },
    stage: { place: 'superscript', left: '(', right: ')' },
    functionStage: 'superscript',
    scripts: 'subscript-first',
    hadamard: '\\bullet',
  },
];

const byName = new Map(notations.map((n) => [n.name, n]));

/** The row of a notation by its name; null when there is none. */
export const notationRow = (name: string): Notation | null => byName.get(name) ?? null;
export const notationNames: readonly string[] = notations.map((n) => n.name);
