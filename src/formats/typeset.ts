// LaTeX -> HTML by KaTeX: strict, capped, remembered. KaTeX is handed in, so that only pages load it.

import type { Typeset } from './format.ts';

/** What is used of KaTeX. */
export interface Katex {
  renderToString(latex: string, options: object): string;
}

const MAX_LENGTH = 12_000;
const MAX_DEPTH = 60;

/** A formula that can't be typeset; the message says which. */
export class TypesetError extends Error {
  override readonly name = 'TypesetError';
}

/** How deep braces, \left and environments nest. */
function depthOf(latex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [mark] of latex.matchAll(/\\[{}\\]|\\left\b|\\right\b|\\begin\b|\\end\b|[{}]/g)) {
    if (mark === '{' || mark === '\\left' || mark === '\\begin') depth++;
    else if (mark === '}' || mark === '\\right' || mark === '\\end') depth--;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const shown = (latex: string): string => (latex.length > 80 ? `${latex.slice(0, 77)}...` : latex);

/** The most formulas that a typesetter remembers. */
const MOST_KEPT = 20_000;

/**
 * A typesetter with a memory of its own: the same formula is typeset once. Formulas over the caps are refused unread. `strict`
 * refuses what LaTeX would complain of; authors of notes are let have it.
 */
export function typesetter(katex: Katex, strict = true): Typeset {
  const known = new Map<string, string>();
  return (latex, display) => {
    const key = `${display ? 'd' : 'i'}${latex}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    if (latex.length > MAX_LENGTH)
      throw new TypesetError(
        `a formula of ${latex.length} characters is too long to typeset: ${shown(latex)}`,
      );
    if (depthOf(latex) > MAX_DEPTH)
      throw new TypesetError(`a formula nests too deeply to typeset: ${shown(latex)}`);
    const html = typeset(katex, latex, display, strict);
    const [oldest] = known.keys();
    if (known.size >= MOST_KEPT && oldest !== undefined) known.delete(oldest);
    known.set(key, html);
    return html;
  };
}

function typeset(katex: Katex, latex: string, display: boolean, strict: boolean): string {
  try {
    return katex.renderToString(latex, {
      displayMode: display,
      output: 'htmlAndMathml',
      throwOnError: true,
      strict: strict ? 'error' : 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 500,
      macros: {},
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TypesetError(`${shown(latex)} can't be typeset: ${why}`);
  }
}
