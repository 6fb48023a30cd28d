// Index expressions: affine integer forms such as l+1 or i+k-1 over index variables and sizes.

/** An index variable (`l`, `j`), a size (`L`, `m`), or a size that depends on stages (`n[l-1]`). */
export interface IndexSymbol {
  readonly name: string;
  readonly at: readonly Affine[];
  readonly key: string;
}

/** constant + sum of coefficient * symbol, kept sorted by key; `key` reads as plain text and identifies the form. */
export interface Affine {
  readonly constant: number;
  readonly terms: readonly AffineTerm[];
  readonly key: string;
}

export interface AffineTerm {
  readonly symbol: IndexSymbol;
  readonly coefficient: number;
}

/** Index name -> what it is replaced by. */
export type IndexMap = ReadonlyMap<string, Affine>;

export function indexSymbol(name: string, at: readonly Affine[] = []): IndexSymbol {
  const key = at.length === 0 ? name : `${name}[${at.map((a) => a.key).join(',')}]`;
  return { name, at, key };
}

function affineKey(constant: number, terms: readonly AffineTerm[]): string {
  let key = '';
  for (const { symbol, coefficient } of terms) {
    if (coefficient === 1) key += key === '' ? symbol.key : `+${symbol.key}`;
    else if (coefficient === -1) key += `-${symbol.key}`;
    else key += `${coefficient < 0 || key === '' ? '' : '+'}${coefficient}*${symbol.key}`;
  }
  if (key === '') return String(constant);
  return constant === 0 ? key : constant < 0 ? key + constant : `${key}+${constant}`;
}

function fromSorted(constant: number, terms: readonly AffineTerm[]): Affine {
  return { constant, terms, key: affineKey(constant, terms) };
}

export function integer(constant: number): Affine {
  return fromSorted(constant, []);
}

export const ZERO = integer(0);
export const ONE = integer(1);

/** The index variable or size `name`, at stages `at` when it depends on them: `index('n', [index('l')])` is n[l]. */
export function index(name: string, at: readonly Affine[] = []): Affine {
  return fromSorted(0, [{ symbol: indexSymbol(name, at), coefficient: 1 }]);
}

/** a + factor * b */
export function addScaled(a: Affine, b: Affine, factor: number): Affine {
  if (factor === 0) return a;
  if (b.terms.length === 0) return shift(a, factor * b.constant);
  if (a.terms.length === 0 && factor === 1) return shift(b, a.constant);
  const terms: AffineTerm[] = [];
  let i = 0;
  let j = 0;
  while (i < a.terms.length || j < b.terms.length) {
    const s = a.terms[i];
    const t = b.terms[j];
    if (t === undefined || (s !== undefined && s.symbol.key < t.symbol.key)) {
      if (s !== undefined) terms.push(s);
      i++;
    } else if (s === undefined || t.symbol.key < s.symbol.key) {
      terms.push({ symbol: t.symbol, coefficient: factor * t.coefficient });
      j++;
    } else {
      const coefficient = s.coefficient + factor * t.coefficient;
      if (coefficient !== 0) terms.push({ symbol: s.symbol, coefficient });
      i++;
      j++;
    }
  }
  return fromSorted(a.constant + factor * b.constant, terms);
}

export const plus = (a: Affine, b: Affine): Affine => addScaled(a, b, 1);
export const minus = (a: Affine, b: Affine): Affine => addScaled(a, b, -1);
export const shift = (a: Affine, by: number): Affine => (by === 0 ? a : fromSorted(a.constant + by, a.terms));
export const scale = (a: Affine, by: number): Affine => addScaled(ZERO, a, by);

export const isConstant = (a: Affine): boolean => a.terms.length === 0;
export const sameAffine = (a: Affine, b: Affine): boolean => a.key === b.key;

/** The name, when the form is one bare index variable or size such as `k`; otherwise null. */
export function bareName(a: Affine): string | null {
  const [only] = a.terms;
  if (a.constant !== 0 || a.terms.length !== 1 || only === undefined) return null;
  return only.coefficient === 1 && only.symbol.at.length === 0 ? only.symbol.name : null;
}

/** Adds every index and size name in `a`, those in the stages of sizes too, to `into`. */
export function collectNames(a: Affine, into: Set<string>): void {
  for (const { symbol } of a.terms) {
    into.add(symbol.name);
    for (const stage of symbol.at) collectNames(stage, into);
  }
}

export function mentions(a: Affine, name: string): boolean {
  return a.terms.some((t) =>
    t.symbol.at.length === 0 ? t.symbol.name === name : t.symbol.at.some((s) => mentions(s, name)),
  );
}

/** Replaces index variables, inside the stages of sizes too; the same object when nothing changed. */
export function substituteIndices(a: Affine, map: IndexMap): Affine {
  let result: Affine | null = null;
  let done = 0;
  for (const { symbol, coefficient } of a.terms) {
    const form = substituteSymbol(symbol, map);
    if (form !== null) result ??= fromSorted(a.constant, a.terms.slice(0, done));
    if (result !== null) result = addScaled(result, form ?? symbolForm(symbol), coefficient);
    done++;
  }
  return result ?? a;
}

const symbolForm = (symbol: IndexSymbol): Affine => fromSorted(0, [{ symbol, coefficient: 1 }]);

/** What a symbol becomes; null where nothing in it is replaced. */
function substituteSymbol(symbol: IndexSymbol, map: IndexMap): Affine | null {
  if (symbol.at.length === 0) return map.get(symbol.name) ?? null;
  const at = symbol.at.map((s) => substituteIndices(s, map));
  return at.some((s, i) => s !== symbol.at[i]) ? index(symbol.name, at) : null;
}

/** Solves a = 0 for the index `name`, which must stand in it once, outside sizes, with coefficient 1 or -1; otherwise null. */
export function solveFor(a: Affine, name: string): Affine | null {
  const own = a.terms.find((t) => t.symbol.at.length === 0 && t.symbol.name === name);
  if (own === undefined || Math.abs(own.coefficient) !== 1) return null;
  const rest = fromSorted(
    a.constant,
    a.terms.filter((t) => t !== own),
  );
  return mentions(rest, name) ? null : scale(rest, -own.coefficient);
}

/** The integer an index form stands for, given the value of each symbol. */
export function evaluateAffine(a: Affine, value: (name: string, at: readonly number[]) => number): number {
  let sum = a.constant;
  for (const { symbol, coefficient } of a.terms) {
    const at = symbol.at.map((s) => evaluateAffine(s, value));
    sum += coefficient * value(symbol.name, at);
  }
  return sum;
}
