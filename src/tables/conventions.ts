// The conventions in which a network of layers is written as equations: one object, and a table of what each may be.

/** Choices that change the equations, not the letters. Default: those of Nielsen's chapter 2. */
export interface Conventions {
  /** Whether w[j,k] or w[k,j] leads from neuron k to neuron j. */
  readonly weights: 'out-in' | 'in-out';
  /** Whether w[l] and b[l] end or start in layer l. */
  readonly weightLayer: 'end' | 'start';
  /** The number of the input layer. */
  readonly firstLayer: 1 | 0;
  /** What a network without a batch of its own becomes: a batch of m samples, or what it is. */
  readonly batch: 'none' | 'columns' | 'rows';
  /** Where the 1/m of a batch's mean sits. */
  readonly mean: 'none' | 'gradient' | 'delta';
  /** What delta is the derivative by. */
  readonly delta: 'z' | 'a';
  /** The sign of delta. */
  readonly sign: '+' | '-';
  /** Whether the loss `mse` has a factor 1/2. */
  readonly half: boolean;
  /** The shape of a derivative: no effect on the equations. */
  readonly layout: 'gradient' | 'numerator';
}

export const defaultConventions: Conventions = {
  weights: 'out-in',
  weightLayer: 'end',
  firstLayer: 1,
  batch: 'none',
  mean: 'delta',
  delta: 'z',
  sign: '+',
  half: true,
  layout: 'gradient',
};

export type ConventionName = keyof Conventions;
export type ConventionValue = Conventions[ConventionName];

export interface ConventionRow {
  readonly name: ConventionName;
  /** How people write it: `weight-layer`. */
  readonly word: string;
  /** The values with what each says, the default first. */
  readonly values: readonly { readonly value: ConventionValue; readonly says: string }[];
}

export const conventionRows: readonly ConventionRow[] = [
  {
    name: 'weights',
    word: 'weights',
    values: [
      { value: 'out-in', says: 'w[j,k] leads from neuron k to neuron j: z = w a + b' },
      {
        value: 'in-out',
        says: "w[k,j] leads from neuron k to neuron j: z = w' a + b, or z = a w + b in rows",
      },
    ],
  },
  {
    name: 'weightLayer',
    word: 'weight-layer',
    values: [
      { value: 'end', says: 'w[l] and b[l] end in layer l: z[l] = w[l] a[l-1] + b[l]' },
      { value: 'start', says: 'w[l] and b[l] start in layer l: z[l+1] = w[l] a[l] + b[l]' },
    ],
  },
  {
    name: 'firstLayer',
    word: 'first-layer',
    values: [
      { value: 1, says: 'the input is layer 1: a[1] = x' },
      { value: 0, says: 'the input is layer 0: a[0] = x, and the layers 1 to L compute' },
    ],
  },
  {
    name: 'batch',
    word: 'batch',
    values: [
      { value: 'none', says: 'a network without a batch stays at one sample' },
      { value: 'columns', says: 'a network without a batch gets one of m samples, each a column' },
      { value: 'rows', says: 'a network without a batch gets one of m samples, each a row' },
    ],
  },
  {
    name: 'mean',
    word: 'mean',
    values: [
      { value: 'delta', says: 'C is the mean over the samples, and delta = dC/dz holds its 1/m' },
      {
        value: 'gradient',
        says: 'C is the mean over the samples, and delta = m dC/dz leaves 1/m to the gradients',
      },
      { value: 'none', says: 'C is the sum over the samples' },
    ],
  },
  {
    name: 'delta',
    word: 'delta',
    values: [
      { value: 'z', says: 'delta is the derivative by the weighted input z' },
      { value: 'a', says: 'delta is the derivative by the activation a' },
    ],
  },
  {
    name: 'sign',
    word: 'sign',
    values: [
      { value: '+', says: 'delta has the sign of the derivative' },
      { value: '-', says: 'delta is minus the derivative, so that it points downhill' },
    ],
  },
  {
    name: 'half',
    word: 'half',
    values: [
      { value: true, says: 'mse is 1/2 ||y - a||^2' },
      { value: false, says: 'mse is ||y - a||^2' },
    ],
  },
  {
    name: 'layout',
    word: 'layout',
    values: [
      { value: 'gradient', says: 'a gradient has the shape of its variable' },
      { value: 'numerator', says: 'a derivative has the rows of its numerator' },
    ],
  },
];

/** The conventions in which two objects differ, as `weights=in-out`, in the order of the table. */
export const conventionTexts = (c: Conventions, from: Conventions = defaultConventions): string[] =>
  conventionRows
    .filter(({ name }) => c[name] !== from[name])
    .map(({ name, word }) => `${word}=${String(c[name])}`);

/** The row of a convention by the word for it; null when there is none. */
export const conventionRow = (word: string): ConventionRow | null =>
  conventionRows.find((r) => r.word === word) ?? null;

/** `c` with one convention set to what a word stands for (`0`, `in-out`, `true`); null where it has no such value. */
export function withConvention(c: Conventions, row: ConventionRow, word: string): Conventions | null {
  const found = row.values.find(({ value }) => String(value) === word);
  return found === undefined ? null : { ...c, [row.name]: found.value };
}
