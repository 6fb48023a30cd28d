// What a piece is made of: its network, its results, and how they are written.

import type { SectionOptions } from '../document/result-section.ts';
import type { Result } from '../engine/types.ts';
import type { Written } from './notebook.ts';

export interface Setting {
  readonly written: Written;
  readonly results: readonly Result[];
  readonly options: SectionOptions;
}
