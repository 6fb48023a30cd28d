// A document's blocks in the few kinds that every host's own tree has: what remark, MyST and pandoc are printed from.

import type {
  Block,
  CardBlock,
  CardRow,
  CodeBlock,
  FigureBlock,
  Heading,
  Line,
  ListBlock,
  TableBlock,
} from '../../document/blocks.ts';
import { unreachable } from '../../expr/error.ts';
import { aligned, displayLatex, numberRows, whereLatex } from '../../formats/fragment.ts';
import { svg } from '../../formats/svg.ts';
import type { Equation } from '../../formats/targets.ts';
import { type Phrase, strong, text } from '../../lang/phrase.ts';
import type { FormatWords } from '../../lang/types.ts';
import type { Piece } from '../piece.ts';

export type HostBlock =
  | Heading
  | { readonly kind: 'paragraph'; readonly parts: Phrase }
  | ({ readonly kind: 'equation' } & Equation)
  | TableBlock
  | ListBlock
  | CodeBlock
  | Box
  | Picture
  | { readonly kind: 'fold'; readonly summary: Phrase; readonly blocks: readonly HostBlock[] };

/** Blocks set in: a remark, what a line uses, a card of statements. */
export interface Box {
  readonly kind: 'box';
  readonly of: 'note' | 'lemma' | 'card';
  readonly id: string | null;
  readonly title: Phrase | null;
  readonly blocks: readonly HostBlock[];
}

/** A picture as an address that holds it: a tree has no place for files. */
export interface Picture {
  readonly kind: 'picture';
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly caption: Phrase;
}

export const hostBlocks = ({ blocks, ...pen }: Piece): HostBlock[] =>
  blocks.flatMap((b) => hostBlock(b, pen));

/** What a piece's blocks are written with. */
type Pen = Omit<Piece, 'blocks'>;

function hostBlock(b: Block, pen: Pen): readonly HostBlock[] {
  const { words } = pen;
  switch (b.kind) {
    case 'heading':
    case 'table':
    case 'list':
    case 'code':
    case 'paragraph':
      return [b];
    case 'display':
      return [{ kind: 'equation', latex: displayLatex(b), tag: b.tag, id: b.id }];
    case 'derivation':
      return b.lines.flatMap((line) => lineBlocks(line, pen));
    case 'card':
      return [cardBox(b, words)];
    case 'note':
      return [{ kind: 'box', of: 'note', id: null, title: null, blocks: [paragraph(b.parts)] }];
    case 'fold':
      return [{ kind: 'fold', summary: b.summary, blocks: hostBlocks({ ...pen, blocks: b.blocks }) }];
    case 'figure':
      return [picture(b, pen)];
    default:
      return unreachable(b);
  }
}

const picture = ({ id, figure, caption }: FigureBlock, { lang }: Pen): Picture => ({
  kind: 'picture',
  id,
  url: `data:image/svg+xml;base64,${base64(svg({ ...figure, id }, lang))}`,
  description: figure.description.replace(/\s+/g, ' '),
  caption,
});

/** As bytes of UTF-8: MyST and pandoc take pictures in no other way. */
const base64 = (words: string): string =>
  btoa(Array.from(new TextEncoder().encode(words), (byte) => String.fromCharCode(byte)).join(''));

const paragraph = (parts: Phrase): HostBlock => ({ kind: 'paragraph', parts });

/** What the line uses, its reason, its formula with numbers, the finer steps in it. */
function lineBlocks(line: Line, pen: Pen): HostBlock[] {
  const { words } = pen;
  const rows = [`${line.left.latex} &= ${line.right.latex}`, ...numberRows(line.numbers)];
  const latex = rows.length > 1 ? aligned(rows) : `${line.left.latex} = ${line.right.latex}`;
  const remark = line.numbers?.remark ?? null;
  return [
    ...line.lemmas.map(
      (l): HostBlock => ({
        kind: 'box',
        of: 'lemma',
        id: null,
        title: null,
        blocks: [paragraph(capital(l.lead, words)), ...hostBlocks({ ...pen, blocks: [l.derivation] })],
      }),
    ),
    ...(line.why.length === 0 ? [] : [paragraph([...capital(line.why, words), text(words.colon)])]),
    { kind: 'equation', latex, tag: line.tag, id: line.tag === null ? null : line.id },
    ...(remark === null ? [] : [paragraph([...capital(remark, words), text(words.fullStop)])]),
    ...finer(line, pen),
  ];
}

function finer(line: Line, pen: Pen): HostBlock[] {
  if (line.finer.length === 0) return [];
  const blocks = line.finer.flatMap((f) => lineBlocks(f, pen));
  return [{ kind: 'fold', summary: [text(pen.words.finerSteps(line.finer.length))], blocks }];
}

const cardBox = (card: CardBlock, words: FormatWords): Box => ({
  kind: 'box',
  of: 'card',
  id: card.id,
  title: card.title,
  blocks: card.rows.flatMap((row) => cardRow(row, words)),
});

function cardRow(row: CardRow, words: FormatWords): HostBlock[] {
  const { component, matrix } = row;
  const body =
    matrix === null
      ? `${component.left.latex} = ${component.right.latex}`
      : aligned([component, matrix].map((e) => `${e.left.latex} &= ${e.right.latex}`));
  const tag = row.tag === '' ? null : row.tag;
  const shown: HostBlock = { kind: 'equation', latex: `${body}${whereLatex(row.where)}`, tag, id: null };
  if (tag === null) return [shown];
  return [paragraph([strong(text(tag)), text(' '), ...row.words, text(words.colon)]), shown];
}

/** A sentence with its first letter as a sentence begins; one that begins with a formula stays. */
function capital(parts: Phrase, words: FormatWords): Phrase {
  const [first, ...rest] = parts;
  return first?.kind === 'text' ? [{ ...first, text: words.capital(first.text) }, ...rest] : parts;
}

/** What references show of each equation with an id and a name: `(BP2)` for eq-bp2. */
export function equationNames(blocks: readonly HostBlock[]): ReadonlyMap<string, string> {
  return new Map(
    blocks.flatMap((b): (readonly [string, string])[] => {
      if (b.kind === 'equation') return b.id === null || b.tag === null ? [] : [[b.id, `(${b.tag})`]];
      return b.kind === 'box' || b.kind === 'fold' ? [...equationNames(b.blocks)] : [];
    }),
  );
}
