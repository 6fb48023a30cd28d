// Reading plain values out of a spec: each reader takes the place it stands at, and says what it wanted there.

import { suggestion } from '../text/nearest.ts';
import type { SpecPath, SpecSource } from './spec.ts';

/** A value in a spec and its place. */
export interface Field {
  readonly value: unknown;
  readonly path: SpecPath;
  readonly source: SpecSource;
}

/** The keys of a map in order; an object's prototype is never looked at. */
export type Fields = ReadonlyMap<string, Field>;

/** How a place reads in a sentence: `layers[1]`, `values.w[2]`; positions count from 0, as in JSON paths. */
export function pathText(path: SpecPath): string {
  return path
    .map((p, i) => (typeof p === 'number' || /^\d+$/.test(p) ? `[${p}]` : i === 0 ? p : `.${p}`))
    .join('');
}

/** What a value is, in a word. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return `the text "${value.length > 40 ? `${value.slice(0, 40)}...` : value}"`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return 'a map';
  }
}

const wanted = (field: Field, what: string): Error =>
  field.source.error(
    field.path,
    `${pathText(field.path) || 'a network file'} must be ${what}, not ${kindOf(field.value)}`,
  );

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The entries of a map, by key. */
export function mapOf(field: Field, what = 'a map'): Fields {
  if (!isMap(field.value)) throw wanted(field, what);
  return new Map(
    Object.entries(field.value).map(([k, value]) => [k, { ...field, value, path: [...field.path, k] }]),
  );
}

/** A map with no other keys than these. */
export function recordOf(
  field: Field,
  keys: readonly string[],
  what = `a map with the keys ${keys.join(', ')}`,
): Fields {
  const fields = mapOf(field, what);
  for (const [name, { path, source }] of fields) {
    if (!keys.includes(name)) {
      throw source.error(path, `unknown key "${name}"${suggestion(name, keys)}`, { onKey: true });
    }
  }
  return fields;
}

export function listOf(field: Field, what = 'a list'): readonly Field[] {
  if (!Array.isArray(field.value)) throw wanted(field, what);
  const items: readonly unknown[] = field.value;
  return items.map((value, i) => ({ ...field, value, path: [...field.path, i] }));
}

export function textOf(field: Field, what = 'a text'): string {
  if (typeof field.value !== 'string') throw wanted(field, what);
  if (field.value.length > 2000)
    throw field.source.error(field.path, `${pathText(field.path)} is longer than 2000 characters`);
  return field.value;
}

/** A finite number. */
export function numberOf(field: Field, what = 'a number'): number {
  if (typeof field.value !== 'number') throw wanted(field, what);
  if (!Number.isFinite(field.value)) {
    throw field.source.error(field.path, `${pathText(field.path)} is ${field.value}; numbers must be finite`);
  }
  return field.value;
}

/** A whole number of at least `least`. */
export function wholeOf(field: Field, least: number, what: string): number {
  const value = numberOf(field, what);
  if (!Number.isInteger(value) || value < least || value > 1_000_000) throw wanted(field, what);
  return value;
}

/** One of a few words. */
export function wordOf<W extends string>(field: Field, words: readonly W[]): W {
  const text = textOf(field, `one of ${words.join(', ')}`);
  const found = words.find((w) => w === text);
  if (found === undefined) {
    throw field.source.error(
      field.path,
      `unknown ${pathText(field.path.slice(-1))} "${text}"${suggestion(text, words)}`,
    );
  }
  return found;
}

/** The value under a key that may be missing or empty. */
export function optional<T>(fields: Fields, key: string, read: (field: Field) => T): T | null {
  const field = fields.get(key);
  return field === undefined || field.value === null || field.value === undefined ? null : read(field);
}
