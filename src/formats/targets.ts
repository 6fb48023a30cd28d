// Where a text goes: one row for each host. A row serves printing, embedding in place, and the lint of what is printed.

import { UserError } from '../expr/error.ts';
import { suggestion } from '../text/nearest.ts';
import { escapeHtml } from './html-pen.ts';
import { mathTex } from './latex-pen.ts';
import type { Limit } from './limits.ts';
import * as limits from './limits.ts';
import { common, forGithub, forPandoc, portable } from './spelling.ts';

/** A displayed formula with its name, `BP2`, and what it is referred to by, `eq-bp2`; either may be missing. */
export interface Equation {
  readonly latex: string;
  readonly tag: string | null;
  readonly id: string | null;
}

/** What a formula or a comment stands between. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
}

export interface Target {
  readonly name: string;
  /** How running text, tables and lists are marked up. */
  readonly writer: 'markdown' | 'latex' | 'html';
  /** Endings of the files that it is chosen by where nobody names a target; `.md` is GitHub's. */
  readonly extensions: readonly string[];
  /** A formula's LaTeX as this host reads it. */
  readonly spell: (latex: string) => string;
  /**
   * A spelled formula in running text. `glued`: something other than a space stands right before it, or a letter or digit
   * right after it.
   */
  readonly inline: (latex: string, glued: boolean) => string;
  /** A spelled formula set apart, with its number and its id in the host's way. */
  readonly display: (equation: Equation) => string;
  /** What leads to a displayed equation, and shows its number. */
  readonly reference: (equation: Omit<Equation, 'latex'>) => string;
  /** What follows a heading's words so that links find it. */
  readonly headingId: (id: string) => string;
  /** A comment: what managed regions are marked with. Each stands on a line of its own, blank lines around it. */
  readonly comment: Delimiters;
  /** Whether <details> may stand in the text. */
  readonly details: boolean;
  /** By what formulas are found in a text, in the order in which they are tried. */
  readonly delimiters: { readonly inline: readonly Delimiters[]; readonly display: readonly Delimiters[] };
  /** What may never be printed for it. */
  readonly limits: readonly Limit[];
}

const between = (open: string, close = open): Delimiters => ({ open, close });

const dollars = (latex: string): string => `$${latex}$`;
const nothing = (): string => '';
const attribute = (id: string): string => ` {#${id}}`;
const html = between('<!-- ', ' -->');

/** `\tag{BP2}` behind a formula. */
const tagged = ({ latex, tag }: Equation): string => (tag === null ? latex : `${latex} \\tag{${tag}}`);
/** The number as text, for hosts that drop \tag or number by themselves. */
const numbered = ({ latex, tag }: Equation): string =>
  tag === null ? latex : `${latex} \\qquad \\text{(${tag})}`;

const block = (latex: string): string => `$$\n${latex}\n$$`;
/** Only what has a name can be referred to. */
const named = ({ tag, id }: Omit<Equation, 'latex'>): string | null => (tag === null ? null : id);
const link =
  (to: (id: string) => string) =>
  (e: Omit<Equation, 'latex'>): string => {
    const id = named(e);
    return id === null ? `(${e.tag ?? ''})` : `[(${e.tag})](${to(id)})`;
  };
const toId = link((id) => `#${id}`);

/** A display below an anchor in HTML. */
const anchored =
  (anchor: (id: string) => string) =>
  (e: Equation): string => {
    const id = named(e);
    return `${id === null ? '' : `${anchor(id)}\n\n`}${block(tagged(e))}`;
  };
const htmlAnchor = (id: string): string => `<a id="${id}"></a>`;

/** A dollar formula that no rule of Markdown can touch: no escapes, no emphasis, no HTML. */
const isPlain = (latex: string): boolean => !/\\[^A-Za-z]|[*<>&|~`[\]!]|(^|[^A-Za-z0-9])_/.test(latex);

/** GitHub keeps `\\` between dollars at the end of a line only. */
const breaksInside = (latex: string): boolean => /\\\\(?!\n)/.test(latex);

/** LaTeX's names for `eq-bp2` and for headings: `eq:bp2`. */
export const latexLabel = (id: string): string => id.replace(/^eq-/, 'eq:');
/** Quarto numbers what begins with `eq-`. */
const quartoId = (id: string): string => (id.startsWith('eq-') ? id : `eq-${id}`);

/** Checked as a whole, and kept in its lines. */
function forLatex(latex: string): string {
  mathTex({ latex });
  return common(latex)
    .split('\n')
    .map((line) => mathTex({ latex: line }))
    .join('\n');
}

const dollarRow: Omit<Target, 'name' | 'limits'> = {
  writer: 'markdown',
  extensions: [],
  spell: portable,
  inline: dollars,
  display: anchored(htmlAnchor),
  reference: toId,
  headingId: nothing,
  comment: html,
  details: true,
  delimiters: { inline: [between('$')], display: [between('$$')] },
};

export const targets: readonly Target[] = [
  {
    ...dollarRow,
    name: 'github',
    extensions: ['.md', '.markdown'],
    spell: forGithub,
    inline: (latex, glued) => (isPlain(latex) && !glued ? dollars(latex) : `$\`${latex}\`$`),
    display: (e) => (breaksInside(e.latex) ? `\`\`\`math\n${tagged(e)}\n\`\`\`` : block(tagged(e))),
    // GitHub's anchors are those of headings.
    reference: ({ tag }) => `(${tag ?? ''})`,
    delimiters: {
      inline: [between('$`', '`$'), between('$')],
      display: [between('```math\n', '\n```'), between('$$')],
    },
    limits: [...limits.markdown, ...limits.github, limits.lostEscape],
  },
  {
    ...dollarRow,
    name: 'pandoc',
    extensions: ['.rmd'],
    spell: forPandoc,
    // \tag is dropped on the way to MathML and Word. The empty span is pandoc's anchor in every format that it writes.
    display: (e) => `${named(e) === null ? '' : `[]{#${named(e)}}\n`}${block(numbered(e))}`,
    headingId: attribute,
    details: false,
    limits: [...limits.markdown, ...limits.pandoc],
  },
  {
    ...dollarRow,
    name: 'quarto',
    extensions: ['.qmd'],
    spell: forPandoc,
    // What has an id is numbered by Quarto.
    display: (e) => {
      const id = named(e);
      return id === null ? block(numbered(e)) : `${block(e.latex)} {#${quartoId(id)}}`;
    },
    reference: (e) => (named(e) === null ? toId(e) : `@${quartoId(named(e) ?? '')}`),
    headingId: attribute,
    details: false,
    limits: [...limits.markdown, ...limits.pandoc],
  },
  {
    ...dollarRow,
    name: 'myst',
    display: (e) => {
      const id = named(e);
      const options = `:label: ${id}\n:enumerator: ${e.tag}`;
      return id === null ? block(tagged(e)) : `\`\`\`{math}\n${options}\n\n${e.latex}\n\`\`\``;
    },
    reference: (e) => (named(e) === null ? toId(e) : `[](#${named(e)})`),
    details: false,
    delimiters: {
      inline: [between('$')],
      display: [between('```{math}\n', '\n```'), between('$$')],
    },
    limits: [...limits.markdown, limits.lostEscape, limits.ownNumber],
  },
  {
    ...dollarRow,
    name: 'mdx',
    extensions: ['.mdx'],
    display: anchored((id) => `<a id="${id}" />`),
    comment: between('{/* ', ' */}'),
    limits: [...limits.markdown, ...limits.mdx, limits.lostEscape],
  },
  {
    ...dollarRow,
    name: 'vitepress',
    headingId: attribute,
    limits: [...limits.markdown, limits.lostEscape],
  },
  {
    ...dollarRow,
    name: 'obsidian',
    display: (e) => `${block(tagged(e))}${named(e) === null ? '' : `\n^${named(e)}`}`,
    reference: link((id) => `#^${id}`),
    comment: between('%% ', ' %%'),
    limits: [...limits.markdown, limits.lostEscape, limits.foreignComment],
  },
  {
    ...dollarRow,
    name: 'ipynb',
    extensions: ['.ipynb'],
    limits: [...limits.markdown, limits.lostEscape],
  },
  {
    ...dollarRow,
    name: 'latex',
    writer: 'latex',
    extensions: ['.tex'],
    spell: forLatex,
    display: ({ latex, tag, id }) => {
      const label = tag === null || id === null ? '' : `\\label{${latexLabel(id)}}`;
      const number = tag === null ? '' : `\\tag{${tag}}`;
      const name = tag === null ? 'equation*' : 'equation';
      return `\\begin{${name}}${label}${number}\n${latex}\n\\end{${name}}`;
    },
    reference: (e) => (named(e) === null ? `(${e.tag ?? ''})` : `\\eqref{${latexLabel(named(e) ?? '')}}`),
    comment: between('% ', ''),
    details: false,
    delimiters: {
      inline: [between('$')],
      display: ['equation*', 'equation'].map((name) => between(`\\begin{${name}}`, `\\end{${name}}`)),
    },
    limits: limits.latex,
  },
  {
    ...dollarRow,
    name: 'html',
    writer: 'html',
    extensions: ['.html', '.htm'],
    inline: (latex) => `\\(${escapeHtml(latex)}\\)`,
    display: (e) => {
      const id = named(e);
      return `<div class="equation"${id === null ? '' : ` id="${id}"`}>\\[\n${escapeHtml(tagged(e))}\n\\]</div>`;
    },
    reference: (e) =>
      named(e) === null ? `(${e.tag ?? ''})` : `<a href="#${named(e)}">(${e.tag ?? ''})</a>`,
    delimiters: { inline: [between('\\(', '\\)')], display: [between('\\[', '\\]')] },
    limits: limits.html,
  },
];

/** Targets that Markdown is written for. */
export const markdownTargets: readonly string[] = targets
  .filter((t) => t.writer === 'markdown')
  .map((t) => t.name);

/** A target by its name. Throws a `UserError` with the known ones. */
export function targetNamed(name: string): Target {
  const found = targets.find((t) => t.name === name);
  if (found !== undefined) return found;
  const names = targets.map((t) => t.name);
  throw new UserError(`unknown target "${name}"${suggestion(name, names)}`);
}

/** The target that a file is chosen for by its ending, or null: `notes.md` is GitHub's. */
export function targetOfFile(path: string): Target | null {
  const ending = /\.[^./\\]*$/.exec(path)?.[0].toLowerCase() ?? '';
  return targets.find((t) => t.extensions.includes(ending)) ?? null;
}
