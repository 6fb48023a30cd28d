// What a file says at its head of the document made from it: its title in each language, who wrote it, when, for which course.

import { type Field, type Fields, mapOf, optional, textOf } from './fields.ts';
import type { FrontSpec } from './spec.ts';

export const FRONT_KEYS = ['title', 'author', 'course', 'date', 'licence'] as const;

const LONGEST = 2000;

/** One line of text. */
function line(field: Field): string {
  const value = textOf(field, 'a line of text').trim();
  if (value.length <= LONGEST && !/[\p{Cc}\u2028\u2029]/u.test(value)) return value;
  throw field.source.error(
    field.path,
    `"${String(field.path.at(-1))}" must be one line of at most ${LONGEST} characters`,
  );
}

/** The keys of a file's head; `title` may be a text, or a map from languages to texts. */
export function frontSpec(fields: Fields): FrontSpec {
  return {
    titles: optional(fields, 'title', titles) ?? new Map(),
    author: optional(fields, 'author', line),
    course: optional(fields, 'course', line),
    date: optional(fields, 'date', line),
    licence: optional(fields, 'licence', line),
  };
}

function titles(field: Field): ReadonlyMap<string, string> {
  if (typeof field.value === 'string') return new Map();
  const what = 'a line of text, or one for each language, as in {en: A network, zh: 一个网络}';
  return new Map([...mapOf(field, what)].map(([language, text]) => [language, line(text)]));
}

/** The title for messages and for languages that have none of their own: the text, the English one, or the first. */
export function titleOf(fields: Fields): string {
  const field = fields.get('title');
  if (field === undefined || field.value === null) return '';
  if (typeof field.value === 'string') return line(field);
  const all = titles(field);
  return all.get('en') ?? [...all.values()][0] ?? '';
}
