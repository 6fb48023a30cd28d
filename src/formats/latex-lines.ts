// Rows of formulas in LaTeX: displays as amsmath sets them, derivations as steps with their reasons and numbers.

import type {
  DerivationBlock,
  Display,
  DisplayRow,
  LemmaBlock,
  Line,
  LineNumbers,
} from '../document/blocks.ts';
import type { Formula } from '../lang/phrase.ts';
import { inlineTex, type LatexPen, label, mathTex, phraseTex } from './latex-pen.ts';
import { breakable, latexWidth } from './latex-width.ts';

/** From this width on (in ems) a right side is given places to break. */
const LONG = 20;
/** A display with more lines than these may go on on the next page. */
const TALL = 11;
/** The width of a row that amsmath can set within the margins. */
const TEXT = 36;

/** A right side, with places to break where it is long. */
export const rightTex = (right: Formula): string => {
  const latex = mathTex(right);
  return latexWidth(latex) > LONG ? breakable(latex) : latex;
};

/** Equations set apart. Rows too wide for amsmath are set as steps, which can be broken. */
export function displayTex(b: Display): string {
  const width = (r: DisplayRow): number =>
    [r.left, r.right, r.where].reduce((w, f) => w + (f === null ? 0 : latexWidth(f.latex) + 1.5), 0);
  const tag = b.tag === null ? 0 : 4;
  if (Math.max(...b.rows.map(width)) + tag > TEXT) return stepsTex(b);
  const named = b.tag === null ? '' : ` \\tag{${b.tag}}\\label{${label(b.id ?? b.tag)}}`;
  const [only] = b.rows;
  if (b.rows.length === 1 && only !== undefined) {
    const where = only.where === null ? '' : ` \\qquad ${mathTex(only.where)}`;
    const left = only.left === null ? '' : `${mathTex(only.left)} = `;
    return `\\begin{equation*}\n  ${left}${mathTex(only.right)}${where}${named}\n\\end{equation*}`;
  }
  const rows = b.rows.map((r) => {
    const left = r.left === null ? '&' : `${mathTex(r.left)} &= `;
    return `  ${left}${mathTex(r.right)}${r.where === null ? '' : ` && ${mathTex(r.where)}`}`;
  });
  const display = `\\begin{align*}\n${rows.join(' \\\\\n')}${named}\n\\end{align*}`;
  return heightOf(b) > TALL ? `{\\allowdisplaybreaks\n${display}}` : display;
}

/** Lines in a display, those of matrices counted. */
const heightOf = (b: Display): number =>
  b.rows.reduce((sum, r) => sum + r.right.latex.split('\\\\').length, 0);

function stepsTex(b: Display): string {
  const rows = b.rows.map((r, i) => {
    const tag = b.tag !== null && i === b.rows.length - 1 ? name(b.tag, b.id) : '';
    const left = r.left === null ? '' : mathTex(r.left);
    const where = r.where === null ? '' : inlineTex(r.where);
    return `\\step${tag}{${left}}{${r.left === null ? '' : '= '}${rightTex(r.right)}}{${where}}{}`;
  });
  return derivation(
    b.rows.flatMap((r) => r.left ?? []),
    rows,
  );
}

const name = (tag: string, id: string | null): string => `[\\eqname{${tag}}{${label(id ?? tag)}}]`;

/** The environment, told which left sides may be the widest. */
function derivation(lefts: readonly Formula[], rows: readonly string[]): string {
  const all = [...new Set(lefts.map(mathTex))].map((latex) => ({ latex, width: latexWidth(latex) }));
  const least = 0.75 * Math.max(0, ...all.map((l) => l.width));
  const fits = all.filter((l) => l.width >= least).map((l) => `\\fit{${l.latex}}`);
  return `\\begin{derivation}{${fits.join('')}}\n${rows.join('\n')}\n\\end{derivation}`;
}

/** Line by line: formula, reason, numbers. The finer steps are left out: paper can't fold them. */
export function derivationTex(d: DerivationBlock, pen: LatexPen): string {
  const lefts = d.lines.flatMap((line) => [
    ...(line.showLeft ? [line.left] : []),
    ...(line.numbers === null
      ? []
      : [line.numbers.left, ...(line.numbers.whole?.left ? [line.numbers.whole.left] : [])]),
  ]);
  return derivation(
    lefts,
    d.lines.flatMap((line) => lineTex(line, pen)),
  );
}

function lineTex(line: Line, pen: LatexPen): string[] {
  const tag = line.tag === null ? '' : name(line.tag, line.id);
  const left = line.showLeft ? mathTex(line.left) : '';
  const anchor = line.tag === null && line.id !== null && pen.linked.has(line.id) ? anchorTex(line.id) : '';
  const why = `${anchor}${phraseTex(line.why, pen)}`;
  const numbers = line.numbers === null ? '' : numbersTex(line.numbers, pen);
  return [
    ...line.lemmas.map((l) => lemmaTex(l, pen)),
    `\\step${tag}{${left}}{= ${rightTex(line.right)}}{${why}}{${numbers}}`,
  ];
}

/** A place that links lead to. */
export const anchorTex = (id: string): string => `\\phantomsection\\label{${label(id)}}`;

function numbersTex(n: LineNumbers, pen: LatexPen): string {
  const middle = n.substituted === null ? '' : `= ${rightTex(n.substituted)} \\brk `;
  const rows = [`\\numbers{${mathTex(n.left)}}{${middle}= ${mathTex(n.value)}}`];
  if (n.whole !== null) rows.push(`\\numbers{${mathTex(n.whole.left)}}{= ${mathTex(n.whole.right)}}`);
  if (n.remark !== null)
    rows.push(`\\remark{${pen.words.capital(phraseTex(n.remark, pen))}${pen.words.fullStop}}`);
  return `%\n  ${rows.join('%\n  ')}`;
}

function lemmaTex(lemma: LemmaBlock, pen: LatexPen): string {
  const inner = derivationTex(lemma.derivation, pen);
  return `\\begin{lemma}{${pen.words.capital(phraseTex(lemma.lead, pen))}}\n${inner}\n\\end{lemma}`;
}
