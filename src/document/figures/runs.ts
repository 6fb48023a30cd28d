// A label's LaTeX as runs of characters, each with its place and size, for pictures where nothing sets formulas.

import { latexTokens } from './latex-tokens.ts';
import { glyph, lean, type Script, type SpacedRole, space } from './metrics.ts';
import type { FigureFormula, LabelPart } from './shapes.ts';

/** Characters of one look. Lengths are in ems of the label. */
export interface Run {
  readonly text: string;
  readonly italic: boolean;
  /** Letter size over the label's. */
  readonly scale: number;
  /** How far the baseline is raised; negative: lowered. */
  readonly rise: number;
  readonly x: number;
  readonly width: number;
}

/** A text laid out from x = 0. */
interface Row {
  readonly runs: readonly Run[];
  readonly width: number;
}

/** What a part of a row is to its neighbours. */
type Role = SpacedRole | 'fraction' | 'space';

/** What a command that stands for one character prints; `relation` and `binary` get room at both sides. */
interface Sign {
  readonly text: string;
  readonly role: Role;
}

const SCRIPT_SCALE = 0.7;
const RAISED = 0.43;
const LOWERED = -0.25;

const sign = (text: string, role: Role = 'upright'): Sign => ({ text, role });
const GREEK =
  'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ ' +
  'pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω ell ℓ';
const CAPITALS = 'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω';
const pairs = (text: string): [string, string][] =>
  [...text.matchAll(/(\S+) (\S+)/g)].map((m) => [m[1] ?? '', m[2] ?? '']);

const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...pairs(GREEK).map(([name, c]) => [name, sign(c, 'letter')] as const),
  ...pairs(CAPITALS).map(([name, c]) => [name, sign(c)] as const),
  ...pairs('cdot · times × odot ⊙ oslash ⊘ bullet • circ ∘ pm ± ast ∗').map(
    ([name, c]) => [name, sign(c, 'binary')] as const,
  ),
  ...pairs('le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ to → approx ≈ mid | in ∈').map(
    ([name, c]) => [name, sign(c, 'relation')] as const,
  ),
  ...pairs(
    'partial ∂ nabla ∇ sum ∑ prod ∏ ldots … dots … cdots ⋯ vdots ⋮ infty ∞ top ⊤ % % | ‖ lVert ‖ rVert ‖ lvert | rvert |',
  ).map(([name, c]) => [name, sign(c)] as const),
  ...'exp ln log sin cos tan sinh cosh tanh max min arctan erf tr diag'
    .split(' ')
    .map((name) => [name, sign(name)] as const),
]);
const SPACES: ReadonlyMap<string, number> = new Map([
  [',', 0.17],
  [':', 0.22],
  [';', 0.28],
  ['!', 0],
  [' ', 0.27],
  ['quad', 1],
]);
const UPRIGHT: ReadonlySet<string> = new Set(['mathrm', 'mathsf', 'mathbf', 'text', 'operatorname']);
const UNSEEN = /^(?:left|right|[bB]igg?[lr]?|displaystyle|textstyle|limits)$/;
const CURSIVE: ReadonlyMap<string, string> = new Map(pairs('L ℒ E ℰ N 𝒩 J 𝒥 C 𝒞 D 𝒟'));

/** LaTeX that the small reader doesn't know. */
class UnknownLatex extends Error {}

/** Where reading stands. */
interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

/** How the text around looks. */
interface Look {
  readonly upright: boolean;
  /** 0 on the line, 1 in a script, ... */
  readonly depth: Script;
}

const EMPTY: Row = { runs: [], width: 0 };

function beside(rows: readonly Row[]): Row {
  let width = 0;
  const runs: Run[] = [];
  for (const row of rows) {
    for (const run of row.runs) runs.push({ ...run, x: run.x + width });
    width += row.width;
  }
  return { runs, width };
}

const gap = (width: number): Row => ({ runs: [], width });

function characters(text: string, italic: boolean): Row {
  let width = 0;
  for (const c of text) width += glyph(c);
  return { runs: [{ text, italic, scale: 1, rise: 0, x: 0, width }], width };
}

/** A row smaller and higher or lower. */
function moved(row: Row, rise: number): Row {
  return {
    runs: row.runs.map((r) => ({
      ...r,
      scale: r.scale * SCRIPT_SCALE,
      rise: r.rise * SCRIPT_SCALE + rise,
      x: r.x * SCRIPT_SCALE,
      width: r.width * SCRIPT_SCALE,
    })),
    width: row.width * SCRIPT_SCALE,
  };
}

/** One group: what stands in braces, or one token. */
function group(c: Cursor, look: Look): Row {
  while (c.tokens[c.at] === ' ') c.at++;
  if (c.tokens[c.at] !== '{') return atom(c, look).row;
  c.at++;
  const row = rowUntil(c, '}', look);
  c.at++;
  return row;
}

/** A numerator or a denominator on one line with its slash: in brackets where it is a sum. */
function slashed(row: Row): Row {
  const loose = row.runs.some((r) => r.rise === 0 && /^[+−]$/.test(r.text) && r.x > 0);
  return loose ? beside([characters('(', false), row, characters(')', false)]) : row;
}

function command(name: string, c: Cursor, look: Look): { row: Row; role: Role } {
  const known = SIGNS.get(name);
  if (name === 'prime') return { row: lowered(characters('′', false), look.depth), role: 'upright' };
  if (known !== undefined) return { row: characters(known.text, known.role === 'letter'), role: known.role };
  const width = SPACES.get(name);
  if (width !== undefined) return { row: gap(width), role: 'space' };
  if (UNSEEN.test(name)) return { row: EMPTY, role: 'space' };
  if (UPRIGHT.has(name)) return { row: group(c, { ...look, upright: true }), role: 'upright' };
  if (name === 'boldsymbol') return { row: group(c, look), role: 'letter' };
  if (name === 'mathcal') return { row: cursive(group(c, { ...look, upright: true })), role: 'upright' };
  if (name === 'frac' || name === 'tfrac' || name === 'dfrac') {
    const top = slashed(group(c, look));
    const bottom = slashed(group(c, look));
    return { row: beside([top, characters('/', false), bottom]), role: 'fraction' };
  }
  if (name === 'sqrt') {
    const parts = [characters('√(', false), group(c, look), characters(')', false)];
    return { row: beside(parts), role: 'upright' };
  }
  throw new UnknownLatex(name);
}

/** A prime stands high by itself: in a script it is not raised again. */
const lowered = (row: Row, depth: Script): Row =>
  depth === 0 ? row : { ...row, runs: row.runs.map((r) => ({ ...r, rise: r.rise - RAISED })) };

const cursive = (row: Row): Row => ({
  ...row,
  runs: row.runs.map((r) => ({ ...r, text: CURSIVE.get(r.text) ?? r.text })),
});

function roleOf(token: string): Role {
  if (/^[+−·×]$/.test(token)) return 'binary';
  if (/^[=<>]$/.test(token)) return 'relation';
  if (/^[([]$/.test(token)) return 'open';
  if (/^[)\]]$/.test(token)) return 'close';
  return /^\p{L}$/u.test(token) ? 'letter' : 'upright';
}

function atom(c: Cursor, look: Look): { row: Row; role: Role } {
  const token = c.tokens[c.at++];
  if (token === undefined) throw new UnknownLatex('the end');
  if (token.startsWith('\\')) return command(token.slice(1), c, look);
  if (token === '{') {
    c.at--;
    return { row: group(c, look), role: 'upright' };
  }
  const role = roleOf(token);
  return { row: characters(token, role === 'letter' && !look.upright), role };
}

/** The scripts after an atom, stacked on one another; what is raised keeps clear of a letter that leans. */
function scripts(c: Cursor, look: Look, base: Row): Row {
  const last = base.runs.at(-1);
  let sub = EMPTY;
  let sup = last?.italic === true ? gap(lean(last.text.at(-1) ?? '')) : EMPTY;
  const inner: Look = { ...look, depth: look.depth === 0 ? 1 : 2 };
  for (;;) {
    const token = c.tokens[c.at];
    if (token !== '_' && token !== '^' && token !== "'") break;
    c.at++;
    if (token === "'") sup = beside([sup, characters('′', false)]);
    else if (token === '^') sup = beside([sup, moved(group(c, inner), RAISED)]);
    else sub = beside([sub, moved(group(c, inner), LOWERED)]);
  }
  const raised = sup.runs.length === 0 ? 0 : sup.width;
  return { runs: [...sub.runs, ...sup.runs], width: Math.max(sub.width, raised) };
}

interface Part {
  readonly row: Row;
  readonly role: Role;
  readonly scripts: Row;
}

function rowUntil(c: Cursor, end: string | undefined, look: Look): Row {
  const parts: Part[] = [];
  while (c.tokens[c.at] !== end) {
    if (c.at >= c.tokens.length) throw new UnknownLatex('the end');
    if (c.tokens[c.at] === ' ') c.at++;
    else {
      const part = atom(c, look);
      parts.push({ ...part, scripts: scripts(c, look, part.row) });
    }
  }
  return beside(parts.map((_, i) => partRow(parts, i, look.depth)));
}

/** Whether a role leaves its neighbour alone, as the beginning and the end of a row do. */
const apart = (role: Role | undefined): boolean =>
  role === undefined || role === 'open' || role === 'close' || role === 'binary' || role === 'relation';

/** A part with the room at its sides; a fraction beside a factor stands in brackets, being on one line. */
function partRow(parts: readonly Part[], i: number, depth: Script): Row {
  const part = parts[i];
  if (part === undefined) return EMPTY;
  const { row, role } = part;
  const before = parts.slice(0, i).findLast((p) => p.role !== 'space')?.role;
  const after = parts.slice(i + 1).find((p) => p.role !== 'space')?.role;
  if (role === 'fraction') {
    const alone = apart(before) && before !== 'close' && apart(after) && after !== 'open';
    return alone ? row : beside([characters('(', false), row, characters(')', false)]);
  }
  const alone = (apart(before) && before !== 'close') || after === undefined || after === 'close';
  const room = role === 'space' ? 0 : space(role, alone, depth);
  const operator = part.row.runs[0]?.text === '∑' && depth === 0 ? [gap(0.17)] : [];
  return beside([gap(room), row, part.scripts, gap(room), ...operator]);
}

/** A formula's runs; its Unicode text as it stands where the LaTeX is beyond the small reader. */
function formulaRow(formula: FigureFormula): Row {
  const c: Cursor = { tokens: latexTokens(formula.latex), at: 0 };
  try {
    return rowUntil(c, undefined, { upright: false, depth: 0 });
  } catch (error) {
    if (error instanceof UnknownLatex) return characters(formula.unicode, false);
    throw error;
  }
}

/** The runs of a label, from its left end on. */
export function runsOf(parts: readonly LabelPart[]): Run[] {
  const row = beside(
    parts.map((p) => (p.kind === 'text' ? characters(p.text, false) : formulaRow(p.formula))),
  );
  return joined(row.runs);
}

/** Neighbours of one look on one line as one run. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    const near = last !== undefined && Math.abs(last.x + last.width - run.x) < 1e-9;
    if (near && last.italic === run.italic && last.scale === run.scale && last.rise === run.rise)
      out[out.length - 1] = { ...last, text: last.text + run.text, width: last.width + run.width };
    else out.push(run);
  }
  return out;
}
