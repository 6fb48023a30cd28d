// Which lines of a text are code or set as they stand: what looks like a region there is about chainrule, and no region.

import MarkdownIt from 'markdown-it';
import { unreachable } from '../expr/error.ts';
import type { Target } from '../formats/targets.ts';

/** For each line whether it is code. The blocks of Markdown are those of CommonMark, in lists and quotes too. */
export function codeLines({ name, writer }: Target, lines: readonly string[]): readonly boolean[] {
  switch (writer) {
    case 'markdown':
      return markdownCode(lines, name === 'mdx');
    case 'latex':
      return latexCode(lines);
    case 'html':
      return htmlCode(lines);
    default:
      return unreachable(writer);
  }
}

const RAW = /^[ \t]*<(?:pre|script|style|textarea)(?![\w-])/i;

function markdownCode(lines: readonly string[], mdx: boolean): boolean[] {
  const md = new MarkdownIt('commonmark');
  // MDX has neither indented code nor blocks of HTML.
  if (mdx) md.disable(['code', 'html_block']);
  const tokens: ReturnType<typeof md.parse> = [];
  md.block.parse(lines.join('\n').replaceAll('\0', '\uFFFD'), md, {}, tokens);
  const code = lines.map(() => false);
  for (const { type, content, map } of tokens) {
    const isCode = type === 'fence' || type === 'code_block' || (type === 'html_block' && RAW.test(content));
    if (isCode && map !== null) code.fill(true, map[0], map[1]);
  }
  return code;
}

/** Environments of LaTeX whose text is no LaTeX. */
const VERBATIM =
  /\\begin\{((?:[BL]?[Vv]erbatim|lstlisting|minted|comment|filecontents|alltt|tcblisting)\*?)\}/;

function latexCode(lines: readonly string[]): boolean[] {
  let open: string | null = null;
  return lines.map((line) => {
    if (open === null) {
      const name = VERBATIM.exec(line.replace(/(?<!\\)%.*/, ''))?.[1];
      if (name !== undefined && !line.includes(`\\end{${name}}`)) open = name;
      return false;
    }
    if (line.includes(`\\end{${open}}`)) open = null;
    return true;
  });
}

const ELEMENT = /<(\/?)(pre|script|style|textarea)(?![\w-])/gi;

function htmlCode(lines: readonly string[]): boolean[] {
  let open: string | null = null;
  return lines.map((line) => {
    const before = open;
    for (const [, end, tag = ''] of line.matchAll(ELEMENT)) {
      const name = tag.toLowerCase();
      if (end === '/') open = open === name ? null : open;
      else open ??= name;
    }
    return before !== null || open !== null;
  });
}
