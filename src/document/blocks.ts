// A document as plain data: blocks that a format turns into text. Nothing here knows a language or a format.

import type { Formula, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import type { Figure } from './figures/shapes.ts';
import type { Blanks } from './purposes.ts';

export type Block =
  | Heading
  | Paragraph
  | Display
  | DerivationBlock
  | TableBlock
  | ListBlock
  | CardBlock
  | CodeBlock
  | NoteBlock
  | FoldBlock
  | FigureBlock;

/** `asks`: where that is left to the reader, the block would give it away. */
interface Asks {
  readonly asks?: Blanks;
}

export interface Heading {
  readonly kind: 'heading';
  /** 1 is the document's title. */
  readonly level: 1 | 2 | 3 | 4;
  readonly id: string;
  readonly parts: Phrase;
}
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly parts: Phrase;
}
/** Formulas set apart, one below the other, equal signs aligned. */
export interface Display extends Asks {
  readonly kind: 'display';
  readonly id: string | null;
  readonly rows: readonly DisplayRow[];
  /** The equation's name, printed at its side: BP2. */
  readonly tag: string | null;
}
export interface DisplayRow {
  /** What stands left of the equal sign; null for a formula without one. */
  readonly left: Formula | null;
  readonly right: Formula;
  /** Where it holds: 2 <= l <= L. */
  readonly where: Formula | null;
}
/** A derivation: each line is `left = right`, with its reason. */
export interface DerivationBlock {
  readonly kind: 'derivation';
  readonly id: string | null;
  readonly lines: readonly Line[];
}
export interface Line {
  readonly id: string | null;
  readonly left: Formula;
  /** Whether the left side is printed; otherwise the line goes on from the one above. */
  readonly showLeft: boolean;
  readonly right: Formula;
  /** The rule that led here, by its name in the catalogue; null where none did (a bare statement). */
  readonly rule: string | null;
  /** Why, as a sentence without its full stop. */
  readonly why: Phrase;
  readonly numbers: LineNumbers | null;
  /** What the line uses, proved before it. */
  readonly lemmas: readonly LemmaBlock[];
  /** The finer steps that were folded into this line; they end in it. */
  readonly finer: readonly Line[];
  readonly tag: string | null;
}
export interface LemmaBlock {
  /** The words that lead into it. */
  readonly lead: Phrase;
  readonly derivation: DerivationBlock;
}
/** One line in numbers: `left = substituted = value`, the whole vector, and what an independent count says. */
export interface LineNumbers {
  readonly left: Formula;
  readonly substituted: Formula | null;
  readonly value: Formula;
  /** The whole tensor: its name, and its entries. */
  readonly whole: { readonly left: Formula; readonly right: Formula } | null;
  readonly remark: Phrase | null;
  /** The number itself, and (on a line that states a result) the oracle's and the largest difference from it. */
  readonly number: number;
  readonly oracle: number | null;
  readonly error: number | null;
}
export interface TableBlock extends Asks {
  readonly kind: 'table';
  readonly head: readonly Phrase[];
  readonly rows: readonly (readonly Phrase[])[];
  readonly align: readonly ('left' | 'right')[];
}
export interface ListBlock {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly Phrase[];
}
/** A few statements together in a frame, to be printed and kept. */
export interface CardBlock {
  readonly kind: 'card';
  readonly id: string;
  readonly title: Phrase;
  readonly rows: readonly CardRow[];
}
export interface CardRow {
  /** BP1 */
  readonly tag: string;
  readonly words: Phrase;
  readonly where: Formula | null;
  readonly component: { readonly left: Formula; readonly right: Formula };
  readonly matrix: { readonly left: Formula; readonly right: Formula } | null;
}
export interface CodeBlock extends Asks {
  readonly kind: 'code';
  readonly language: string;
  readonly text: string;
}
/** Something to know beside the text. */
export interface NoteBlock {
  readonly kind: 'note';
  readonly parts: Phrase;
}
/** Blocks behind a line of words, closed until asked for. */
export interface FoldBlock {
  readonly kind: 'fold';
  readonly summary: Phrase;
  readonly blocks: readonly Block[];
}

/** A picture with the words below it. */
export interface FigureBlock extends Asks {
  readonly kind: 'figure';
  readonly id: string;
  readonly figure: Figure;
  readonly caption: Phrase;
}

/** What a document says of itself at its head; null for what isn't said. */
export interface Front {
  readonly author: string | null;
  readonly course: string | null;
  readonly date: string | null;
  /** Under which licence it may be passed on, as a line. */
  readonly licence: string | null;
}

export type Paper = 'a4' | 'letter';

export interface DocumentText {
  readonly title: string;
  readonly front: Front;
  readonly paper: Paper;
  /** As HTML's lang says it: en, zh-CN. */
  readonly lang: string;
  readonly blocks: readonly Block[];
  readonly words: FormatWords;
}

/** All blocks, those inside folds too, in reading order. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((b) => (b.kind === 'fold' ? [b, ...allBlocks(b.blocks)] : [b]));
}
