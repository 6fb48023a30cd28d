// Who wrote a document, for what and when, as blocks: for formats that have no place of their own for it.

import { text } from '../lang/phrase.ts';
import type { Block, DocumentText, Front } from './blocks.ts';

/** Words on one line: a line break in a title would begin a new block in Markdown. */
export const oneLine = (words: string): string => words.replace(/[\s\p{Cc}]+/gu, ' ').trim();

/** The same of all that a document's head says; what is empty says nothing. */
export function onOneLine({ author, course, date, licence }: Front): Front {
  const line = (words: string | null): string | null => (words === null ? null : oneLine(words) || null);
  return { author: line(author), course: line(course), date: line(date), licence: line(licence) };
}

/** The blocks with a line for course, author and date below the title, and the licence at the end. */
export function withFront({ blocks, front }: DocumentText): readonly Block[] {
  const { course, author, date, licence } = front;
  const by = [course, author, date].filter((part) => part !== null).join(' · ');
  const title = blocks.findIndex((b) => b.kind === 'heading' && b.level === 1);
  return [
    ...blocks.slice(0, title + 1),
    ...paragraph(by),
    ...blocks.slice(title + 1),
    ...paragraph(licence ?? ''),
  ];
}

const paragraph = (words: string): Block[] =>
  words === '' ? [] : [{ kind: 'paragraph', parts: [text(words)] }];
