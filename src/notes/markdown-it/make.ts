// Making tokens: what opens, what closes, and running text between.

import { unreachable } from '../../expr/error.ts';
import type { Formula, Inline, Phrase } from '../../lang/phrase.ts';
import type { SpokenWords } from '../../text/spoken-words.ts';
import type { Origin } from '../written.ts';
import type { Token } from './host.ts';
import type { TokenPen } from './setup.ts';

/** What a formula's token says beside its LaTeX: where it stands, and what it is read out from. */
export interface MathMeta {
  readonly origin: Origin;
  readonly spoken: {
    readonly parts: readonly Formula[];
    readonly lead: boolean;
    readonly words: SpokenWords;
  } | null;
  /** In a heading: hosts make contents of its text, where MathML beside what is seen would say everything thrice. */
  readonly heading?: boolean;
}

type Pen = Pick<TokenPen, 'Token' | 'map'>;

export type Attributes = Readonly<Record<string, string | null>>;

export function open(pen: Pen, type: string, tag: string, attributes: Attributes = {}): Token {
  const token = new pen.Token(`${type}_open`, tag, 1);
  const given = Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  token.attrs = given.length === 0 ? null : given;
  token.map = pen.map;
  token.block = true;
  return token;
}

export function close(pen: Pen, type: string, tag: string): Token {
  const token = new pen.Token(`${type}_close`, tag, -1);
  token.block = true;
  return token;
}

/** Tokens between an opening and a closing one. */
export const within = (
  pen: Pen,
  type: string,
  tag: string,
  inner: readonly Token[],
  attributes: Attributes = {},
): Token[] => [open(pen, type, tag, attributes), ...inner, close(pen, type, tag)];

/** Running text, ready made. */
export function inline(pen: Pen, children: Token[]): Token {
  const token = new pen.Token('inline', '', 0);
  token.children = children;
  token.content = children.map((c) => c.content).join('');
  token.map = pen.map;
  token.block = true;
  return token;
}

export function textToken(pen: Pen, words: string): Token {
  const token = new pen.Token('text', '', 0);
  token.content = words;
  return token;
}

/** Two braces side by side are a template's mark in some hosts. */
export const apart = (latex: string): string => latex.replace(/\{(?=[{%#])/g, '{ ');

/** A formula in running text; `parts` are what it is read out from, where they aren't the formula itself. */
export function mathToken(pen: TokenPen, latex: string, parts: readonly Formula[], lead = false): Token {
  const token = new pen.Token(pen.math.inline, 'math', 0);
  token.content = apart(latex);
  token.markup = '$';
  token.meta = metaOf(pen, parts, lead);
  return token;
}

/** A formula set apart. */
export function mathBlock(pen: TokenPen, latex: string, parts: readonly Formula[]): Token {
  const token = new pen.Token(pen.math.block, 'math', 0);
  token.content = latex;
  token.markup = '$$';
  token.block = true;
  token.map = pen.map;
  token.meta = metaOf(pen, parts, false);
  return token;
}

const metaOf = (pen: TokenPen, parts: readonly Formula[], lead: boolean): MathMeta => ({
  origin: pen.origin,
  spoken: { parts, lead, words: pen.words.spoken },
});

/** A sentence as the children of an inline token. */
export const phraseTokens = (phrase: Phrase, pen: TokenPen): Token[] =>
  phrase.flatMap((part) => inlineTokens(part, pen));

function inlineTokens(part: Inline, pen: TokenPen): Token[] {
  switch (part.kind) {
    case 'text':
      return [textToken(pen, part.text)];
    case 'math':
      return [mathToken(pen, part.formula.latex, [part.formula])];
    case 'code': {
      const token = new pen.Token('code_inline', 'code', 0);
      token.content = part.text;
      token.markup = '`';
      return [token];
    }
    case 'strong':
      return span(pen, 'strong', 'strong', phraseTokens(part.parts, pen));
    case 'em':
      return span(pen, 'em', 'em', phraseTokens(part.parts, pen));
    case 'link':
      return span(pen, 'link', 'a', phraseTokens(part.parts, pen), { href: part.to });
    default:
      return unreachable(part);
  }
}

/** The same within a line. */
export function span(
  pen: Pen,
  type: string,
  tag: string,
  inner: readonly Token[],
  attributes: Attributes = {},
): Token[] {
  const tokens = within(pen, type, tag, inner, attributes);
  for (const token of [tokens.at(0), tokens.at(-1)])
    if (token !== undefined) Object.assign(token, { block: false, map: null });
  return tokens;
}

/** A complaint where something should have stood. */
export const errorBox = (pen: Pen, words: string): Token[] =>
  within(pen, 'chainrule_error', 'div', [inline(pen, [textToken(pen, words)])], {
    class: 'chainrule-error',
    role: 'note',
  });

export const errorSpan = (pen: Pen, words: string): Token[] =>
  span(pen, 'chainrule_error', 'span', [textToken(pen, words)], { class: 'chainrule-error', role: 'note' });
