// What is wrong with a Chinese sentence, as a typesetter sees it; and all that a document says.

import type { Inline, Phrase } from '../../src/lang/phrase.ts';

/** Stand for a formula and for code in a sentence that is checked. */
const [FORMULA, CODE] = ['□', '◇'];

/** A sentence with marks for its formulas and code. */
export const marked = (phrase: Phrase): string =>
  phrase
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'math':
          return FORMULA;
        case 'code':
          return CODE;
        default:
          return marked(part.parts);
      }
    })
    .join('');

/** Names that stay as they are in Chinese. */
const NAMES =
  /\b(Nielsen|Neural Networks and Deep Learning|PyTorch|BP[1-4]?|sigmoid|tanh|softmax|softplus|Leaky ReLU|ReLU|ELU|SiLU|GELU|MSELoss|LaTeX)\b/g;

const FULL = '，。：；、？！（）《》「」';
const FAULTS: readonly (readonly [string, RegExp])[] = [
  ['an English word', /[A-Za-z]{2,}/],
  [
    'a half-width sign beside Chinese',
    /[\p{Script=Han}□◇][,;:!?]|[,;:!?] *\p{Script=Han}|\p{Script=Han}[().]|[().]\p{Script=Han}/u,
  ],
  ['a space beside a full-width sign', new RegExp(`[${FULL}] | [${FULL}]`)],
  ['no space between Chinese and a formula', /\p{Script=Han}[□◇A-Za-z0-9]|[□◇A-Za-z0-9]\p{Script=Han}/u],
  ['two signs in a row', /[，。：；、][，。：；、]/],
  ['two spaces, or one at an end', / {2}|^ | $/],
  ['a word that talks down or blames', /易知|显然|容易看出|不难|错误/],
  ['something undefined', /undefined|null|NaN|\[object/],
];

/** What is wrong with a Chinese sentence, formulas being marks. */
export function faultsOf(sentence: string): string[] {
  const bare = sentence.replace(NAMES, '').replace(/\b[pqr]\b/g, '');
  return FAULTS.flatMap(([what, pattern]) =>
    pattern.test(what.startsWith('an English') ? bare : sentence) ? [`${what}: ${sentence}`] : [],
  );
}

const KINDS = new Set(['text', 'math', 'code', 'strong', 'em', 'link']);
const isInline = (value: unknown): value is Inline =>
  typeof value === 'object' && value !== null && 'kind' in value && KINDS.has(String(value.kind));

/** All phrases below a value: of a document, of its blocks, of its pictures. */
export function phrasesIn(value: unknown): Phrase[] {
  if (Array.isArray(value))
    return value.length > 0 && value.every(isInline) ? [value] : value.flatMap(phrasesIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(phrasesIn) : [];
}
