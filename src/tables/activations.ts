// The activations: one row each, with its formula in plain syntax. Adding an activation is adding a row.

/** Where the values of an activation lie: open or closed ends, infinite where there is none. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  readonly closedFrom: boolean;
  readonly closedTo: boolean;
}

interface ActivationCommon {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The letter it is printed with when it needs one of its own, as LaTeX. */
  readonly latex: string;
  /** The values it takes, which decides the losses that may follow it. */
  readonly range: Interval;
}

/** A function of one variable, taken of every entry. */
export interface ScalarActivation extends ActivationCommon {
  readonly kind: 'scalar';
  /** The function of z in plain syntax. */
  readonly formula: string;
  /** Where its derivative jumps. */
  readonly kinks: readonly number[];
  /** The same function where the formula would overflow or cancel. */
  readonly value?: (z: number) => number;
}

/** A function of a whole vector: entry j of the result, of the entries z[j], in plain syntax. */
export interface VectorActivation extends ActivationCommon {
  readonly kind: 'vector';
  readonly formula: string;
  /** What the entries of the result add up to, when that is fixed. */
  readonly total: number | null;
}

export type ActivationRow = ScalarActivation | VectorActivation;

const open = (from: number, to: number): Interval => ({ from, to, closedFrom: false, closedTo: false });
const above = (from: number): Interval => ({ from, to: Infinity, closedFrom: true, closedTo: false });
const EVERYWHERE = open(-Infinity, Infinity);

const logistic = (z: number): number => (z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));

export const activations: readonly ActivationRow[] = [
  {
    kind: 'scalar',
    name: 'sigmoid',
    aliases: ['logistic'],
    formula: '1/(1+exp(-z))',
    latex: '\\sigma',
    range: open(0, 1),
    kinks: [],
    value: logistic,
  },
  {
    kind: 'scalar',
    name: 'tanh',
    aliases: [],
    formula: '(exp(z)-exp(-z))/(exp(z)+exp(-z))',
    latex: '\\tanh',
    range: open(-1, 1),
    kinks: [],
    value: Math.tanh,
  },
  {
    kind: 'scalar',
    name: 'relu',
    aliases: ['rectifier'],
    formula: 'max(0,z)',
    latex: '\\mathrm{ReLU}',
    range: above(0),
    kinks: [0],
  },
  {
    kind: 'scalar',
    name: 'leaky-relu',
    aliases: ['leakyrelu', 'lrelu'],
    formula: 'ind(z > 0)*z + 0.01*ind(z <= 0)*z',
    latex: '\\mathrm{LReLU}',
    range: EVERYWHERE,
    kinks: [0],
  },
  {
    // Its derivative is continuous at 0 (1 from both sides), yet the formula changes there.
    kind: 'scalar',
    name: 'elu',
    aliases: [],
    formula: 'ind(z > 0)*z + ind(z <= 0)*(exp(z)-1)',
    latex: '\\mathrm{ELU}',
    range: open(-1, Infinity),
    kinks: [],
    value: (z) => (z > 0 ? z : Math.expm1(z)),
  },
  {
    kind: 'scalar',
    name: 'softplus',
    aliases: [],
    formula: 'log(1+exp(z))',
    latex: '\\mathrm{softplus}',
    range: open(0, Infinity),
    kinks: [],
    value: (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
  },
  {
    kind: 'scalar',
    name: 'silu',
    aliases: ['swish'],
    formula: 'z/(1+exp(-z))',
    latex: '\\mathrm{SiLU}',
    range: above(-0.2784645427610738),
    kinks: [],
    value: (z) => z * logistic(z),
  },
  {
    kind: 'scalar',
    name: 'gelu',
    aliases: [],
    formula: 'z*(1+erf(z/sqrt(2)))/2',
    latex: '\\mathrm{GELU}',
    range: above(-0.16997120747990369),
    kinks: [],
  },
  {
    kind: 'scalar',
    name: 'identity',
    aliases: ['linear', 'none'],
    formula: 'z',
    latex: '\\mathrm{id}',
    range: EVERYWHERE,
    kinks: [],
  },
  {
    kind: 'vector',
    name: 'softmax',
    aliases: [],
    formula: 'exp(z[j])/sum(k, exp(z[k]))',
    latex: '\\mathrm{softmax}',
    range: open(0, 1),
    total: 1,
  },
];

const byName = new Map(
  activations.flatMap((row) => [row.name, ...row.aliases].map((name) => [name, row] as const)),
);

/** The row of an activation by its name or an alias; null when there is none. */
export const activationRow = (name: string): ActivationRow | null => byName.get(name) ?? null;
export const activationNames: readonly string[] = activations.map((row) => row.name);
