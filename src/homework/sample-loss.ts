// Whose loss an answer differentiates, going by its letters: the cost of the whole batch, or the loss of one sample.

import type { System } from '../expr/system.ts';
import type { Notation } from '../tables/notations.ts';
import type { Span } from '../text/read-error.ts';
import type { NameSyntax, Syntax } from '../text/syntax.ts';
import { visitSyntax } from '../text/syntax-walk.ts';

/** `sample`: each derivative by a quantity of a sample is of the sample's own loss; `none`: there is no such derivative. */
export type LossOf = 'sample' | 'cost' | 'none';

/** Letters for the loss of one sample, where the cost has another: the script L beside J. */
const OF_SAMPLE = /^(?:\\(?:mathcal|mathscr|cal)\s*\{?\s*L\s*\}?|\\ell|ℓ|ℒ|𝓛|L|loss|Loss)/u;
/** C_x, J^{(i)}: the index of a sample behind the letter. */
const INDEXED = /(?:_\{?\s*[ixn]\s*\}?|\^\{?\s*\(\s*[ixn]\s*\)\s*\}?)$/;
/** Functions of code take one sample's output and target: cost_derivative(a, y). */
const CODE = /^[\w.]*(?:deriv|grad|delta)\w*\s*\(/i;

/** What the sides of an answer differentiate. `text`: as typed, in which the surface forms have their places. */
export function lossOf(text: string, sides: readonly Syntax[], system: System, notation: Notation): LossOf {
  const found: boolean[] = [];
  const see = (of: NameSyntax, by: Syntax | undefined): void => {
    if (of.name !== system.loss || by?.kind !== 'name') return;
    if (system.tensors.get(by.name)?.kind === 'variable') found.push(isSamples(of.span, text, notation));
  };
  for (const side of sides)
    visitSyntax(side, (s) => {
      if (s.kind === 'derivative') see(s.of, s.by);
      const [of, by] = s.kind === 'call' && s.name === 'partial' ? s.args : [];
      if (of?.kind === 'name') see(of, by);
    });
  return found.length === 0 ? 'none' : found.every((own) => own) ? 'sample' : 'cost';
}

/** dA is to A what dZ, the error, is to Z: the 1/m of the cost is in neither. */
function isSamples({ offset, length }: Span, text: string, { letters }: Notation): boolean {
  const typed = text.slice(offset, offset + length).trim();
  if (/^d\s*\\?[A-Za-z]/.test(typed)) return /^d[a-z]$/.test(letters.delta ?? '');
  if (INDEXED.test(typed) || CODE.test(typed)) return true;
  return OF_SAMPLE.test(typed) && !OF_SAMPLE.test(letters.C ?? 'C');
}
