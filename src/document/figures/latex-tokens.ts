// The tokens of a formula's LaTeX: commands, braces, scripts, single characters. A minus sign is one.

/** `w_{j}` -> w _ { j }. Runs of spaces are one space. */
export function latexTokens(latex: string): string[] {
  const found = latex.match(/\\[A-Za-z]+|\\.|\s+|[\s\S]/gu) ?? [];
  return found.map((token) => (token === '-' ? '−' : /^\s/.test(token) ? ' ' : token));
}
