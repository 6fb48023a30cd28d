// What isn't there and why, in English: no matrix form, nothing said in a network's file.

import { unreachable } from '../expr/error.ts';
import { say } from './phrase.ts';
import type { NetworkWords, ResultWords } from './types.ts';

export const englishWhy: ResultWords['why'] = (why, show) => {
  switch (why.kind) {
    case 'scalar':
      return say`a scalar has one form only`;
    case 'fixed-index':
      return say`an index of the left side is fixed`;
    case 'order':
      return say`a tensor of order ${why.order} has no matrix form`;
    case 'factors-apart':
      return say`the factors do not join to one matrix`;
    case 'slot':
      return say`the slot ${show(why.slot)} is not a single index`;
    case 'sum':
      return say`the sum over ${show(why.index)} joins more than two matrices, or runs over part of its range`;
    default:
      return unreachable(why);
  }
};

export const englishNote: NetworkWords['note'] = (note) => {
  switch (note.kind) {
    case 'activation-taken':
      return say`No activation is given: ${note.activation} is taken.`;
    case 'loss-taken':
      return say`No loss is given: ${note.loss} is taken.`;
    default:
      return unreachable(note);
  }
};
