// What a format is: a document's blocks -> the text of one file.

import type { DocumentText } from '../document/blocks.ts';
import type { Figure } from '../document/figures/shapes.ts';

export interface FormatOptions {
  /** For whom Markdown is written: github, pandoc, ... */
  readonly target?: string;
  /** Keeps a picture as a file beside the text and gives its path from there; left out, a text format prints none. */
  readonly figure?: (figure: Figure) => string;
  /** What the HTML page is made of. */
  readonly page?: PageParts;
  /** Characters in a line of text; formulas are not broken. */
  readonly width?: number;
}

/** KaTeX and the files of an offline page, handed in by a door: the core reads no files. */
export interface PageParts {
  readonly typeset: Typeset;
  /** The page around the body, an eta template. */
  readonly shell: string;
  /** The page's own style sheet. */
  readonly css: string;
  /** The page's own script: its switches, and copying. */
  readonly script: string;
  /** KaTeX's style sheet as it ships. */
  readonly katexCss: string;
  /** Font files by name without folder (`KaTeX_Main-Regular.woff2`), as base64. */
  readonly font: (file: string) => string;
  /** The fonts' licence in full. */
  readonly fontLicence: string;
}

/** LaTeX -> HTML with MathML inside. Throws where the formula can't be typeset. */
export type Typeset = (latex: string, display: boolean) => string;

export interface Format {
  readonly name: string;
  readonly extension: string;
  readonly render: (document: DocumentText, options: FormatOptions) => string;
}
