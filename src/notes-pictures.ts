// The pictures of notes, put into the page itself; one that isn't among the notes' own files becomes a link.

import { readFileSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { UserError } from './expr/error.ts';
import type { CoreRule, Token, TokenClass } from './notes/markdown-it/host.ts';
import { errorSpan, span, textToken } from './notes/markdown-it/make.ts';
import { complain, type Page, pageOf } from './notes/markdown-it/page.ts';
import { inParagraph, type Places, placesOf } from './notes/markdown-it/places.ts';
import type { Setup } from './notes/markdown-it/setup.ts';
import { fileWithin } from './notes-files.ts';

const KINDS: ReadonlyMap<string, string> = new Map([
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
]);
/** The largest picture that goes into a page, in bytes. */
const LARGEST = 4_000_000;

interface Search {
  readonly folder: string;
  readonly page: Page;
  readonly places: Places;
  readonly Token: TokenClass;
}

/** Runs when the page's pieces are there. `folder` is what pictures may lie in. */
export const picturesRule =
  (setup: Setup, folder: string): CoreRule =>
  ({ env, src, tokens, Token }) => {
    const page = pageOf(env, setup);
    const search: Search = { folder, page, places: placesOf(src, page.file), Token };
    for (const token of tokens) {
      if (token.map !== null) search.places.reached = token.map[0];
      if (token.children?.some((c) => c.type === 'image') === true)
        token.children = token.children.flatMap((child) =>
          child.type === 'image' ? pictureTokens(child, token.content, search) : [child],
        );
    }
  };

function pictureTokens(image: Token, paragraph: string, { folder, page, places, Token }: Search): Token[] {
  const pen = { Token, map: null };
  const source = image.attrs?.find(([name]) => name === 'src');
  const address = String(source?.[1] ?? '');
  if (source === undefined || /^data:/i.test(address)) return [image];
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(address))
    return span(pen, 'link', 'a', [textToken(pen, image.content || address)], { href: address });
  try {
    source[1] = inlined(folder, page.file, address);
    return [image];
  } catch (error) {
    const behind = Math.max(paragraph.indexOf(`](${address}`), 0);
    const position = Math.max(paragraph.lastIndexOf('![', behind), 0);
    return errorSpan(pen, complain(page, inParagraph(paragraph, position, places), error));
  }
}

/** A picture as an address that holds it. Throws a `UserError` where it can't be had. */
function inlined(folder: string, notes: string, address: string): string {
  const name = decoded(address);
  const kind = KINDS.get(extname(name).toLowerCase());
  if (kind === undefined)
    throw new UserError(`a picture in a page must be one of ${[...KINDS.keys()].join(', ')}, not ${name}`);
  const path = fileWithin(folder, notes, name);
  if (path === null) throw new UserError(`there is no picture ${name}`);
  if (statSync(path).size > LARGEST)
    throw new UserError(`the picture ${name} is larger than ${LARGEST / 1e6} MB`);
  return `data:${kind};base64,${readFileSync(path).toString('base64')}`;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
