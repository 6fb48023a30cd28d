// Blocks as Markdown: a sentence above each formula, formulas in `$$` blocks that every common reader understands.

import type {
  Block,
  CardBlock,
  DerivationBlock,
  Display,
  DocumentText,
  FigureBlock,
  Line,
  LineNumbers,
  TableBlock,
} from '../document/blocks.ts';
import type { Figure } from '../document/figures/shapes.ts';
import { withFront } from '../document/front.ts';
import { UserError, unreachable } from '../expr/error.ts';
import type { Inline, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import type { Format } from './format.ts';

/** What differs from reader to reader. */
interface MarkdownTarget {
  readonly name: string;
  /** `glued`: something other than a space stands right before it, or a letter or digit right after it. */
  readonly inline: (latex: string, glued: boolean) => string;
  readonly display: (latex: string) => string;
  /** Whether it reads all that LaTeX calls by name; pandoc knows short spaces only, and keeps their backslash. */
  readonly namedSpaces: boolean;
  /** Whether <details> may stand in the text. */
  readonly details: boolean;
  /** Names a heading or a formula, where the reader has a way to. */
  readonly anchor: (id: string) => string;
}

const dollars = (latex: string): string => `$${latex}$`;
const block = (latex: string): string => `$$\n${latex}\n$$`;
const nothing = (): string => '';

/** A dollar formula that no Markdown rule can touch: no escapes, no emphasis, no HTML. */
const isPlain = (latex: string): boolean => !/\\[^A-Za-z]|[*<>&|~`[\]!]|(^|[^A-Za-z0-9])_/.test(latex);

const plainDollars: Omit<MarkdownTarget, 'name'> = {
  inline: dollars,
  display: block,
  namedSpaces: true,
  details: false,
  anchor: nothing,
};

const TARGETS: readonly MarkdownTarget[] = [
  {
    name: 'github',
    inline: (latex, glued) => (isPlain(latex) && !glued ? dollars(latex) : `$\`${latex}\`$`),
    display: block,
    namedSpaces: true,
    details: true,
    anchor: nothing,
  },
  { ...plainDollars, name: 'pandoc', namedSpaces: false, anchor: (id) => ` {#${id}}` },
  { ...plainDollars, name: 'vitepress', details: true, anchor: (id) => ` {#${id}}` },
  { ...plainDollars, name: 'myst' },
  { ...plainDollars, name: 'mdx', details: true },
];

export const markdownTargets: readonly string[] = TARGETS.map((t) => t.name);

interface Pen {
  readonly target: MarkdownTarget;
  readonly words: FormatWords;
  readonly figure: ((figure: Figure) => string) | null;
}

export const markdown: Format = {
  name: 'md',
  extension: 'md',
  render(document, options) {
    const name = options.target ?? 'github';
    const target = TARGETS.find((t) => t.name === name);
    if (target === undefined)
      throw new UserError(`unknown Markdown target "${name}"; known are ${markdownTargets.join(', ')}`);
    return renderMarkdown(document, { target, words: document.words, figure: options.figure ?? null });
  },
};

const renderMarkdown = (document: DocumentText, pen: Pen): string =>
  `${blocksText(withFront(document), pen)}\n`;

const blocksText = (blocks: readonly Block[], pen: Pen): string =>
  blocks
    .map((b) => blockText(b, pen))
    .filter((text) => text !== '')
    .join('\n\n');

function blockText(b: Block, pen: Pen): string {
  switch (b.kind) {
    case 'heading':
      return `${'#'.repeat(b.level)} ${phrase(b.parts, pen)}${b.level === 1 ? '' : pen.target.anchor(b.id)}`;
    case 'paragraph':
      return asParagraph(phrase(b.parts, pen));
    case 'display':
      return displayText(b, pen);
    case 'derivation':
      return derivationText(b, pen);
    case 'table':
      return tableText(b, pen);
    case 'list':
      return b.items.map((item, i) => `${b.ordered ? `${i + 1}.` : '-'} ${phrase(item, pen)}`).join('\n');
    case 'card':
      return cardText(b, pen);
    case 'code':
      return `\`\`\`${b.language}\n${b.text}\n\`\`\``;
    case 'note':
      return quote(phrase(b.parts, pen));
    case 'fold':
      return foldText(phrase(b.summary, pen), blocksText(b.blocks, pen), pen);
    case 'figure':
      return figureText(b, pen);
    default:
      return unreachable(b);
  }
}

/** An image with its caption below; without a place for files nothing. */
function figureText({ figure, caption }: FigureBlock, pen: Pen): string {
  if (pen.figure === null) return '';
  const words = figure.description.replace(/\s+/g, ' ').replace(/[[\]\\]/g, '\\$&');
  return `![${words}](${pen.figure(figure)})\n\n*${phrase(caption, pen, true)}*`;
}

function displayText(b: Display, pen: Pen): string {
  const tag = b.tag === null ? '' : ` \\tag{${b.tag}}`;
  const [only] = b.rows;
  if (b.rows.length === 1 && only !== undefined) {
    const where = only.where === null ? '' : ` \\qquad ${only.where.latex}`;
    const left = only.left === null ? '' : `${only.left.latex} = `;
    return formula(`${left}${only.right.latex}${where}${tag}`, pen);
  }
  const rows = b.rows.map((r) => {
    const left = r.left === null ? '&' : `${r.left.latex} &= `;
    return `${left}${r.right.latex}${r.where === null ? '' : ` && ${r.where.latex}`}`;
  });
  return formula(`${aligned(rows)}${tag}`, pen);
}

const aligned = (rows: readonly string[]): string =>
  `\\begin{aligned}\n${rows.join(' \\\\\n')}\n\\end{aligned}`;

const formula = (latex: string, pen: Pen): string => pen.target.display(forReader(latex, pen.target));

const derivationText = (d: DerivationBlock, pen: Pen): string =>
  d.lines.map((line) => lineText(line, pen)).join('\n\n');

function lineText(line: Line, pen: Pen): string {
  const lemmas = line.lemmas.map((l) =>
    quote(`${pen.words.capital(phrase(l.lead, pen))}\n\n${derivationText(l.derivation, pen)}`),
  );
  const rows = [`${line.left.latex} &= ${line.right.latex}`, ...numberRows(line.numbers)];
  const tag = line.tag === null ? '' : ` \\tag{${line.tag}}`;
  const body = rows.length > 1 ? aligned(rows) : `${line.left.latex} = ${line.right.latex}`;
  const remark = line.numbers?.remark ?? null;
  const parts = [
    ...lemmas,
    ...(line.why.length === 0 ? [] : [`${pen.words.capital(phrase(line.why, pen))}${pen.words.colon}`]),
    formula(`${body}${tag}`, pen),
    ...(remark === null ? [] : [`${pen.words.capital(phrase(remark, pen))}${pen.words.fullStop}`]),
    ...finerText(line, pen),
  ];
  return parts.join('\n\n');
}

function numberRows(n: LineNumbers | null): string[] {
  if (n === null) return [];
  const middle = n.substituted === null ? '' : ` = ${n.substituted.latex}`;
  const first = `${n.left.latex} &${middle === '' ? '' : middle.slice(1)}${middle === '' ? '= ' : ' = '}${n.value.latex}`;
  return n.whole === null ? [first] : [first, `${n.whole.left.latex} &= ${n.whole.right.latex}`];
}

function finerText(line: Line, pen: Pen): string[] {
  if (line.finer.length === 0) return [];
  const inner = line.finer.map((f) => lineText(f, pen)).join('\n\n');
  return [foldText(pen.words.finerSteps(line.finer.length), inner, pen)];
}

function foldText(summary: string, inner: string, pen: Pen): string {
  return pen.target.details
    ? `<details>\n<summary>${summary}</summary>\n\n${inner}\n\n</details>`
    : `${summary}${pen.words.colon}\n\n${quote(inner)}`;
}

const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

function cardText(card: CardBlock, pen: Pen): string {
  const rows = card.rows.map((row) => {
    const where = row.where === null ? '' : ` \\qquad ${row.where.latex}`;
    const lines = [row.component, ...(row.matrix === null ? [] : [row.matrix])].map(
      (e) => `${e.left.latex} &= ${e.right.latex}`,
    );
    const [only] = lines;
    const body = lines.length === 1 && only !== undefined ? only.replace('&', '') : aligned(lines);
    if (row.tag === '') return formula(`${body}${where}`, pen);
    const name = `**${row.tag}** ${phrase(row.words, pen)}${pen.words.colon}`;
    return `${name}\n\n${formula(`${body}${where} \\tag{${row.tag}}`, pen)}`;
  });
  return quote(`**${phrase(card.title, pen)}**\n\n${rows.join('\n\n')}`);
}

function tableText(table: TableBlock, pen: Pen): string {
  const row = (cells: readonly Phrase[]): string => `| ${cells.map((c) => phrase(c, pen)).join(' | ')} |`;
  const rule = `|${table.head.map((_, i) => (table.align[i] === 'right' ? ' --: ' : ' --- ')).join('|')}|`;
  return [row(table.head), rule, ...table.rows.map(row)].join('\n');
}

/** `inner`: right behind a mark of Markdown's, such as the stars of what is emphasised. */
const phrase = (parts: Phrase, pen: Pen, inner = false): string =>
  parts.map((p, i) => inline(p, pen, (inner && i === 0) || glued(parts[i - 1], parts[i + 1]))).join('');

const glued = (before: Inline | undefined, after: Inline | undefined): boolean =>
  (before !== undefined && !(before.kind === 'text' && before.text.endsWith(' '))) ||
  (after?.kind === 'text' && /^[\p{L}\p{N}]/u.test(after.text));

function inline(part: Inline, pen: Pen, beside: boolean): string {
  switch (part.kind) {
    case 'text':
      return escapeText(part.text);
    case 'math':
      return pen.target.inline(forReader(part.formula.latex, pen.target), beside);
    case 'code':
      return part.text.includes('`') ? `\`\` ${part.text} \`\`` : `\`${part.text}\``;
    case 'strong':
      return `**${phrase(part.parts, pen, true)}**`;
    case 'em':
      return `*${phrase(part.parts, pen, true)}*`;
    case 'link':
      return `[${phrase(part.parts, pen, true)}](${part.to})`;
    default:
      return unreachable(part);
  }
}

/** A brace is a template mark to some site builders, and a tilde strikes out. */
const escapeText = (words: string): string =>
  words.replace(/[\\`*_{}[\]<>|$~]|&(?=#?\w+;)/g, (c) => `\\${c}`);

/** A paragraph whose first sign would make it a heading or a list. */
const asParagraph = (words: string): string =>
  words.replace(/^(?=[#+-])/, '\\').replace(/^(\d{1,9})(?=[.)]\s)/, '$1\\');

/**
 * LaTeX that survives Markdown: an escape such as `\,` would lose its backslash, a bar would end a table's cell,
 * and braces side by side are template marks to some site builders.
 */
export function portable(latex: string): string {
  return latex
    .replace(/\\(\\|[,:;!{}|])/g, (all, c: string) => NAMED[c] ?? all)
    .replace(/\|/g, '\\vert ')
    .replace(/</g, '\\lt ')
    .replace(/>/g, '\\gt ')
    .replace(/\{(?=[{%#])/g, '{ ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The same for the reader: pandoc's MathML and Word formulas come out as source where a space has a name, or after \Bigl. */
const forReader = (latex: string, { namedSpaces }: MarkdownTarget): string =>
  namedSpaces
    ? portable(latex)
    : portable(latex)
        .replace(/\\(thin|med|thick|negthin)space(?![A-Za-z]) ?/g, (_, name: string) => SHORT[name] ?? '')
        .replace(/\\Big[lr](?![A-Za-z])/g, '\\Big');

const SHORT: Readonly<Record<string, string>> = { thin: '\\,', med: '\\:', thick: '\\;', negthin: '\\!' };

const NAMED: Readonly<Record<string, string>> = {
  ',': '\\thinspace ',
  ':': '\\medspace ',
  ';': '\\thickspace ',
  '!': '\\negthinspace ',
  '{': '\\lbrace ',
  '}': '\\rbrace ',
  '|': '\\Vert ',
};
