// Systems without equations: real scalars by their names, or tensors that a question declares with symbolic sizes.

import { type Affine, index, integer } from '../expr/affine.ts';
import { atMost } from '../expr/condition.ts';
import { UserError } from '../expr/error.ts';
import type { FunctionDef, System, TensorDecl } from '../expr/system.ts';
import { COMMON_FUNCTIONS, FORMS } from '../text/scope.ts';

const NOTHING: System = {
  tensors: new Map(),
  equations: [],
  functions: [],
  loss: 'loss',
  sizes: new Map(),
  given: [],
  identities: [],
};

const unknownFunction = (name: string): FunctionDef => ({ name, stage: null, param: 'u', body: null });
const declared = (name: string, size: readonly Affine[]): TensorDecl => ({
  name,
  stage: [],
  size,
  kind: 'input',
});

const NAME = /^[A-Za-z][A-Za-z_0-9]{0,30}$/;
const isKnown = (name: string): boolean => COMMON_FUNCTIONS.has(name) || FORMS.has(name);

/** The names in some texts as real scalars; `e` is the number e, and a letter before a bracket stays a letter. */
export function scalarNames(texts: readonly string[]): string[] {
  const names = new Set<string>();
  for (const text of texts)
    for (const [name] of text.slice(0, 4096).matchAll(/[A-Za-z_][A-Za-z_0-9]*/g))
      if (name !== 'e' && NAME.test(name) && !isKnown(name)) names.add(name);
  return [...names].sort().slice(0, 40);
}

export const scalarSystem = (names: readonly string[], functions: readonly string[]): System => ({
  ...NOTHING,
  tensors: new Map(names.filter((n) => !functions.includes(n)).map((n) => [n, declared(n, [])])),
  functions: functions.map(unknownFunction),
});

/** Tensors by name with their sizes, `{"A": ["p", "q"], "x": ["q"], "c": []}`, and unknown functions. Throws a `UserError`. */
export function declaredSystem(
  tensors: Readonly<Record<string, readonly string[]>>,
  functions: readonly string[],
): System {
  const sizes = new Set<string>();
  const sizeOf = (text: string): Affine => {
    if (/^[1-9]\d{0,3}$/.test(text)) return integer(Number(text));
    if (!NAME.test(text)) throw new UserError(`tensors: "${text}" is no size; use a letter such as n`);
    sizes.add(text);
    return index(text);
  };
  const all = Object.entries(tensors).map(([name, own]): [string, TensorDecl] => {
    if (!NAME.test(name)) throw new UserError(`tensors: "${name.slice(0, 40)}" is no name`);
    if (own.length > 4) throw new UserError(`tensors: ${name} has more than four slots`);
    return [name, declared(name, own.map(sizeOf))];
  });
  const taken = all.find(([name]) => sizes.has(name));
  if (taken !== undefined) throw new UserError(`tensors: ${taken[0]} is a size and a tensor`);
  return {
    ...NOTHING,
    tensors: new Map(all),
    functions: functions.map(unknownFunction),
    sizes: new Map([...sizes].map((s) => [s, 0])),
    given: [...sizes].map((s) => atMost(integer(1), index(s))),
  };
}
