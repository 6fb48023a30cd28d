// How remark-stringify writes the nodes that it has no words for by itself: formulas and tables.

import type { MdNode } from './mdast.ts';

/** What is used of the state that mdast-util-to-markdown hands to a handler. */
interface State {
  containerPhrasing(parent: MdNode, info: object): string;
}

type Handler = (node: MdNode, parent: unknown, state: State, info: object) => string;

const table: Handler = (node, _parent, state, info) => {
  const rows = (node.children ?? []).map((row) =>
    (row.children ?? []).map((cell) => state.containerPhrasing(cell, { ...info, before: '|', after: '|' })),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = (rows[0] ?? []).map((_, i) => (node.align?.[i] === 'right' ? '--:' : '---'));
  return [rows[0] ?? [], rule, ...rows.slice(1)].map(line).join('\n');
};

const handlers: Readonly<Record<string, Handler>> = {
  math: (node) => `$$\n${node.value ?? ''}\n$$`,
  inlineMath: (node) => `$${node.value ?? ''}$`,
  table,
};

/**
 * Tells the processor that a plugin is used on (`this` in the plugin) how our nodes are written. First in the row: what
 * remark-math and remark-gfm say later in it holds.
 */
export function teachStringify(processor: unknown): void {
  if (typeof processor !== 'object' && typeof processor !== 'function') return;
  const data: unknown = processor === null ? null : Reflect.get(processor, 'data');
  if (typeof data !== 'function') return;
  const before: unknown = Reflect.apply(data, processor, ['toMarkdownExtensions']);
  const others: readonly unknown[] = Array.isArray(before) ? before : [];
  Reflect.apply(data, processor, ['toMarkdownExtensions', [{ handlers }, ...others]]);
}
