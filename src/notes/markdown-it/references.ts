// References to equations, when all of the page is known: `@eq-bp2`, and links without words, `[](#eq-bp2)`.

import { noEquation } from '../references.ts';
import type { Origin } from '../written.ts';
import type { Token } from './host.ts';
import { errorSpan, span, textToken } from './make.ts';
import { complain, fieldOf, type Walk } from './page.ts';
import { inParagraph } from './places.ts';

/** Fills in what the references of a page show. One that leads nowhere stays as it was written, and is complained of. */
export function fillReferences(tokens: readonly Token[], walk: Walk): void {
  for (const token of tokens) {
    if (token.map !== null) walk.places.reached = token.map[0];
    if (token.type === 'inline' && token.children !== null)
      token.children = filled(token.children, token.content, walk);
  }
}

function filled(children: Token[], paragraph: string, walk: Walk): Token[] {
  const pen = { Token: walk.Token, map: null };
  return children.flatMap((token, i) => {
    if (token.type === 'chainrule_reference') {
      const shown = walk.page.equations.get(token.content);
      const origin = fieldOf(token.meta, 'origin');
      if (shown === undefined) return missing(`@${token.content}`, isOrigin(origin) ? origin : null, walk);
      return span(pen, 'link', 'a', [textToken(pen, shown)], { href: `#${token.content}` });
    }
    const name = children[i + 1]?.type === 'link_close' ? emptyLinkTo(token) : null;
    if (name === null) return [token];
    const shown = walk.page.equations.get(name);
    if (shown !== undefined) return [token, textToken(pen, shown)];
    if (!name.startsWith('eq-')) return [token];
    const position = Math.max(paragraph.indexOf(`[](#${name}`), 0);
    return [token, ...missing(`#${name}`, inParagraph(paragraph, position, walk.places), walk)];
  });
}

/** Where a link leads within the page; null for anything else. */
function emptyLinkTo(token: Token): string | null {
  if (token.type !== 'link_open') return null;
  const href = token.attrs?.find(([name]) => name === 'href')?.[1];
  return typeof href === 'string' && href.startsWith('#') ? href.slice(1) : null;
}

/** What was written, where it leads nowhere. */
function missing(written: string, found: Origin | null, { page, places, Token }: Walk): Token[] {
  const name = written.slice(1);
  const origin = found ?? { file: page.file, line: places.reached + 1, column: 1 };
  complain(page, origin, noEquation(name, page.equations.keys()));
  return errorSpan({ Token, map: null }, written);
}

const isOrigin = (value: unknown): value is Origin =>
  typeof value === 'object' && value !== null && 'file' in value && 'line' in value && 'column' in value;
