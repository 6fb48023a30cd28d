// Formulas in a template's words: plain syntax, read in the network's own names and printed in the document's notation.

import { index, shift } from '../expr/affine.ts';
import type { Formula } from '../lang/phrase.ts';
import { isTensor, readConditions, readFormula, readStatement } from '../text/read.ts';
import {
  conditionsFormula,
  equationFormula,
  exprFormula,
  indexFormula,
  type Printing,
  tensorFormula,
} from './formulas.ts';

/** Reads `a[l-1][k]`, `w[l]`, `z[l][j] = ...` or `2 <= l <= L`. Throws a ReadError where it can't. */
export function formulaReader(p: Printing): (text: string) => Formula {
  return (text) => {
    if (/<=|>=|<|>/.test(text)) return conditionsFormula(readConditions(text, p.system), p);
    if (text.includes('=')) {
      const { left, right } = readStatement(text, p.system);
      return equationFormula(left, right, p);
    }
    const letter = indexIn(text, p);
    if (letter !== null) return letter;
    const read = readFormula(text, p.system);
    return isTensor(read) ? tensorFormula(read, p) : exprFormula(read, p);
  };
}

/** An index by itself, `l` or `l-1`: in running text nothing says that it is one. */
function indexIn(text: string, p: Printing): Formula | null {
  const [, name, by] = /^([A-Za-z])\s*([+-]\s*\d+)?$/.exec(text.trim()) ?? [];
  if (name === undefined || p.system.tensors.has(name)) return null;
  const value = shift(index(name), Number((by ?? '0').replace(/\s/g, '')));
  return indexFormula(value, p);
}
