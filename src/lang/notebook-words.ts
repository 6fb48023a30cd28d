// What a notebook says around its check: the section's sentences, and the comments in its code.

import type { Phrase, Word } from './phrase.ts';

export interface NotebookWords {
  readonly heading: Phrase;
  /** What the cell does. */
  readonly intro: (code: { readonly forward: Word; readonly check: Word }) => Phrase;
  /** Instead of the cell: there are no numbers; too many of them; a formula that NumPy code isn't printed for. */
  readonly noNumbers: Phrase;
  readonly tooMany: (count: number, most: number) => Phrase;
  readonly unprintable: Phrase;
  /** Beside the cell, where a function has a kink at these entries. */
  readonly kinks: (entries: readonly Word[]) => Phrase;
  /** Comments in the code, each on one line. */
  readonly comments: {
    readonly sizes: string;
    readonly inputs: string;
    readonly parameters: string;
    readonly functions: string;
    readonly forward: string;
    readonly backward: string;
    readonly check: string;
    /** Why nothing is asserted. */
    readonly kink: string;
  };
}
