// English: what a notebook says around its check.

import type { NotebookWords } from './notebook-words.ts';
import { listed, say } from './phrase.ts';

export const englishNotebook: NotebookWords = {
  heading: say`The gradients, checked with NumPy`,
  intro: ({ forward, check }) =>
    say`The cell below holds this network's numbers. ${forward} runs the forward equations, the derived equations give the gradients, and ${check} compares every entry with a central difference of the loss.`,
  noNumbers: say`There is no code to run: this network has no numbers.`,
  tooMany: (count, most) =>
    say`There is no code to run: the network has ${count} numbers, and a cell is written for at most ${most}.`,
  unprintable: say`There is no code to run: one of the equations can't be written in NumPy as it stands.`,
  kinks: (entries) =>
    say`A function has a kink at ${listed(entries, ', ', ' and ')}, where the derivative is a choice and a difference need not agree with it; so the cell prints the errors and asserts nothing.`,
  comments: {
    sizes: 'Sizes',
    inputs: 'Inputs',
    parameters: 'Parameters',
    functions: 'Functions and their derivatives',
    forward: 'The forward pass: the loss, and everything computed on the way.',
    backward: 'The backward pass: the derived equations',
    check: "The largest difference from central differences, relative to the gradient's largest entry.",
    kink: 'Nothing is asserted: a function has a kink here.',
  },
};
