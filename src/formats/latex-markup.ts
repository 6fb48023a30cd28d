// LaTeX's marks in a text that stands in somebody else's document: amsmath and amssymb, and no macro of ours.

import { withSigns } from './latex-characters.ts';
import { plainCodeTex } from './latex-code.ts';
import { codeWordsTex, environment, escapeTex } from './latex-pen.ts';
import type { Markup } from './markup.ts';

const SECTIONS = ['section', 'section', 'subsection', 'subsubsection'] as const;

export const latexMarkup: Markup = {
  words: (words) => withSigns(escapeTex(words)),
  code: (text) => withSigns(codeWordsTex(text)),
  strong: (piece) => `\\textbf{${piece}}`,
  em: (piece) => `\\emph{${piece}}`,
  // A link needs a package that the document may not have.
  link: (_, piece) => piece,
  heading: (level, piece) => `\\${SECTIONS[level - 1]}{${piece}}`,
  paragraph: (piece) => piece,
  list: (ordered, pieces) =>
    environment(
      ordered ? 'enumerate' : 'itemize',
      pieces.map((piece) => `\\item ${piece}`),
    ),
  table(head, rows, align) {
    const row = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;
    const columns = head.map((_, i) => (align[i] === 'right' ? 'r' : 'l')).join('');
    const lines = [row(head), '\\hline', ...rows.map(row)].join('\n');
    return environment('center', [`\\begin{tabular}{${columns}}\n${lines}\n\\end{tabular}`]);
  },
  quote: (blocks) => environment('quote', [blocks]),
  fold: (summary, blocks) => `\\paragraph{${summary}}\n${blocks}`,
  codeBlock: (_, text) => plainCodeTex(text),
  image: (path, _, caption) =>
    environment('center', [`\\includegraphics{\\detokenize{${path}}}\\par\\small ${caption}`]),
  apart: '\n\n',
  below: '\n',
};
