// A letter with all that hangs on it, as it stands in the text, before it is known what it means.

import type { Span } from '../read-error.ts';
import {
  bracketed,
  fail,
  isSign,
  matching,
  next,
  peek,
  type Reader,
  spanSince,
  typed,
  within,
} from './cursor.ts';
import type { Mark } from './marks.ts';
import { ACCENTS, argumentRange, type Item, itemsOf } from './scripts.ts';

export interface Glyph {
  /** The letter with its accent and font: `W`, `hat y`, `cal L`, `delta`. */
  readonly key: string;
  readonly subs: readonly Item[];
  readonly sups: readonly Item[];
  /** The indices of brackets behind it, as in w[l][j,k]. */
  readonly brackets: readonly (readonly Item[])[];
  readonly primes: number;
  /** `.T` behind it. */
  readonly transposed: boolean;
  /** The tokens of a superscript that can only be a power: a formula. */
  readonly power: { readonly from: number; readonly to: number } | null;
  readonly span: Span;
}

/** Whether a letter begins here; braces around nothing but a letter count as the letter. */
export function startsGlyph(p: Reader): boolean {
  const t = peek(p);
  if (t.kind === 'letter' || t.kind === 'word') return true;
  if (t.kind === 'command') return ACCENTS.has(t.text);
  return t.kind === 'sign' && t.text === '{' && loneGlyph(p) !== null;
}

/** The letter that is all that some braces hold, read on behind them; null where they hold more. Moves nothing. */
function loneGlyph(p: Reader): Lone | null {
  const known = p.lone.get(p.at);
  if (known !== undefined) return known as Lone | null;
  const found = findLone(p);
  p.lone.set(p.at, found);
  return found;
}

interface Lone {
  readonly glyph: Glyph;
  readonly behind: number;
}

function findLone(p: Reader): Lone | null {
  const close = matching(p, p.at);
  if (close < 0 || close === p.at + 1) return null;
  const inside = within(p, p.at + 1, close);
  if (!startsGlyph(inside)) return null;
  const glyph = readGlyph(inside);
  return inside.at === close ? { glyph, behind: close + 1 } : null;
}

/** Reads a letter with its scripts. */
export function readGlyph(p: Reader): Glyph {
  const from = p.at;
  return scriptsBehind(p, { ...nucleus(p), span: spanSince(p, from) }, from);
}

/** The letter with the scripts that stand behind it added. */
export function scriptsBehind(p: Reader, core: Glyph, start?: number): Glyph {
  const from = start ?? p.at;
  const subs: Item[] = [...core.subs];
  const sups: Item[] = [...core.sups];
  const brackets = [...core.brackets];
  let { primes, transposed, power } = core;
  for (;;) {
    const raisedHere = isSign(p, '^') && power === null ? powerOf(p, core.key) : null;
    if (raisedHere !== null) power = raisedHere;
    else if (isSign(p, '_')) subs.push(...script(p));
    else if (isSign(p, '^')) {
      sups.push(...script(p));
      if (gluedT(p)) {
        next(p);
        transposed = !transposed;
      }
    } else if (isSign(p, "'")) {
      next(p);
      primes++;
    } else if (isSign(p, '⊤')) {
      next(p);
      transposed = !transposed;
    } else if (isSign(p, '.T') && p.writing === 'typed') {
      next(p);
      transposed = !transposed;
    } else if (isSign(p, '[') && takesBrackets(p)) {
      const inside = bracketed(p);
      brackets.push(itemsOf(inside, inside.at, inside.to));
    } else break;
  }
  return {
    key: core.key,
    subs,
    sups,
    brackets,
    primes,
    transposed,
    power,
    span: start === undefined ? core.span : spanSince(p, from),
  };
}

/** W^(l+1)T, typed with nothing between. */
const gluedT = (p: Reader): boolean => {
  const t = peek(p);
  return p.writing === 'typed' && isSign(p, ')', -1) && t.text === 'T' && !t.spaced;
};

/** What stands above e, or above a letter that belongs to no network, is a power. Moves behind it; null where it is none. */
function powerOf(p: Reader, key: string): { from: number; to: number } | null {
  const entrywise = /^[⊙∘]$/.test(peek(p, isSign(p, '{', 1) ? 2 : 1).text);
  if (entrywise) {
    next(p);
    const { from, to } = argumentRange(p);
    return { from: from + 1, to };
  }
  const base =
    (key === 'e' && p.letters.meanings.get('e') === undefined) ||
    (p.letters.free && p.letters.meanings.has(key));
  if (!base) return null;
  const start = p.at;
  next(p);
  const range = argumentRange(p);
  const inside = within(p, range.from, range.to);
  const sign = peek(inside, isSign(inside, '(') ? 1 : 0);
  const turns = (sign.text === 'T' && range.to - range.from !== 2) || sign.text === '⊤' || sign.text === "'";
  if (!turns || range.to - range.from > 3) return range;
  p.at = start;
  return null;
}

function script(p: Reader): Item[] {
  const sign = next(p);
  if (isSign(p, sign.text)) fail(p, peek(p), { code: 'doubled', found: typed(p, sign) }, 'script');
  const { from, to } = argumentRange(p);
  return itemsOf(p, from, to, sign.text === '^');
}

/** Typed plainly, a bracket behind a name holds indices; in LaTeX only where it holds nothing else and stands close. */
function takesBrackets(p: Reader): boolean {
  if (p.writing === 'typed') return !peek(p).spaced;
  const close = matching(p, p.at);
  if (close < 0 || peek(p).spaced || close - p.at > 8) return false;
  return p.marks
    .slice(p.at + 1, close)
    .every((t) => t.kind === 'number' || t.kind === 'letter' || /^[-+,]$/.test(t.text));
}

interface Core extends Omit<Glyph, 'span'> {}

const bare = (key: string, subs: readonly Item[] = []): Core => ({
  key,
  subs,
  sups: [],
  brackets: [],
  primes: 0,
  transposed: false,
  power: null,
});

function nucleus(p: Reader): Core {
  const t = peek(p);
  if (t.kind === 'sign' && t.text === '{') {
    const lone = loneGlyph(p);
    if (lone !== null) {
      p.at = lone.behind;
      return lone.glyph;
    }
  }
  next(p);
  if (t.kind === 'command' && ACCENTS.has(t.text)) return accented(p, t.text);
  if (t.kind === 'letter' && isNumbered(p, t)) return bare(t.text, [numbered(next(p))]);
  if (t.kind === 'letter') return bare(t.font === '' ? t.text : `${t.font} ${t.text}`);
  if (t.kind === 'word') return wordCore(p, t.text, t);
  return fail(p, t, { code: 'expected', what: 'letter', found: typed(p, t) }, 'letter');
}

/** \hat y, \hat{y}_k and \hat{y_k} are one thing. */
function accented(p: Reader, accent: string): Core {
  const { from, to } = argumentRange(p);
  const inside = within(p, from, to);
  const start = peek(inside);
  if (!startsGlyph(inside))
    fail(p, start, { code: 'expected', what: 'letter', under: accent, found: typed(p, start) }, 'letter');
  const glyph = readGlyph(inside);
  if (inside.at < to) fail(p, peek(inside), { code: 'accent', accent }, 'letter');
  return { ...glyph, key: `${accent} ${glyph.key}` };
}

/** `W2` is W with the number 2, where nothing has the whole name. */
function wordCore(p: Reader, text: string, at: Span): Core {
  const digits = /^([A-Za-z]+)(\d+)$/.exec(text);
  const [, letters = '', number = ''] = digits ?? [];
  if (digits === null || p.letters.meanings.has(text)) return bare(text);
  const offset = at.offset + letters.length;
  return bare(letters, [numbered({ text: number, offset, length: number.length })]);
}

/** A number behind a letter, as a script below it. */
const numbered = ({ text, offset, length }: Span & { readonly text: string }): Item => {
  const span = { offset, length };
  return { kind: 'index', of: { kind: 'number', text, span }, bracket: '', text, span };
};

/** Typed without a blank, delta3 is delta of layer 3 as z3 is z of it; in LaTeX a number behind a letter is a factor. */
function isNumbered(p: Reader, t: Mark): boolean {
  const behind = peek(p);
  if (p.writing !== 'typed' || behind.kind !== 'number' || behind.spaced || !/^\d+$/.test(behind.text))
    return false;
  const meaning = t.font === '' ? p.letters.meanings.get(t.text) : undefined;
  return meaning?.kind === 'tensor' && p.letters.scope.tensors.get(meaning.name)?.stage.length === 1;
}
