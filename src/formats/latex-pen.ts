// Running text in LaTeX: every character of it stands for itself, and formulas use no command that could do more than print.

import { UserError, unreachable } from '../expr/error.ts';
import type { Formula, Inline, Phrase } from '../lang/phrase.ts';
import type { FormatWords } from '../lang/types.ts';

/** What blocks are written with. */
export interface LatexPen {
  readonly words: FormatWords;
  /** Ids that a link leads to. */
  readonly linked: ReadonlySet<string>;
  /** Ids that stand in the document. */
  readonly ids: ReadonlySet<string>;
}

const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '`': '\\textasciigrave{}',
  '[': '{[}',
  ']': '{]}',
  '{': '\\{',
  '}': '\\}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
};

/** Text that prints as it reads: no commands, no ligatures of hyphens and quotes, no characters without a look. */
export const escapeTex = (words: string): string => escapeAll(curled(words));

/** Straight quotation marks as opening and closing ones: LaTeX's older fonts have no straight ones. */
const curled = (words: string): string =>
  words.replace(/(^|[\s([{])"(?=[^\s.,;:!?)])/g, '$1“').replaceAll('"', '”');

const escapeAll = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, '')
    .replace(/[\\~^<>|`[\]{}&%$#_]/g, (c) => TEX[c] ?? c)
    .replace(/-(?=-)/g, '-{}')
    .replace(/,(?=,)/g, ',{}')
    .replace(/'(?=')/g, "'{}");

/** Commands with which a formula could read, write, define or run. */
const UNSAFE =
  /\\(?:input|include\w*|openin|openout|read|readline|write\w*|immediate|special|pdf\w*|directlua|latelua|lua\w*|shell\w*|catcode|\w*def|let|futurelet|new\w+|renew\w+|provide\w+|csname|expandafter|loop|repeat|usepackage|RequirePackage|documentclass|makeatletter|begingroup|aftergroup|everypar|output|font|end(?:input|document|csname)|begin\s*\{(?:document|filecontents|verbatim)|jobname|meaning|string|scantokens|uppercase|lowercase|href|url|verb|lstinputlisting|includegraphics|dump|batchmode|nonstopmode|errmessage|typeout|message)(?![A-Za-z])|\^\^/;

/**
 * A formula's LaTeX, on one line. Throws a `UserError` where a command (of a user's own letters) does more than print.
 */
export function mathTex(formula: Pick<Formula, 'latex'>): string {
  const latex = formula.latex.replace(/\s+/g, ' ').trim();
  const unsafe = UNSAFE.exec(latex);
  if (unsafe !== null)
    throw new UserError(`a formula may not use ${unsafe[0]} in a LaTeX document: ${latex}`);
  return latex.replace(/(?<!\\)((?:\\\\)*)%/g, '$1\\%');
}

export const inlineTex = (formula: Pick<Formula, 'latex'>): string => `$${mathTex(formula)}$`;

export const phraseTex = (parts: Phrase, pen: LatexPen): string => parts.map((p) => inline(p, pen)).join('');

function inline(part: Inline, pen: LatexPen): string {
  switch (part.kind) {
    case 'text':
      return escapeTex(part.text);
    case 'math':
      return inlineTex(part.formula);
    case 'code':
      return codeWordsTex(part.text);
    case 'strong':
      return `\\textbf{${phraseTex(part.parts, pen)}}`;
    case 'em':
      return `\\emph{${phraseTex(part.parts, pen)}}`;
    case 'link':
      return linkTex(part.to, phraseTex(part.parts, pen), pen);
    default:
      return unreachable(part);
  }
}

/** Code inside a line of text. */
export const codeWordsTex = (text: string): string =>
  `\\texttt{${escapeAll(text).replace(/'/g, '\\textquotesingle{}')}}`;

/** A link inside the document or to an address; a place that isn't there leaves its words. */
function linkTex(to: string, words: string, pen: LatexPen): string {
  if (to.startsWith('#')) {
    const id = to.slice(1);
    return pen.ids.has(id) ? `\\hyperref[${label(id)}]{${words}}` : words;
  }
  return /^https?:\/\/[\w.~:/?#@!&()*+,;=%-]+$/.test(to)
    ? `\\href{${to.replace(/[%#&_~]/g, (c) => `\\${c === '~' ? 'string~' : c}`)}}{${words}}`
    : words;
}

export const environment = (name: string, lines: readonly string[]): string =>
  `\\begin{${name}}\n${lines.join('\n')}\n\\end{${name}}`;

/** An id as a label: letters, digits and hyphens. */
export const label = (id: string): string =>
  id.replace(/[^\w:-]/gu, (c) => `u${(c.codePointAt(0) ?? 0).toString(16)}`).replace(/_/g, '-');

/** A heading's words, with formulas that bookmarks can show too. */
export const headingTex = (parts: Phrase, pen: LatexPen): string =>
  parts
    .map((p) =>
      p.kind === 'math'
        ? `\\texorpdfstring{$\\displaystyle ${mathTex(p.formula)}$}{${escapeTex(p.formula.plain ?? ascii(p.formula.unicode))}}`
        : inline(p, pen),
    )
    .join('');

const ascii = (text: string): string => text.replace(/[^\x20-\x7e]/g, '');
