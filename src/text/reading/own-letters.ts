// The letters that a question declares: raw LaTeX, and what each stands for in plain syntax.

import { ReadError } from '../read-error.ts';
import { envOf } from '../resolve.ts';
import type { Scope } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import type { Letters, Meaning } from './letters.ts';
import { plainStatements } from './plain-statements.ts';
import { formulaStatements } from './typed.ts';

/** What the letters mean; one whose meaning can't be read in the system is left out. */
export function ownMeanings(
  letters: Readonly<Record<string, string>>,
  scope: Scope,
  base: Letters,
): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>();
  for (const letter of Object.keys(letters)) {
    const meaning = meaningOf(letters[letter] ?? '', scope, base);
    if (meaning !== null && letter.length <= 80) found.set(letter, meaning);
  }
  return found;
}

function meaningOf(text: string, scope: Scope, base: Letters): Meaning | null {
  const layer = /^layer (.+)$/.exec(text.trim());
  const of = syntaxOf(layer?.[1] ?? text, scope);
  if (layer === null && (of === null || (of.kind !== 'name' && !hasMeaning(of, scope))))
    return typedMeaning(text, base);
  if (of === null) return null;
  if (layer !== null) return { kind: 'stage', of };
  if (of.kind !== 'name') return { kind: 'syntax', of };
  if (of.brackets.length > 0) return { kind: 'syntax', of };
  if (of.name === scope.loss) return { kind: 'loss' };
  if (scope.tensors.has(of.name)) return { kind: 'tensor', name: of.name };
  if (scope.functions.has(of.name)) return { kind: 'function', name: of.name };
  return scope.sizes.has(of.name) ? { kind: 'size', name: of.name } : null;
}

function hasMeaning(of: Syntax, scope: Scope): boolean {
  const env = envOf('', scope);
  try {
    env.resolve(of, env);
    return true;
  } catch (error) {
    if (error instanceof ReadError) return false;
    throw error;
  }
}

/** A meaning without its layer, `dC/dw`: the layer is that of the letter's place. */
function typedMeaning(text: string, base: Letters): Meaning | null {
  try {
    const of = formulaStatements(text, 'typed', base)[0]?.sides[0];
    return of?.kind === 'derivative' ? { kind: 'syntax', of } : null;
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

function syntaxOf(text: string, scope: Scope): Syntax | null {
  try {
    return plainStatements(text, scope)[0]?.sides[0] ?? null;
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}
