// What all of a page is written with: formulas, running text, names.

import { unreachable } from '../expr/error.ts';
import type { Formula, Inline, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import type { Typeset } from './format.ts';

export interface HtmlPen {
  readonly typeset: Typeset;
  readonly words: FormatWords;
}

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;');

export const inlineMath = (f: Formula, pen: HtmlPen): string => pen.typeset(f.latex, false);
export const displayMath = (latex: string, pen: HtmlPen): string => pen.typeset(latex, true);
export const idAttribute = (id: string | null): string => (id === null ? '' : ` id="${escapeHtml(id)}"`);

export const phraseHtml = (parts: Phrase, pen: HtmlPen): string =>
  parts.map((p) => inlineHtml(p, pen)).join('');

function inlineHtml(part: Inline, pen: HtmlPen): string {
  switch (part.kind) {
    case 'text':
      return escapeHtml(part.text);
    case 'math':
      return inlineMath(part.formula, pen);
    case 'code':
      return `<code>${escapeHtml(part.text)}</code>`;
    case 'strong':
      return `<strong>${phraseHtml(part.parts, pen)}</strong>`;
    case 'em':
      return `<em>${phraseHtml(part.parts, pen)}</em>`;
    case 'link':
      return `<a href="${escapeHtml(part.to)}">${phraseHtml(part.parts, pen)}</a>`;
    default:
      return unreachable(part);
  }
}

export const tagHtml = (tag: string | null): string =>
  tag === null ? '' : `<span class="tag">(${escapeHtml(tag)})</span>`;
