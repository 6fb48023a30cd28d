// LaTeX commands to tokens: what a command does to the letters of its argument, and what is dropped.

import type { Complaint, Expected } from '../complaint.ts';
import { nearest } from '../nearest.ts';
import { ReadError } from '../read-error.ts';
import { type CommandMeaning, commandMeaning, commandNames } from './commands.ts';
import { type Lexer, push } from './marks.ts';

type Words = (x: Lexer, from: number, to: number) => void;

export function lexCommand(x: Lexer, words: Words): true {
  const start = x.at;
  const name =
    /^\\(?:[A-Za-z]+|[\s\S])/.exec(x.text.slice(start, Math.min(x.to, start + 60)))?.[0].slice(1) ?? '';
  x.at += 1 + name.length;
  if (name === '') return fail(x, start, 1, { code: 'backslash-ends' }, 'command');
  if (name === '\\') return lineBreak(x, start);
  if (/^[()[\]]$/.test(name)) return blank(x);
  if (/^\s$/.test(name)) return blank(x);
  const meaning = commandMeaning(name);
  if (meaning !== null) return carryOut(x, meaning, start, words);
  if (x.names.has(name)) return push(x, name.length === 1 ? 'letter' : 'word', name, start, x.at - start);
  const like = nearest(name, commandNames);
  const near = like === null ? null : `\\${like}`;
  fail(
    x,
    start,
    x.at - start,
    { code: 'unknown', as: 'command', name: `\\${name}`, hint: { near } },
    near === null ? null : { text: near },
  );
}

function fail(
  x: Lexer,
  offset: number,
  length: number,
  complaint: Complaint,
  expected: Expected | null = null,
): never {
  throw new ReadError(x.text, { offset, length }, complaint, { expected });
}

function blank(x: Lexer): true {
  x.spaced = true;
  return true;
}

/** `\\`, `\\*` and `\\[4pt]` end a line. */
function lineBreak(x: Lexer, start: number): true {
  const more =
    /^\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|sp|bp)\s*\])?/.exec(
      x.text.slice(x.at, x.at + 40),
    )?.[0] ?? '';
  x.at += more.length;
  push(x, 'sign', '\n', start, x.at - start);
  return true;
}

function carryOut(x: Lexer, m: CommandMeaning, start: number, words: Words): true {
  const length = x.at - start;
  switch (m.kind) {
    case 'letter':
      x.single = Math.max(0, x.single - 1);
      return push(x, 'letter', m.text, start, length);
    case 'word':
    case 'sign':
      return push(x, m.kind, m.text === '\\\\' ? '\n' : m.text, start, length);
    case 'accent':
      return push(x, 'command', m.text, start, length);
    case 'command':
      if (m.text === 'frac') x.single = 2;
      if (m.text === 'begin' || m.text === 'end') return environment(x, m.text, start);
      return push(x, 'command', m.text, start, length);
    case 'nothing':
      if (m.args === 0 && x.text.startsWith('\\rm', start)) return romanWord(x);
      if (/^\\(?:text)?color\s*\{\s*(?:white|[wW]hite!\d+)\s*\}/.test(x.text.slice(start, start + 40)))
        return fail(x, start, length, { code: 'forbidden', text: x.text.slice(start, x.at) });
      for (let i = 0; i < m.args; i++) dropArgument(x);
      if (/^\\(?:left|right|middle)\s*\.$/.test(x.text.slice(start, x.at + 1))) x.at++;
      return blank(x);
    case 'open':
      return opened(x, words);
    case 'text':
      return textOf(x, words);
    case 'font':
      return fonted(x, m.font, m.reach);
    case 'forbidden':
      return fail(x, start, length, { code: 'forbidden', text: x.text.slice(start, x.at) });
  }
  return true;
}

/** {\rm in}: the letters that follow are one word. */
function romanWord(x: Lexer): true {
  const word = /^\s*([A-Za-z]{2,})/.exec(x.text.slice(x.at, x.to));
  if (word?.[1] === undefined) return blank(x);
  push(x, 'word', word[1], x.at + word[0].length - word[1].length, word[1].length);
  x.at += word[0].length;
  return true;
}

/** The range of the next argument: what stands in braces, or one character or command. */
function argument(x: Lexer): { from: number; to: number; next: number } {
  const space = /^\s*/.exec(x.text.slice(x.at, x.to))?.[0].length ?? 0;
  const from = x.at + space;
  if (x.text.charAt(from) !== '{') {
    const one = /^\\[A-Za-z]+|^[\s\S]/u.exec(x.text.slice(from, x.to))?.[0] ?? '';
    return { from, to: from + one.length, next: from + one.length };
  }
  let depth = 0;
  for (let at = from; at < x.to; at++) {
    const c = x.text.charAt(at);
    if (c === '\\') at++;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return { from: from + 1, to: at, next: at + 1 };
  }
  return fail(x, from, 1, { code: 'never-closed', open: '{', close: '}' }, { sign: '}' });
}

function dropArgument(x: Lexer): true {
  if (/^\*?\s*[{[]/.test(x.text.slice(x.at, x.at + 20))) {
    if (x.text.charAt(x.at) === '*') x.at++;
    x.at = argument(x).next;
  }
  return true;
}

/** `\begin{aligned}` as one token; the columns of an array are dropped. */
function environment(x: Lexer, text: 'begin' | 'end', start: number): true {
  const { from, to, next } = argument(x);
  const name = x.text.slice(from, to).trim().replace(/\*$/, '');
  x.at = next;
  if (text === 'begin' && (name === 'array' || name === 'alignedat' || name === 'alignat')) dropArgument(x);
  if (text === 'begin' && x.text.charAt(x.at) === '[') x.at = Math.max(x.at, x.text.indexOf(']', x.at) + 1);
  push(x, 'command', `${text} ${name}`, start, x.at - start);
  return true;
}

/** A bold 1 is a vector of ones or an indicator; all else in bold is what it is. */
function opened(x: Lexer, words: Words): true {
  const command = /^\s*\{\s*(?=\\[A-Za-z]+\s*\})/.exec(x.text.slice(x.at, x.at + 40))?.[0];
  if (command !== undefined) {
    const { next } = argument(x);
    x.at += command.length;
    lexCommand(x, words);
    x.at = next;
    return true;
  }
  const one = /^\s*(?:\{\s*1\s*\}|1)/.exec(x.text.slice(x.at, x.at + 12))?.[0];
  if (one === undefined) return blank(x);
  const before = x.font;
  x.font = 'bb';
  push(x, 'letter', '1', x.at, one.length);
  x.font = before;
  x.at += one.length;
  return true;
}

/** The argument's words; in braces of their own where they are more than one token. */
function textOf(x: Lexer, words: Words): true {
  const spaced = /^\s*\\/.test(x.text.slice(x.at, x.at + 8));
  const { from, to, next } = argument(x);
  const before = x.marks.length;
  if (spaced) return blank(x);
  words(x, from, to);
  const count = x.marks.length - before;
  x.at = next;
  x.spaced = false;
  if (count < 2) return true;
  const inside = x.marks.splice(before);
  push(x, 'sign', '{', from, 0);
  x.marks.push(...inside);
  push(x, 'sign', '}', to, 0);
  return true;
}

/** Letters in a font that tells them apart: those of the argument, or the next one. */
function fonted(x: Lexer, font: string, reach: 'argument' | 'group'): true {
  const { from, to, next } = argument(x);
  const text = x.text.slice(from, to).trim();
  if (!/^[A-Za-z0-9]$/.test(text)) return blank(x);
  const before = x.font;
  x.font = font;
  push(x, 'letter', text, from, text.length);
  x.font = before;
  x.at = reach === 'group' ? to : next;
  return true;
}
