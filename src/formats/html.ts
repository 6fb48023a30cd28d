// Blocks as one HTML file that needs nothing else: style sheets, fonts and formulas are inside, no network, no server.

import type { Block, DocumentText, Heading } from '../document/blocks.ts';
import { fill } from '../document/eta.ts';
import { UserError } from '../expr/error.ts';
import { wordsOf } from '../lang/phrase.ts';
import { fontsOf, offlineCss } from './fonts.ts';
import type { Format } from './format.ts';
import { blocksHtml } from './html-blocks.ts';
import { escapeHtml, type HtmlPen, phraseHtml } from './html-pen.ts';

export const html: Format = {
  name: 'html',
  extension: 'html',
  render(document, { page }) {
    if (page === undefined) throw new UserError('a page needs KaTeX and its style sheets (page)');
    const pen: HtmlPen = { typeset: page.typeset, words: document.words };
    const body = blocksHtml(document.blocks, pen);
    return fill(page.shell, {
      title: escapeHtml(document.title),
      lang: document.lang,
      css: page.css,
      katexCss: offlineCss(page.katexCss, fontsOf(body), page.font),
      fontLicence: page.fontLicence.replaceAll('--', '- -'),
      contentsWord: escapeHtml(document.words.contents),
      contents: contents(document, pen),
      body,
    });
  },
};

const headings = (blocks: readonly Block[]): Heading[] =>
  blocks.flatMap((b) => (b.kind === 'heading' && (b.level === 2 || b.level === 3) ? [b] : []));

/** The list of sections; formulas in it are typeset too. */
function contents(document: DocumentText, pen: HtmlPen): string {
  return headings(document.blocks)
    .map((h) => {
      const label = wordsOf(h.parts, (f) => f.unicode);
      const link = `<a href="#${escapeHtml(h.id)}" title="${escapeHtml(label)}">${phraseHtml(h.parts, pen)}</a>`;
      return `<li class="level${h.level}">${link}</li>`;
    })
    .join('\n');
}
