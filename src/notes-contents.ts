// The headings of a page of notes: an id for each, and the list of contents.

import type { Entry } from './formats/html.ts';
import type { CoreState, Token } from './notes/markdown-it/host.ts';

/** Gives every heading an id of its own: `## Title {#own}`, or its words. */
export function headingIds(state: CoreState): void {
  const given = new Set<string>(idsIn(state.tokens));
  for (const { open, inline } of headings(state.tokens)) {
    if (open.attrs?.some(([name]) => name === 'id') === true) continue;
    const id = unused(authorsId(inline) ?? slug(wordsIn(inline)), given);
    given.add(id);
    open.attrs = [...(open.attrs ?? []), ['id', id]];
  }
}

interface Heading {
  readonly open: Token;
  readonly inline: Token;
}

function headings(tokens: readonly Token[]): Heading[] {
  return tokens.flatMap((open, i) => {
    const inline = tokens[i + 1];
    return open.type === 'heading_open' && inline?.type === 'inline' ? [{ open, inline }] : [];
  });
}

const idsIn = (tokens: readonly Token[]): string[] =>
  tokens.flatMap((t) =>
    t.type === 'chainrule_page' ? [...t.content.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id) : [],
  );

/** Takes `{#own}` off the end of a heading. */
function authorsId({ children }: Token): string | null {
  const last = children?.at(-1);
  const [all, id] =
    /\s*\{#([A-Za-z][\w:.-]{0,63})\}\s*$/.exec(last?.type === 'text' ? last.content : '') ?? [];
  if (last === undefined || all === undefined || id === undefined) return null;
  last.content = last.content.slice(0, -all.length);
  return id;
}

const wordsIn = ({ children }: Token): string =>
  (children ?? [])
    .map((c) =>
      c.type === 'text' || c.type === 'code_inline' ? c.content : c.type === 'softbreak' ? ' ' : '',
    )
    .join('');

const slug = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '') || 'section';

function unused(id: string, given: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? id : `${id}-${i}`;
    if (!given.has(candidate)) return candidate;
  }
}

/** The words of the first heading of the first level. */
export function titleOf(tokens: readonly Token[]): string | null {
  const first = headings(tokens).find(({ open }) => open.tag === 'h1');
  return first === undefined ? null : wordsIn(first.inline).trim() || null;
}

/** What the list of contents says, in the order of the page; links within headings become words. */
export function entriesOf(tokens: readonly Token[], render: (inline: Token[]) => string): Entry[] {
  return tokens.flatMap((open, i): readonly Entry[] => {
    if (isPiece(open.meta)) return open.meta.entries;
    const inline = tokens[i + 1];
    if (open.type !== 'heading_open' || inline?.type !== 'inline') return [];
    const id = open.attrs?.find(([name]) => name === 'id')?.[1] ?? '';
    const words = (inline.children ?? []).filter((c) => c.tag !== 'a' && c.type !== 'image');
    return [
      { level: Number(open.tag.slice(1)), id: String(id), label: wordsIn(inline), html: render(words) },
    ];
  });
}

/** What a piece's token says of its headings. */
export interface PieceMeta {
  readonly entries: readonly Entry[];
}

const isPiece = (meta: unknown): meta is PieceMeta =>
  typeof meta === 'object' && meta !== null && 'entries' in meta;
