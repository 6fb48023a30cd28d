// A filled template's text -> blocks: headings, paragraphs and lists in Markdown's way, with places for formulas and blocks.

import { code, em, type Inline, type Phrase, strong, text } from '../lang/phrase.ts';
import type { Block } from './blocks.ts';

/** What a template's calls leave in its text: the number of a phrase or of a run of blocks, between marks of its own. */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const PLACE = /\uE000(\d+)\uE001/;

/** What stands at a place. */
type Content = { readonly parts: Phrase } | { readonly blocks: readonly Block[] };

/** The places of a text that is being filled. */
export interface Places {
  readonly put: (content: Content) => string;
  readonly at: (mark: string | undefined) => Content;
}

export function places(): Places {
  const kept: Content[] = [];
  return {
    put: (content) => `${OPEN}${kept.push(content) - 1}${CLOSE}`,
    at: (mark) => kept[Number(mark)] ?? { parts: [] },
  };
}

/** Blocks of a filled template. Blank lines part blocks; a heading may end in its id, `{#forward}`. */
export function laidOut(filled: string, held: Places): Block[] {
  return filled
    .split(/\n[ \t]*\n+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) => blockOf(part, held));
}

function blockOf(part: string, held: Places): readonly Block[] {
  const whole = new RegExp(`^${PLACE.source}$`).exec(part);
  if (whole !== null) {
    const content = held.at(whole[1]);
    return 'blocks' in content ? content.blocks : [{ kind: 'paragraph', parts: content.parts }];
  }
  const heading = /^(#{1,4}) +(.+?)(?: *\{#([\w-]+)\})?$/.exec(part);
  if (heading !== null) {
    const [, marks = '#', words = '', id] = heading;
    const level = Math.min(marks.length, 4) as 1 | 2 | 3 | 4;
    return [{ kind: 'heading', level, id: id ?? slug(words), parts: inlines(words, held) }];
  }
  if (/^(-|\d+\.) /.test(part)) {
    const items = part.split(/\n(?=(?:-|\d+\.) )/).map((item) => item.replace(/^(-|\d+\.) +/, ''));
    return [{ kind: 'list', ordered: /^\d/.test(part), items: items.map((item) => inlines(item, held)) }];
  }
  if (part.startsWith('> ')) return [{ kind: 'note', parts: inlines(part.replace(/^> ?/gm, ''), held) }];
  return [{ kind: 'paragraph', parts: inlines(part, held) }];
}

/** An id from a heading's words. */
export const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(new RegExp(PLACE.source, 'g'), '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** A Han character or a full-width sign: between two of them a line may break where there is no space. */
const WIDE = '[\\u2014\\u2026\\u3000-\\u303f\\u3400-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60]';
const SIGN = '[\\u3000-\\u303f\\uff00-\\uff0f\\uff1a-\\uff20]';
const WIDE_BREAK = new RegExp(
  `(?<=${WIDE})\\s*\\n\\s*(?=${WIDE})|(?<=${SIGN})\\s*\\n\\s*|\\s*\\n\\s*(?=${SIGN})`,
  'g',
);

/** Text on one line: a break is a space, and nothing between Chinese characters or beside full-width signs. */
const unwrapped = (words: string): string => words.replace(WIDE_BREAK, '').replace(/\s*\n\s*/g, ' ');

const PIECE = /\uE000\d+\uE001|\*\*.+?\*\*|\*.+?\*|`[^`]+`|\[[^\]]+\]\([^)\s]+\)/s;

/** Running text: **strong**, *em*, `code`, [links](to) and places. */
function inlines(words: string, held: Places): Phrase {
  const found = PIECE.exec(words);
  if (found === null) return words === '' ? [] : [text(unwrapped(words))];
  const before = words.slice(0, found.index);
  const after = words.slice(found.index + found[0].length);
  return [
    ...(before === '' ? [] : [text(unwrapped(before))]),
    ...piece(found[0], held),
    ...inlines(after, held),
  ];
}

function piece(words: string, held: Places): readonly Inline[] {
  const place = PLACE.exec(words);
  if (words.startsWith(OPEN) && place !== null) {
    const content = held.at(place[1]);
    return 'parts' in content ? content.parts : [];
  }
  if (words.startsWith('**')) return [strong(...inlines(words.slice(2, -2), held))];
  if (words.startsWith('*')) return [em(...inlines(words.slice(1, -1), held))];
  if (words.startsWith('`')) return [code(words.slice(1, -1))];
  const [, label = '', to = ''] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(words) ?? [];
  return [{ kind: 'link', to, parts: inlines(label, held) }];
}
