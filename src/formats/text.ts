// Blocks as text for a terminal: formulas in Unicode on one line, reasons beside them where there is room.

import type {
  Block,
  CardBlock,
  CardRow,
  DerivationBlock,
  Display,
  DocumentText,
  Line,
  LineNumbers,
  TableBlock,
} from '../document/blocks.ts';
import { withFront } from '../document/front.ts';
import { unreachable } from '../expr/error.ts';
import { wordsOf } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import type { Format } from './format.ts';

interface Pen {
  readonly words: FormatWords;
  readonly width: number;
}

const WIDTH = 100;
const INDENT = '  ';

export const plainText: Format = {
  name: 'text',
  extension: 'txt',
  render: (document, options) => renderText(document, options.width ?? WIDTH),
};

function renderText(document: DocumentText, width: number): string {
  return `${blocksText(withFront(document), { words: document.words, width })}\n`;
}

const blocksText = (blocks: readonly Block[], pen: Pen): string =>
  blocks
    .map((b) => blockText(b, pen))
    .filter((text) => text !== '')
    .join('\n\n');

function blockText(b: Block, pen: Pen): string {
  switch (b.kind) {
    case 'heading':
      return headingText(wordsOf(b.parts), b.level);
    case 'paragraph':
      return wrapped(wordsOf(b.parts), pen.width);
    case 'display':
      return displayText(b);
    case 'derivation':
      return derivationText(b, pen, INDENT);
    case 'table':
      return tableText(b);
    case 'list':
      return b.items
        .map((item, i) => {
          const mark = b.ordered ? `${i + 1}. ` : '- ';
          return indented(wrapped(wordsOf(item), pen.width - mark.length), ' '.repeat(mark.length), mark);
        })
        .join('\n');
    case 'card':
      return cardText(b);
    case 'code':
      return indented(b.text, INDENT);
    case 'note':
      return indented(wrapped(wordsOf(b.parts), pen.width - 2), '| ');
    case 'fold':
      return `${wordsOf(b.summary)}\n\n${indented(blocksText(b.blocks, pen), INDENT)}`;
    case 'figure':
      // A terminal can't show it.
      return '';
    default:
      return unreachable(b);
  }
}

const headingText = (words: string, level: number): string =>
  level > 2 ? words : `${words}\n${(level === 1 ? '=' : '-').repeat(widthOf(words))}`;

/** Columns on a terminal: combining marks take none, wide characters two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const c of text)
    width += /\p{M}/u.test(c)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
            c,
          )
        ? 2
        : 1;
  return width;
}

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

const HAN = '\\u3001-\\u3011\\u3400-\\u9fff\\uff00-\\uff60';
/** Signs that never begin a line, and those that never end one. */
const [CLOSING, OPENING] = ['、。」』】，：；？！）》”', '「『【（《“'];
/** Where a line may break: at spaces, which are kept as a group of their own, and beside Chinese characters. */
const BREAK = new RegExp(
  `( +)|(?<=[${HAN}])(?<![${OPENING}])(?![${CLOSING} ])|(?<![${OPENING} ])(?=[${HAN}])(?![${CLOSING}])`,
);

function wrapped(text: string, width: number): string {
  const [first = '', ...rest] = text.split(BREAK);
  const lines = [first];
  for (let i = 0; i < rest.length; i += 2) {
    const [space = '', word = ''] = [rest[i], rest[i + 1]];
    const last = lines.at(-1) ?? '';
    if (widthOf(last) + widthOf(space) + widthOf(word) <= width)
      lines[lines.length - 1] = last + space + word;
    else lines.push(word);
  }
  return lines.join('\n');
}

const indented = (text: string, by: string, first = by): string =>
  text
    .split('\n')
    .map((line, i) => (line === '' ? '' : `${i === 0 ? first : by}${line}`))
    .join('\n');

function displayText(b: Display): string {
  const left = Math.max(...b.rows.map((r) => (r.left === null ? 0 : widthOf(r.left.unicode))));
  const bodies = b.rows.map((r) => {
    const sign = r.left === null ? '' : `${' '.repeat(left - widthOf(r.left.unicode))}${r.left.unicode} = `;
    return `${INDENT}${sign}${r.right.unicode}`;
  });
  const body = Math.max(...bodies.map(widthOf));
  const rows = b.rows.map((r, i) =>
    r.where === null ? (bodies[i] ?? '') : `${padded(bodies[i] ?? '', body)}    ${r.where.unicode}`,
  );
  return b.tag === null ? rows.join('\n') : `${rows.join('\n')}    (${b.tag})`;
}

function derivationText(d: DerivationBlock, pen: Pen, indent: string): string {
  const left = Math.max(...d.lines.map((l) => (l.showLeft ? widthOf(l.left.unicode) : 0)));
  const formulas = d.lines.map((l) => formulaOf(l, left));
  const column = Math.min(Math.max(...formulas.map(widthOf)), Math.floor(pen.width * 0.6));
  return d.lines
    .map((l, i) => lineText(l, formulas[i] ?? '', column, ' '.repeat(left), pen, indent))
    .join('\n');
}

const formulaOf = (l: Line, left: number): string => {
  const side = l.showLeft ? l.left.unicode : '';
  return `${' '.repeat(left - widthOf(side))}${side} = ${l.right.unicode}${l.tag === null ? '' : `    (${l.tag})`}`;
};

function lineText(l: Line, formula: string, column: number, under: string, pen: Pen, indent: string): string {
  const lemmas = l.lemmas.map((m) => {
    const lead = pen.words.capital(wordsOf(m.lead));
    return `${indent}${INDENT}${INDENT}${lead}\n${derivationText(m.derivation, pen, `${indent}${INDENT}${INDENT}`)}`;
  });
  const why = wordsOf(l.why);
  const room = pen.width - widthOf(indent) - column - 4;
  const beside = widthOf(formula) <= column && widthOf(why) <= Math.max(room, 24);
  const lines = beside
    ? [`${indent}${padded(formula, column)}    ${why}`.trimEnd()]
    : [`${indent}${formula}`, ...(why === '' ? [] : [`${indent}${under}   (${why})`])];
  const numbers = numberLines(l.numbers).map((n) => `${indent}${under}     ${n}`);
  const finer = l.finer.length === 0 ? [] : [finerText(l, pen, `${indent}${under}   `)];
  return [...lemmas, ...lines, ...numbers, ...finer].join('\n');
}

function finerText(l: Line, pen: Pen, indent: string): string {
  const block: DerivationBlock = { kind: 'derivation', id: null, lines: l.finer };
  return `${indent}${pen.words.finerSteps(l.finer.length)}\n${derivationText(block, pen, `${indent}${INDENT}`)}`;
}

function numberLines(n: LineNumbers | null): string[] {
  if (n === null) return [];
  const middle = n.substituted === null ? '' : `${n.substituted.unicode} = `;
  return [
    `${n.left.unicode} = ${middle}${n.value.unicode}`,
    ...(n.whole === null ? [] : [`${n.whole.left.unicode} = ${n.whole.right.unicode}`]),
    ...(n.remark === null ? [] : [wordsOf(n.remark)]),
  ];
}

function tableText(t: TableBlock): string {
  const cells = [t.head, ...t.rows].map((row) => row.map((c) => wordsOf(c)));
  const widths = t.head.map((_, i) => Math.max(...cells.map((row) => widthOf(row[i] ?? ''))));
  const lines = cells.map((row) =>
    row
      .map((c, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - widthOf(c));
        return t.align[i] === 'right' ? `${space}${c}` : `${c}${space}`;
      })
      .join('   ')
      .trimEnd(),
  );
  const [head = '', ...rows] = lines;
  return indented([head, '-'.repeat(Math.max(...lines.map(widthOf))), ...rows].join('\n'), INDENT);
}

function cardText(card: CardBlock): string {
  const side = (e: CardRow['matrix']): string => (e === null ? '' : `${e.left.unicode} = ${e.right.unicode}`);
  const component = card.rows.map((r) => side(r.component));
  const width = Math.max(...component.map(widthOf));
  const tags = Math.max(...card.rows.map((r) => r.tag.length));
  const rows = card.rows.map((r, i) => {
    const where = r.where === null ? '' : `    ${r.where.unicode}`;
    return `${r.tag.padEnd(tags)}  ${padded(component[i] ?? '', width)}    ${side(r.matrix)}${where}`.trimEnd();
  });
  const title = wordsOf(card.title);
  const line = '─'.repeat(Math.max(widthOf(title), ...rows.map(widthOf)) + 2);
  const inside = [title, ...rows].map((r) => `│ ${padded(r, line.length - 2)} │`);
  return [`┌${line}┐`, ...inside, `└${line}┘`].join('\n');
}
