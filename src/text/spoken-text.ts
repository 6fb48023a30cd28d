// Words for a formula that is given as text for a terminal: numbers, vectors, what was put in for letters.

import { greekLetters } from './letters.ts';
import { said } from './spoken-look.ts';
import type { SpokenWords } from './spoken-words.ts';

const raised = (plain: string, small: string): ReadonlyMap<string, string> =>
  new Map([...small].map((c, i) => [c, [...plain][i] ?? c]));

const ABOVE = raised('0123456789+−=()abcdefghijklmnoprstuvwxyz', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ');
const BELOW = raised('0123456789+−=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');
const NAMES: ReadonlyMap<string, string> = new Map([...greekLetters].map(([name, letter]) => [letter, name]));

const VULGAR = ['½12', '⅓13', '⅔23', '¼14', '¾34', '⅕15', '⅙16', '⅛18'].map(
  ([sign = '', top = '', bottom = '']) => [sign, top, bottom] as const,
);

const TOKEN =
  /\s+|\d+(?:\.\d+)?|[A-Za-z]+|_+(?![A-Za-z\d{])|[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃ-ᶻⁱʲʰˡʳˢˣʷʸⁿ]+|[₀-₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+|[\^_]\{[^{}]*\}|./gsu;

/** A text as words; null where it holds a sign that has none. */
export function spokenText(text: string, w: SpokenWords): string | null {
  const whole = /^\(([^()]*)\)ᵀ$/.exec(text);
  if (whole?.[1] !== undefined) return listed(whole[1].split(','), w, w.vector);
  const matrix = /^\[([^[\]()]*;[^[\]()]*)\]$/.exec(text);
  if (matrix?.[1] === undefined) return wordsOf(text, w);
  const rows = matrix[1].split(';').map((row) => row.trim().split(/\s+/));
  const flat = rows.map((row) => row.map((x) => wordsOf(x, w)));
  return flat.some((row) => row.includes(null)) ? null : said(w.matrix(flat.map(full)), w);
}

const full = (texts: readonly (string | null)[]): string[] => texts.map((t) => t ?? '');

function listed(parts: readonly string[], w: SpokenWords, put: (p: string[]) => string): string | null {
  const words = parts.map((p) => wordsOf(p.trim(), w));
  return words.includes(null) ? null : said(put(full(words)), w);
}

/** A value between bars; 1 where a relation holds. */
const ENCLOSING: readonly (readonly [RegExp, (inner: string, w: SpokenWords) => string])[] = [
  [/^(.*?)\|([^|]*)\|(.*)$/s, (inner, w) => w.absolute(inner)],
  [/^(.*?)𝟏\[([^\]]*)\](.*)$/s, (inner, w) => w.guard(inner)],
];

function wordsOf(text: string, w: SpokenWords): string | null {
  for (const [shape, put] of ENCLOSING) {
    const [, ...parts] = shape.exec(text) ?? [];
    if (parts.length === 0) continue;
    const words = parts.map((p) => wordsOf(p, w));
    return words.includes(null) ? null : said(`${words[0]} ${put(words[1] ?? '', w)} ${words[2]}`, w);
  }
  return plainWords(text, w);
}

function plainWords(text: string, w: SpokenWords): string | null {
  const signs = signsOf(w);
  let words = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const word = signs.get(token) ?? tokenWords(token, w);
    if (word === null) return null;
    words += word;
  }
  return said(words, w);
}

/** A number, a name, a script; null for what is none of them. */
function tokenWords(token: string, w: SpokenWords): string | null {
  if (/^\s+$/.test(token)) return ' ';
  if (/^\d/.test(token) || /^[a-z]+$/i.test(token)) return /^[A-Z]$/.test(token) ? w.capital(token) : token;
  if (/^_+$/.test(token)) return ` ${w.gap} `;
  const script = /^([\^_])\{(.*)\}$/.exec(token);
  if (script !== null) return scriptWords(script[2] ?? '', script[1] === '^', w);
  const name = NAMES.get(token);
  if (name !== undefined) return name;
  for (const small of [ABOVE, BELOW]) {
    const letters = [...token].map((c) => small.get(c));
    if (letters.every((c) => c !== undefined)) return scriptWords(letters.join(''), small === ABOVE, w);
  }
  return null;
}

function scriptWords(text: string, above: boolean, w: SpokenWords): string | null {
  const words = wordsOf(text, w);
  if (words === null) return null;
  return ` ${above ? w.power(words) : w.sub(words)} `;
}

const signs = new WeakMap<SpokenWords, ReadonlyMap<string, string>>();

function signsOf(w: SpokenWords): ReadonlyMap<string, string> {
  const known = signs.get(w);
  if (known !== undefined) return known;
  const made = signTable(w);
  signs.set(w, made);
  return made;
}

const signTable = (w: SpokenWords): ReadonlyMap<string, string> =>
  new Map([
    ['+', ` ${w.plus} `],
    ['−', '−'],
    ['-', '−'],
    ['=', ` ${w.equals} `],
    ['<', ` ${w.less} `],
    ['>', ` ${w.greater} `],
    ['≤', ` ${w.atMost} `],
    ['≥', ` ${w.atLeast} `],
    ['·', ` ${w.times} `],
    ['×', ` ${w.by} `],
    ['/', ` ${w.divided} `],
    ['⊙', `, ${w.hadamard} `],
    ['(', ` ${w.open} `],
    ['[', ` ${w.open} `],
    [')', ` ${w.close} `],
    [']', ` ${w.close} `],
    [',', ', '],
    ['…', ` ${w.dots} `],
    ['∞', ` ${w.infinity} `],
    ['NaN', ` ${w.notNumber} `],
    ['∂', ` ${w.partial} `],
    ...[...VULGAR].map(([sign, top, bottom]) => [sign, ` ${w.over(top, bottom)} `] as const),
    ['′', ` ${w.primes(1)} `],
    ['ᵀ', ` ${w.transposed} `],
  ]);
