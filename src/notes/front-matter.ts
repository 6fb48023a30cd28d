// The head of a file: YAML between two lines of dashes, where `chainrule:` says what holds for the whole file.

import { type Field, mapOf } from '../model/fields.ts';
import { NO_FILE, readSpecFile } from '../model/spec-file.ts';
import { headOptions } from './attributes.ts';
import { type Notebook, setHead } from './notebook.ts';

export interface FrontMatter {
  /** How many lines it takes, both lines of dashes with it. */
  readonly lines: number;
  /** What stands below `chainrule:`; null where nothing does. */
  readonly chainrule: Field | null;
}

const LONGEST = 20_000;

/** The lines between the dashes that a text begins with, and how many lines all is; null where it begins otherwise. */
export function headText(text: string): { readonly lines: number; readonly yaml: string } | null {
  const found = /^(?:\uFEFF)?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(
    text.slice(0, LONGEST),
  );
  const yaml = found?.[1];
  return yaml === undefined ? null : { lines: yaml.split('\n').length + 2, yaml };
}

/** Whether a head holds something of ours: other tools have their own say about what else stands there. */
export const isOurs = (yaml: string): boolean => /^chainrule[ \t]*:/m.test(yaml);

/** The front matter that a text begins with; null where it begins otherwise. Throws where its YAML is wrong. */
export function frontMatter(text: string, file: string): FrontMatter | null {
  const head = headText(text);
  if (head === null) return null;
  if (!isOurs(head.yaml)) return { lines: head.lines, chainrule: null };
  const { content, source } = readSpecFile(`\n${head.yaml}`, file);
  const field = mapOf({ value: content, path: [], source }).get('chainrule');
  return { lines: head.lines, chainrule: field === undefined || field.value === null ? null : field };
}

/** Takes the head's say into a notebook. */
export function useHead(book: Notebook, chainrule: Field | null): void {
  if (chainrule !== null) setHead(book, headOptions(chainrule));
}

/** A head that a host has already read: VitePress, MyST and others hand it over as plain data. */
export function headFrom(value: unknown): Field | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const own: unknown = Object.hasOwn(value, 'chainrule') ? Reflect.get(value, 'chainrule') : null;
  return own === null || own === undefined ? null : { value: own, path: ['chainrule'], source: NO_FILE };
}
