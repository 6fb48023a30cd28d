// What of pandoc's tree is ours: code and divisions of the class chainrule, roles, references, and the metadata.

import type { Field } from '../../model/fields.ts';
import type { SpecSource } from '../../model/spec.ts';
import { noteError, type Origin, readBody, together } from '../written.ts';
import type { Json, PandocNode } from './pandoc-ast.ts';

interface Attributes {
  readonly id: string;
  readonly classes: readonly string[];
  readonly values: readonly (readonly [string, string])[];
}

export const isNode = (value: Json | undefined): value is PandocNode =>
  typeof value === 'object' && value !== null && !isList(value) && typeof value.t === 'string';

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const listOf = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** What a node holds, where that is a list. */
export const contents = (n: PandocNode): readonly Json[] => listOf(n.c);

function attributesOf(n: PandocNode): Attributes {
  const [id, classes, values] = listOf(contents(n)[0]);
  return {
    id: textOf(id),
    classes: listOf(classes).map(textOf),
    values: listOf(values).map((pair) => [textOf(listOf(pair)[0]), textOf(listOf(pair)[1])]),
  };
}

/**
 * The attributes of a block of ours, and its body as YAML; null for somebody else's. What stands in a division is for readers
 * without the filter. The first line of `origin` is the fence's own.
 */
export function fieldOf(n: PandocNode): ((origin: Origin) => Field) | null {
  if (n.t !== 'CodeBlock' && n.t !== 'Div') return null;
  const { id, classes, values } = attributesOf(n);
  if (!classes.includes('chainrule')) return null;
  const body = n.t === 'CodeBlock' ? textOf(contents(n)[1]) : '';
  return (origin) => {
    // Readers of other Markdown than pandoc's drop what stands behind a fence's first word.
    if (n.t === 'CodeBlock' && id === '' && values.length === 0 && body.trim() === '')
      throw noteError(
        origin,
        'nothing is asked for here; write {.chainrule target=bp2}, or target: bp2 below',
      );
    const source: SpecSource = { error: (_path, message) => noteError(origin, message) };
    const own = Object.fromEntries([...(id === '' ? [] : [['id', id] as const]), ...values]);
    return together({ value: own, path: [], source }, readBody(body, { ...origin, line: origin.line + 1 }));
  };
}

/** `` `bp2`{.bp} ``: what it names. */
export const roleText = (n: PandocNode): string | null =>
  n.t === 'Code' && attributesOf(n).classes.includes('bp') ? textOf(contents(n)[1]) : null;

const MARK = '{bp}';

/** `` {bp}`bp2` ``: what the code behind the mark names, and the words left of the mark. */
export function roleBehind(
  mark: Json | undefined,
  n: PandocNode,
): { readonly text: string; readonly left: string } | null {
  if (n.t !== 'Code' || !isNode(mark) || mark.t !== 'Str') return null;
  const words = textOf(mark.c);
  return words.endsWith(MARK) ? { text: textOf(contents(n)[1]), left: words.slice(0, -MARK.length) } : null;
}

/** The ids that a node refers to without words of its own: `[](#eq-bp2)`, `@eq-bp2`; none for any other. */
export function referred(n: PandocNode): readonly string[] {
  if (n.t === 'Link') {
    const [, words, target] = contents(n);
    const to = textOf(listOf(target)[0]);
    return listOf(words).length === 0 && to.startsWith('#') ? [to.slice(1)] : [];
  }
  if (n.t !== 'Cite') return [];
  const cited = listOf(contents(n)[0]).map((c) =>
    typeof c === 'object' && c !== null && !isList(c) ? c : {},
  );
  const isBare = cited.every(
    (c) => listOf(c.citationPrefix).length === 0 && listOf(c.citationSuffix).length === 0,
  );
  return isBare ? cited.map((c) => textOf(c.citationId)) : [];
}

/** Metadata as plain data. pandoc reads every word of it as Markdown, numbers too. */
export function metaValue(value: Json | undefined): unknown {
  if (!isNode(value)) return null;
  const c = value.c;
  switch (value.t) {
    case 'MetaMap':
      return typeof c === 'object' && c !== null && !isList(c)
        ? Object.fromEntries(Object.entries(c).map(([key, v]) => [key, metaValue(v)]))
        : null;
    case 'MetaList':
      return listOf(c).map(metaValue);
    case 'MetaBool':
      return c;
    default:
      return scalar(plainText(c ?? '').trim());
  }
}

const scalar = (text: string): string | number =>
  /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(text) ? Number(text) : text;

/** Signs that were taken for marks of Markdown, put back. */
const MARKS: Readonly<Record<string, string>> = {
  Emph: '*',
  Strong: '**',
  Superscript: '^',
  Subscript: '~',
  Strikeout: '~~',
};

function plainText(value: Json): string {
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map(plainText).join('');
  if (!isNode(value)) return '';
  if (value.t === 'Space' || value.t === 'SoftBreak' || value.t === 'LineBreak') return ' ';
  if (value.t === 'Quoted') return `"${plainText(contents(value)[1] ?? '')}"`;
  if (value.t === 'Code' || value.t === 'Math' || value.t === 'RawInline') return textOf(contents(value)[1]);
  const mark = Object.hasOwn(MARKS, value.t) ? (MARKS[value.t] ?? '') : '';
  return `${mark}${plainText(value.c ?? '')}${mark}`;
}
