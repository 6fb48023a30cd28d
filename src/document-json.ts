// A document as plain data: its blocks, formulas in each look, pictures as SVG.

import type { Block, DocumentText, Front } from './document/blocks.ts';
import { svg } from './formats/svg.ts';

export interface DocumentJson {
  readonly title: string;
  readonly lang: string;
  readonly front: Front;
  readonly blocks: readonly object[];
}

export const documentJson = ({ title, lang, front, blocks }: DocumentText): DocumentJson => ({
  title,
  lang,
  front,
  blocks: blocks.map((b) => blockJson(b, lang)),
});

/** A block as it is, a picture as its SVG and its words. */
function blockJson(b: Block, lang: string): object {
  if (b.kind === 'fold') return { ...b, blocks: b.blocks.map((inner) => blockJson(inner, lang)) };
  if (b.kind !== 'figure') return b;
  const { title, description } = b.figure;
  return { kind: b.kind, id: b.id, title, description, caption: b.caption, svg: svg(b.figure, lang) };
}
