// What a language must say of each picture: its name, what is seen in it, what stands below it, and the words inside.

import type { Phrase } from './phrase.ts';

/** `title` names a picture, `description` tells one who can't see it what is there, `caption` tells what to see in it. */
export interface PictureWords {
  readonly title: string;
  readonly description: string;
  readonly caption: Phrase;
}

export interface NetworkFacts {
  /** The widths of all layers, the input first; null for the general network. */
  readonly widths: readonly number[] | null;
  /** The neuron whose incoming weights are lit, counted from 1; left out where the picture chooses one. */
  readonly lit?: { readonly layer: number; readonly neuron: number };
  /** Whether dots stand for neurons or layers that aren't drawn. */
  readonly abbreviated: boolean;
}

export interface ActivationFacts {
  /** What the function is called: sigmoid. */
  readonly name: string;
  /** How many weighted inputs are dots on it. */
  readonly inputs: number;
  /** How many of them lie where the derivative is small; null where it is small nowhere. */
  readonly saturated: number | null;
}

export interface CountFacts {
  /** Passes over the network that differences take, and that backpropagation takes. */
  readonly differences: number;
  readonly backpropagation: number;
  /** For how many samples both are counted. */
  readonly samples: number;
}

/** The words of each picture, as functions of what is drawn. */
export interface Pictures {
  readonly network: (facts: NetworkFacts) => PictureWords & {
    readonly input: string;
    readonly hidden: string;
    readonly output: string;
  };
  /** The chain rule through the next layer; `width`: how many neurons that has, null where it is symbolic. */
  readonly chainFan: (width: number | null) => PictureWords;
  /** Why one term is left in BP1. Said only where the output's activation is taken of each entry. */
  readonly outputFan: (width: number | null) => PictureWords;
  readonly backflow: () => PictureWords;
  readonly passes: () => PictureWords & {
    readonly forward: string;
    readonly backward: string;
    readonly gradients: string;
  };
  /** Shapes as blocks: of a layer's forward equation, of BP2, of BP4. */
  readonly blocks: Readonly<Record<'forward' | 'backward' | 'gradient', () => PictureWords>>;
  /** The rule of rows and columns, with the letters p, q, r. */
  readonly product: () => PictureWords;
  readonly lossTree: () => PictureWords;
  readonly activation: (facts: ActivationFacts) => PictureWords & { readonly saturated: string };
  readonly counts: (facts: CountFacts) => PictureWords & {
    readonly differences: string;
    readonly backpropagation: string;
    readonly axis: string;
  };
}
