// Words for a formula that is given as text for a terminal: numbers, vectors, what was put in for letters.

import { greekLetters } from './letters.ts';
import { said } from './spoken-look.ts';
import type { SpokenWords } from './spoken-words.ts';

const pairs = (plain: string, small: string): ReadonlyMap<string, string> =>
  new Map([...small].map((c, i) => [c, [...plain][i] ?? c]));

const ABOVE = pairs(
  '0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδφχ',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ',
);
const BELOW = pairs('0123456789+−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');
const [above, below] = [ABOVE, BELOW].map((small) => [...small.keys()].join(''));
const NAMES: ReadonlyMap<string, string> = new Map([...greekLetters].map(([name, letter]) => [letter, name]));
const VULGAR = ['½12', '⅓13', '⅔23', '¼14', '¾34', '⅕15', '⅙16', '⅛18'].map(
  ([sign = '', top = '', bottom = '']) => [sign, top, bottom] as const,
);

/** White space, numbers, names, places to write on, sums, scripts, and single signs. */
const TOKEN = new RegExp(
  `\\s+|\\d+(?:\\.\\d+)?|[A-Za-z]+|_{2,}|Σ[${below}]+|ᵀ(?![${above}])|[${above}]+|[${below}]+|[\\^_](?:\\{[^{}]*\\}|\\w)|.`,
  'gsu',
);

/** What stands between two signs, with what is before and after. */
const ENCLOSED: readonly (readonly [RegExp, (inner: string, w: SpokenWords) => string | null])[] = [
  [/^(.*?)\(([−\d][^()]*|[^()]*,[^()]*)\)ᵀ(.*)$/su, (inner, w) => whole([inner.split(',')], w)],
  [/^(.*?)\[([^[\]()]*;[^[\]()]*)\](.*)$/su, (inner, w) => whole(rowsOf(inner), w)],
  [/^(.*?)\|([^|]*)\|(.*)$/su, (inner, w) => within(inner, w, w.absolute)],
  [/^(.*?)‖([^‖]*)‖(.*)$/su, (inner, w) => within(inner, w, w.norm)],
  [/^(.*?)𝟏\[([^\]]*)\](.*)$/su, (inner, w) => within(inner, w, w.guard)],
];

/** A text as words; null where it holds a sign that has none. */
export function spokenText(text: string, w: SpokenWords): string | null {
  for (const [shape, put] of ENCLOSED) {
    const [, before = '', inner, after = ''] = shape.exec(text) ?? [];
    if (inner === undefined) continue;
    const times = (beside: boolean): string => (beside ? w.times : '');
    const parts = [
      spokenText(before, w),
      times(/\]\s*$/.test(before)),
      put(inner, w),
      times(/^\s*\[/.test(after)),
      spokenText(after, w),
    ];
    return joined(parts, (words) => said(words.join(' '), w));
  }
  const tokens = Array.from(text.matchAll(TOKEN), ([token]) => token);
  return joined(
    tokens.map((token, i) => signsOf(w).get(token) ?? tokenWords(token, tokens[i - 1] ?? '', w)),
    (words) => said(words.join(''), w),
  );
}

function joined(parts: readonly (string | null)[], put: (parts: readonly string[]) => string): string | null {
  const known = parts.flatMap((p) => p ?? []);
  return known.length < parts.length ? null : put(known);
}

const within = (inner: string, w: SpokenWords, put: (words: string) => string): string | null =>
  joined([spokenText(inner, w)], ([words = '']) => put(words));

const rowsOf = (inner: string): string[][] => inner.split(';').map((row) => row.trim().split(/\s+/));

/** The entries of a matrix; of a vector where they are one row or one column. */
function whole(rows: readonly (readonly string[])[], w: SpokenWords): string | null {
  const words = rows.map((row) =>
    joined(
      row.map((x) => spokenText(x.trim(), w)),
      (r) => r.join('\n'),
    ),
  );
  const single = rows.length === 1 || rows.every((row) => row.length === 1);
  return joined(words, (all) => {
    const entries = all.map((row) => row.split('\n'));
    return single ? w.vector(entries.flat()) : w.matrix(entries);
  });
}

/** A number, a name, a sum, a script; null for what is none of them. */
function tokenWords(token: string, before: string, w: SpokenWords): string | null {
  if (/^\s/.test(token)) return ' ';
  if (/^\d/.test(token)) return token;
  if (/^[a-z]+$/i.test(token)) return /^[A-Z]$/.test(token) ? w.capital(token) : token;
  if (token.startsWith('__')) return ` ${w.gap} `;
  if (token.startsWith('Σ') && token.length > 1)
    return ` ${w.sum({ index: decoded(token.slice(1), BELOW), from: '', to: '', where: [] })} `;
  const name = NAMES.get(token);
  if (name !== undefined) return `${name} `;
  const script = scriptOf(token);
  if (script === null) return null;
  return scriptWords(script.text, script.raised, scriptOf(before)?.raised === false, w);
}

interface Script {
  readonly text: string;
  readonly raised: boolean;
}

function scriptOf(token: string): Script | null {
  const [, sign, text] = /^([\^_])\{?(.+?)\}?$/su.exec(token) ?? [];
  if (text !== undefined) return { text, raised: sign === '^' };
  const [first = ''] = token;
  if (ABOVE.has(first)) return { text: decoded(token, ABOVE), raised: true };
  return BELOW.has(first) ? { text: decoded(token, BELOW), raised: false } : null;
}

const decoded = (token: string, small: ReadonlyMap<string, string>): string =>
  [...token].map((c) => small.get(c) ?? c).join('');

/** A script: letters above are layers or steps, and so are numbers on what has an index already; else they are powers. */
function scriptWords(text: string, raised: boolean, indexed: boolean, w: SpokenWords): string | null {
  const stage = indexed || /^[lLtT](?:[+−]\d+)?$/.test(text);
  return within(text, w, (words) => {
    if (!raised) return ` ${w.sub(words)} `;
    if (stage) return `, ${/^t/i.test(text) ? w.step(words) : w.layer(words)}, `;
    return ` ${w.power(words)} `;
  });
}

const tables = new WeakMap<SpokenWords, ReadonlyMap<string, string>>();

function signsOf(w: SpokenWords): ReadonlyMap<string, string> {
  const known = tables.get(w);
  if (known !== undefined) return known;
  const made = signTable(w);
  tables.set(w, made);
  return made;
}

const signTable = (w: SpokenWords): ReadonlyMap<string, string> =>
  new Map([
    ['+', ` ${w.plus} `],
    ['−', '−'],
    ['-', '−'],
    ['=', ` ${w.equals} `],
    ['≈', ` ${w.nearly} `],
    ['≠', ` ${w.differs} `],
    ['→', ` ${w.tends} `],
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
    ['′', ` ${w.primes(1)} `],
    ['ᵀ', ` ${w.transposed} `],
    ...VULGAR.map(([sign, top, bottom]) => [sign, ` ${w.over(top, bottom)} `] as const),
  ]);
