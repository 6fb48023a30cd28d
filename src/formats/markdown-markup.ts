// Markdown's marks, those that every reader of it shares.

import type { Markup } from './markup.ts';
import type { Target } from './targets.ts';

/** A brace is a template mark to some site builders, and a tilde strikes out. */
const escapeText = (words: string): string =>
  words.replace(/[\\`*_{}[\]<>|$~]|&(?=#?\w+;)/g, (c) => `\\${c}`);

/** A paragraph whose first sign would make it a heading or a list. */
const asParagraph = (piece: string): string =>
  piece.replace(/^(?=[#+-])/, '\\').replace(/^(\d{1,9})(?=[.)]\s)/, '$1\\');

const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

export const markdownMarkup = (target: Target): Markup => ({
  words: escapeText,
  code: (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``),
  strong: (piece) => `**${piece}**`,
  em: (piece) => `*${piece}*`,
  link: (to, piece) => `[${piece}](${to})`,
  heading: (level, piece, id) => `${'#'.repeat(level)} ${piece}${level === 1 ? '' : target.headingId(id)}`,
  paragraph: asParagraph,
  list: (ordered, pieces) => pieces.map((item, i) => `${ordered ? `${i + 1}.` : '-'} ${item}`).join('\n'),
  table(head, rows, align) {
    const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
    const rule = `|${head.map((_, i) => (align[i] === 'right' ? ' --: ' : ' --- ')).join('|')}|`;
    return [row(head), rule, ...rows.map(row)].join('\n');
  },
  quote,
  fold: (summary, blocks, colon) =>
    target.details
      ? `<details>\n<summary>${summary}</summary>\n\n${blocks}\n\n</details>`
      : `${summary}${colon}\n\n${quote(blocks)}`,
  codeBlock: (language, text) => `\`\`\`${language}\n${text}\n\`\`\``,
  image: (path, description, caption) =>
    `![${description.replace(/\s+/g, ' ').replace(/[[\]\\]/g, '\\$&')}](${path})\n\n*${caption}*`,
  apart: '\n\n',
  below: '\n\n',
});
