// What an author writes at a place, with the place of each word: `bp2 form=both network="my net.yaml"`, or a body of YAML.

import { UserError } from '../expr/error.ts';
import type { Field } from '../model/fields.ts';
import type { SpecSource } from '../model/spec.ts';
import { readSpecFile } from '../model/spec-file.ts';
import { nearAttribute } from './attributes.ts';

/** Where a text begins in its file: lines and columns count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A place as messages begin: `notes.md:12:3`. */
export const at = ({ file, line, column }: Origin): string => `${file}:${line}:${column}`;

/** A sentence with its place. */
export const noteError = (origin: Origin, sentence: string): UserError =>
  new UserError(`${at(origin)}: ${sentence}`);

/** Whether a sentence begins with its place in a file: `net.yaml:3:20: `. */
export const isPlaced = (sentence: string): boolean => /^[^\s:][^:\n]*:\d+:\d+: /.test(sentence);

interface Word {
  readonly text: string;
  readonly offset: number;
}

const LONGEST_LINE = 4000;

/** The words of a line; quotation marks keep spaces together. A line end is a space. */
function wordsOf(text: string, origin: Origin): Word[] {
  if (text.length > LONGEST_LINE)
    throw noteError(origin, `these attributes are longer than ${LONGEST_LINE} characters`);
  const found: Word[] = [];
  const word = /(?:[^\s"]|"[^"]*")+|"/g;
  for (const m of text.matchAll(word)) {
    if (m[0] === '"')
      throw noteError(shifted(origin, text, m.index), 'the quotation mark here is never closed');
    found.push({ text: m[0], offset: m.index });
  }
  return found;
}

/** The place of a character in a text that begins at `origin`. */
function shifted(origin: Origin, text: string, offset: number): Origin {
  const before = text.slice(0, offset).split('\n');
  const last = before.at(-1) ?? '';
  return before.length === 1
    ? { ...origin, column: origin.column + offset }
    : { ...origin, line: origin.line + before.length - 1, column: last.length + 1 };
}

const unquoted = (text: string): string => text.replaceAll('"', '');

/** `bp1 bp2 form=matrix`: words without `=` are targets. Pandoc's `.class` words and `#id` are understood. */
export function readLine(text: string, origin: Origin): Field {
  const values = new Map<string, unknown>();
  const places = new Map<string, Origin>();
  const targets: string[] = [];
  const set = (key: string, value: string, place: Origin): void => {
    if (values.has(key)) throw noteError(place, `"${key}" is given twice`);
    values.set(key, value);
    places.set(key, place);
  };
  for (const word of wordsOf(text, origin)) {
    const place = shifted(origin, text, word.offset);
    const [, key, value] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(word.text) ?? [];
    if (key !== undefined && value !== undefined) set(key, unquoted(value), place);
    else if (/^#[\w:.-]+$/.test(word.text)) set('id', word.text.slice(1), place);
    else targets.push(unquoted(word.text));
    if (key === undefined && targets.length === 1 && !places.has('target')) places.set('target', place);
  }
  if (targets.length > 0) {
    if (values.has('target')) throw noteError(places.get('target') ?? origin, '"target" is given twice');
    values.set('target', targets);
  }
  const source: SpecSource = {
    error: (path, message) => noteError(places.get(String(path[0])) ?? origin, message),
  };
  return { value: Object.fromEntries(values), path: [], source };
}

/** A fence's body as YAML; `origin` is where its first line begins. A body that is one bare word or a list is targets. */
export function readBody(text: string, origin: Origin): Field {
  if (text.trim() === '') return { value: {}, path: [], source: placeless(origin) };
  // Empty lines in front make the places those of the file.
  const { content, source } = readSpecFile('\n'.repeat(origin.line - 1) + text, origin.file);
  const value = typeof content === 'string' || Array.isArray(content) ? { target: content } : (content ?? {});
  return { value, path: [], source };
}

const placeless = (origin: Origin): SpecSource => ({ error: (_path, message) => noteError(origin, message) });

/** Two sources of attributes of one piece: a fence's first line and its body. A key in both is an error. */
export function together(line: Field, body: Field): Field {
  const first = entriesOf(line);
  const second = entriesOf(body);
  const twice = second.find(([key]) => first.some(([k]) => k === key));
  if (twice !== undefined)
    throw body.source.error([twice[0]], `"${twice[0]}" is given twice`, { onKey: true });
  const inLine = new Set(first.map(([key]) => key));
  const source: SpecSource = {
    error: (path, message, where) =>
      (inLine.has(String(path[0])) ? line.source : body.source).error(path, message, where),
  };
  return { value: Object.fromEntries([...first, ...second]), path: [], source };
}

function entriesOf({ value, source }: Field): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw source.error([], `write attributes as key: value, one a line${nearAttribute(String(value))}`);
}
