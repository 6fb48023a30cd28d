// Where the values of a JSON text stand, for a text that is known to be JSON: an edit can then leave all others as they are.

import type { Span } from './regions.ts';

/** A value in a JSON text. */
export type Value = Span;

/** The members of an object by key, the last where a key comes twice; none where the value is no object. */
export function members(json: string, value: Value): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  if (json[value.from] !== '{') return found;
  let at = skipSpace(json, value.from + 1);
  while (json[at] === '"') {
    const end = stringEnd(json, at);
    const key: unknown = JSON.parse(json.slice(at, end));
    const from = skipSpace(json, skipSpace(json, end) + 1);
    const to = valueEnd(json, from);
    found.set(String(key), { from, to });
    at = next(json, to);
  }
  return found;
}

/** The elements of a list; null where the value is none. */
export function elements(json: string, value: Value | null): readonly Value[] | null {
  if (value === null || json[value.from] !== '[') return null;
  const found: Value[] = [];
  let at = skipSpace(json, value.from + 1);
  while (at < json.length && json[at] !== ']') {
    const to = valueEnd(json, at);
    found.push({ from: at, to });
    at = next(json, to);
  }
  return found;
}

/** The insides of a string, or of the strings of a list. */
export function stringSpans(json: string, value: Value): readonly Span[] {
  const all = elements(json, value) ?? [value];
  return all.filter((v) => json[v.from] === '"').map(({ from, to }) => ({ from: from + 1, to: to - 1 }));
}

/** Behind a value and its comma. */
function next(json: string, at: number): number {
  const comma = skipSpace(json, at);
  return json[comma] === ',' ? skipSpace(json, comma + 1) : comma;
}

function skipSpace(json: string, from: number): number {
  let at = from;
  while (' \t\r\n'.includes(json[at] ?? 'x')) at++;
  return at;
}

function valueEnd(json: string, from: number): number {
  if (json[from] === '"') return stringEnd(json, from);
  if (json[from] !== '{' && json[from] !== '[') {
    const scalar = /[^\s,\]}]*/y;
    scalar.lastIndex = from;
    return from + (scalar.exec(json)?.[0].length ?? 0);
  }
  const sign = /["{}[\]]/g;
  sign.lastIndex = from;
  let depth = 0;
  for (let m = sign.exec(json); m !== null; m = sign.exec(json)) {
    if (m[0] === '"') sign.lastIndex = stringEnd(json, m.index);
    else depth += m[0] === '{' || m[0] === '[' ? 1 : -1;
    if (depth === 0) return sign.lastIndex;
  }
  return json.length;
}

/** Behind the quotation mark that ends the string. */
function stringEnd(json: string, from: number): number {
  let at = json.indexOf('"', from + 1);
  while (at >= 0 && isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at < 0 ? json.length : at + 1;
}

/** Whether an odd number of backslashes stands before a place. */
function isEscaped(json: string, at: number): boolean {
  let n = 0;
  while (json[at - 1 - n] === '\\') n++;
  return n % 2 === 1;
}
