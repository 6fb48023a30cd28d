// Every shape that the facts of a step may have: lists of none, one or two, formulas there or not.

import type { Formula } from '../../src/lang/phrase.ts';
import type { StepFacts } from '../../src/lang/types.ts';

export const f = (text: string): Formula => ({ latex: text, unicode: text, plain: text });

/** All ways to choose one value for each key. */
function choices<T extends object>(of: { readonly [K in keyof T]: readonly T[K][] }): T[] {
  return Object.entries<readonly unknown[]>(of).reduce<object[]>(
    (all, [name, values]) => all.flatMap((one) => values.map((v) => ({ ...one, [name]: v }))),
    [{}],
  ) as T[];
}

const lists = (one: string, two: string): (readonly Formula[])[] => [[], [f(one)], [f(one), f(two)]];

/** The entries that a chain rule goes through, and their tensors: two may be of one tensor. */
const paths: readonly Pick<StepFacts, 'through' | 'tensors'>[] = [
  { through: [], tensors: [] },
  { through: [f('a_k')], tensors: [f('a')] },
  { through: [f('a_k'), f('a_m')], tensors: [f('a')] },
  { through: [f('a_k'), f('z_k')], tensors: [f('a'), f('z')] },
];

const others = choices<Omit<StepFacts, 'through' | 'tensors'>>({
  directly: [false, true],
  variable: [null, f('z_j')],
  loss: [f('C')],
  surviving: lists('k = j', 'i = m'),
  vanishing: [null, f('d')],
  names: lists('u', 'v'),
  equation: [null, f('E')],
  indices: lists('j', 'k'),
});

export const everyFacts: readonly StepFacts[] = paths.flatMap((p) => others.map((o) => ({ ...o, ...p })));
