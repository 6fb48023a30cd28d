// Ids that are one file's own: the second BP2 of a file is eq-bp2-2.

import type { Block } from '../document/blocks.ts';

/** The blocks with ids that nothing before in the file has. `named`: the author's id for the first numbered formula. */
export function withOwnIds(
  blocks: readonly Block[],
  given: Map<string, number>,
  named: string | null,
): readonly Block[] {
  const first = named === null ? -1 : blocks.findIndex((b) => b.kind === 'display' && b.id !== null);
  return blocks.map((b, i) => withId(b, (id) => own(i === first ? (named ?? id) : id, given)));
}

function own(id: string, given: Map<string, number>): string {
  const count = (given.get(id) ?? 0) + 1;
  given.set(id, count);
  return count === 1 ? id : own(`${id}-${count}`, given);
}

function withId(b: Block, rename: (id: string) => string): Block {
  switch (b.kind) {
    case 'heading':
    case 'card':
    case 'figure':
      return { ...b, id: rename(b.id) };
    case 'display':
      return b.id === null ? b : { ...b, id: rename(b.id) };
    case 'derivation': {
      if (b.id === null) return b;
      const id = rename(b.id);
      const lines = b.lines.map((line, i) => (line.id === null ? line : { ...line, id: `${id}-${i + 1}` }));
      return { ...b, id, lines };
    }
    case 'fold':
      return { ...b, blocks: b.blocks.map((inner) => withId(inner, rename)) };
    default:
      return b;
  }
}
