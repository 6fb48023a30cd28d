// A formula's LaTeX as a host reads it: what Markdown would eat, what a host blocks or can't convert, in other words.

/**
 * LaTeX that survives Markdown: an escape such as `\,` would lose its backslash, a bar would end a table's cell,
 * and braces side by side are template marks to some site builders.
 */
export function portable(latex: string): string {
  return common(latex)
    .replace(/\\(\\|[,:;!{}|])/g, (all, c: string) => NAMED[c] ?? all)
    .replace(/\|/g, '\\vert ')
    .replace(/</g, '\\lt ')
    .replace(/>/g, '\\gt ')
    .replace(/\{(?=[{%#])/g, '{ ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The same for pandoc: its MathML and Word formulas come out as source where a space has a name, or after \Bigl. */
export const forPandoc = (latex: string): string =>
  portable(latex)
    .replace(/\\(thin|med|thick|negthin)space(?![A-Za-z]) ?/g, (_, name: string) => SHORT[name] ?? '')
    .replace(/\\Big[lr](?![A-Za-z])/g, '\\Big');

/** The same for GitHub, which blocks \operatorname, \mbox and \phantom. */
export const forGithub = (latex: string): string =>
  portable(latex)
    .replace(/\\operatorname\*\s*\{/g, '\\mathop{\\mathrm ')
    .replace(/\\operatorname\s*\{([^{}]*)\}/g, '\\mathop{\\mathrm{$1}}\\nolimits ')
    .replace(/\\mbox(?![A-Za-z])/g, '\\text')
    .replace(/\\[hv]?phantom\s*\{[^{}]*\}/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();

/** \bm needs a package in LaTeX, and KaTeX alone knows it elsewhere. */
export const common = (latex: string): string => latex.replace(/\\bm(?![A-Za-z])/g, '\\boldsymbol');

const SHORT: Readonly<Record<string, string>> = { thin: '\\,', med: '\\:', thick: '\\;', negthin: '\\!' };

const NAMED: Readonly<Record<string, string>> = {
  ',': '\\thinspace ',
  ':': '\\medspace ',
  ';': '\\thickspace ',
  '!': '\\negthinspace ',
  '{': '\\lbrace ',
  '}': '\\rbrace ',
  '|': '\\Vert ',
};
