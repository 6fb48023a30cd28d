// Blocks as mdast, the tree of remark and MDX. What Markdown has no node for is a node that says its own element (`data`).

import type { TableBlock } from '../../document/blocks.ts';
import { unreachable } from '../../expr/error.ts';
import { portable } from '../../formats/spelling.ts';
import type { Inline, Phrase } from '../../lang/phrase.ts';
import type { Complaint } from './attempt.ts';
import type { Box, HostBlock, Picture } from './host-blocks.ts';

/** A node of mdast or of one of its extensions, with all that is looked at or made here. */
export interface MdNode {
  type: string;
  children?: MdNode[];
  value?: string;
  name?: string;
  lang?: string | null;
  meta?: string | null;
  url?: string;
  alt?: string;
  title?: null;
  depth?: number;
  ordered?: boolean;
  spread?: boolean;
  align?: readonly ('left' | 'right' | null)[];
  attributes?: Record<string, string | null | undefined> | null;
  data?: MdData;
  position?: { start: MdPoint; end: MdPoint } | undefined;
}
export interface MdPoint {
  line: number;
  column: number;
  offset?: number | undefined;
}
interface MdData {
  id?: string;
  directiveLabel?: boolean;
  hName?: string;
  hProperties?: Record<string, string | readonly string[]>;
  hChildren?: readonly object[];
}

/** Blocks as flow content. */
export const mdastOf = (blocks: readonly HostBlock[]): MdNode[] => blocks.flatMap((b) => flow(b));

function flow(b: HostBlock): MdNode[] {
  switch (b.kind) {
    case 'heading':
      return [{ type: 'heading', depth: b.level, children: phrasing(b.parts), data: named(b.id) }];
    case 'paragraph':
      return [{ type: 'paragraph', children: phrasing(b.parts) }];
    case 'equation':
      return [equation(b)];
    case 'table':
      return [table(b)];
    case 'list':
      return [{ type: 'list', ordered: b.ordered, spread: false, children: b.items.map(item) }];
    case 'code':
      return [{ type: 'code', lang: b.language, meta: null, value: b.text }];
    case 'box':
      return [box(b)];
    case 'picture':
      return picture(b);
    case 'fold': {
      const summary: MdNode = {
        type: 'paragraph',
        children: phrasing(b.summary),
        data: { hName: 'summary' },
      };
      return [{ type: 'blockquote', children: [summary, ...mdastOf(b.blocks)], data: { hName: 'details' } }];
    }
    default:
      return unreachable(b);
  }
}

const named = (id: string): MdData => ({ id, hProperties: { id } });

/** In an element with the equation's id: whoever typesets a `math` node puts it in the place of the node's own element. */
function equation({ latex, tag, id }: Extract<HostBlock, { kind: 'equation' }>): MdNode {
  const math = mathNode(tag === null ? latex : `${latex} \\tag{${tag}}`);
  if (id === null) return math;
  const hProperties = { id, className: ['chainrule-equation'] };
  return { type: 'paragraph', children: [math], data: { hName: 'div', hProperties } };
}

/** As remark-math makes them, so that rehype-katex and rehype-mathjax find them, whether remark-math is used or not. */
function mathNode(latex: string): MdNode {
  const value = portable(latex);
  const properties = { className: ['language-math', 'math-display'] };
  const code = { type: 'element', tagName: 'code', properties, children: [{ type: 'text', value }] };
  return { type: 'math', meta: null, value, data: { hName: 'pre', hChildren: [code] } };
}

/** A formula in running text. */
export function inlineMath(latex: string): MdNode {
  const value = portable(latex);
  const hProperties = { className: ['language-math', 'math-inline'] };
  return {
    type: 'inlineMath',
    value,
    data: { hName: 'code', hProperties, hChildren: [{ type: 'text', value }] },
  };
}

/** As many alignments as columns: what has none is lost on the way to HTML. */
const table = ({ head, rows, align }: TableBlock): MdNode => ({
  type: 'table',
  align: head.map((_, i) => align[i] ?? null),
  children: [head, ...rows].map(row),
});

const row = (cells: readonly Phrase[]): MdNode => ({
  type: 'tableRow',
  children: cells.map((cell) => ({ type: 'tableCell', children: phrasing(cell) })),
});

const item = (parts: Phrase): MdNode => ({
  type: 'listItem',
  spread: false,
  children: [{ type: 'paragraph', children: phrasing(parts) }],
});

const picture = ({ id, url, description, caption }: Picture): MdNode[] => [
  {
    type: 'paragraph',
    children: [{ type: 'image', url, title: null, alt: description }],
    data: { hProperties: { id } },
  },
  { type: 'paragraph', children: [{ type: 'emphasis', children: phrasing(caption) }] },
];

function box({ of, id, title, blocks }: Box): MdNode {
  const heading: MdNode[] =
    title === null ? [] : [{ type: 'paragraph', children: [{ type: 'strong', children: phrasing(title) }] }];
  const hProperties = { className: [`chainrule-${of}`], ...(id === null ? {} : { id }) };
  return { type: 'blockquote', children: [...heading, ...mdastOf(blocks)], data: { hProperties } };
}

const wrong = { hProperties: { className: ['chainrule-error'], role: 'note' } };

/** What is shown in a block's place where something is wrong. */
export const errorBlock = (complaint: Complaint): MdNode => ({
  type: 'blockquote',
  children: [{ type: 'paragraph', children: [{ type: 'text', value: complaint.sentence }] }],
  data: wrong,
});

/** The same in running text. */
export const errorInline = (complaint: Complaint): MdNode => ({
  type: 'strong',
  children: [{ type: 'text', value: complaint.sentence }],
  data: wrong,
});

const phrasing = (parts: Phrase): MdNode[] => parts.map(inline);

function inline(part: Inline): MdNode {
  switch (part.kind) {
    case 'text':
      return { type: 'text', value: part.text };
    case 'math':
      return inlineMath(part.formula.latex);
    case 'code':
      return { type: 'inlineCode', value: part.text };
    case 'strong':
      return { type: 'strong', children: phrasing(part.parts) };
    case 'em':
      return { type: 'emphasis', children: phrasing(part.parts) };
    case 'link':
      return { type: 'link', url: part.to, title: null, children: phrasing(part.parts) };
    default:
      return unreachable(part);
  }
}
