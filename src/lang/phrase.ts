// What a sentence is made of: words, and formulas in every look that a format may want.

import type { SpokenWords } from '../text/spoken-words.ts';

/** A formula: LaTeX without delimiters, the same for a terminal, and (where it can be read back) in plain syntax. */
export interface Formula {
  readonly latex: string;
  readonly unicode: string;
  readonly plain: string | null;
  /** The formula read out in a language; null where it has signs without words. */
  readonly spoken?: (words: SpokenWords) => string | null;
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'math'; readonly formula: Formula }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly parts: Phrase }
  | { readonly kind: 'em'; readonly parts: Phrase }
  | { readonly kind: 'link'; readonly to: string; readonly parts: Phrase };

/** A piece of running text. */
export type Phrase = readonly Inline[];

/** What may stand in a sentence. */
export type Word = string | number | Formula | Phrase;

export const text = (words: string): Inline => ({ kind: 'text', text: words });
export const math = (formula: Formula): Inline => ({ kind: 'math', formula });
export const code = (words: string): Inline => ({ kind: 'code', text: words });
export const strong = (...parts: Phrase): Inline => ({ kind: 'strong', parts });
export const em = (...parts: Phrase): Inline => ({ kind: 'em', parts });

const isPhrase = (word: Word): word is Phrase => Array.isArray(word);

function inlines(word: Word): Phrase {
  if (typeof word === 'string' || typeof word === 'number') return word === '' ? [] : [text(String(word))];
  return isPhrase(word) ? word : [math(word)];
}

/** A sentence as a template: say`the chain rule through ${formula}`. */
export const say = (words: readonly string[], ...between: readonly Word[]): Phrase =>
  words.flatMap((w, i) => [...inlines(w), ...(i < between.length ? inlines(between[i] ?? '') : [])]);

/** A list in words: a, b and c. */
export function listed(items: readonly Word[], comma: string, last: string): Phrase {
  return items.flatMap((item, i) => [
    ...(i === 0 ? [] : [text(i === items.length - 1 ? last : comma)]),
    ...inlines(item),
  ]);
}

/** The sentence without its formulas' markup: for titles, tests and terminals. */
export function wordsOf(phrase: Phrase, show: (formula: Formula) => string = (f) => f.unicode): string {
  return phrase
    .map((part) => {
      switch (part.kind) {
        case 'text':
        case 'code':
          return part.text;
        case 'math':
          return show(part.formula);
        default:
          return wordsOf(part.parts, show);
      }
    })
    .join('');
}
