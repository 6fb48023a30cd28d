// What a kind of markup has for each kind of text: Markdown, LaTeX, HTML. The walk over blocks is one for all (fragment.ts).

import type { Heading, ListBlock, TableBlock } from '../document/blocks.ts';

/** Pieces are texts that are marked up already, but for `words`, `code` and `codeBlock`. */
export interface Markup {
  /** Words as they are: no sign of them means anything. */
  readonly words: (words: string) => string;
  readonly code: (text: string) => string;
  readonly strong: (piece: string) => string;
  readonly em: (piece: string) => string;
  readonly link: (to: string, piece: string) => string;
  readonly heading: (level: Heading['level'], piece: string, id: string) => string;
  readonly paragraph: (piece: string) => string;
  readonly list: (ordered: ListBlock['ordered'], pieces: readonly string[]) => string;
  readonly table: (
    head: readonly string[],
    rows: readonly (readonly string[])[],
    align: TableBlock['align'],
  ) => string;
  /** Blocks set in: a remark, a card, a lemma. */
  readonly quote: (blocks: string) => string;
  /** Blocks behind a line of words, closed until asked for where the host can do so. */
  readonly fold: (summary: string, blocks: string, colon: string) => string;
  readonly codeBlock: (language: string, text: string) => string;
  readonly image: (path: string, description: string, caption: string) => string;
  /** Between two blocks, and between words and the formula that they lead into. */
  readonly apart: string;
  readonly below: string;
}
