// How wide a formula comes out in LaTeX, and where a long one may be broken. TeX measures exactly; this decides what to offer.

import { latexTokens } from '../document/figures/latex-tokens.ts';
import { glyph } from '../document/figures/metrics.ts';

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

const WIDE: Readonly<Record<string, number>> = {
  '\\sum': 1.6,
  '\\prod': 1.4,
  '\\odot': 1.3,
  '\\oslash': 1.3,
  '\\cdot': 0.75,
  '\\times': 1.25,
  '\\quad': 1,
  '\\qquad': 2,
  '\\thinspace': 0.17,
  '\\medspace': 0.22,
  '\\thickspace': 0.28,
  '\\,': 0.17,
  '\\;': 0.28,
  '\\:': 0.22,
  '\\!': 0,
  '\\left': 0,
  '\\right': 0,
  '\\vert': 0.28,
  '\\lvert': 0.28,
  '\\rvert': 0.28,
  '\\lVert': 0.5,
  '\\rVert': 0.5,
  '\\dots': 1.2,
  '\\cdots': 1.2,
};
const STYLES =
  /^\\(?:mathsf|mathbf|mathrm|mathcal|mathit|text|operatorname|boldsymbol|hat|bar|tilde|vec|displaystyle|limits|bigg?[lrm]?|Bigg?[lrm]?)$/;
const LARGE = /^\\(?:frac|dfrac)$/;

/** The estimated width in ems of the text's size, in display style. */
export function latexWidth(latex: string): number {
  return rowWidth({ tokens: latexTokens(latex), at: 0 }, null);
}

function rowWidth(c: Cursor, end: string | null): number {
  let width = 0;
  while (c.at < c.tokens.length && c.tokens[c.at] !== end) width += atomWidth(c);
  c.at++;
  return width;
}

function groupWidth(c: Cursor): number {
  while (c.tokens[c.at] === ' ') c.at++;
  return atomWidth(c);
}

function atomWidth(c: Cursor): number {
  const token = c.tokens[c.at++] ?? '';
  if (token === '{') return rowWidth(c, '}');
  if (token === ' ' || token === '}') return 0;
  if (token === '_' || token === '^') return scriptsWidth(c);
  if (token === '=' || token === '+' || token === '−') return 1.2;
  if (LARGE.test(token)) return Math.max(groupWidth(c), groupWidth(c)) + 0.24;
  if (token === '\\begin') return environmentWidth(c);
  if (token === '\\substack') return Math.max(...cellRows(c).map((r) => r.reduce((a, b) => a + b, 0)));
  if (!token.startsWith('\\')) return glyph(token);
  if (STYLES.test(token)) return 0;
  return WIDE[token] ?? (token.length > 6 ? 0.7 : 0.6);
}

/** Subscript and superscript stand over one another. */
function scriptsWidth(c: Cursor): number {
  const first = groupWidth(c);
  const next = c.tokens[c.at];
  if (next !== '_' && next !== '^') return 0.7 * first;
  c.at++;
  return 0.7 * Math.max(first, groupWidth(c));
}

/** A matrix: its columns as wide as their widest cells. */
function environmentWidth(c: Cursor): number {
  const rows = cellRows(c);
  const columns = Math.max(...rows.map((r) => r.length));
  let width = 1;
  for (let i = 0; i < columns; i++) width += Math.max(...rows.map((r) => r[i] ?? 0)) + 1;
  return width;
}

/** The widths of the cells of what stands in braces and, after \begin, up to \end. */
function cellRows(c: Cursor): number[][] {
  const matrix = c.tokens[c.at - 1] === '\\begin';
  if (matrix) skipGroup(c);
  else c.at++;
  const rows: number[][] = [[0]];
  while (c.at < c.tokens.length) {
    const token = c.tokens[c.at];
    if (matrix ? token === '\\end' : token === '}') break;
    if (token === '\\\\') rows.push([0]);
    else if (token === '&') rows.at(-1)?.push(0);
    else {
      const row = rows.at(-1) ?? [];
      row[row.length - 1] = (row.at(-1) ?? 0) + atomWidth(c);
      continue;
    }
    c.at++;
  }
  c.at++;
  if (matrix) skipGroup(c);
  return rows;
}

function skipGroup(c: Cursor): void {
  while (c.at < c.tokens.length && c.tokens[c.at] !== '}') c.at++;
  c.at++;
}

const OPEN = /^[([]$/;
const CLOSE = /^[)\]]$/;
/** After these a sign belongs to what follows. */
const NO_TERM = /^(?:[([=+−,]|\\cdot|\\times|\\odot|\\left|\\[bB]igg?[lr]?|\\brk|\\softbrk)$/;

/**
 * A long row with places where TeX may break it: before `=`, `+` and `-`, with less will inside brackets, never inside
 * braces, fractions, matrices and stretching brackets. A piece between them that may be wider than a line is marked.
 */
export function breakable(latex: string): string {
  return broken(latex)
    .split(/(\\(?:brk|softbrk) [=+-])/)
    .map((piece) => (latexWidth(piece) > PIECE ? ` \\squeezed{${piece.trim()}} ` : piece))
    .join('');
}

/** The width of a piece that always fits on a line, in ems. */
const PIECE = 22;

function broken(latex: string): string {
  const tokens = latexTokens(latex);
  let braces = 0;
  let brackets = 0;
  let before = '=';
  return tokens
    .map((token, i) => {
      const at = { braces, brackets, before };
      if (token === '{' || token === '\\left' || token === '\\begin') braces++;
      if (token === '}' || token === '\\right' || token === '\\end') braces--;
      if (OPEN.test(token) && braces === 0) brackets++;
      if (CLOSE.test(token) && braces === 0 && at.before !== '\\right') brackets--;
      if (token !== ' ') before = token;
      const shown = plainToken(
        token,
        tokens.slice(i + 1).find((next) => next !== ' '),
      );
      if (at.braces > 0 || NO_TERM.test(at.before)) return shown;
      if (token === '=') return `\\brk ${shown}`;
      if (token === '+' || token === '−') return `${at.brackets === 0 ? '\\brk' : '\\softbrk'} ${shown}`;
      return shown;
    })
    .join('');
}

/** A token as LaTeX has it; dots between terms stand in the middle of the line, which amsmath would see without the mark. */
function plainToken(token: string, next: string | undefined): string {
  if (token === '\\dots' && (next === '+' || next === '−')) return '\\cdots';
  return token === '−' ? '-' : token;
}
