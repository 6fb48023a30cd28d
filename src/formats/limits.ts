// What may not be printed for a host: each limit a pattern, and in which part of a text it is looked for.

/** Where a limit is looked for. */
export type Place =
  /** Inside the formulas set apart, inside those in running text, inside both. */
  | 'display'
  | 'inline'
  | 'formula'
  /** A formula in running text with its delimiters and one character (a space at a line's end) on either side. */
  | 'beside'
  /** A formula set apart with its delimiters. */
  | 'whole'
  /** A formula in a table's cell, with its delimiters. */
  | 'cell'
  /** What is neither formula nor code. */
  | 'words'
  /** Everything. */
  | 'all';

export interface Limit {
  /** Its name, said with each fault. */
  readonly rule: string;
  readonly place: Place;
  readonly fault: RegExp;
}

const DEFINITION =
  /\\(?:[gex]?def|let|(?:re)?newcommand|providecommand|newenvironment|DeclareMathOperator)(?![A-Za-z])/;

/** In every formula, for whomever it is: what no two typesetters read alike. */
const everywhere: readonly Limit[] = [
  { rule: 'definition', place: 'formula', fault: DEFINITION },
  {
    rule: 'unportable-macro',
    place: 'formula',
    fault:
      /\\(?:bm|(?:text|page|f?box)?color|colorbox|x?cancel|bcancel|html(?:Id|Class|Style|Data)|href|url|require|class|style|unicode|ensuremath)(?![A-Za-z])/,
  },
  { rule: 'blank-line', place: 'formula', fault: /\n[ \t]*\n/ },
  {
    rule: 'han-outside-text',
    place: 'formula',
    fault: /^(?:[^\\]|\\(?!text\{)|\\text\{[^{}]*\})*?\p{Script=Han}/u,
  },
  { rule: 'tag-inside', place: 'display', fault: /\\begin\{(\w+\*?)\}(?:(?!\\end\{\1\})[\s\S])*\\tag\b/ },
  { rule: 'two-tags', place: 'display', fault: /\\tag\b[\s\S]*\\tag\b/ },
  { rule: 'tag-in-words', place: 'inline', fault: /\\tag\b/ },
];

/** The raw signs that Markdown and HTML take for their own. */
const angle: Limit = { rule: 'angle', place: 'formula', fault: /[<>]/ };
/** Site builders' marks; `{#id}` behind a heading or an equation is an attribute. */
const templateMark: Limit = {
  rule: 'template-mark',
  place: 'all',
  fault: /\{\{|\{%|\{<|\{#(?![A-Za-z][\w-]*\}(?:\n|$))/,
};
/** References are the host's own, and no formula's. */
const label: Limit = { rule: 'label', place: 'formula', fault: /\\(?:label|ref|eqref)\b/ };

export const markdown: readonly Limit[] = [
  ...everywhere,
  angle,
  templateMark,
  label,
  { rule: 'padded', place: 'inline', fault: /^\s|\s$/ },
  { rule: 'digit-after', place: 'beside', fault: /[^`]\$\d$/ },
  { rule: 'bar-in-cell', place: 'cell', fault: /\|/ },
  { rule: 'break-in-cell', place: 'cell', fault: /\\\\/ },
];

/** An escape that Markdown takes for its own, its backslash lost: `\,` is a comma then. */
export const lostEscape: Limit = { rule: 'lost-escape', place: 'formula', fault: /(?<!\\)\\[,:;!{}|]/ };

/** The host numbers what has a label. */
export const ownNumber: Limit = { rule: 'own-number', place: 'whole', fault: /:label:[\s\S]*\\tag\b/ };

export const foreignComment: Limit = { rule: 'foreign-comment', place: 'words', fault: /<!--|\{\/\*/ };

export const github: readonly Limit[] = [
  {
    rule: 'blocked-macro',
    place: 'formula',
    fault: /\\(?:operatorname|mbox|[hv]?phantom)(?![A-Za-z])/,
  },
  { rule: 'glued', place: 'beside', fault: /^\S\$(?!`)|[^`]\$[\p{L}\p{N}]$/u },
  {
    rule: 'eaten',
    place: 'beside',
    fault: /^.\$(?!`)[\s\S]*(?:\\[^A-Za-z]|[*<>&|~`[\]!]|[^A-Za-z0-9]_)[\s\S]*\$.$/,
  },
  { rule: 'break-inside', place: 'whole', fault: /^\$\$[\s\S]*\\\\(?!\n)/ },
];

export const pandoc: readonly Limit[] = [
  // pandoc has no formula of MathML and Word for these.
  { rule: 'named-space', place: 'formula', fault: /\\(?:thin|med|thick|negthin)space\b/ },
  { rule: 'big-bracket', place: 'formula', fault: /\\Big[lrm](?![A-Za-z])/ },
  // Dropped by pandoc without a word; Quarto numbers by itself.
  { rule: 'lost-tag', place: 'formula', fault: /\\tag\b/ },
];

export const mdx: readonly Limit[] = [
  { rule: 'foreign-comment', place: 'words', fault: /<!--|%%/ },
  // An expression of JavaScript begins.
  { rule: 'brace', place: 'words', fault: /(?<!\\)\{(?!\/\*)/ },
  { rule: 'tag-of-jsx', place: 'words', fault: /(?<!\\)<(?!\/?(?:details|summary)>|a id="[\w-]+" \/>|!--)/ },
];

export const latex: readonly Limit[] = [
  ...everywhere,
  // What only the preamble of a whole document defines.
  {
    rule: 'macro-of-a-document',
    place: 'all',
    fault:
      /\\(?:step|brk|softbrk|fit|eqname|numbers|remark|cardrow|shown|setapart|(?:top|mid|bottom)rule|hyperref|href|texorpdfstring|phantomsection)(?![A-Za-z])/,
  },
  { rule: 'name-of-katex', place: 'formula', fault: /\\(?:lt|gt|htmlId)(?![A-Za-z])/ },
  { rule: 'mark-of-markdown', place: 'words', fault: /\*\*|\$\$|<!--/ },
];

export const html: readonly Limit[] = [
  ...everywhere,
  angle,
  templateMark,
  label,
  { rule: 'dollar', place: 'words', fault: /\$\$/ },
  { rule: 'mark-of-markdown', place: 'words', fault: /\*\*|\n\n#/ },
];
