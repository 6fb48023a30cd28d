// What notes say of themselves at their head: title, author, language. What there is for other tools is passed over.

import type { Front, Paper } from './document/blocks.ts';
import { onOneLine } from './document/front.ts';
import { type LanguageCode, languageCodes } from './lang/codes.ts';
import { readSpecFile } from './model/spec-file.ts';
import { headText, isOurs } from './notes/front-matter.ts';

export interface NotesHead {
  readonly title: string | null;
  readonly front: Front;
  readonly paper: Paper;
  readonly lang: LanguageCode;
  /** The notes with as many lines as before; a head without anything of ours is blank. */
  readonly text: string;
}

/** Reads the head of some notes. One that can't be read says nothing here: where it is ours, the plugin complains. */
export function headOfNotes(text: string, lang: LanguageCode | null): NotesHead {
  const head = headText(text);
  const said = head === null ? {} : mapIn(head.yaml);
  const word = (key: string): string | null => wordIn(said, key);
  const [author, course, date, licence] = ['author', 'course', 'date', 'licence'].map(word);
  const ours = ownOf(said, 'chainrule');
  return {
    title: word('title'),
    front: onOneLine({
      author: author ?? null,
      course: course ?? null,
      date: date ?? null,
      licence: licence ?? null,
    }),
    paper: word('paper') === 'letter' ? 'letter' : 'a4',
    lang: lang ?? codeOf(wordIn(ours, 'lang')) ?? codeOf(word('lang')) ?? 'en',
    text: head === null || isOurs(head.yaml) ? text : withoutHead(text, head.lines),
  };
}

const withoutHead = (text: string, lines: number): string =>
  text
    .split('\n')
    .map((line, i) => (i < lines ? '' : line))
    .join('\n');

function mapIn(yaml: string): unknown {
  try {
    return readSpecFile(yaml, 'head').content;
  } catch {
    return {};
  }
}

const ownOf = (of: unknown, key: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, key) ? Reflect.get(of, key) : null;

function wordIn(of: unknown, key: string): string | null {
  const value = ownOf(of, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** `zh-CN` is zh. */
const codeOf = (lang: string | null): LanguageCode | null =>
  languageCodes.find((code) => lang !== null && (lang === code || lang.startsWith(`${code}-`))) ?? null;
