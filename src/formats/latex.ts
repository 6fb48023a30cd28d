// Blocks as a LaTeX article: pdfLaTeX, XeLaTeX or LuaLaTeX compile it; a Chinese one XeLaTeX.

import { allBlocks, type Block, type DocumentText, type Heading } from '../document/blocks.ts';
import type { Inline, Phrase } from '../lang/phrase.ts';
import type { Format } from './format.ts';
import { blocksTex } from './latex-blocks.ts';
import { escapeTex, headingTex, type LatexPen, label } from './latex-pen.ts';
import { preamble } from './latex-preamble.ts';

/** From this many sections on a document begins with its contents. */
const MANY_SECTIONS = 6;

export const latex: Format = {
  name: 'tex',
  extension: 'tex',
  render(document) {
    const title = document.blocks.find((b) => b.kind === 'heading' && b.level === 1);
    const rest = document.blocks.filter((b) => b !== title);
    const pen = penOf(document);
    const body = [
      titleTex(document, title?.kind === 'heading' ? title : null, pen),
      ...(sections(rest).length >= MANY_SECTIONS ? ['\\contents'] : []),
      blocksTex(rest, pen),
    ].join('\n\n');
    const { author, licence } = document.front;
    const head = preamble({
      chinese: document.lang.startsWith('zh'),
      paper: document.paper,
      text: `${document.title}${author ?? ''}${licence ?? ''}${body}`,
      numbered: !sections(rest).some((h) => /^\s*[\d一二三四五六七八九十]/.test(firstWords(h.parts))),
      title: escapeTex(document.title),
      author: author === null ? null : escapeTex(author),
      licence: licence === null ? null : escapeTex(licence),
    });
    return `${head}\n\\begin{document}\n\n${body}\n\n\\end{document}\n`;
  },
};

const sections = (blocks: readonly Block[]): Heading[] =>
  blocks.flatMap((b) => (b.kind === 'heading' && b.level <= 2 ? [b] : []));

const firstWords = (parts: Phrase): string => (parts[0]?.kind === 'text' ? parts[0].text : '');

/** What the document calls itself, who wrote it, for which course. */
function titleTex({ title, front }: DocumentText, heading: Heading | null, pen: LatexPen): string {
  const words = heading === null ? escapeTex(title) : headingTex(heading.parts, pen);
  const anchor = heading === null ? '' : `\\phantomsection\\label{${label(heading.id)}}`;
  const line = (size: string, text: string | null): string[] =>
    text === null || text.trim() === '' ? [] : [`  {${size}${escapeTex(text)}\\par}`];
  return [
    '\\begin{center}',
    ...line('\\large ', front.course),
    `  {\\LARGE\\bfseries ${anchor}${words}\\par}\\medskip`,
    ...line('\\large ', front.author),
    ...line('', front.date),
    '\\end{center}',
    `\\thispagestyle{${front.licence === null ? 'plain' : 'licence'}}`,
  ].join('\n');
}

function penOf(document: DocumentText): LatexPen {
  const blocks = allBlocks(document.blocks);
  return {
    words: document.words,
    linked: new Set(blocks.flatMap(phrasesOf).flatMap(targets)),
    ids: new Set(blocks.flatMap(idsOf)),
  };
}

function phrasesOf(b: Block): readonly Phrase[] {
  switch (b.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return [b.parts];
    case 'list':
      return b.items;
    case 'table':
      return [...b.head, ...b.rows.flat()];
    case 'figure':
      return [b.caption];
    case 'derivation':
      return b.lines.flatMap((line) => [line.why, ...line.lemmas.flatMap((l) => phrasesOf(l.derivation))]);
    default:
      return [];
  }
}

const targets = (parts: Phrase): string[] =>
  parts.flatMap((p: Inline) => {
    if (p.kind === 'link') return p.to.startsWith('#') ? [p.to.slice(1)] : [];
    return p.kind === 'strong' || p.kind === 'em' ? targets(p.parts) : [];
  });

/** The ids that get a label when they are linked. */
function idsOf(b: Block): readonly string[] {
  switch (b.kind) {
    case 'heading':
    case 'card':
    case 'figure':
      return [b.id];
    case 'display':
      return b.tag === null || b.id === null ? [] : [b.id];
    case 'derivation':
      return b.lines.flatMap((line) => [
        ...(line.id === null ? [] : [line.id]),
        ...line.lemmas.flatMap((l) => idsOf(l.derivation)),
      ]);
    default:
      return [];
  }
}
