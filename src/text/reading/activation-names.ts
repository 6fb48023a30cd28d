// The activations that formulas and code call by names of their own; tanh is a function of every formula.

const NAMED: ReadonlyMap<string, 'sigmoid' | 'relu'> = new Map([
  ['sigmoid', 'sigmoid'],
  ['logistic', 'sigmoid'],
  ['relu', 'relu'],
  ['ReLU', 'relu'],
]);

/** What a network's activation is: one of those, one without a formula, or another. */
export type NamedActivation = 'sigmoid' | 'relu' | 'unknown' | 'other';

/** The activation that a word names; null for any other word. */
export const activationNamed = (word: string): 'sigmoid' | 'relu' | null => NAMED.get(word) ?? null;
