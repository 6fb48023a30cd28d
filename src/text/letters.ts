// Letters: Greek names, how a name splits into a letter and what hangs on it, and LaTeX letters for terminals.

import type { System } from '../expr/system.ts';
import type { Letters, Notation } from '../tables/notations.ts';

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

/** What a name stands for where a letter is wanted: a tensor, whole or by its entry, with so many slots; null: anything else. */
export type LetterUse = { readonly slots: number; readonly whole: boolean } | null;

/** The raw LaTeX letter that a notation has for a name, an entry's or a matrix's own first; null where it has none. */
export function ownLetter(name: string, notation: Notation, use: LetterUse): string | null {
  const tables = [
    ...(use !== null && !use.whole ? [notation.entryLetters] : []),
    ...(use !== null && use.slots === 2 ? [notation.matrixLetters] : []),
    notation.letters,
  ];
  for (const letters of tables) {
    const own = Object.hasOwn(letters, name) ? letters[name] : undefined;
    if (own !== undefined) return own;
  }
  return null;
}

const fitted = new WeakMap<System, WeakMap<Notation, Notation>>();

/** The notation without the letters that a system's own names have already: W for w where the system has a W. */
export function fittingNotation(notation: Notation, system: System): Notation {
  const known = fitted.get(system) ?? new WeakMap<Notation, Notation>();
  fitted.set(system, known);
  let found = known.get(notation);
  if (found === undefined) {
    found = withoutTaken(notation, [
      ...system.tensors.keys(),
      ...system.functions.map((f) => f.name),
      ...system.sizes.keys(),
    ]);
    known.set(notation, found);
  }
  return found;
}

const TABLES = ['entryLetters', 'matrixLetters', 'letters'] as const;

function withoutTaken(notation: Notation, names: readonly string[]): Notation {
  const bare = names.filter((name) => TABLES.every((t) => !Object.hasOwn(notation[t], name)));
  const taken = new Set(bare.map(latexLetter));
  const clashes = names.filter((name) =>
    TABLES.some((t) => Object.hasOwn(notation[t], name) && taken.has(notation[t][name] ?? '')),
  );
  if (clashes.length === 0) return notation;
  const without = (letters: Letters): Letters =>
    Object.fromEntries(Object.entries(letters).filter(([name]) => !clashes.includes(name)));
  const { letters, matrixLetters, entryLetters } = notation;
  const next: Notation = {
    ...notation,
    letters: without(letters),
    matrixLetters: without(matrixLetters),
    entryLetters: without(entryLetters),
  };
  // What lost its letter goes by its own name, which may be another one's letter.
  return withoutTaken(next, names);
}

/** Two of the names that would be written alike, whole or by their entries; null where all differ. */
export function lettersClash(
  notation: Notation,
  names: readonly string[],
): { readonly first: string; readonly second: string; readonly latex: string } | null {
  const uses: readonly LetterUse[] = [
    null,
    { slots: 1, whole: true },
    { slots: 2, whole: true },
    { slots: 2, whole: false },
  ];
  for (const use of uses) {
    const seen = new Map<string, string>();
    for (const name of names) {
      const latex = ownLetter(name, notation, use) ?? latexLetter(name);
      const first = seen.get(latex);
      if (first !== undefined) return { first, second: name, latex };
      seen.set(latex, name);
    }
  }
  return null;
}

/** A letter in the notation's bold, where it is that of a whole vector or matrix. */
export function boldLetter(latex: string, notation: Notation, use: LetterUse): string {
  if (notation.bold === '' || use === null || !use.whole || use.slots === 0) return latex;
  return `${latex.startsWith('\\') ? '\\boldsymbol' : notation.bold}{${latex}}`;
}

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

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['varepsilon', 'ϵ'],
  ['vartheta', 'ϑ'],
  ['varpi', 'ϖ'],
  ['varrho', 'ϱ'],
  ['varsigma', 'ς'],
  ['varphi', 'ϕ'],
  ['ell', 'ℓ'],
  ['hbar', 'ħ'],
  ['nabla', '∇'],
  ['partial', '∂'],
  ['prime', '′'],
]);

/** Marks over a letter, as combining characters. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '\u0302'],
  ['widehat', '\u0302'],
  ['tilde', '\u0303'],
  ['widetilde', '\u0303'],
  ['bar', '\u0304'],
  ['overline', '\u0305'],
  ['underline', '\u0332'],
  ['dot', '\u0307'],
  ['ddot', '\u0308'],
  ['vec', '\u20d7'],
]);

const ACCENTED = /\\([a-z]+)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\[A-Za-z]+|[A-Za-z]))/g;

/** `\hat{y}` as y with a hat; what has no mark of its own stays as it is. */
const accented = (latex: string): string =>
  latex.replace(ACCENTED, (whole, name: string, inside?: string, bare?: string) => {
    const mark = ACCENTS.get(name);
    return mark === undefined ? whole : `{${inside ?? bare ?? ''}}${mark}`;
  });

/** A raw LaTeX letter for terminals: Greek letters as such, accents as marks, fonts and braces dropped. */
export function unicodeLetter(latex: string): string {
  return accented(latex)
    .replace(/\\mathcal\s*\{?([A-Z])\}?/g, (_, c: string) => SCRIPT_CAPITALS.get(c) ?? c)
    .replace(
      /\\(?:mathrm|mathbf|mathit|mathsf|mathtt|mathbb|mathfrak|mathscr|boldsymbol|operatorname|text)(?![A-Za-z])\s*/g,
      '',
    )
    .replace(/\\([A-Za-z]+)/g, (_, name: string) => greekLetters.get(name) ?? SYMBOLS.get(name) ?? name)
    .replace(/[{}]/g, '')
    .trim();
}
