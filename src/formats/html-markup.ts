// HTML's marks in a text that stands in somebody else's page: no classes but `equation`, no style sheet.

import { escapeHtml } from './html-pen.ts';
import type { Markup } from './markup.ts';

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;
const around = (name: string, blocks: string): string => `<${name}>\n${blocks}\n</${name}>`;

export const htmlMarkup: Markup = {
  words: escapeHtml,
  code: (text) => element('code', escapeHtml(text)),
  strong: (piece) => element('strong', piece),
  em: (piece) => element('em', piece),
  link: (to, piece) => `<a href="${escapeHtml(to)}">${piece}</a>`,
  heading: (level, piece, id) => `<h${level} id="${escapeHtml(id)}">${piece}</h${level}>`,
  paragraph: (piece) => element('p', piece),
  list: (ordered, pieces) =>
    around(ordered ? 'ol' : 'ul', pieces.map((piece) => element('li', piece)).join('\n')),
  table(head, rows, align) {
    const row = (name: string, cells: readonly string[]): string => {
      const cell = (piece: string, i: number): string =>
        `<${name}${align[i] === 'right' ? ' style="text-align: right"' : ''}>${piece}</${name}>`;
      return element('tr', cells.map(cell).join(''));
    };
    const body = rows.map((cells) => row('td', cells)).join('\n');
    return around('table', `${element('thead', row('th', head))}\n${around('tbody', body)}`);
  },
  quote: (blocks) => around('blockquote', blocks),
  fold: (summary, blocks) => around('details', `${element('summary', summary)}\n${blocks}`),
  codeBlock: (_, text) => `<pre><code>${escapeHtml(text)}</code></pre>`,
  image: (path, description, caption) =>
    around(
      'figure',
      `<img src="${escapeHtml(path)}" alt="${escapeHtml(description)}">\n${element('figcaption', caption)}`,
    ),
  apart: '\n',
  below: '\n',
};
