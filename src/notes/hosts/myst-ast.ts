// Blocks as the tree of MyST. Equations carry a label and a number of their own, so that MyST's references show it.

import type { TableBlock } from '../../document/blocks.ts';
import { unreachable } from '../../expr/error.ts';
import { common } from '../../formats/spelling.ts';
import type { Inline, Phrase } from '../../lang/phrase.ts';
import type { Complaint } from './attempt.ts';
import type { Box, HostBlock } from './host-blocks.ts';

/** A node of MyST's tree; what stands beside its type is plain data. */
export interface MystNode {
  readonly type: string;
  readonly children?: readonly MystNode[];
  readonly value?: string;
  readonly [key: string]: unknown;
}

export const mystOf = (blocks: readonly HostBlock[]): MystNode[] => blocks.map(flow);

function flow(b: HostBlock): MystNode {
  switch (b.kind) {
    case 'heading':
      return { type: 'heading', depth: b.level, ...labelled(b.id), children: phrasing(b.parts) };
    case 'paragraph':
      return paragraph(b.parts);
    case 'equation':
      return equation(b);
    case 'table':
      return table(b);
    case 'list':
      return {
        type: 'list',
        ordered: b.ordered,
        spread: false,
        children: b.items.map((item) => ({ type: 'listItem', spread: true, children: phrasing(item) })),
      };
    case 'code':
      return { type: 'code', lang: b.language, value: b.text };
    case 'box':
      return box(b);
    case 'picture': {
      const image = { type: 'image', url: b.url, alt: b.description };
      const caption = { type: 'caption', children: [paragraph(b.caption)] };
      return {
        type: 'container',
        kind: 'figure',
        enumerated: false,
        ...labelled(b.id),
        children: [image, caption],
      };
    }
    case 'fold': {
      const summary = { type: 'summary', children: phrasing(b.summary) };
      return { type: 'details', children: [summary, ...mystOf(b.blocks)] };
    }
    default:
      return unreachable(b);
  }
}

const paragraph = (parts: Phrase): MystNode => ({ type: 'paragraph', children: phrasing(parts) });

/** MyST finds what is referred to by its identifier, which is the label in small letters. */
const labelled = (id: string): { readonly identifier: string; readonly label: string } => ({
  identifier: id.toLowerCase(),
  label: id,
});

/** What has a name is referred to by it, and counts for nothing in the page's own numbers. */
function equation({ latex, tag, id }: Extract<HostBlock, { kind: 'equation' }>): MystNode {
  const value = common(latex);
  const label = id === null ? {} : labelled(id);
  if (tag === null) return { type: 'math', ...label, enumerated: false, value };
  if (id === null) return { type: 'math', enumerated: false, value: `${value} \\tag{${tag}}` };
  return { type: 'math', ...label, enumerated: true, enumerator: tag, value };
}

const table = ({ head, rows, align }: TableBlock): MystNode => ({
  type: 'table',
  children: [head, ...rows].map((cells, i) => ({
    type: 'tableRow',
    children: cells.map((cell, j) => ({
      type: 'tableCell',
      ...(i === 0 ? { header: true } : {}),
      ...(align[j] === undefined ? {} : { align: align[j] }),
      children: phrasing(cell),
    })),
  })),
});

function box({ of, id, title, blocks }: Box): MystNode {
  const label = id === null ? {} : labelled(id);
  if (of === 'lemma') return { type: 'blockquote', ...label, children: mystOf(blocks) };
  const heading = title === null ? [] : [{ type: 'admonitionTitle', children: phrasing(title) }];
  return { type: 'admonition', kind: 'note', ...label, children: [...heading, ...mystOf(blocks)] };
}

/** What is shown in a block's place where something is wrong. */
export const errorBlock = (complaint: Complaint): MystNode => ({
  type: 'admonition',
  kind: 'error',
  children: [
    { type: 'admonitionTitle', children: [{ type: 'text', value: 'chainrule' }] },
    { type: 'paragraph', children: [{ type: 'text', value: complaint.sentence }] },
  ],
});

/** The same in running text. */
export const errorInline = (complaint: Complaint): MystNode => ({
  type: 'strong',
  children: [{ type: 'text', value: complaint.sentence }],
});

export const inlineMath = (latex: string): MystNode => ({ type: 'inlineMath', value: common(latex) });

const phrasing = (parts: Phrase): MystNode[] => parts.map(inline);

function inline(part: Inline): MystNode {
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
      return { type: 'link', url: part.to, children: phrasing(part.parts) };
    default:
      return unreachable(part);
  }
}
