// What a site's author says once, where the plugin is used.

import type { Block, Display } from '../../document/blocks.ts';
import type { Katex } from '../../formats/typeset.ts';
import type { LanguageCode } from '../../lang/codes.ts';
import type { FormatWords } from '../../lang/types.ts';
import type { ParseFormula } from '../../model/spec.ts';
import type { Memory, NotebookOptions, Source } from '../notebook.ts';
import type { Origin } from '../written.ts';
import type { Token, TokenClass } from './host.ts';

/** Options of the plugin. */
export interface PluginOptions {
  /**
   * Finds the network or notation file that a page names: `{text, fileName}`, or its keys as `{content}`; null where there is none.
   * `env` is what the host handed to `render`.
   */
  readonly resolve?: (name: string, what: 'network' | 'notation', env: unknown) => Source | null;
  /** Names that `resolve` knows, for "did you mean". */
  readonly known?: () => readonly string[];
  /** A document template of the package, for sections and figures of the course; `notesFolder` has them. */
  readonly template?: NotebookOptions['template'];
  /** Reads an activation or a loss of one's own, from `loadFormulaParser`; without it a network with one is refused. */
  readonly parseFormula?: ParseFormula;
  /**
   * What typesets formulas where the host has no renderer of its own for them: left out, the package's KaTeX (its style sheet is
   * `chainrule/katex/katex.min.css`); false: none, formulas stand as `\(..\)` and `\[..\]` for a script in the browser.
   */
  readonly katex?: Katex | false;
  /** What is derived, kept from page to page; left out, each markdown-it has a memory of its own. */
  readonly memory?: Memory;
  /** How a page is called in messages; left out, as `env.relativePath` or `env.path` says, else `notes.md`. */
  readonly file?: string | ((env: unknown) => string);
  /** How many lines of its file the host has taken off above what it hands over; `notesFolder` knows it of VitePress. */
  readonly linesAbove?: (env: unknown) => number;
  /** The language of pages that say none. */
  readonly lang?: LanguageCode;
  /** The notation of pages that say none. */
  readonly notation?: string;
}

/** The names of the tokens that hold formulas, so that a host's own renderer takes them. */
export interface MathTypes {
  readonly inline: string;
  readonly block: string;
}

/** What tokens are made with. */
export interface TokenPen {
  readonly Token: TokenClass;
  readonly math: MathTypes;
  readonly words: FormatWords;
  readonly lang: string;
  readonly map: [number, number] | null;
  readonly origin: Origin;
}

/** How the blocks of a piece are printed, and an author's own formula that is set apart. */
export interface Print {
  readonly piece: (blocks: readonly Block[], pen: TokenPen) => Token[];
  readonly equation: (display: Display, pen: TokenPen) => Token[];
}

export interface Setup {
  readonly options: PluginOptions;
  readonly memory: Memory;
  readonly print: Print;
  readonly math: () => MathTypes;
}
