// Why each rule may be applied, in English. A reason has no full stop and begins in lower case.

import { type Formula, listed, type Phrase, say } from './phrase.ts';
import type { Language, StepFacts } from './types.ts';

export const and = (items: readonly Formula[]): Phrase => listed(items, ', ', ' and ');

const always = (words: string) => (): Phrase => say`${words}`;

function chainRule({ tensors, through, directly, variable, loss }: StepFacts): Phrase {
  if (tensors.length === 0) return say`the chain rule`;
  const also = directly ? ', and along paths past them' : '';
  const rule = say`the chain rule through ${and(tensors)}`;
  if (variable === null) return rule;
  return say`${rule}: ${variable} acts on ${loss} through every ${and(through)}${also}`;
}

function survives({ surviving, vanishing, indices }: StepFacts): Phrase {
  if (surviving.length === 0) return say`only one term survives`;
  const only =
    surviving.length === 1
      ? say`only the term ${and(surviving)} survives`
      : say`only the terms with ${and(surviving)} survive`;
  if (vanishing === null) return only;
  return indices.length === 1
    ? say`${only}: ${vanishing} is 0 for every other ${and(indices)}`
    : say`${only}: ${vanishing} is 0 in all others`;
}

const named =
  (one: string, none: string) =>
  ({ names }: StepFacts): Phrase =>
    names.length === 0 ? say`${none}` : say`${one} ${and(names)}`;

const using =
  (words: string) =>
  ({ equation }: StepFacts): Phrase =>
    equation === null ? say`${words}` : say`${words}: ${equation}`;

function sameForAll({ indices }: StepFacts): Phrase {
  return indices.length === 0 ? say`the same for all entries` : say`the same for all ${and(indices)}`;
}

export const englishRules: Language['rules'] = {
  'chain-rule': chainRule,
  'differentiate-formula': named('write out and differentiate', 'write out and differentiate'),
  'only-one-survives': survives,
  'put-in': using('put it in'),
  open: named('open', 'by its equation'),
  'open-function': named('the formula of', 'by its formula'),
  'derivative-of-definition': named('differentiate the formula of', 'differentiate the formula'),
  fold: named('recognise', 'recognise what has a name'),
  'fold-function': named('recognise', 'recognise the function'),
  'solve-for-kernel': using('solve the definition for the exponential'),
  'name-error': always('the definition of the error'),
  'definition-of-error': always('the definition of the error'),
  'use-assumption': using('by assumption'),
  'derivative-of-constant': always('what does not depend on the variable has derivative 0'),
  'derivative-of-entry': always('an entry differs from another one unless all indices agree'),
  'derivative-of-terms': always('a sum is differentiated term by term'),
  'derivative-of-sum': always('a sum is differentiated term by term'),
  'derivative-of-multiple': always('a constant factor stays'),
  'product-rule': always('the product rule'),
  'power-rule': always('the power rule'),
  'derivative-of-function': always('the derivative of the function, times the derivative of its argument'),
  'derivative-of-opaque': always('the derivative of the unknown function by one of its arguments'),
  'merge-conditions': always('two conditions at once are one'),
  'decide-condition': always('the condition follows from the ranges of the indices'),
  'factor-out-condition': always('a condition free of the summation index stands before the sum'),
  'only-one-term': survives,
  'narrow-range': always('the condition narrows the range of the sum'),
  'drop-implied-condition': always('the condition holds anyway'),
  'empty-sum': always('a sum over no index is 0'),
  distribute: always('multiply the bracket out'),
  'split-sum': always('the sum of a sum of terms is the sum of their sums'),
  'factor-out': always('a factor free of the summation index stands before the sum'),
  'sum-of-constant': always('the same term, as many times as there are indices'),
  arithmetic: always('arithmetic'),
  'value-of-function': always('a value of the function'),
  'sign-into-bracket': always('the sign goes into the bracket'),
  'positive-first': always('the positive term first'),
  'merge-exponentials': always('exponents of a product of exponentials add up'),
  'multiply-out': always('multiply out'),
  'common-factor': always('take out the common factor'),
  'reading-order': always('factors in reading order'),
  'constant-entry': always('the same number in every entry'),
  'entry-of-tensor': always('entries of one tensor'),
  'close-cycle': always('a closed chain of indices is a trace'),
  contract: always('a sum over a shared index is a matrix product'),
  'join-factors': sameForAll,
  'join-terms': always('terms of the same shape add up entry by entry'),
  'exchange-sums': always('the order of the two sums is exchanged'),
  'sum-of-terms': always('the sum is taken term by term'),
  'common-tensor-factor': always('the common factor is taken out'),
  'sum-of-tensors': always('the sum of the entries is the entry of the sum'),
  differentiate: always('differentiate'),
  tidy: always('tidy up'),
  arrange: always('factors in reading order'),
};
