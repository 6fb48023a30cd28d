// What every section of a document is made from: the network, its results, how it is written, and a place to put blocks.

import type { Result } from '../engine/types.ts';
import type { Phrase } from '../lang/phrase.ts';
import type { Network } from '../model/spec.ts';
import type { Block } from './blocks.ts';
import type { SectionOptions } from './result-section.ts';

export interface SectionContext {
  readonly network: Network;
  readonly results: readonly Result[];
  readonly options: SectionOptions;
}

/** How a section's functions hand blocks and phrases to a template: each gives the mark that stands for them. */
export interface Hands {
  readonly show: (blocks: readonly (Block | null)[]) => string;
  readonly phrase: (parts: Phrase) => string;
}

/** What a section offers its template, as members of `it.<section>`: functions and facts. */
export type SectionScope = (context: SectionContext, hands: Hands) => object;
