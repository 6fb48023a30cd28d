// A printed text as its host sees it: formulas, code, comments, words.

import type { Delimiters, Target } from './targets.ts';

export interface Part {
  readonly kind: 'display' | 'inline' | 'code' | 'comment' | 'words';
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
  /** Of a formula: what it stands between. */
  readonly delimiters?: Delimiters;
}

export interface PrintedFormula {
  readonly display: boolean;
  /** Without delimiters, and as a typesetter gets it. */
  readonly latex: string;
  readonly whole: string;
  /** With the character before and after it; a space where a line begins or ends. */
  readonly beside: string;
  readonly inCell: boolean;
  /** From 1. */
  readonly line: number;
}

/** Markdown without the marks of quotation: what stands in one is read as outside of it. Lines keep their numbers. */
export const unquoted = ({ writer }: Target, text: string): string =>
  writer === 'markdown' ? text.replace(/^(?:> ?)+/gm, '') : text;

/** The parts of a text; put together they are the text without marks of quotation. */
export function scan(target: Target, printed: string): Part[] {
  const text = unquoted(target, printed);
  const parts: Part[] = [];
  const begin = beginnings(target);
  let words = 0;
  for (let i = 0; i < text.length; ) {
    const part = begin.has(text[i] ?? '') ? partAt(target, text, i) : null;
    if (part === null) {
      i += text[i] === '\\' ? 2 : 1;
      continue;
    }
    if (i > words) parts.push({ kind: 'words', text: text.slice(words, i), at: words });
    parts.push(part);
    i += part.text.length;
    words = i;
  }
  return words < text.length ? [...parts, { kind: 'words', text: text.slice(words), at: words }] : parts;
}

/** The characters with which a formula, code or a comment can begin. */
const beginnings = ({ comment, delimiters: { inline, display } }: Target): ReadonlySet<string> =>
  new Set([...[comment, ...inline, ...display].map(({ open }) => open[0] ?? ''), '`', '\\', '<']);

/** Formulas of a text, by the delimiters of its target. */
export const printedFormulas = (target: Target, printed: string): PrintedFormula[] =>
  formulasOf(target, scan(target, printed));

/** Those of a text that is scanned already. */
export function formulasOf(target: Target, parts: readonly Part[]): PrintedFormula[] {
  const text = parts.map((p) => p.text).join('');
  let [line, counted] = [1, 0];
  return parts.flatMap((p) => {
    if (p.delimiters === undefined) return [];
    line += text.slice(counted, p.at).split('\n').length - 1;
    counted = p.at;
    const { open, close } = p.delimiters;
    const before = text[p.at - 1] ?? ' ';
    const after = text[p.at + p.text.length] ?? ' ';
    return {
      display: p.kind === 'display',
      latex: bare(target, p.text.slice(open.length, p.text.length - close.length)),
      whole: p.text,
      beside: `${before}${p.text}${after}`.replace(/^\n|\n$/g, ' '),
      inCell: target.writer === 'markdown' && text[text.lastIndexOf('\n', p.at) + 1] === '|',
      line,
    };
  });
}

/** A formula without what the host reads for itself: options of a directive, a label, entities. */
function bare({ writer }: Target, inner: string): string {
  if (writer === 'html')
    return inner
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&');
  return writer === 'latex'
    ? inner.replace(/^(?:\\label\{[^}]*\})/, '')
    : inner.replace(/^(?::[a-z]+: .*\n)+\n/, '');
}

function partAt(target: Target, text: string, i: number): Part | null {
  return commentAt(target, text, i) ?? formulaAt(target, text, i) ?? codeAt(target, text, i);
}

function formulaAt({ delimiters }: Target, text: string, i: number): Part | null {
  for (const kind of ['display', 'inline'] as const)
    for (const pair of delimiters[kind]) {
      const end = text.startsWith(pair.open, i) ? endOf(pair, text, i) : -1;
      if (end < 0) continue;
      const inner = text.slice(i, end);
      if (kind === 'display' || !/\n[ \t]*\n/.test(inner))
        return { kind, text: inner, at: i, delimiters: pair };
    }
  return null;
}

/** Where what begins at `i` ends, behind its closing delimiter; -1 where it doesn't. */
function endOf({ open, close }: Delimiters, text: string, i: number): number {
  for (let j = i + open.length; j < text.length; j++) {
    if (text.startsWith(close, j)) return j + close.length;
    if (text[j] === '\\') j++;
  }
  return -1;
}

function commentAt({ comment: { open, close } }: Target, text: string, i: number): Part | null {
  if (!text.startsWith(open.trim(), i)) return null;
  const end = text.indexOf(close.trim() === '' ? '\n' : close.trim(), i + open.trim().length);
  if (end < 0) return null;
  return { kind: 'comment', text: text.slice(i, end + close.trim().length), at: i };
}

/** Code of each writer, with its end: a fence, a run of backticks, an element, an environment. */
const CODE: Readonly<Record<Target['writer'], RegExp>> = {
  markdown: /(?<=^|\n)(`{3,})[\s\S]*?\n\1(?=\n|$)|(`+)(?!`)[\s\S]*?[^`]\2(?!`)/y,
  latex: /\\begin\{verbatim\}[\s\S]*?\\end\{verbatim\}/y,
  html: /<(pre|code)>[\s\S]*?<\/\1>/y,
};

function codeAt({ writer }: Target, text: string, i: number): Part | null {
  const pattern = new RegExp(CODE[writer]);
  pattern.lastIndex = i;
  const code = pattern.exec(text)?.[0];
  return code === undefined ? null : { kind: 'code', text: code, at: i };
}
