// Blocks as one HTML file that needs nothing else: style sheets, fonts and formulas are inside, no network, no server.

import type { Block, DocumentText, Front, Heading } from '../document/blocks.ts';
import { fill } from '../document/eta.ts';
import { UserError } from '../expr/error.ts';
import { wordsOf } from '../lang/phrase.ts';
import { fontsOf, offlineCss } from './fonts.ts';
import type { Format, PageParts } from './format.ts';
import { blockHtml } from './html-blocks.ts';
import { escapeHtml, type HtmlPen, phraseHtml } from './html-pen.ts';
import { sharedStyles } from './html-styles.ts';

export const html: Format = {
  name: 'html',
  extension: 'html',
  render(document, { page }) {
    if (page === undefined) throw new UserError('a page needs KaTeX and its style sheets (page)');
    const pen: HtmlPen = { typeset: page.typeset, words: document.words, lang: document.lang };
    return pageHtml({ ...document, contents: contents(document, pen), body: bodyOf(document, pen) }, page);
  },
};

/** A text in HTML on its way to a page. */
export interface PageText extends Omit<DocumentText, 'blocks'> {
  /** The list of sections, `<li>` by `<li>`; empty where there is none. */
  readonly contents: string;
  readonly body: string;
}

/** The whole file: the body in the page around it, with the fonts that it uses. */
export function pageHtml(text: PageText, page: PageParts): string {
  const { body, css: styles } = sharedStyles(text.body);
  const { author, licence } = text.front;
  return fill(page.shell, {
    title: escapeHtml(text.title),
    lang: text.lang,
    author: author === null ? null : escapeHtml(author),
    licence: licence === null ? null : escapeHtml(licence),
    paper: { a4: 'A4', letter: 'letter' }[text.paper],
    css: page.css,
    script: page.script,
    katexCss: offlineCss(page.katexCss, fontsOf(body), page.font) + styles,
    fontLicence: page.fontLicence.replaceAll('--', '- -'),
    ...shellWords(text),
    contents: text.contents,
    body,
  });
}

/** The words of the page around the text, ready to stand in it. */
function shellWords({ words }: Pick<DocumentText, 'words'>): object {
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

/** Who wrote it and when; empty where nothing is known. */
export function byline({ author, course, date }: Front): string {
  const parts = [author, course, date].flatMap((part) =>
    part === null ? [] : [`<span>${escapeHtml(part)}</span>`],
  );
  return parts.length === 0 ? '' : `<p class="byline">${parts.join(' ')}</p>`;
}

export const headings = (blocks: readonly Block[]): Heading[] =>
  blocks.flatMap((b) => (b.kind === 'heading' ? [b] : []));

/** An entry of the list of sections. */
export interface Entry {
  readonly level: number;
  readonly id: string;
  /** Its words, and the same as HTML. */
  readonly label: string;
  readonly html: string;
}

/** A heading as an entry; formulas in it are typeset too. */
export const entryOf = ({ level, id, parts }: Heading, pen: HtmlPen): Entry => ({
  level,
  id,
  label: wordsOf(parts, (f) => f.unicode),
  html: phraseHtml(parts, pen),
});

/** The list of sections, of the second and third level. */
export const contentsHtml = (entries: readonly Entry[]): string =>
  entries
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ level, id, label, html }) => {
      const link = `<a href="#${escapeHtml(id)}" title="${escapeHtml(label)}">${html}</a>`;
      return `<li class="level${level}">${link}</li>`;
    })
    .join('\n');

const contents = (document: DocumentText, pen: HtmlPen): string =>
  contentsHtml(headings(document.blocks).map((h) => entryOf(h, pen)));
