// Numbered equations: those of pieces by their names, BP2; an author's own by running numbers.

import type { Block, Display } from '../../document/blocks.ts';
import { languageOf } from '../../lang/languages.ts';
import type { Formula } from '../../lang/phrase.ts';
import { noteError } from '../written.ts';
import type { Token } from './host.ts';
import { type Page, penOf, type Walk } from './page.ts';
import { startOf } from './places.ts';

/** A block of a piece, known by its id from here on. One that its author named and that has no name gets a number. */
export function withNumber(b: Block, named: unknown, page: Page): Block {
  if (b.kind !== 'display' || b.id === null) return b;
  const tag = b.tag ?? (b.id === named ? nextNumber(page) : null);
  if (tag === null) return b;
  page.equations.set(b.id, `(${tag})`);
  return { ...b, tag };
}

function nextNumber(page: Page): string {
  page.numbered += 1;
  return String(page.numbered);
}

/** An author's own formula on lines of its own; with a name it has a number, or what its own \\tag says. */
export function authorsEquation(token: Token, walk: Walk): Token[] {
  const { page, setup } = walk;
  const name = token.info === '' ? null : token.info;
  const origin = startOf(token, walk.places);
  const { format, htmlLang } = languageOf(page.book.head.lang ?? 'en');
  const pen = penOf(walk, { words: format, lang: htmlLang, map: token.map, origin });
  const { latex, own } = withoutTag(token.content);
  if (name === null) return setup.print.equation(displayOf(latex, null, own), pen);
  if (page.equations.has(name)) throw noteError(origin, `another formula has the name ${name} already`);
  const tag = own ?? nextNumber(page);
  page.equations.set(name, `(${tag})`);
  return setup.print.equation(displayOf(latex, name, tag), pen);
}

/** A formula and what its own \\tag says: a number stands at the side of a page, not in the formula. */
function withoutTag(content: string): { readonly latex: string; readonly own: string | null } {
  const [whole, inner] = /\\tag\s*\{([^{}]*)\}/.exec(content) ?? [];
  return whole === undefined || inner === undefined
    ? { latex: content, own: null }
    : { latex: content.replace(whole, '').trim(), own: inner.trim() };
}

/** A formula of which only the LaTeX is known; it is read out by its MathML. */
function displayOf(latex: string, id: string | null, tag: string | null): Display {
  const right: Formula = { latex, unicode: latex, plain: null, spoken: () => null };
  return { kind: 'display', id, rows: [{ left: null, right, where: null }], tag };
}
