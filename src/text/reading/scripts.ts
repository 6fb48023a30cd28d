// What hangs on a letter: indices, layers, transposes and primes, in the places where people write them.

import type { Span } from '../read-error.ts';
import type { Part, Syntax } from '../syntax.ts';
import {
  bracketed,
  fail,
  isSign,
  matching,
  next,
  peek,
  type Reader,
  spanOf,
  spanSince,
  topLevel,
  typed,
  within,
} from './cursor.ts';
import { keyText } from './keys.ts';
import type { Mark } from './marks.ts';

export interface IndexItem {
  readonly kind: 'index';
  readonly of: Syntax;
  readonly bracket: '' | '(' | '[' | '⟨';
  /** Its letters as typed, without blanks. */
  readonly text: string;
  readonly span: Span;
}
export type Item = IndexItem | { readonly kind: 'transpose' | 'prime' | 'all' | 'star'; readonly span: Span };

/** The tokens of an argument: what stands in braces, one token, or a bracket with its inside. */
export function argumentRange(p: Reader): { from: number; to: number } {
  const t = peek(p);
  if (t.kind === 'end')
    return fail(p, t, { code: 'expected', what: 'script-or-argument', found: typed(p, t) }, 'argument');
  if (t.kind === 'sign' && (t.text === '{' || t.text === '(' || t.text === '[')) {
    const close = matching(p, p.at);
    if (close < 0) bracketed(p);
    const range = t.text === '{' ? { from: p.at + 1, to: close } : { from: p.at, to: close + 1 };
    p.at = close + 1;
    return range;
  }
  const from = p.at;
  const sign = t.kind === 'sign' && (t.text === '-' || t.text === '+');
  const accent = t.kind === 'command' && ACCENTS.has(t.text);
  p.at = Math.min(p.to, p.at + (sign || accent ? 2 : 1));
  return { from, to: p.at };
}

export const ACCENTS: ReadonlySet<string> = new Set(['hat', 'tilde', 'bar', 'dot']);

/** The items of a script. `above`: a T or a prime behind them transposes or differentiates; below, a prime belongs to its index. */
export function itemsOf(p: Reader, from: number, to: number, above = false): Item[] {
  const commas = topLevel(p, from, to, (t) => t.text === ',' || t.text === ';');
  const ends = [...commas, to];
  return ends.flatMap((end, i) =>
    partItems(within(p, i === 0 ? from : (ends[i - 1] ?? from) + 1, end), above),
  );
}

/** One part between commas: `l+1`, `jk`, `[l](i)`, `lT`. */
function partItems(p: Reader, above: boolean): Item[] {
  const to = above ? trailing(p) : p.to;
  const items: Item[] = [];
  const inner: Reader = { ...p, to };
  const sums = topLevel(inner, inner.at, to, (t) => t.kind === 'sign' && (t.text === '+' || t.text === '-'));
  const operators =
    sums.length > 0 || topLevel(inner, inner.at, to, (t) => t.text === '·' || t.text === '*').length > 0;
  if (operators && to - inner.at > 1) items.push(...sumItems(inner));
  else while (inner.at < to) items.push(...oneItem(inner));
  for (let at = to; at < p.to; at++) {
    const t = p.marks[at];
    if (t !== undefined) items.push({ kind: t.text === "'" ? 'prime' : 'transpose', span: t });
  }
  return items;
}

/** Where transposes and primes behind an index begin. */
function trailing(p: Reader): number {
  let to = p.to;
  for (; to > p.at; to--) {
    const t = p.marks[to - 1];
    if (t === undefined) break;
    if (t.kind === 'sign' && (t.text === "'" || t.text === '⊤')) continue;
    const before = p.marks[to - 2];
    const behind =
      to - 1 > p.at && before !== undefined && !(before.kind === 'sign' && /^[-+_^(]$/.test(before.text));
    if (t.kind === 'letter' && t.text === 'T' && behind) continue;
    break;
  }
  return to;
}

const indexItem = (p: Reader, of: Syntax, from: number, bracket: IndexItem['bracket'] = ''): IndexItem => ({
  kind: 'index',
  of,
  bracket,
  text: keyText(p, from, p.at),
  span: spanSince(p, from),
});

/** An index with signs: brackets of its own around all that follows belong to a sample, as in [l](i+1). */
function sumItems(p: Reader): Item[] {
  const from = p.at;
  if (isSign(p, '[') || isSign(p, '(') || isSign(p, '⟨')) {
    const close = matching(p, p.at);
    const after = p.marks[close + 1];
    if (close === p.to - 1 || (close > 0 && !(after?.kind === 'sign' && /^[-+*·]$/.test(after.text)))) {
      const items = oneItem(p);
      return p.at < p.to ? [...items, ...partItems(p, true)] : items;
    }
  }
  return [indexItem(p, affine(p), from)];
}

function oneItem(p: Reader): Item[] {
  if (isSign(p, '_') || isSign(p, '^')) next(p);
  const from = p.at;
  const t = peek(p);
  if (t.kind === 'sign') {
    if (t.text === '(' || t.text === '[' || t.text === '⟨') return bracketItems(p, t.text);
    if (t.text === '{') return itemsOfBraces(p);
    if (t.text === "'" || t.text === '⊤' || t.text === ':' || t.text === '*') {
      next(p);
      const kind = t.text === "'" ? 'prime' : t.text === ':' ? 'all' : t.text === '*' ? 'star' : 'transpose';
      return [{ kind, span: t }];
    }
  }
  if (t.kind === 'word' && isLetterRun(p, t)) return splitWord(p);
  if (t.kind === 'letter' && t.length === 2 && TWO_INDICES.has(t.text) && isLetterRun(p, t))
    return splitWord(p);
  return [indexItem(p, atomOf(p), from)];
}

function itemsOfBraces(p: Reader): Item[] {
  const inside = bracketed(p);
  return itemsOf(inside, inside.at, inside.to);
}

function bracketItems(p: Reader, bracket: '(' | '[' | '⟨'): Item[] {
  const from = p.at;
  const inside = bracketed(p);
  if (inside.to - inside.at === 1 && isSign(inside, '⊤'))
    return [{ kind: 'transpose', span: spanSince(p, from) }];
  const items = itemsOf(inside, inside.at, inside.to);
  const text = keyText(p, from, p.at);
  return items.map((item): Item => (item.kind === 'index' ? { ...item, bracket, text } : item));
}

/** `kj` typed as one word is two indices, where nothing has that name. */
const isLetterRun = (p: Reader, t: Mark): boolean =>
  /^[a-z]{2,3}$/.test(t.text) && !HANGS.has(t.text) && !p.letters.words.has(t.text);
/** Greek names that, typed as they are, are rather two indices. */
const TWO_INDICES = new Set(['pi', 'xi', 'mu', 'nu']);
const HANGS = new Set(['in', 'out', 'old', 'new', 'rec', 'max', 'min', 'pad', 'all', 'cur']);

function splitWord(p: Reader): Item[] {
  const t = next(p);
  return [...t.text].map((c, i): Item => {
    const span = { offset: t.offset + i, length: 1 };
    return { kind: 'index', of: { kind: 'name', name: c, brackets: [], span }, bracket: '', text: c, span };
  });
}

/** An affine form: l+1, i+k-1, 2k. */
export function affine(p: Reader): Syntax {
  const from = p.at;
  const parts: Part[] = [];
  for (;;) {
    const t = peek(p);
    const signed = t.kind === 'sign' && (t.text === '+' || t.text === '-');
    if (signed) next(p);
    else if (parts.length > 0) break;
    const of = termOf(p);
    parts.push({ operator: signed ? t.text : '+', span: t, of });
  }
  const [first] = parts;
  if (!isAtEnd(p))
    fail(p, peek(p), { code: 'expected', what: 'index-behind', found: typed(p, peek(p)) }, 'index');
  if (parts.length === 1 && first !== undefined) {
    if (first.operator === '+') return first.of;
    return { kind: 'negative', of: first.of, span: spanSince(p, from) };
  }
  return { kind: 'sum', parts, span: spanSince(p, from) };
}

const isAtEnd = (p: Reader): boolean => p.at >= p.to;

function termOf(p: Reader): Syntax {
  const from = p.at;
  const parts: Part[] = [];
  while (!isAtEnd(p) && !isSign(p, '+') && !isSign(p, '-')) {
    if (isSign(p, '·') || isSign(p, '*')) next(p);
    const of = atomOf(p);
    parts.push({ operator: '*', span: of.span, of });
  }
  const [only] = parts;
  if (only === undefined)
    return fail(p, peek(p), { code: 'expected', what: 'index', found: typed(p, peek(p)) }, 'index');
  return parts.length === 1 ? only.of : { kind: 'product', parts, span: spanSince(p, from) };
}

/** One letter, number or bracket of an index; a letter may have an index itself, as n_l and s_{l+1}. */
function atomOf(p: Reader): Syntax {
  const from = p.at;
  const t = next(p);
  if (t.kind === 'number') return { kind: 'number', text: t.text, span: t };
  if (t.kind === 'sign' && (t.text === '(' || t.text === '{')) {
    p.at = from;
    const inside = bracketed(p);
    return affine(inside);
  }
  if (t.kind !== 'letter' && t.kind !== 'word')
    return fail(p, t, { code: 'expected', what: 'index-behind', found: typed(p, t) }, 'index');
  let primes = 0;
  for (; isSign(p, "'"); primes++) next(p);
  if (primes > 0)
    return { kind: 'name', name: primed(indexName(p, t), primes), brackets: [], span: spanSince(p, from) };
  return withScript(p, t, from);
}

/** j' is another index than j: its name is j1. */
export const primed = (name: string, primes: number): string => name + String(primes);

function withScript(p: Reader, t: Mark, from: number): Syntax {
  const name = indexName(p, t);
  const meaning = (text: string): Syntax | null => {
    const found = p.letters.meanings.get(text);
    if (found?.kind === 'stage') return found.of;
    return found?.kind === 'size'
      ? { kind: 'name', name: found.name, brackets: [], span: spanSince(p, from) }
      : null;
  };
  const hanging = isSign(p, '_') || isSign(p, '^') || (p.writing === 'typed' && isSign(p, '['));
  if (!hanging) return meaning(t.text) ?? { kind: 'name', name, brackets: [], span: t };
  if (isSign(p, '_') || isSign(p, '^')) next(p);
  const range = argumentRange(p);
  const whole = meaning(keyText(p, from, p.at));
  if (whole !== null) return whole;
  const size = p.letters.meanings.get(t.text);
  const [lone] = p.marks.slice(range.from, range.to);
  if (size?.kind !== 'size' && lone?.kind === 'number' && range.to === range.from + 1)
    return { kind: 'name', name: name + lone.text, brackets: [], span: spanOf(p, from, p.at) };
  const inside = within(p, range.from, range.to);
  const square = isSign(inside, '[');
  const of = affine(square ? bracketed(inside) : inside);
  const span = spanOf(p, from, p.at);
  return { kind: 'name', name: size?.kind === 'size' ? size.name : name, brackets: [[of]], span };
}

/** The name of an index letter: \ell is l. */
export const indexName = (p: Reader, t: Mark): string => p.letters.indices.get(t.text) ?? t.text;
