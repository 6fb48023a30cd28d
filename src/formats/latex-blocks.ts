// Blocks in LaTeX: headings, text, tables, cards, pictures.

import type { Block, CardBlock, FigureBlock, Heading, TableBlock } from '../document/blocks.ts';
import { unreachable } from '../expr/error.ts';
import { type Phrase, wordsOf } from '../lang/phrase.ts';
import { codeTex } from './latex-code.ts';
import { anchorTex, derivationTex, displayTex, rightTex } from './latex-lines.ts';
import { environment, headingTex, inlineTex, type LatexPen, label, mathTex, phraseTex } from './latex-pen.ts';
import { latexWidth } from './latex-width.ts';
import { tikz } from './tikz.ts';

export const blocksTex = (blocks: readonly Block[], pen: LatexPen): string =>
  blocks.map((b, i) => `${before(blocks, i)}${blockTex(b, pen)}`).join('');

/** What parts a block from the one above: nothing but a line's end inside a paragraph that a display belongs to. */
function before(blocks: readonly Block[], i: number): string {
  const [over, above, b] = [blocks[i - 2], blocks[i - 1], blocks[i]];
  const apart = above === undefined ? '' : '\n\n';
  if (b?.kind === 'display') return above?.kind === 'paragraph' ? '\n' : `${apart}\\setapart\n`;
  return b?.kind === 'paragraph' && above?.kind === 'display' && isOpen(over) ? '\n' : apart;
}

/** Whether a paragraph's sentence goes on after the display that it leads into. */
const isOpen = (b: Block | undefined): boolean =>
  b?.kind === 'paragraph' && !/[.:!?。：！？]\s*$/.test(wordsOf(b.parts));

function blockTex(b: Block, pen: LatexPen): string {
  switch (b.kind) {
    case 'heading':
      return sectionTex(b, pen);
    case 'paragraph':
      return phraseTex(b.parts, pen);
    case 'display':
      return displayTex(b);
    case 'derivation':
      return derivationTex(b, pen);
    case 'table':
      return tableTex(b, pen);
    case 'list':
      return environment(
        b.ordered ? 'enumerate' : 'itemize',
        b.items.map((item) => `\\item ${phraseTex(item, pen)}`),
      );
    case 'card':
      return cardTex(b, pen);
    case 'code':
      return codeTex(b.text);
    case 'note':
      return environment('note', [phraseTex(b.parts, pen)]);
    case 'fold':
      return `\\paragraph{${headingTex(b.summary, pen)}}\\mbox{}\n\n${blocksTex(b.blocks, pen)}`;
    case 'figure':
      return figureTex(b, pen);
    default:
      return unreachable(b);
  }
}

const SECTIONS = ['section', 'section', 'subsection', 'subsubsection'] as const;

const sectionTex = (b: Heading, pen: LatexPen): string =>
  `\\${SECTIONS[b.level - 1]}{${headingTex(b.parts, pen)}}\\label{${label(b.id)}}`;

/** The width of a line of text in ems. */
const LINE = 41.3;
/** Rows of a table that may not fit on one page. */
const MANY = 25;

/** A table; where its words are wider than the page, its widest columns of words share what is left. */
function tableTex(t: TableBlock, pen: LatexPen): string {
  const widths = t.head.map((cell, i) =>
    Math.max(phraseWidth(cell), ...t.rows.map((row) => phraseWidth(row[i] ?? []))),
  );
  const columns = columnsTex(widths, t.align).join('');
  const row = (cells: readonly Phrase[]): string => `${cells.map((c) => phraseTex(c, pen)).join(' & ')} \\\\`;
  const name = t.rows.length > MANY ? 'longtable' : 'tabular';
  const lines = [
    `\\begin{${name}}{${columns}}`,
    '\\toprule',
    row(t.head),
    '\\midrule',
    ...(name === 'longtable' ? ['\\endhead'] : []),
    ...t.rows.map(row),
    '\\bottomrule',
    `\\end{${name}}`,
  ];
  return name === 'longtable' ? lines.join('\n') : environment('center', lines);
}

function columnsTex(widths: readonly number[], align: readonly ('left' | 'right')[]): string[] {
  const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
  const letter = (i: number): string => (align[i] === 'right' ? 'r' : 'l');
  const gaps = 1.1 * widths.length;
  if (sum(widths) + gaps <= LINE) return widths.map((_, i) => letter(i));
  const fair = (LINE - gaps) / widths.length;
  const long = widths.filter((w) => w > fair);
  const room = LINE - gaps - sum(widths.filter((w) => w <= fair));
  // Half of the room is shared alike, so that one very long column leaves the others theirs.
  const share = (w: number): number => (room * (w / sum(long) + 1 / long.length)) / 2;
  return widths.map((w, i) => {
    if (w <= fair) return letter(i);
    const ragged = align[i] === 'right' ? 'raggedleft' : 'raggedright';
    return `>{\\${ragged}\\arraybackslash}p{${share(w).toFixed(1)}em}`;
  });
}

/** The width of running text in ems. */
function phraseWidth(parts: Phrase): number {
  return parts.reduce((sum, p) => {
    if (p.kind === 'math') return sum + latexWidth(p.formula.latex);
    return sum + [...wordsOf([p])].reduce((w, c) => w + characterWidth(c, p.kind === 'code'), 0);
  }, 0);
}

function characterWidth(c: string, isCode: boolean): number {
  if (/[\u2e80-\uffff]/.test(c)) return 1;
  if (isCode) return 0.53;
  if (/[A-Zmw]/.test(c)) return 0.75;
  return /[ .,:;()ijlt]/.test(c) ? 0.36 : 0.49;
}

function cardTex(card: CardBlock, pen: LatexPen): string {
  const rows = card.rows.map((r) => {
    const words = [phraseTex(r.words, pen), r.where === null ? '' : inlineTex(r.where)];
    const [component, matrix] = [r.component, r.matrix].map((e) =>
      e === null ? '' : `${mathTex(e.left)} = ${rightTex(e.right)}`,
    );
    return `\\cardrow{${r.tag}}{${words.filter((w) => w !== '').join('\\quad ')}}{${component}}{${matrix}}`;
  });
  const title = `\\begin{card}{${headingTex(card.title, pen)}}`;
  return [`${anchorTex(card.id)}%`, title, ...rows, '\\end{card}'].join('\n');
}

function figureTex(b: FigureBlock, pen: LatexPen): string {
  return `${anchorTex(b.id)}%\n\\shown{%\n${tikz(b.figure).trimEnd()}%\n}{${phraseTex(b.caption, pen)}}`;
}
