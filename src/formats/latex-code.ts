// Code in LaTeX, line by line, as it is.

import { withSigns } from './latex-characters.ts';
import { codeWordsTex, environment } from './latex-pen.ts';

/** Characters of code that fit on a line in small letters, and in those for footnotes. */
const CODE = { small: 84, footnotesize: 94 } as const;

/** A block of code in small letters. */
export function codeTex(text: string): string {
  const lines = linesOf(text.replaceAll('\\end{verbatim}', '\\end {verbatim}'));
  const size = sizeOf(lines);
  return `{\\${size}\n\\begin{verbatim}\n${lines.join('\n')}\n\\end{verbatim}}`;
}

const linesOf = (text: string): string[] =>
  text
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .split('\n')
    .flatMap(wrapped);

const sizeOf = (lines: readonly string[]): keyof typeof CODE =>
  lines.every((line) => line.length <= CODE.small) ? 'small' : 'footnotesize';

/** The same without a preamble: characters that a document's fonts lack are formulas, which no verbatim text can hold. */
export function plainCodeTex(text: string): string {
  const lines = linesOf(text);
  const words = (line: string): string[] =>
    line.split(' ').map((word) => (word === '' ? '' : withSigns(codeWordsTex(word))));
  const printed = lines.map((line) => `\\mbox{}${words(line).join('~')}`);
  return environment('flushleft', [`\\${sizeOf(lines)}\\ttfamily`, printed.join('\\\\\n')]);
}

/** A line of code, gone on further in on the next line where it is too long. */
function wrapped(line: string): string[] {
  if (line.length <= CODE.footnotesize) return [line];
  const space = line.lastIndexOf(' ', CODE.footnotesize);
  const indent = /^ */.exec(line)?.[0].slice(0, 20) ?? '';
  const end = space > indent.length ? space : CODE.footnotesize;
  return [line.slice(0, end), ...wrapped(`${indent}    ${line.slice(end).trimStart()}`)];
}
