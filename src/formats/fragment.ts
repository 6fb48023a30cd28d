// Blocks for a target, without a document around them: what stands in somebody else's text. A sentence above each formula.

import type {
  Block,
  CardBlock,
  CardRow,
  DerivationBlock,
  Display,
  FigureBlock,
  Line,
  LineNumbers,
} from '../document/blocks.ts';
import type { Figure } from '../document/figures/shapes.ts';
import { unreachable } from '../expr/error.ts';
import type { Inline, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import { htmlMarkup } from './html-markup.ts';
import { latexMarkup } from './latex-markup.ts';
import { markdownMarkup } from './markdown-markup.ts';
import type { Markup } from './markup.ts';
import type { Equation, Target } from './targets.ts';

export interface FragmentOptions {
  /** Keeps a picture as a file and gives its path from the text; left out, pictures are left out. */
  readonly figure?: ((figure: Figure) => string) | undefined;
}

interface Pen extends FragmentOptions {
  readonly target: Target;
  readonly markup: Markup;
  readonly words: FormatWords;
}

/**
 * Blocks as a text for a target, without a line's end at its end. Throws a `UserError` where a formula of a user's own
 * letters may not stand in LaTeX.
 */
export const blocksFor = (
  target: Target,
  blocks: readonly Block[],
  words: FormatWords,
  { figure }: FragmentOptions = {},
): string => blocksText(blocks, { target, markup: markupOf(target), words, figure });

/** A piece of running text for a target. */
export const inlineFor = (target: Target, parts: Phrase): string =>
  phrase(parts, { target, markup: markupOf(target) });

function markupOf(target: Target): Markup {
  switch (target.writer) {
    case 'markdown':
      return markdownMarkup(target);
    case 'latex':
      return latexMarkup;
    case 'html':
      return htmlMarkup;
    default:
      return unreachable(target.writer);
  }
}

/** Blocks below each other; words lead into the formula below them. */
const blocksText = (blocks: readonly Block[], pen: Pen): string =>
  blocks.reduce((text, b, i) => {
    const own = blockText(b, pen);
    if (text === '' || own === '') return text + own;
    const leads = b.kind === 'display' && blocks[i - 1]?.kind === 'paragraph';
    return `${text}${leads ? pen.markup.below : pen.markup.apart}${own}`;
  }, '');

function blockText(b: Block, pen: Pen): string {
  const { markup } = pen;
  switch (b.kind) {
    case 'heading':
      return markup.heading(b.level, phrase(b.parts, pen), b.id);
    case 'paragraph':
      return markup.paragraph(phrase(b.parts, pen));
    case 'display':
      return formula({ latex: displayLatex(b), tag: b.tag, id: b.id }, pen);
    case 'derivation':
      return derivationText(b, pen);
    case 'table': {
      const cells = (row: readonly Phrase[]): string[] => row.map((cell) => phrase(cell, pen));
      return markup.table(cells(b.head), b.rows.map(cells), b.align);
    }
    case 'list':
      return markup.list(
        b.ordered,
        b.items.map((item) => phrase(item, pen)),
      );
    case 'card':
      return cardText(b, pen);
    case 'code':
      return markup.codeBlock(b.language, b.text);
    case 'note':
      return markup.quote(markup.paragraph(phrase(b.parts, pen)));
    case 'fold':
      return markup.fold(phrase(b.summary, pen), blocksText(b.blocks, pen), pen.words.colon);
    case 'figure':
      return figureText(b, pen);
    default:
      return unreachable(b);
  }
}

/** An image with its caption; without a place for files nothing. */
const figureText = ({ figure, caption }: FigureBlock, pen: Pen): string =>
  pen.figure === undefined
    ? ''
    : pen.markup.image(pen.figure(figure), figure.description, phrase(caption, pen, true));

const formula = ({ latex, tag, id }: Equation, { target }: Pen): string =>
  target.display({ latex: target.spell(latex), tag, id });

/** The rows of a display as one formula. */
export function displayLatex(b: Display): string {
  const [only] = b.rows;
  if (b.rows.length === 1 && only !== undefined) {
    const left = only.left === null ? '' : `${only.left.latex} = `;
    return `${left}${only.right.latex}${whereLatex(only.where)}`;
  }
  return aligned(
    b.rows.map((r) => {
      const left = r.left === null ? '&' : `${r.left.latex} &= `;
      return `${left}${r.right.latex}${r.where === null ? '' : ` && ${r.where.latex}`}`;
    }),
  );
}

export const whereLatex = (where: Display['rows'][number]['where']): string =>
  where === null ? '' : ` \\qquad ${where.latex}`;

export const aligned = (rows: readonly string[]): string =>
  `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;

const derivationText = (d: DerivationBlock, pen: Pen): string =>
  d.lines.map((line) => lineText(line, pen)).join(pen.markup.apart);

function lineText(line: Line, pen: Pen): string {
  const { markup, words } = pen;
  const lemmas = line.lemmas.map((l) =>
    markup.quote(
      `${markup.paragraph(words.capital(phrase(l.lead, pen)))}${markup.apart}${derivationText(l.derivation, pen)}`,
    ),
  );
  const rows = [`${line.left.latex} &= ${line.right.latex}`, ...numberRows(line.numbers)];
  const latex = rows.length > 1 ? aligned(rows) : `${line.left.latex} = ${line.right.latex}`;
  const why = line.why.length === 0 ? [] : [`${words.capital(phrase(line.why, pen))}${words.colon}`];
  const remark = line.numbers?.remark ?? null;
  return [
    ...lemmas,
    [...why.map(markup.paragraph), formula({ latex, tag: line.tag, id: line.id }, pen)].join(markup.below),
    ...(remark === null ? [] : [markup.paragraph(`${words.capital(phrase(remark, pen))}${words.fullStop}`)]),
    ...finerText(line, pen),
  ].join(markup.apart);
}

export function numberRows(n: LineNumbers | null): string[] {
  if (n === null) return [];
  const middle = n.substituted === null ? '' : ` ${n.substituted.latex} =`;
  const first = `${n.left.latex} &=${middle} ${n.value.latex}`;
  return n.whole === null ? [first] : [first, `${n.whole.left.latex} &= ${n.whole.right.latex}`];
}

function finerText(line: Line, pen: Pen): string[] {
  if (line.finer.length === 0) return [];
  const inner = line.finer.map((f) => lineText(f, pen)).join(pen.markup.apart);
  return [pen.markup.fold(pen.words.finerSteps(line.finer.length), inner, pen.words.colon)];
}

function cardText(card: CardBlock, pen: Pen): string {
  const { markup } = pen;
  const title = markup.paragraph(markup.strong(phrase(card.title, pen, true)));
  return markup.quote([title, ...card.rows.map((row) => cardRowText(row, pen))].join(markup.apart));
}

function cardRowText(row: CardRow, pen: Pen): string {
  const { markup, words } = pen;
  const lines = [row.component, ...(row.matrix === null ? [] : [row.matrix])];
  const [only] = lines;
  const body =
    lines.length === 1 && only !== undefined
      ? `${only.left.latex} = ${only.right.latex}`
      : aligned(lines.map((e) => `${e.left.latex} &= ${e.right.latex}`));
  const tag = row.tag === '' ? null : row.tag;
  const shown = formula({ latex: `${body}${whereLatex(row.where)}`, tag, id: null }, pen);
  if (tag === null) return shown;
  const name = `${markup.strong(markup.words(tag))} ${phrase(row.words, pen)}${words.colon}`;
  return `${markup.paragraph(name)}${markup.below}${shown}`;
}

/** `inner`: right behind a mark, such as Markdown's stars of what is emphasised. */
const phrase = (parts: Phrase, pen: Pick<Pen, 'target' | 'markup'>, inner = false): string =>
  parts.map((p, i) => inline(p, pen, (inner && i === 0) || glued(parts[i - 1], parts[i + 1]))).join('');

const glued = (before: Inline | undefined, after: Inline | undefined): boolean =>
  (before !== undefined && !(before.kind === 'text' && before.text.endsWith(' '))) ||
  (after?.kind === 'text' && /^[\p{L}\p{N}]/u.test(after.text));

function inline(part: Inline, pen: Pick<Pen, 'target' | 'markup'>, beside: boolean): string {
  const { target, markup } = pen;
  switch (part.kind) {
    case 'text':
      return markup.words(part.text);
    case 'math':
      return target.inline(target.spell(part.formula.latex), beside);
    case 'code':
      return markup.code(part.text);
    case 'strong':
      return markup.strong(phrase(part.parts, pen, true));
    case 'em':
      return markup.em(phrase(part.parts, pen, true));
    case 'link':
      return markup.link(part.to, phrase(part.parts, pen, true));
    default:
      return unreachable(part);
  }
}
