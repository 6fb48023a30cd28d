// How a derivation is rendered: format, grain, notation, numbers.

import type { Front, Paper } from './document/blocks.ts';
import type { Grain } from './document/grain.ts';
import type { Blanks, Purpose, SectionName } from './document/purposes.ts';
import type { Form } from './document/result-section.ts';
import type { Notation } from './tables/notations.ts';

export type OutputFormat = 'text' | 'md' | 'html' | 'tex' | 'json' | 'ipynb';

export interface RenderOptions {
  readonly format: OutputFormat;
  /** What the document is for; left out: the derivation alone. */
  readonly document?: Purpose;
  /** The sections of a course that are wanted; left out: all. */
  readonly sections?: readonly SectionName[];
  /** What is left out for the reader to fill in. */
  readonly blanks?: readonly Blanks[];
  /** The document's own title; left out: the network's. */
  readonly title?: string;
  readonly front?: Partial<Front>;
  readonly paper?: Paper;
  /** Keeps a picture as a file and gives the path by which Markdown names it; left out, Markdown has no pictures. */
  readonly figure?: (id: string, svg: string) => string;
  readonly form?: Form;
  readonly detail?: Grain;
  /** A notation's name, or one of one's own. A network is written in its conventions where it was built with them. */
  readonly notation?: string | Notation;
  /** A language's code. */
  readonly lang?: string;
  /** For whom Markdown is written: github, pandoc, ... */
  readonly for?: string;
  /** Slots of the entry whose numbers are shown, from 1. */
  readonly entry?: readonly number[];
  readonly digits?: number;
  readonly shapes?: boolean;
  readonly numbers?: boolean;
}
