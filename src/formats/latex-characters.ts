// Characters that a font of LaTeX may lack: signs of mathematics in running text and in code, other scripts.

import { LOWERED, RAISED } from '../text/reading/glyphs.ts';

/** Characters beyond those that every font of pdfLaTeX has. */
const RARELY = /[^\x20-\x7e\n\u00a1-\u00ff–—‘’“”…]/gu;

/** A character that the font at hand lacks is printed as a formula or by its number, so that the document compiles. */
const RARE = String.raw`\newcommand\rarecharacter[3]{\ifpdftex
  \ifcsname u8:\detokenize{#2}\endcsname\else\DeclareUnicodeCharacter{#1}{#3}\fi
\else
  \begingroup\lccode${'`'}\~="#1 \lowercase{\endgroup\def\raretoken{~}}%
  \expandafter\raredefined\raretoken{#1}{#3}\catcode"#1=\active
\fi}
\newcommand\raredefined[3]{\protected\def#1{\iffontchar\font"#2 \char"#2 \else#3\fi}%
  \pdfstringdefDisableCommands{\def#1{\unichar{"#2}}}}`;

/** Chinese characters are set by ctex, where the engine and the installation have it. */
const HAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;
const WITH_HAN = String.raw`\ifxetex\IfFileExists{ctex.sty}{\usepackage[scheme=plain]{ctex}}{}\fi`;

/** Lines of a preamble that give every character of a text a look. */
export function rareCharacters(text: string, chinese: boolean): string[] {
  const rare = [...new Set(text.match(RARELY) ?? [])].sort();
  const han = chinese ? [] : rare.filter((c) => HAN.test(c));
  const others = rare.filter((c) => (chinese ? signOf(c) !== null : !HAN.test(c))).map(rareCharacter);
  return [
    ...(han.length === 0 ? [] : [WITH_HAN]),
    ...(others.length + han.length === 0 ? [] : [RARE, ...others]),
    ...(han.length === 0 ? [] : [`\\ifxetex\\else\n${han.map(rareCharacter).join('\n')}\n\\fi`]),
  ];
}

function rareCharacter(c: string): string {
  const hex = (c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const sign = signOf(c);
  const shown = sign === null ? `\\texttt{U+${hex}}` : `\\ensuremath{${sign}}`;
  return `\\rarecharacter{${hex}}{${c}}{${shown}}`;
}

const pairs = (text: string): [string, string][] =>
  [...text.matchAll(/(\S+) (\S+)/g)].map((m) => [m[1] ?? '', `\\${m[2] ?? ''}`]);

/** Signs of mathematics, with the commands that print them. The prime is no quote: in code that is a letter. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ...pairs(
    'α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ' +
      'π pi ρ rho σ sigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi ' +
      'Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega ∂ partial ∇ nabla ∑ sum ∏ prod ≤ le ≥ ge ≠ ne ≈ approx → to ← leftarrow ' +
      '⇒ Rightarrow ∞ infty ∈ in ⊙ odot ⊘ oslash √ surd ⊤ top ℓ ell ‖ Vert ∘ circ • bullet ∗ ast ⋯ cdots ⋮ vdots ' +
      '⋅ cdot ∥ Vert ϕ phi ϵ epsilon',
  ),
  ['−', '-'],
  ['′', '^{\\prime}'],
  ['″', '^{\\prime\\prime}'],
  ['‴', '^{\\prime\\prime\\prime}'],
  ['𝟏', '\\mathbf 1'],
  ['⅓', '\\tfrac13'],
  ['⅔', '\\tfrac23'],
  ['⅕', '\\tfrac15'],
  ['⅙', '\\tfrac16'],
  ['⅛', '\\tfrac18'],
]);

/** Text with formulas in place of the characters that the fonts of most documents lack; those without a sign stay. */
export const withSigns = (tex: string): string =>
  tex.replace(RARELY, (c) => {
    const sign = signOf(c);
    return sign === null ? c : `\\ensuremath{${sign}}`;
  });

/** What prints a character in a formula: a sign, or a small raised or lowered letter; null for others. */
function signOf(c: string): string | null {
  const sign = SIGNS.get(c);
  if (sign !== undefined) return sign;
  const scripts = [
    ['^', RAISED],
    ['_', LOWERED],
  ] as const;
  for (const [mark, small] of scripts) {
    const letter = small.get(c);
    if (letter !== undefined) return `${mark}{${SIGNS.get(letter) ?? letter}}`;
  }
  return null;
}
