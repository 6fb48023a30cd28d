// Text as people write formulas -> tokens: LaTeX, Unicode and plain letters in one, as they come mixed.

import { greekLetters } from '../letters.ts';
import { ReadError } from '../read-error.ts';
import {
  ACCENT_MARKS,
  COMMAND_CHARACTERS,
  entityAt,
  fontedLetter,
  greekName,
  LOWERED,
  PRIMES,
  RAISED,
  SIGNS,
  VULGAR,
} from './glyphs.ts';
import { lexCommand } from './lex-latex.ts';
import { beginsStatement } from './line-ends.ts';
import { CAPS, type Lexer, type Mark, push, type Writing } from './marks.ts';
import { isWord, wordAt } from './words.ts';

/** The tokens of a text, an end included. Throws a ReadError where a character has no place in a formula. */
export function marksOf(text: string, writing: Writing, names: ReadonlySet<string>): Mark[] {
  if (text.length > CAPS.length)
    throw new ReadError(
      text.slice(0, CAPS.length + 1),
      { offset: CAPS.length, length: 1 },
      { code: 'too-many', of: 'formula-characters', most: CAPS.length },
    );
  const x: Lexer = {
    text,
    writing,
    names,
    marks: [],
    at: 0,
    to: text.length,
    spaced: false,
    font: '',
    single: 0,
  };
  lexRange(x);
  push(x, 'end', '', text.trimEnd().length, 0);
  return x.marks;
}

function lexRange(x: Lexer): void {
  while (x.at < x.to) lexOne(x);
}

/** The same characters read as words. */
function lexWords(x: Lexer, from: number, to: number): void {
  lexRange({ ...x, writing: 'typed', at: from, to, font: '', single: 0 });
}

const TWO_SIGNS = ['.*', './', '.^', '<=', '>=', '!=', ':=', '==', '->', '=>', '||', '**', '.T'] as const;
const AS: ReadonlyMap<string, string> = new Map([
  [':=', '='],
  ['==', '='],
  ['->', '=>'],
  ['||', '‖'],
  ['**', '^'],
]);

function lexOne(x: Lexer): true {
  const { text, at } = x;
  const c = text.charAt(at);
  if (/\s/.test(c)) return lexSpace(x);
  if (c === '\\') return lexCommand(x, lexWords);
  if (c === '$') return skip(x, 1);
  if (c === '%' && x.writing === 'latex') return lexComment(x);
  const entity = c === '&' ? entityAt(text.slice(at, at + 8)) : null;
  if (entity !== null) return lexEntity(x, entity);
  if (/[0-9]/.test(c) || (c === '.' && /[0-9]/.test(text.charAt(at + 1)))) return lexNumber(x);
  if (/[A-Za-z]/.test(c)) return lexLetters(x);
  if (text.startsWith('...', at)) return emit(x, 'sign', '…', 3);
  const two = text.slice(at, at + 2);
  if (TWO_SIGNS.some((s) => s === two) && !(two === '.T' && /[A-Za-z0-9]/.test(text.charAt(at + 2))))
    return emit(x, 'sign', AS.get(two) ?? two, 2);
  if ("+-*/^_()[]{}=<>,;:.|'&!@~".includes(c)) return lexSign(x, c);
  lexCharacter(x);
  return true;
}

function emit(x: Lexer, kind: Mark['kind'], text: string, length: number): true {
  push(x, kind, text, x.at, length);
  x.at += length;
  return true;
}

function skip(x: Lexer, length: number): true {
  x.at += length;
  x.spaced = true;
  return true;
}

function lexSpace(x: Lexer): true {
  const run = /\s+/y;
  run.lastIndex = x.at;
  const space = run.exec(x.text.slice(0, x.to))?.[0] ?? ' ';
  const breaks = space.split('\n').length - 1;
  const own = breaks > 0 && x.writing === 'latex' && beginsStatement(x.text, x.at + space.length);
  if (own || breaks > (x.writing === 'latex' ? 1 : 0)) emit(x, 'sign', '\n', space.length);
  else skip(x, space.length);
  x.spaced = true;
  return true;
}

function lexComment(x: Lexer): true {
  const end = x.text.indexOf('\n', x.at);
  skip(x, (end < 0 || end > x.to ? x.to : end) - x.at);
  return true;
}

/** An entity stands for its character, wherever the text came from. */
function lexEntity(x: Lexer, entity: { as: string; length: number }): true {
  if (entity.as === ' ') skip(x, entity.length);
  else emit(x, 'sign', entity.as, entity.length);
  return true;
}

function lexSign(x: Lexer, c: string): true {
  // ~~struck out~~
  if (c === '~' && !(x.writing === 'typed' && x.text.charAt(x.at + 1) === '~')) return skip(x, 1);
  emit(x, 'sign', c, 1);
  if ((c === '^' || c === '_') && x.writing === 'latex') x.single = 1;
  else if (c === '{') x.single = 0;
  return true;
}

/** TeX takes one digit where an argument has no braces: \frac12, x_12. */
function lexNumber(x: Lexer): true {
  const pattern = x.single > 0 ? /\d/y : /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
  pattern.lastIndex = x.at;
  const digits = pattern.exec(x.text)?.[0] ?? x.text.charAt(x.at);
  if (x.single > 0) x.single--;
  const plain = x.writing === 'latex' ? digits.replace(/[eE]\d+$/, '') : digits;
  emit(x, 'number', plain, plain.length);
  return true;
}

function lexLetters(x: Lexer): true {
  if (x.single > 0) x.single--;
  const [before, last] = x.marks.slice(-2);
  const gradient = before?.kind === 'command' && before.text === 'nabla' && last?.text === '_';
  const word = gradient ? x.text.charAt(x.at) : wordAt(x);
  if (word === 'np.') return skip(x, 3);
  const accent = word.length === 1 ? ACCENT_MARKS.get(x.text.charAt(x.at + 1)) : undefined;
  if (accent !== undefined) push(x, 'command', accent, x.at, 2);
  emit(x, word.length === 1 || greekLetters.has(word) ? 'letter' : 'word', word, word.length);
  if (accent !== undefined) x.at++;
  return true;
}

function lexCharacter(x: Lexer): true {
  const code = x.text.codePointAt(x.at) ?? 0;
  const c = String.fromCodePoint(code);
  const { length } = c;
  const greek = greekName(c);
  const fonted = fontedLetter(c);
  const command = COMMAND_CHARACTERS.get(c);
  const vulgar = VULGAR.get(c);
  if (RAISED.has(c)) return lexScript(x, RAISED, '^');
  if (LOWERED.has(c)) return lexScript(x, LOWERED, '_');
  if (c === 'Σ' && !/^Σ\s*['′’]/.test(x.text.slice(x.at, x.at + 8))) return emit(x, 'command', 'sum', 1);
  if (command !== undefined) return emit(x, 'command', command, length);
  if (greek !== null) return lexGreek(x, greek, length);
  if (fonted !== null) return lexFonted(x, fonted, length);
  if (vulgar !== undefined) return lexVulgar(x, vulgar);
  const primes = PRIMES.get(c);
  if (primes !== undefined) {
    for (let i = 0; i < primes; i++) push(x, 'sign', "'", x.at, 1);
    return skip(x, length);
  }
  const sign = SIGNS.get(c);
  if (sign !== undefined) return emit(x, 'sign', sign, length);
  lexOther(x, c);
  return true;
}

function lexGreek(x: Lexer, name: string, length: number): true {
  const accent = ACCENT_MARKS.get(x.text.charAt(x.at + length));
  if (accent !== undefined) push(x, 'command', accent, x.at, length + 1);
  emit(x, 'letter', name, length);
  if (accent !== undefined) x.at++;
  return true;
}

function lexFonted(x: Lexer, [letter, font]: readonly [string, string], length: number): true {
  const before = x.font;
  x.font = font;
  emit(x, 'letter', letter, length);
  x.font = before;
  return true;
}

/** ½ as a fraction in brackets. */
function lexVulgar(x: Lexer, [n, d]: readonly [string, string]): true {
  for (const text of ['(', n, '/', d, ')']) push(x, /\d/.test(text) ? 'number' : 'sign', text, x.at, 1);
  skip(x, 1);
  return true;
}

/** A run of small letters as one script. */
function lexScript(x: Lexer, small: ReadonlyMap<string, string>, sign: string): true {
  push(x, 'sign', sign, x.at, 0);
  push(x, 'sign', '{', x.at, 0);
  let run = '';
  const settle = (): void => {
    const at = x.at - run.length;
    if (/^\d/.test(run)) push(x, 'number', run, at, run.length);
    else if (isWord(run)) push(x, 'word', run, at, run.length);
    else for (const [i, c] of [...run].entries()) push(x, 'letter', greekName(c) ?? c, at + i, 1);
    run = '';
  };
  for (let c = small.get(x.text.charAt(x.at)); c !== undefined; c = small.get(x.text.charAt(x.at))) {
    const kind = /\d/.test(c) ? 'digit' : /[A-Za-zβγδφχρ]/.test(c) ? 'letter' : 'sign';
    if (run !== '' && (kind === 'sign' || (kind === 'digit') !== /^\d/.test(run))) settle();
    if (kind === 'sign') push(x, 'sign', c, x.at, 1);
    else run += c;
    x.at++;
    if (x.at >= x.to) break;
  }
  settle();
  push(x, 'sign', '}', x.at, 0);
  return true;
}

/** Characters that only say how others are set. */
const INVISIBLE = new Set([...'\u200b\u200c\u200d\u200e\u200f\u2061\u2062\u2063\u2064\ufe0e\ufe0f\ufeff']);

/** Words beside formulas say nothing; that there are two answers they do say. */
function lexProse(x: Lexer): true {
  const run = /^\p{Script=Han}+/u.exec(x.text.slice(x.at, x.to))?.[0] ?? '';
  if (/^(?:或|或者)$/.test(run))
    throw new ReadError(
      x.text,
      { offset: x.at, length: run.length },
      { code: 'two-answers' },
      { expected: 'one-answer' },
    );
  // A formula that is said not to hold is none.
  if (/不(?:成立|对|正确|等于|是)|错误|并非/.test(run))
    throw new ReadError(
      x.text,
      { offset: x.at, length: run.length },
      { code: 'no-place', found: run, in: 'formula' },
    );
  return emit(x, 'sign', '\\quad', run.length);
}

/** A letter with an accent, or a character that is another one in other clothes (𝐖, Ｗ). */
function lexOther(x: Lexer, c: string): true {
  const [base = '', accent = ''] = [...c.normalize('NFD')];
  const accented = ACCENT_MARKS.get(accent);
  if (accented !== undefined && /^[A-Za-z]$/.test(base)) {
    push(x, 'command', accented, x.at, c.length);
    return emit(x, 'letter', base, c.length);
  }
  if (/\p{Script=Han}/u.test(c)) return lexProse(x);
  const plain = c.normalize('NFKC');
  if (/^[A-Za-z]$/.test(plain)) return emit(x, 'letter', plain, c.length);
  if (/^\d$/.test(plain)) return emit(x, 'number', plain, c.length);
  const greek = greekName(plain);
  if (greek !== null) return emit(x, 'letter', greek, c.length);
  if (plain.length === 1 && "+-*/^_()[]{}=<>,;:.|'&".includes(plain) && plain !== c)
    return emit(x, 'sign', plain, c.length);
  if (INVISIBLE.has(c)) return skip(x, 1);
  throw new ReadError(
    x.text,
    { offset: x.at, length: c.length },
    { code: 'no-place', found: c, in: 'formula' },
    { expected: 'number-letter-operator' },
  );
}
