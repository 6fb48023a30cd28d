// Blocks as markdown-it's tokens: standard ones where there are any, so that the host's own ways of printing hold.

import type { Block, CardBlock, Display, DisplayRow, Heading, TableBlock } from '../../document/blocks.ts';
import { unreachable } from '../../expr/error.ts';
import { svg } from '../../formats/svg.ts';
import type { Formula, Phrase } from '../../lang/phrase.ts';
import type { Token } from './host.ts';
import { apart, inline, mathBlock, mathToken, phraseTokens, textToken, within } from './make.ts';
import { derivationTokens } from './print-lines.ts';
import type { Print, TokenPen } from './setup.ts';

/** The printer of the plugin. */
export const tokenPrint: Print = {
  piece: (blocks, pen) => pieceTokens(blocks, pen),
  equation: (display, pen) => displayTokens(display, pen, (latex) => latex),
};

/** All of a piece, in a frame that says its language. */
const pieceTokens = (blocks: readonly Block[], pen: TokenPen): Token[] =>
  blocks.length === 0
    ? []
    : within(pen, 'chainrule', 'div', blocksTokens(blocks, pen), { class: 'chainrule', lang: pen.lang });

const blocksTokens = (blocks: readonly Block[], pen: TokenPen): Token[] =>
  blocks.flatMap((b) => blockTokens(b, pen));

function blockTokens(b: Block, pen: TokenPen): Token[] {
  switch (b.kind) {
    case 'heading':
      return headingTokens(b, pen);
    case 'paragraph':
      return within(pen, 'paragraph', 'p', [words(b.parts, pen)]);
    case 'display':
      return displayTokens(b, pen);
    case 'derivation':
      return derivationTokens(b, pen);
    case 'table':
      return tableTokens(b, pen);
    case 'list':
      return listTokens(b.ordered, b.items, pen);
    case 'card':
      return cardTokens(b, pen);
    case 'code':
      return [whole(pen, 'fence', 'code', `${b.text}\n`, b.language)];
    case 'note':
      return within(pen, 'blockquote', 'blockquote', within(pen, 'paragraph', 'p', [words(b.parts, pen)]));
    case 'fold':
      return within(pen, 'chainrule_fold', 'details', [
        ...within(pen, 'chainrule_summary', 'summary', [words(b.summary, pen)]),
        ...blocksTokens(b.blocks, pen),
      ]);
    case 'figure':
      return within(
        pen,
        'chainrule_figure',
        'figure',
        [
          whole(pen, 'chainrule_picture', '', svg({ ...b.figure, id: b.id }, pen.lang), ''),
          ...within(pen, 'chainrule_caption', 'figcaption', [words(b.caption, pen)]),
        ],
        { id: b.id },
      );
    default:
      return unreachable(b);
  }
}

const words = (phrase: Phrase, pen: TokenPen): Token => inline(pen, phraseTokens(phrase, pen));

function whole(pen: TokenPen, type: string, tag: string, content: string, info: string): Token {
  const token = new pen.Token(type, tag, 0);
  Object.assign(token, { content, info, markup: '```', block: true, map: pen.map });
  return token;
}

const headingTokens = ({ level, id, parts }: Heading, pen: TokenPen): Token[] =>
  within(pen, 'heading', `h${level}`, [words(parts, pen)], { id });

/** An author's own LaTeX is left as it is: a space between braces may be seen in it. */
function displayTokens(d: Display, pen: TokenPen, spell = apart): Token[] {
  const tag = d.tag === null ? '' : ` \\tag{${d.tag}}`;
  const formula = mathBlock(pen, spell(`${rowsLatex(d.rows)}${tag}`), spokenParts(d.rows));
  // What a reference leads to.
  const frame = { class: 'chainrule-equation', id: d.id };
  return d.id === null ? [formula] : within(pen, 'chainrule_equation', 'div', [formula], frame);
}

/** One row as it is, several below each other at their equal signs. */
function rowsLatex(rows: readonly DisplayRow[]): string {
  const [only] = rows;
  if (rows.length === 1 && only !== undefined) {
    const where = only.where === null ? '' : ` \\qquad ${only.where.latex}`;
    return `${only.left === null ? '' : `${only.left.latex} = `}${only.right.latex}${where}`;
  }
  const lines = rows.map((r) => {
    const left = r.left === null ? '&' : `${r.left.latex} &= `;
    return `${left}${r.right.latex}${r.where === null ? '' : ` &\\qquad& ${r.where.latex}`}`;
  });
  return `\\begin{aligned} ${lines.join(' \\\\ ')} \\end{aligned}`;
}

/** Read out: the first row; the others say the same in another form. */
function spokenParts([first]: readonly DisplayRow[]): Formula[] {
  if (first === undefined) return [];
  return first.left === null ? [first.right] : [first.left, first.right];
}

function tableTokens(table: TableBlock, pen: TokenPen): Token[] {
  const cells = (name: 'th' | 'td', row: readonly Phrase[]): Token[] =>
    within(
      pen,
      'tr',
      'tr',
      row.flatMap((parts, i) =>
        within(pen, name, name, [words(parts, pen)], {
          style: table.align[i] === 'right' ? 'text-align:right' : null,
        }),
      ),
    );
  return within(pen, 'table', 'table', [
    ...within(pen, 'thead', 'thead', cells('th', table.head)),
    ...within(
      pen,
      'tbody',
      'tbody',
      table.rows.flatMap((row) => cells('td', row)),
    ),
  ]);
}

function listTokens(ordered: boolean, items: readonly Phrase[], pen: TokenPen): Token[] {
  const item = (parts: Phrase): Token[] => within(pen, 'list_item', 'li', [words(parts, pen)]);
  return ordered
    ? within(pen, 'ordered_list', 'ol', items.flatMap(item))
    : within(pen, 'bullet_list', 'ul', items.flatMap(item));
}

/** A table of equations: name, component form, matrix form, and below them what they say. */
function cardTokens(card: CardBlock, pen: TokenPen): Token[] {
  const cell = (children: Token[], attributes = {}): Token[] =>
    within(pen, 'chainrule_cell', 'td', [inline(pen, children)], attributes);
  const equation = (e: { left: Formula; right: Formula } | null): Token[] =>
    cell(
      e === null
        ? []
        : [mathToken(pen, `\\displaystyle ${e.left.latex} = ${e.right.latex}`, [e.left, e.right])],
    );
  const rows = card.rows.flatMap((row) => {
    const where =
      row.where === null
        ? []
        : [
            ...(row.words.length === 0 ? [] : [textToken(pen, pen.words.comma)]),
            mathToken(pen, row.where.latex, [row.where]),
          ];
    const name = within(pen, 'chainrule_name', 'th', [inline(pen, [textToken(pen, row.tag)])], {
      scope: 'row',
      rowspan: '2',
    });
    return [
      ...within(pen, 'chainrule_row', 'tr', [...name, ...equation(row.component), ...equation(row.matrix)]),
      ...within(
        pen,
        'chainrule_row',
        'tr',
        cell([...phraseTokens(row.words, pen), ...where], { colspan: '2', class: 'chainrule-why' }),
      ),
    ];
  });
  return within(
    pen,
    'chainrule_card',
    'table',
    [
      ...within(pen, 'chainrule_caption', 'caption', [words(card.title, pen)]),
      ...within(pen, 'tbody', 'tbody', rows),
    ],
    { class: 'chainrule-card', id: card.id },
  );
}
