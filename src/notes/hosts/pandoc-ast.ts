// Blocks as pandoc's own tree, in the JSON that its filters read and write.

import type { TableBlock } from '../../document/blocks.ts';
import { unreachable } from '../../expr/error.ts';
import { common, forPandoc } from '../../formats/spelling.ts';
import { latexLabel } from '../../formats/targets.ts';
import type { Inline, Phrase } from '../../lang/phrase.ts';
import type { HostBlock, Picture } from './host-blocks.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export interface PandocNode {
  readonly [key: string]: Json;
  readonly t: string;
}

/** For whom pandoc writes. */
export interface PandocTarget {
  /** LaTeX numbers and refers by itself; elsewhere a name is words beside the formula, and an anchor. */
  readonly latex: boolean;
  /** Pages show SVG; elsewhere it needs a program that may not be there. */
  readonly svg: boolean;
  /** Before pandoc 2.10 a table had no cells that span. */
  readonly plainTables: boolean;
}

export const node = (t: string, ...c: readonly [] | readonly [Json]): PandocNode =>
  c.length === 0 ? { t } : { t, c: c[0] };

const attr = (id: string | null, ...classes: readonly string[]): Json => [id ?? '', classes, []];

/** Blocks one after the other. A formula stands in the paragraph that leads into it. */
export function pandocOf(blocks: readonly HostBlock[], to: PandocTarget): PandocNode[] {
  const made: PandocNode[] = [];
  blocks.forEach((b, i) => {
    const last = made.at(-1);
    if (b.kind !== 'equation') made.push(block(b, to));
    else if (blocks[i - 1]?.kind === 'paragraph' && Array.isArray(last?.c))
      made.splice(-1, 1, node('Para', [...last.c, node('SoftBreak'), equation(b, to)]));
    else made.push(node('Para', [equation(b, to)]));
  });
  return made;
}

function block(b: Exclude<HostBlock, { kind: 'equation' }>, to: PandocTarget): PandocNode {
  switch (b.kind) {
    case 'heading':
      return node('Header', [b.level, attr(b.id), inlines(b.parts, to)]);
    case 'paragraph':
      return node('Para', inlines(b.parts, to));
    case 'table':
      return to.plainTables ? plainTable(b, to) : table(b, to);
    case 'list': {
      const items = b.items.map((item) => [node('Plain', inlines(item, to))]);
      return b.ordered
        ? node('OrderedList', [[1, node('Decimal'), node('Period')], items])
        : node('BulletList', items);
    }
    case 'code':
      return node('CodeBlock', [attr(null, b.language), b.text]);
    case 'box': {
      const title = b.title === null ? [] : [node('Para', [node('Strong', inlines(b.title, to))])];
      const quote = node('BlockQuote', [...title, ...pandocOf(b.blocks, to)]);
      return node('Div', [attr(b.id, `chainrule-${b.of}`), [quote]]);
    }
    case 'picture':
      return picture(b, to);
    case 'fold': {
      const quote = node('BlockQuote', pandocOf(b.blocks, to));
      return node('Div', [attr(null, 'chainrule-fold'), [node('Para', inlines(b.summary, to)), quote]]);
    }
    default:
      return unreachable(b);
  }
}

/** \tag is dropped on the way to MathML and Word, so that the name is text there. */
function equation(
  { latex, tag, id }: Extract<HostBlock, { kind: 'equation' }>,
  to: PandocTarget,
): PandocNode {
  if (to.latex) {
    const label = tag === null || id === null ? '' : `\\label{${latexLabel(id)}}`;
    const name = tag === null ? '' : ` \\tag{${tag}}${label}`;
    return node('Math', [node('DisplayMath'), `${common(latex)}${name}`]);
  }
  const name = tag === null ? '' : ` \\qquad \\text{(${tag})}`;
  const math = node('Math', [node('DisplayMath'), `${forPandoc(latex)}${name}`]);
  return id === null ? math : node('Span', [attr(id, 'chainrule-equation'), [math]]);
}

/** What leads to an equation and shows its name: `(BP2)`. */
export const reference = (id: string, name: string, to: PandocTarget): PandocNode =>
  to.latex
    ? node('RawInline', ['latex', `\\eqref{${latexLabel(id)}}`])
    : node('Link', [attr(null), [node('Str', name)], [`#${id}`, '']]);

const alignment = (side: 'left' | 'right' | undefined): PandocNode =>
  node(side === 'right' ? 'AlignRight' : side === 'left' ? 'AlignLeft' : 'AlignDefault');

function table({ head, rows, align }: TableBlock, to: PandocTarget): PandocNode {
  const cell = (parts: Phrase): Json => [
    attr(null),
    alignment(undefined),
    1,
    1,
    [node('Plain', inlines(parts, to))],
  ];
  const row = (cells: readonly Phrase[]): Json => [attr(null), cells.map(cell)];
  const columns = head.map((_, i) => [alignment(align[i]), node('ColWidthDefault')]);
  const body = [attr(null), 0, [], rows.map(row)];
  return node('Table', [
    attr(null),
    [null, []],
    columns,
    [attr(null), [row(head)]],
    [body],
    [attr(null), []],
  ]);
}

/** Where a picture can't be shown, it is told in words. */
function picture({ id, url, description, caption }: Picture, to: PandocTarget): PandocNode {
  const image = node('Image', [attr(null), words(description), [url, '']]);
  const shown = to.svg ? image : node('Emph', words(description));
  const below = node('Para', [node('Emph', inlines(caption, to))]);
  return node('Div', [attr(id, 'chainrule-figure'), [node('Para', [shown]), below]]);
}

function plainTable({ head, rows, align }: TableBlock, to: PandocTarget): PandocNode {
  const row = (cells: readonly Phrase[]): Json => cells.map((parts) => [node('Plain', inlines(parts, to))]);
  return node('Table', [
    [],
    head.map((_, i) => alignment(align[i])),
    head.map(() => 0),
    row(head),
    rows.map(row),
  ]);
}

/** What is shown in a block's place where something is wrong. */
export const errorBlock = (sentence: string): PandocNode =>
  node('Div', [attr(null, 'chainrule-error'), [node('Para', [node('Strong', words(sentence))])]]);

/** The same in running text. */
export const errorInline = (sentence: string): PandocNode =>
  node('Span', [attr(null, 'chainrule-error'), [node('Strong', words(sentence))]]);

export const inlineMath = (latex: string, to: PandocTarget): PandocNode =>
  node('Math', [node('InlineMath'), to.latex ? common(latex) : forPandoc(latex)]);

/** pandoc has spaces between words as nodes of their own. */
const words = (text: string): PandocNode[] =>
  text
    .split(/([ \t\n]+)/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^[ \t\n]/.test(piece) ? node('Space') : node('Str', piece)));

const inlines = (parts: Phrase, to: PandocTarget): PandocNode[] => parts.flatMap((p) => inline(p, to));

function inline(part: Inline, to: PandocTarget): PandocNode[] {
  switch (part.kind) {
    case 'text':
      return words(part.text);
    case 'math':
      return [inlineMath(part.formula.latex, to)];
    case 'code':
      return [node('Code', [attr(null), part.text])];
    case 'strong':
      return [node('Strong', inlines(part.parts, to))];
    case 'em':
      return [node('Emph', inlines(part.parts, to))];
    case 'link':
      return [node('Link', [attr(null), inlines(part.parts, to), [part.to, '']])];
    default:
      return unreachable(part);
  }
}
