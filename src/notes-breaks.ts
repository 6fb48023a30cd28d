// Where a line of the notes ends: a space on the page, but nothing between two Chinese characters, which have no spaces.

import type { Token } from './notes/markdown-it/host.ts';

const WIDE = /[\p{sc=Han}\u3000-\u303f\uff00-\uffef]/u;

/** What stands on the page for the line end at `index` among the tokens of a paragraph. */
export function lineEnd(tokens: readonly Token[], index: number): string {
  const before = textFrom(tokens, index, -1)?.at(-1) ?? '';
  const [behind = ''] = textFrom(tokens, index, 1) ?? '';
  return WIDE.test(before) && WIDE.test(behind) ? '' : '\n';
}

/** The text next to a token, through the ends of emphasis and links; null where something else stands there. */
function textFrom(tokens: readonly Token[], index: number, step: 1 | -1): string | null {
  for (let i = index + step; ; i += step) {
    const token = tokens[i];
    if (token === undefined) return null;
    if (token.type === 'text') {
      if (token.content !== '') return token.content;
    } else if (token.nesting === 0) return null;
  }
}
