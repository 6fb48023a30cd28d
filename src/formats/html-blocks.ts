// Blocks as HTML: headings, text, tables, cards. Every formula is KaTeX's HTML with its MathML.

import type { Block, CardBlock, Display, DisplayRow, FigureBlock, TableBlock } from '../document/blocks.ts';
import { unreachable } from '../expr/error.ts';
import type { Formula, Phrase } from '../lang/phrase.ts';
import { derivationHtml } from './html-lines.ts';
import {
  displayMath,
  escapeHtml,
  type HtmlPen,
  idAttribute,
  inlineMath,
  phraseHtml,
  tagHtml,
} from './html-pen.ts';
import { svg } from './svg.ts';

export const blocksHtml = (blocks: readonly Block[], pen: HtmlPen): string =>
  blocks.map((b) => blockHtml(b, pen)).join('\n');

export function blockHtml(b: Block, pen: HtmlPen): string {
  switch (b.kind) {
    case 'heading':
      return `<h${b.level}${idAttribute(b.id)}>${phraseHtml(b.parts, pen)}</h${b.level}>`;
    case 'paragraph':
      return `<p>${phraseHtml(b.parts, pen)}</p>`;
    case 'display':
      return displayHtml(b, pen);
    case 'derivation':
      return derivationHtml(b, pen);
    case 'table':
      return tableHtml(b, pen);
    case 'list': {
      const name = b.ordered ? 'ol' : 'ul';
      return `<${name}>\n${b.items.map((i) => `<li>${phraseHtml(i, pen)}</li>`).join('\n')}\n</${name}>`;
    }
    case 'card':
      return cardHtml(b, pen);
    case 'code':
      return `<pre><code>${escapeHtml(b.text)}</code></pre>`;
    case 'note':
      return `<aside class="note"><p>${phraseHtml(b.parts, pen)}</p></aside>`;
    case 'fold':
      return `<details class="fold"><summary>${phraseHtml(b.summary, pen)}</summary>\n${blocksHtml(b.blocks, pen)}\n</details>`;
    case 'figure':
      return figureHtml(b, pen);
    default:
      return unreachable(b);
  }
}

/** Pictures up to this width keep their letters readable on a telephone; wider ones scroll there. */
const MODEST = 420;
/** Pictures up to this width stand in the text's own column. */
const COLUMN = 720;

/** The picture's own ids come from the block's, which is the document's. */
function figureHtml(b: FigureBlock, pen: HtmlPen): string {
  const { width } = b.figure;
  const size = width > COLUMN ? ' class="broad"' : width > MODEST ? ' class="wide"' : '';
  const picture = svg({ ...b.figure, id: b.id }, pen.lang);
  const caption = `<figcaption>${phraseHtml(b.caption, pen)}</figcaption>`;
  return `<figure${idAttribute(b.id)}${size}>\n<div class="picture">${picture}</div>\n${caption}\n</figure>`;
}

function displayHtml(b: Display, pen: HtmlPen): string {
  const rows = b.rows.map((r) => rowHtml(r, pen)).join('');
  const kind = b.rows.length === 1 ? 'display one' : 'display';
  return `<div class="${kind}"${idAttribute(b.id)}><div class="rows">${rows}</div>${tagHtml(b.tag)}</div>`;
}

function rowHtml(r: DisplayRow, pen: HtmlPen): string {
  const left = r.left === null ? '' : displayMath([r.left], pen);
  const right = displayMath([r.right], pen, r.left !== null);
  const where = r.where === null ? '' : inlineMath(r.where, pen);
  return `<div class="left">${left}</div><div class="right">${right}</div><div class="where">${where}</div>`;
}

function tableHtml(table: TableBlock, pen: HtmlPen): string {
  const cell = (name: string) => (parts: Phrase, i: number) =>
    `<${name}${table.align[i] === 'right' ? ' class="number"' : ''}>${phraseHtml(parts, pen)}</${name}>`;
  const head = `<tr>${table.head.map(cell('th')).join('')}</tr>`;
  const rows = table.rows.map((r) => `<tr>${r.map(cell('td')).join('')}</tr>`).join('\n');
  return `<div class="table"><table>\n<thead>${head}</thead>\n<tbody>\n${rows}\n</tbody></table></div>`;
}

function cardHtml(card: CardBlock, pen: HtmlPen): string {
  const equation = (e: { left: Formula; right: Formula } | null, name: string): string =>
    e === null
      ? `<div class="${name}"></div>`
      : `<div class="${name}">${displayMath([e.left, e.right], pen)}</div>`;
  const rows = card.rows.map((r) => {
    const where =
      r.where === null ? '' : `${r.words.length === 0 ? '' : pen.words.comma}${inlineMath(r.where, pen)}`;
    const words = `<div class="words">${phraseHtml(r.words, pen)}${where}</div>`;
    const name = `<div class="name">${escapeHtml(r.tag)}</div>`;
    return `<div class="row">${name}${equation(r.component, 'component')}${equation(r.matrix, 'matrix')}${words}</div>`;
  });
  return `<section class="card"${idAttribute(card.id)}>\n<h3>${phraseHtml(card.title, pen)}</h3>\n${rows.join('\n')}\n</section>`;
}
