// Notes in Markdown -> one page to be read offline: markdown-it with the plugin, formulas typeset, pictures inside.

import markdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import type { Block, Paper } from './document/blocks.ts';
import type { PageParts } from './formats/format.ts';
import { byline, contentsHtml, entryOf, headings, pageHtml } from './formats/html.ts';
import { blocksHtml } from './formats/html-blocks.ts';
import type { HtmlPen } from './formats/html-pen.ts';
import { type Katex, typesetter } from './formats/typeset.ts';
import { languageOf } from './lang/languages.ts';
import { commentRule } from './notes/markdown-it/comment-rule.ts';
import type { Env, MarkdownIt, PageMarkdownIt, Token } from './notes/markdown-it/host.ts';
import { type Diagnostic, pageOf } from './notes/markdown-it/page.ts';
import { install } from './notes/markdown-it/plugin.ts';
import type { PluginOptions, Print, TokenPen } from './notes/markdown-it/setup.ts';
import { lineEnd } from './notes-breaks.ts';
import { entriesOf, headingIds, type PieceMeta, titleOf } from './notes-contents.ts';
import { headOfNotes } from './notes-head.ts';
import { harmlessHtml } from './notes-html.ts';
import { picturesRule } from './notes-pictures.ts';

export interface NotesPageOptions extends Omit<PluginOptions, 'katex' | 'file'> {
  /** How the notes are called in messages; pictures are found from there. */
  readonly file: string;
  /** The folder that pictures may lie in. */
  readonly folder: string;
  readonly title?: string;
  /** The page's title where neither the notes nor `title` say one. */
  readonly name: string;
  readonly paper?: Paper;
}

export interface NotesPage {
  readonly html: string;
  /** What is wrong in the notes; each stands in the page, too, as a box. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The page of some notes. Nothing in them makes it fail; HTML in them is shown as it is written. */
export function notesPage(
  text: string,
  { katex, parts }: { readonly katex: Katex; readonly parts: PageParts },
  options: NotesPageOptions,
): NotesPage {
  const head = headOfNotes(text, options.lang ?? null);
  const lang = languageOf(head.lang);
  const pen: HtmlPen = { typeset: typesetter(katex, false), words: lang.format, lang: lang.htmlLang };
  const md: PageMarkdownIt = markdownIt({ html: false });
  const setup = install(md, { ...options, lang: head.lang, katex }, katex, pagePrint(pen));
  pagesOwnRules(md);
  footnotes(md);
  harmlessHtml(md);
  md.block.ruler.before('table', 'comments', commentRule, { alt: ['paragraph', 'blockquote', 'list'] });
  md.core.ruler.push('pictures', picturesRule(setup, options.folder));
  md.core.ruler.push('headings', headingIds);
  const env: Env = {};
  const tokens = md.parse(head.text, env);
  const body = withByline(md.renderer.render(tokens, md.options, env), byline(head.front));
  const title = options.title ?? head.title ?? titleOf(tokens) ?? options.name;
  const { front, paper } = head;
  const page = { title, front, paper: options.paper ?? paper, lang: lang.htmlLang, words: lang.format };
  const contents = contentsHtml(
    entriesOf(tokens, (inline) => md.renderer.renderInline(inline, md.options, env)),
  );
  return {
    html: pageHtml({ ...page, contents, body }, parts),
    diagnostics: [...pageOf(env, setup).diagnostics].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** Pieces as documents have them: derivations that fold, formulas with their numbers at the side. */
function pagePrint(page: HtmlPen): Print {
  const own = (blocks: readonly Block[], { Token: Made, map, words, lang }: TokenPen): Token[] => {
    const pen: HtmlPen = { ...page, words, lang };
    const html = blocksHtml(blocks, pen);
    const content = words === page.words ? html : `<div lang="${lang}">\n${html}\n</div>`;
    const meta: PieceMeta = { entries: headings(blocks).map((h) => entryOf(h, pen)) };
    const token: Token = new Made('chainrule_page', '', 0);
    return [Object.assign(token, { content, meta, block: true, map })];
  };
  return {
    piece: (blocks, of) => (blocks.length === 0 ? [] : own(blocks, of)),
    equation: (display, of) => own([display], { ...of, words: page.words }),
  };
}

/** What the page's style sheet asks of tables, and how the tokens of pieces are written. */
function pagesOwnRules({ renderer: { rules } }: MarkdownIt): void {
  rules.chainrule_page = (tokens, index) => `${tokens[index]?.content ?? ''}\n`;
  rules.table_open = () => '<div class="table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  rules.softbreak = lineEnd;
}

/** Who wrote it below the title, or at the top where there is none. */
function withByline(body: string, by: string): string {
  if (by === '') return body;
  const end = body.indexOf('</h1>');
  return end < 0 ? `${by}\n${body}` : `${body.slice(0, end + 5)}\n${by}${body.slice(end + 5)}`;
}
