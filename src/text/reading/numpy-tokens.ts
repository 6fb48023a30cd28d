// Tokens of a line of NumPy: names, numbers and operators; comments and line continuations dropped.

import { ReadError, type Span } from '../read-error.ts';
import { CAPS } from './marks.ts';

export interface CodeToken extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  readonly text: string;
}

const PATTERN =
  /(?<space>[ \t\r\u00a0]+|#[^\n]*|\\[ \t]*\r?\n|;(?=\s*(?:\n|$)))|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>\*\*|\+=|-=|\*=|\/=|==|!=|<=|>=|\.\*|[-+*/@()[\]{},:=<>.'\n;~])/y;
/** A string, where a quote transposes nothing: behind a bracket, a comma or an operator. */
const STRING = /[fr]?(?:'(?<single>[^'\n]{0,40})'|"(?<double>[^"\n]{0,40})")/y;

/** The tokens of some code, an end included; breaks inside brackets are dropped. Throws a ReadError. */
export function codeTokens(text: string): CodeToken[] {
  const tokens: CodeToken[] = [];
  let depth = 0;
  PATTERN.lastIndex = 0;
  const pattern = new RegExp(PATTERN.source, 'y');
  for (let at = 0; at < text.length; ) {
    const string = stringAt(text, at, tokens.at(-1));
    if (string !== null) {
      tokens.push(string);
      at += string.length;
      continue;
    }
    pattern.lastIndex = at;
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) refuse(text, at);
    const [kind, found] = tokenOf(groups);
    if (found === '(' || found === '[' || found === '{') depth++;
    if (found === ')' || found === ']' || found === '}') depth--;
    const inside = found === '\n' && depth > 0;
    if (kind !== 'space' && !inside) tokens.push({ kind, text: found, offset: at, length: found.length });
    if (tokens.length > CAPS.marks)
      throw new ReadError(
        text,
        { offset: at, length: 1 },
        { code: 'too-many', of: 'code-symbols', most: CAPS.marks },
      );
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', offset: text.trimEnd().length, length: 0 });
  return tokens;
}

/** What stands between quotes: `'A'`, `f"W{l}"`. */
function stringAt(text: string, at: number, before: CodeToken | undefined): CodeToken | null {
  const opens = before?.kind === 'sign' && /^[[(,+]$/.test(before.text);
  if (!opens || !/^[fr]?['"]/.test(text.slice(at, at + 2))) return null;
  const pattern = new RegExp(STRING.source, 'y');
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) return null;
  const inside = found.groups?.single ?? found.groups?.double ?? '';
  return { kind: 'string', text: inside, offset: at, length: found[0].length };
}

type Groups = Readonly<Record<string, string | undefined>>;

function tokenOf(groups: Groups): ['space' | 'number' | 'name' | 'sign', string] {
  for (const kind of ['space', 'number', 'name', 'sign'] as const) {
    const found = groups[kind];
    if (found !== undefined) return [kind, found];
  }
  return ['space', ' '];
}

function refuse(text: string, at: number): never {
  const c = String.fromCodePoint(text.codePointAt(at) ?? 0);
  throw new ReadError(
    text,
    { offset: at, length: c.length },
    { code: 'no-place', found: c, in: 'numpy' },
    { expected: 'name-number-operator' },
  );
}
