// What a letter means to the reader: the notation read backwards, the names of the system, and what is usual for them.

import type { Notation } from '../../tables/notations.ts';
import { splitName } from '../letters.ts';
import { isFunctionName, type Scope } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { activationNamed, type NamedActivation } from './activation-names.ts';
import { marksOf } from './lex.ts';

/** What a letter stands for. */
export type Meaning =
  | { readonly kind: 'tensor'; readonly name: string }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'loss' }
  | { readonly kind: 'size'; readonly name: string }
  /** Said by the question: an entry, a tensor at a stage, a derivative. */
  | { readonly kind: 'syntax'; readonly of: Syntax }
  /** A letter that stands for an index form where an index is wanted: o for layer L. */
  | { readonly kind: 'stage'; readonly of: Syntax };

export interface Letters {
  readonly scope: Scope;
  readonly notation: Notation;
  /** Letters as keys (see `keyOf`), with what hangs on them after `_`. */
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** Names of several letters that belong together. */
  readonly words: ReadonlySet<string>;
  /** The activation where the system has just one. */
  readonly activation: string | null;
  /** The layer at hand, for quantities that don't say theirs. */
  readonly layer: Syntax | null;
  /** Whether the names belong to no network: superscripts then are powers, and letters no losses or activations. */
  readonly free: boolean;
  /** Letters that the notation writes for indices: \ell for l. */
  readonly indices: ReadonlyMap<string, string>;
  /** What the question hangs on the letters of a layer, and that layer: h for 1 where it says Z_h for z[1]. */
  readonly labels: ReadonlyMap<string, Syntax>;
  /** The size that counts the samples of a batch; null where there is none. */
  readonly sample: string | null;
  /** Whether the network gives out a softmax. */
  readonly softmax: boolean;
  /** Which of the activations with names of their own the network's is. */
  readonly activationIs: NamedActivation;
  /** Whether samples are the rows of matrices. */
  readonly samplesAreRows: boolean;
}

/** `\mathcal L` as "cal L", `\hat{y}` as "hat y", `\boldsymbol{W}` as "W", `W_{out}` as "W_out", `dZ` as "d Z". */
export function keyOf(letter: string): string {
  const short = letter.replace(/\(.*$/, '').trim();
  const behind = short === letter.trim() ? '' : '(';
  if (/^[A-Za-z][A-Za-z0-9_.]*$/.test(short)) return short + behind;
  const marks = marksOf(short, 'latex', new Set());
  let key = '';
  for (const t of marks) {
    if (t.kind === 'end' || (t.kind === 'sign' && /^[{}()[\],]$/.test(t.text))) continue;
    const text = t.font === '' ? t.text : `${t.font} ${t.text}`;
    key += key === '' || key.endsWith('_') || t.text === '_' || key.includes('_') ? text : ` ${text}`;
  }
  return key + behind;
}

/** The notation's letters, the question's own, and the system's names. */
export function lettersOf(
  scope: Scope,
  notation: Notation,
  own: ReadonlyMap<string, Meaning>,
  layer: Syntax | null,
): Letters {
  const meanings = new Map<string, Meaning>();
  for (const name of namesIn(scope)) {
    const meaning = meaningOfName(scope, name);
    if (meaning === null) continue;
    meanings.set(name, meaning);
    const { base, hangs } = splitName(name);
    if (hangs.length > 0) meanings.set(`${base}_${hangs.join('')}`, meaning);
  }
  for (const table of [notation.unicode, notation.matrixLetters, notation.entryLetters, notation.letters])
    for (const name of Object.keys(table)) {
      const meaning = meaningOfName(scope, name);
      const letter = table[name];
      if (meaning === null || letter === undefined) continue;
      addLetter(meanings, letter, meaning);
      const without = meaning.kind === 'loss' ? meaningOfName(scope, `${scope.loss}0`) : null;
      if (without !== null) meanings.set(`${keyOf(letter)}_0`, without);
    }
  const output = displaced(notation, 'y') ? outputOf(scope) : null;
  if (output !== null) meanings.set('y', output);
  for (const [letter, meaning] of own) addLetter(meanings, letter, meaning);
  const functions = [...scope.functions];
  return {
    scope,
    notation,
    meanings,
    words: wordsOf(scope, own),
    activation:
      functions.length === 1 ? (functions[0] ?? null) : functions.includes('sigma') ? 'sigma' : null,
    layer,
    free: !hasNetwork(scope),
    indices: indexLetters(scope, notation),
    labels: labelsOf(own),
    sample: sampleSize(scope),
    softmax: false,
    activationIs: 'unknown',
    samplesAreRows: [...scope.tensors.values()].some(
      (t) => t.kind === 'input' && t.size.length === 2 && t.size[0]?.key === sampleSize(scope),
    ),
  };
}

/** Whether a notation writes a name with another letter and leaves the name's own to something else: t for the target y. */
const displaced = (notation: Notation, name: string): boolean => {
  const letter = notation.letters[name];
  return letter !== undefined && keyOf(letter).length === 1 && keyOf(letter) !== name;
};

/** A letter, and where it is one such as dZ, its two letters side by side. */
function addLetter(meanings: Map<string, Meaning>, letter: string, meaning: Meaning): void {
  const key = keyOf(letter);
  meanings.set(key, meaning);
  if (/^d[A-Za-z]$/.test(key)) meanings.set(`d ${key.slice(1)}`, meaning);
}

/** The notation's letters for names that are nothing in the system: those of indices. */
function indexLetters(scope: Scope, notation: Notation): ReadonlyMap<string, string> {
  const found = new Map([['ell', 'l']]);
  const known = new Set(namesIn(scope));
  for (const name of Object.keys(notation.letters)) {
    const letter = keyOf(notation.letters[name] ?? '');
    const command = !/^[A-Za-z]$/.test(notation.letters[name] ?? '');
    if (name.length === 1 && command && !known.has(name) && !known.has(letter)) found.set(letter, name);
  }
  return found;
}

/** Labels that mean one layer in all letters they hang on. */
function labelsOf(own: ReadonlyMap<string, Meaning>): ReadonlyMap<string, Syntax> {
  const found = new Map<string, Syntax | null>();
  for (const [letter, meaning] of own) {
    const [, label] = /_\{?([a-z]+)\}?$/.exec(letter) ?? [];
    const [stage] =
      meaning.kind === 'syntax' && meaning.of.kind === 'name' ? (meaning.of.brackets[0] ?? []) : [];
    if (label === undefined || stage === undefined) continue;
    const before = found.get(label);
    const same =
      before === undefined ||
      (before !== null && JSON.stringify(bare(before)) === JSON.stringify(bare(stage)));
    found.set(label, same ? stage : null);
  }
  return new Map([...found].flatMap(([label, stage]) => (stage === null ? [] : [[label, stage] as const])));
}

const bare = (s: Syntax): unknown => (s.kind === 'number' ? s.text : s.kind === 'name' ? s.name : s.kind);

/** The size that two inputs share and no parameter has. */
function sampleSize(scope: Scope): string | null {
  const keys = (kind: string): string[] =>
    [...scope.tensors.values()]
      .filter((t) => t.kind === kind)
      .flatMap((t) => [...new Set(t.size.map((s) => s.key))]);
  const inputs = keys('input');
  const parameters = new Set(keys('parameter'));
  const matrices = [...scope.tensors.values()].filter((t) => t.kind === 'input' && t.size.length === 2);
  const many = (key: string): boolean => matrices.some((t) => t.size.some((s) => s.key === key));
  return inputs.find((key, i) => inputs.indexOf(key) < i && !parameters.has(key) && many(key)) ?? null;
}

const hasNetwork = (scope: Scope): boolean => scope.tensors.has(scope.loss);

const namesIn = (scope: Scope): string[] => [
  ...scope.sizes.keys(),
  ...scope.functions,
  ...scope.opaque,
  ...scope.tensors.keys(),
];

function meaningOfName(scope: Scope, name: string): Meaning | null {
  if (name === scope.loss) return { kind: 'loss' };
  if (scope.tensors.has(name)) return { kind: 'tensor', name };
  if (scope.functions.has(name)) return { kind: 'function', name };
  if (scope.sizes.has(name)) return { kind: 'size', name };
  return scope.opaque.has(name) ? { kind: 'function', name } : null;
}

/** Names that a text must not take apart into letters. */
function wordsOf(scope: Scope, own: ReadonlyMap<string, Meaning>): Set<string> {
  const words = new Set<string>();
  for (const name of [...namesIn(scope), ...own.keys()]) if (/^[A-Za-z]{2,}$/.test(name)) words.add(name);
  return words;
}

/** How the letter stands: before brackets or with primes, as the thing differentiated, or just as a quantity. */
export type Stand = 'called' | 'differentiated' | 'quantity';

const LOSSES = new Set([
  'cal L',
  'cal J',
  'cal E',
  'cal C',
  'J',
  'E',
  'L',
  'C',
  'ell',
  'loss',
  'Loss',
  'cost',
  'Cost',
  'err',
  'Err',
]);
const ACTIVATIONS = new Set(['sigma', 'f', 'g', 'h', 'phi', 'psi', 'sigmoid', 'sig', 'act', 'activation']);
/** Other names of functions that every formula may use. */
const SAME_FUNCTION: ReadonlyMap<string, string> = new Map([
  ['arctan', 'atan'],
  ['arcsin', 'asin'],
  ['arccos', 'acos'],
  ['sgn', 'sign'],
  ['trace', 'tr'],
  ['Tr', 'tr'],
]);

/** What a letter means; null where nothing says so. `key` may carry what hangs on it: `W_out`. */
export function meaningOf(letters: Letters, key: string, stand: Stand): Meaning | null {
  const { scope, meanings, activation } = letters;
  const own = meanings.get(key);
  if (own !== undefined && !(stand === 'differentiated' && own.kind === 'size' && LOSSES.has(key))) {
    return own;
  }
  if (stand === 'called') {
    const name = SAME_FUNCTION.get(key) ?? key;
    if (isFunctionName(scope, name) && name !== 'partial' && name !== 'size')
      return { kind: 'function', name };
    if ((ACTIVATIONS.has(key) || activationNamed(key) !== null) && activation !== null)
      return { kind: 'function', name: activation };
  }
  if (LOSSES.has(key) && !letters.free && (stand === 'differentiated' || key !== 'L'))
    return { kind: 'loss' };
  const lower = key.length === 1 ? key.toLowerCase() : key;
  const small = lower === key ? undefined : meanings.get(lower);
  if (small?.kind === 'tensor') return small;
  if (OUTPUTS.has(key)) return outputOf(scope);
  const usual = stand === 'called' || letters.free ? null : usualMeaning(letters, key);
  if (usual !== null) return usual;
  if (ACTIVATIONS.has(key) && activation !== null && !letters.free)
    return { kind: 'function', name: activation };
  return null;
}

/** Letters that many people use for a quantity, where nothing else has them. */
const USUAL: ReadonlyMap<string, string> = new Map([
  ['h', 'a'],
  ['H', 'a'],
  ['o', 'a'],
  ['O', 'a'],
  ['out', 'a'],
  ['net', 'z'],
  ['t', 'y'],
  ['r', 'y'],
  ['theta', 'w'],
  ['Theta', 'w'],
]);
/** Letters of what a network gives out as probabilities. */
const PROBABILITIES = new Set(['p', 'q', 'P']);

function usualMeaning(letters: Letters, key: string): Meaning | null {
  const { scope, sample } = letters;
  const stages = [...scope.tensors.values()].flatMap((t) => t.stage);
  if (stages.includes(key)) return null;
  const name = USUAL.get(key) ?? '';
  if (scope.tensors.has(name)) return { kind: 'tensor', name };
  if (PROBABILITIES.has(key)) return outputOf(scope);
  return sample !== null && (key === 'n' || key === 'N') ? { kind: 'size', name: sample } : null;
}

const OUTPUTS = new Set(['hat y', 'hat Y', 'yhat', 'Yhat', 'yHat', 'y_hat', 'Y_hat']);

/** What the network computes: a[L]. */
function outputOf(scope: Scope): Meaning | null {
  const a = scope.tensors.get('a');
  if (a === undefined || a.stage.length > 1) return null;
  if (a.stage.length === 0) return { kind: 'tensor', name: 'a' };
  const span = { offset: 0, length: 0 };
  const L: Syntax = { kind: 'name', name: 'L', brackets: [], span };
  return scope.sizes.has('L')
    ? { kind: 'syntax', of: { kind: 'name', name: 'a', brackets: [[L]], span } }
    : null;
}

/** All names that would have been understood, for "did you mean". */
export const knownNames = (letters: Letters): string[] => [
  ...new Set([...[...letters.meanings.keys()].filter((key) => !/[ ^(_]|\w0$/.test(key)), ...SPOKEN]),
];

const SPOKEN = ['diag', 'tr', 'exp', 'log', 'tanh', 'sqrt', 'norm'];
