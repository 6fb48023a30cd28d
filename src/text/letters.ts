// Letters: Greek names, how a name splits into a letter and what hangs on it, and LaTeX letters for terminals.

const GREEK: readonly (readonly [string, string])[] = [
  ['alpha', 'α'],
  ['beta', 'β'],
  ['gamma', 'γ'],
  ['delta', 'δ'],
  ['epsilon', 'ε'],
  ['zeta', 'ζ'],
  ['eta', 'η'],
  ['theta', 'θ'],
  ['iota', 'ι'],
  ['kappa', 'κ'],
  ['lambda', 'λ'],
  ['mu', 'μ'],
  ['nu', 'ν'],
  ['xi', 'ξ'],
  ['pi', 'π'],
  ['rho', 'ρ'],
  ['sigma', 'σ'],
  ['tau', 'τ'],
  ['upsilon', 'υ'],
  ['phi', 'φ'],
  ['chi', 'χ'],
  ['psi', 'ψ'],
  ['omega', 'ω'],
  ['Gamma', 'Γ'],
  ['Delta', 'Δ'],
  ['Theta', 'Θ'],
  ['Lambda', 'Λ'],
  ['Xi', 'Ξ'],
  ['Pi', 'Π'],
  ['Sigma', 'Σ'],
  ['Phi', 'Φ'],
  ['Psi', 'Ψ'],
  ['Omega', 'Ω'],
];

/** Greek name -> its letter. */
export const greekLetters: ReadonlyMap<string, string> = new Map(GREEK);

/** A name's letter as LaTeX: Greek, a single letter, or more letters upright. */
export function latexLetter(name: string): string {
  if (greekLetters.has(name)) return `\\${name}`;
  return name.length === 1 ? name : `\\mathrm{${name}}`;
}

/** `W_out` and `k1` as a letter and what hangs on it: ['W', 'out'], ['k', '1']. */
export function splitName(name: string): { readonly base: string; readonly hangs: readonly string[] } {
  if (name.length === 1) return { base: name, hangs: [] };
  const [first = name, ...rest] = name.split('_').filter((part) => part !== '');
  const digits = /^([A-Za-z]+)(\d+)$/.exec(first);
  if (digits?.[1] === undefined || digits[2] === undefined) return { base: first, hangs: rest };
  return { base: digits[1], hangs: [digits[2], ...rest] };
}

const SCRIPT_CAPITALS: ReadonlyMap<string, string> = new Map([
  ['L', 'ℒ'],
  ['E', 'ℰ'],
  ['N', '𝒩'],
]);

/** A raw LaTeX letter for terminals: Greek letters as such, fonts and braces dropped. */
export function unicodeLetter(latex: string): string {
  return latex
    .replace(/\\mathcal\s*\{?([A-Z])\}?/g, (_, c: string) => SCRIPT_CAPITALS.get(c) ?? c)
    .replace(/\\(?:mathrm|mathbf|mathit|mathsf|text)\s*/g, '')
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => greekLetters.get(name) ?? name)
    .replace(/[{}]/g, '')
    .trim();
}
