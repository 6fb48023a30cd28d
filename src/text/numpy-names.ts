// Python names for what a system has: the letters of a notation where they are names, no keyword, and no two alike.

import type { System } from '../expr/system.ts';
import type { Notation } from '../tables/notations.ts';
import { fittingNotation, greekLetters, type LetterUse, ownLetter } from './letters.ts';
import type { NumpyNames } from './numpy-env.ts';

/** Python's own words, and what the cell itself calls by name. */
const TAKEN =
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield abs erf float max min np print range sum forward check name parameter gradient step differences at value above below largest error';

/**
 * The names of a system's things. `indices`: the names of all indices in it, which keep their own; `gradient`: the name in the
 * system of the derivative by a tensor, which is called `dw` for w.
 */
export function numpyNames(
  system: System,
  notation: Notation,
  indices: ReadonlySet<string>,
  gradient: (tensor: string) => string,
): NumpyNames {
  const fitting = fittingNotation(notation, system);
  const taken = new Set(TAKEN.split(' '));
  const fresh = (wanted: string): string => {
    let name = wanted;
    while (taken.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  const letterOf = (name: string, use: LetterUse): string =>
    pythonLetter(ownLetter(name, fitting, use), name);
  const index = new Map([...indices].map((name) => [name, fresh(name.replace(/\W/g, '_'))]));
  const size = new Map([...system.sizes.keys()].map((name) => [name, fresh(letterOf(name, null))]));
  const tensor = new Map<string, string>();
  for (const { name, size: slots } of system.tensors.values())
    tensor.set(name, fresh(letterOf(name, { slots: slots.length, whole: true })));
  for (const { name } of system.tensors.values())
    tensor.set(gradient(name), fresh(`d${(tensor.get(name) ?? name).replace(/_+$/, '')}`));
  const heads = new Set(system.functions.map((f) => f.name));
  const fn = new Map([...heads].map((name) => [name, fresh(letterOf(name, null))]));
  const prime = new Map([...fn].map(([name, own]) => [name, fresh(`${own.replace(/_+$/, '')}_prime`)]));
  return {
    tensor: (name) => tensor.get(name) ?? name,
    size: (name) => size.get(name) ?? name,
    index: (name) => index.get(name) ?? name,
    fn: (name, order) => (order === 0 ? fn : prime).get(name) ?? name,
  };
}

/** A raw LaTeX letter as a name: `W`, or `delta` for a Greek one; else the name in the equations. */
function pythonLetter(latex: string | null, name: string): string {
  const plain = /^\\?([A-Za-z]+)$/.exec(latex ?? '')?.[1];
  if (latex === null || plain === undefined) return name.replace(/\W/g, '_');
  return latex.startsWith('\\') && !greekLetters.has(plain) && !plain.startsWith('var') ? name : plain;
}
