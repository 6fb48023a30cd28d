// A page gone through once, top to bottom: heads, pieces, roles and equations become what is printed.

import type { Block } from '../../document/blocks.ts';
import { languageOf } from '../../lang/languages.ts';
import type { Field } from '../../model/fields.ts';
import { fenceField, type Opening, openingOf } from '../fence.ts';
import { frontMatter, headFrom, useHead } from '../front-matter.ts';
import { pieceAt, placed } from '../place.ts';
import { roleOf } from '../role.ts';
import { noteError, type Origin } from '../written.ts';
import { authorsEquation, withNumber } from './equations.ts';
import type { CoreRule, Token } from './host.ts';
import type { InlineMeta } from './inline-rules.ts';
import { errorBox, errorSpan, mathToken } from './make.ts';
import { complain, fieldOf, type Page, pageOf, penOf, type Walk } from './page.ts';
import { behindMark, inParagraph, placesOf, startOf } from './places.ts';
import { fillReferences } from './references.ts';
import type { Setup } from './setup.ts';

/** The rule that runs when all of a page has been parsed. */
export const walkRule =
  (setup: Setup): CoreRule =>
  (core) => {
    const page = pageOf(core.env, setup);
    const walk: Walk = { page, places: placesOf(core.src, page.file), setup, Token: core.Token };
    keepNames(core.tokens, page);
    const head = hostHead(walk);
    const tokens = core.tokens.flatMap((token) => tokensFor(token, walk));
    core.tokens = [...head, ...tokens];
    markHeadings(core.tokens);
    fillReferences(core.tokens, walk);
    page.diagnostics.sort((a, b) => a.line - b.line || a.column - b.column);
  };

/** Formulas in headings know that they are. */
function markHeadings(tokens: readonly Token[]): void {
  for (const [i, { type }] of tokens.entries()) {
    if (type !== 'heading_open') continue;
    for (const child of tokens[i + 1]?.children ?? [])
      if (fieldOf(child.meta, 'origin') !== undefined) child.meta = { ...Object(child.meta), heading: true };
  }
}

/** The names that authors give are theirs, wherever they stand: a piece's own ids give way. */
function keepNames(tokens: readonly Token[], page: Page): void {
  for (const { type, info } of tokens)
    if (type === 'chainrule_equation' && info !== '') page.book.ids.set(info, 1);
}

function tokensFor(token: Token, walk: Walk): Token[] {
  if (token.map !== null) walk.places.reached = token.map[0];
  switch (token.type) {
    case 'chainrule_head':
      return headTokens(token.content, token, walk);
    case 'front_matter':
      return typeof token.meta === 'string' ? [token, ...headTokens(token.meta, token, walk)] : [token];
    case 'chainrule_container':
      return containerTokens(token, walk);
    case 'fence':
      return fenceTokens(token, walk);
    case 'chainrule_equation':
      return guarded(walk, token, startOf(token, walk.places), () => authorsEquation(token, walk));
    case 'inline':
      paragraph(token, walk);
      return [token];
    default:
      return [token];
  }
}

/** Tokens, or a box that says why there are none: a page is never lost for one of its pieces. */
function guarded(walk: Walk, token: Token, origin: Origin, make: () => Token[]): Token[] {
  try {
    return make();
  } catch (error) {
    const words = complain(walk.page, origin, error);
    return errorBox({ Token: walk.Token, map: token.map }, words);
  }
}

/** The head that a host has read itself. */
function hostHead(walk: Walk): Token[] {
  const { page } = walk;
  if (page.headUsed) return [];
  page.headUsed = true;
  const origin = { file: page.file, line: 1, column: 1 };
  const nothing = new walk.Token('chainrule_head', '', 0);
  return guarded(walk, nothing, origin, () => {
    placed(origin, () => useHead(page.book, headFrom(page.head)));
    return [];
  });
}

const headTokens = (yaml: string, token: Token, walk: Walk): Token[] =>
  guarded(walk, token, { file: walk.page.file, line: 1, column: 1 }, () => {
    const { file, book } = walk.page;
    useHead(book, frontMatter(`---\n${yaml}\n---\n`, file)?.chainrule ?? null);
    return [];
  });

function containerTokens(token: Token, walk: Walk): Token[] {
  const { text, origin } = behindMark(token, walk.places);
  const comment = fieldOf(token.meta, 'opening');
  const line = typeof comment === 'string' ? regionLine(comment) : text;
  const opening = openingOf(line) ?? openingOf(token.info);
  return guarded(walk, token, startOf(token, walk.places), () => {
    if (fieldOf(token.meta, 'closed') !== true)
      throw noteError(
        origin,
        token.markup === '<!--'
          ? 'this region is never closed; end it with a line <!-- /chainrule -->'
          : `this container is never closed; end it with a line of ${token.markup}`,
      );
    if (opening === null) throw noteError(origin, 'write :::chainrule with its attributes behind');
    const body = opening.style === 'directive' ? token.content : '';
    return piece(() => fenceField(opening, body, origin), origin, token, walk);
  });
}

/** What a region asks for, without the end of its comment and without the host it is written for. */
const regionLine = (text: string): string =>
  text.replace(/\s*-->\s*$/, '').replace(/\sfor=\S+/, (all) => ' '.repeat(all.length));

function fenceTokens(token: Token, walk: Walk): Token[] {
  const written = behindMark(token, walk.places);
  const opening = fenceOpening(token, written.text);
  if (opening === null) return [token];
  return guarded(walk, token, written.origin, () =>
    piece(() => fenceField(opening, token.content, written.origin), written.origin, token, walk),
  );
}

/**
 * What opens a fence: the line as it is written, because plugins take `{...}` off what markdown-it hands over; where the line isn't
 * there, what they have made of it.
 */
function fenceOpening(token: Token, line: string): Opening | null {
  if (line.includes('chainrule')) return openingOf(line);
  if (token.info.includes('chainrule')) return openingOf(token.info);
  const classes = token.attrs?.find(([name]) => name === 'class')?.[1];
  if (typeof classes !== 'string' || !classes.split(' ').includes('chainrule')) return null;
  const rest = (token.attrs ?? []).filter(([name]) => name !== 'class');
  return openingOf(`chainrule ${rest.map(([name, value]) => `${name}="${value}"`).join(' ')}`);
}

/** A piece's tokens. Its numbered formulas can be referred to from then on. */
function piece(written: () => Field, origin: Origin, token: Token, walk: Walk): Token[] {
  let named: unknown = null;
  const { blocks, words, lang } = pieceAt(
    walk.page.book,
    () => {
      const field = written();
      named = fieldOf(field.value, 'id');
      return field;
    },
    origin,
  );
  const numbered = blocks.map((b: Block) => withNumber(b, named, walk.page));
  return walk.setup.print.piece(numbered, penOf(walk, { words, lang, map: token.map, origin }));
}

/** The roles of a paragraph in place, and the places of its formulas. */
function paragraph(token: Token, walk: Walk): void {
  const children = token.children ?? [];
  if (!children.some((c) => positionOf(c) !== null)) return;
  token.children = children.flatMap((child) => {
    const position = positionOf(child);
    if (position === null) return [child];
    const origin = inParagraph(token.content, position, walk.places);
    if (child.type === 'chainrule_role') return roleTokens(child, origin, walk);
    child.meta = { origin, spoken: null };
    return [child];
  });
}

const positionOf = (token: Token): number | null => {
  const position = fieldOf(token.meta, 'position' satisfies keyof InlineMeta);
  return typeof position === 'number' ? position : null;
};

function roleTokens(token: Token, origin: Origin, walk: Walk): Token[] {
  try {
    const { book } = walk.page;
    const text = { ...origin, column: origin.column + '{bp}`'.length };
    const formula = placed(origin, () => roleOf(book, token.content, text));
    const { format, htmlLang } = languageOf(book.head.lang ?? 'en');
    const pen = penOf(walk, { words: format, lang: htmlLang, map: null, origin });
    return [mathToken(pen, formula.latex, [formula])];
  } catch (error) {
    return errorSpan({ Token: walk.Token, map: null }, complain(walk.page, origin, error));
  }
}
