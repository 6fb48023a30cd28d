// What all of a page is written with: formulas, running text, names.

import { unreachable } from '../expr/error.ts';
import type { Formula, Inline, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';
import { spokenText } from '../text/spoken-text.ts';
import type { SpokenWords } from '../text/spoken-words.ts';
import type { Typeset } from './format.ts';

export interface HtmlPen {
  readonly typeset: Typeset;
  readonly words: FormatWords;
  /** As HTML's lang says it. */
  readonly lang: string;
}

export const escapeHtml = (text: string): string =>
  /[&<>"]/.test(text)
    ? text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;')
    : text;

/** A formula read out, or null where it has signs without words. */
const label = (f: Formula, spoken: SpokenWords): string | null =>
  f.spoken === undefined ? spokenText(f.unicode, spoken) : f.spoken(spoken);

/** Formulas read out with equal signs between them, or null; `lead`: an equal sign goes before the first, too. */
export function equationLabel(parts: readonly Formula[], spoken: SpokenWords, lead = false): string | null {
  const words = parts.map((f) => label(f, spoken));
  const { equals, pause } = spoken;
  return words.includes(null) ? null : `${lead ? `${equals} ` : ''}${words.join(`${pause}${equals} `)}`;
}

/** What KaTeX puts round every formula, and where its MathML begins. */
const MATHML = '<span class="katex-mathml">';
const INLINE = `<span class="katex">${MATHML}`;
const DISPLAY = `<span class="katex-display">${INLINE}`;

/**
 * Words in place of the formula's parts for those who listen. The MathML stays in the page, for copying, but is not read
 * out beside the words; a formula without words keeps it.
 */
export function labelled(html: string, words: string | null): string {
  if (words === null) return html;
  const open = html.startsWith(DISPLAY) ? DISPLAY : INLINE;
  const outer = open === DISPLAY ? '<span class="katex-display">' : '';
  const math = `<span class="katex" role="math" aria-label="${escapeHtml(words)}">`;
  return `${outer}${math}<span class="katex-mathml" aria-hidden="true">${html.slice(open.length)}`;
}

export const inlineMath = (f: Formula, pen: HtmlPen): string =>
  labelled(pen.typeset(f.latex, false), label(f, pen.words.spoken));

/** Formulas with equal signs between them, set apart; `lead`: an equal sign goes before the first, too. */
export function displayMath(parts: readonly Formula[], pen: HtmlPen, lead = false): string {
  const said = equationLabel(parts, pen.words.spoken, lead);
  const latex = parts.map((f) => f.latex).join(' = ');
  return labelled(pen.typeset(lead ? `= ${latex}` : latex, true), said);
}

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
