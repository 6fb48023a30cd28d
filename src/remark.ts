// The plugin for remark, and with it for MDX, Docusaurus and Astro: fences, directives and roles become formulas.

import type { MdNode } from './notes/hosts/mdast.ts';
import { teachStringify } from './notes/hosts/mdast-text.ts';
import { type RemarkFile, transformMdast } from './notes/hosts/remark.ts';
import { type Memory, type NotebookOptions, newMemory } from './notes/notebook.ts';
import { notesResolver, relativePath } from './notes-place.ts';

export type { RemarkFile } from './notes/hosts/remark.ts';

export interface RemarkOptions extends Omit<NotebookOptions, 'memory'> {
  /** Below which folder networks and notations are read; by default the one that the tool runs in. */
  readonly folder?: string;
}

/**
 * `unified().use(remarkParse).use(remarkMath).use(remarkChainrule)`: fences ```` ```chainrule ````, directives
 * `:::chainrule[bp2]{form=matrix}` where remark-directive is used, and `` {bp}`bp2` `` in running text become the nodes that
 * remark-math makes, so that rehype-katex or rehype-mathjax sets them. `[](#eq-bp2)` shows the equation's name. What an author
 * got wrong is a sentence in its place and a message of the file; nothing is thrown.
 */
export default function remarkChainrule(
  this: unknown,
  options: RemarkOptions = {},
): (tree: { type: string }, file: RemarkFile) => undefined {
  teachStringify(this);
  const memory: Memory = newMemory();
  return (tree, file) => {
    transformMdast(tree as MdNode, file, relativePath(file), {
      ...notesResolver(file, options.folder),
      ...options,
      memory,
    });
  };
}
