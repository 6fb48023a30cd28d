// Blocks as one HTML file that needs nothing else: style sheets, fonts and formulas are inside, no network, no server.

import type { Block, DocumentText, Front, Heading } from '../document/blocks.ts';
import { fill } from '../document/eta.ts';
import { UserError } from '../expr/error.ts';
import { wordsOf } from '../lang/phrase.ts';
import { fontsOf, offlineCss } from './fonts.ts';
import type { Format } from './format.ts';
import { blockHtml } from './html-blocks.ts';
import { escapeHtml, type HtmlPen, phraseHtml } from './html-pen.ts';
import { sharedStyles } from './html-styles.ts';

export const html: Format = {
  name: 'html',
  extension: 'html',
  render(document, { page }) {
    if (page === undefined) throw new UserError('a page needs KaTeX and its style sheets (page)');
    const pen: HtmlPen = { typeset: page.typeset, words: document.words, lang: document.lang };
    const { body, css: styles } = sharedStyles(bodyOf(document, pen));
    const { author, licence } = document.front;
    return fill(page.shell, {
      title: escapeHtml(document.title),
      lang: document.lang,
      author: author === null ? null : escapeHtml(author),
      licence: licence === null ? null : escapeHtml(licence),
      paper: { a4: 'A4', letter: 'letter' }[document.paper],
      css: page.css,
      script: page.script,
      katexCss: offlineCss(page.katexCss, fontsOf(body), page.font) + styles,
      fontLicence: page.fontLicence.replaceAll('--', '- -'),
      ...shellWords(document),
      contents: contents(document, pen),
      body,
    });
  },
};

/** The words of the page around the text, ready to stand in it. */
function shellWords({ words }: DocumentText): object {
  const { page } = words;
  return {
    contentsWord: escapeHtml(words.contents),
    grain: escapeHtml(page.grain),
    grains: (['brief', 'textbook', 'full'] as const).map((name) => ({
      name,
      word: escapeHtml(page.grains[name]),
      hint: escapeHtml(page.grainHints[name]),
    })),
    dark: escapeHtml(page.dark),
    light: escapeHtml(page.light),
    copied: escapeHtml(page.copied),
    copy: escapeHtml(page.copy),
    skip: escapeHtml(page.skip),
  };
}

/** The blocks, with who wrote them and when below the title. */
function bodyOf({ blocks, front }: DocumentText, pen: HtmlPen): string {
  const by = byline(front);
  const title = blocks.findIndex((b) => b.kind === 'heading' && b.level === 1);
  const texts = blocks.map((b, i) =>
    i === title && by !== '' ? `${blockHtml(b, pen)}\n${by}` : blockHtml(b, pen),
  );
  return (title < 0 && by !== '' ? [by, ...texts] : texts).join('\n');
}

function byline({ author, course, date }: Front): string {
  const parts = [author, course, date].flatMap((part) =>
    part === null ? [] : [`<span>${escapeHtml(part)}</span>`],
  );
  return parts.length === 0 ? '' : `<p class="byline">${parts.join(' ')}</p>`;
}

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
