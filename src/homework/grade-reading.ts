// An answer's reading as one line of plain text, by which equal answers of a class are put together.

import { conditionsKey } from '../expr/condition.ts';
import type { System } from '../expr/system.ts';
import { plain, plainTensor } from '../text/plain.ts';
import { isTensor } from '../text/read.ts';
import type { Answer } from './answer.ts';
import type { ReadingLines } from './verdict.ts';

/** `delta[l] = ...; ...`: the lines as they were read. */
export const readingText = (reading: ReadingLines, system: System): string =>
  reading
    .map((sides) => sides.map((s) => (isTensor(s) ? plainTensor(s, system) : plain(s, system))).join(' = '))
    .join('; ');

/** What an answer was read as, with all that a check looks at; of one that can't be read the text itself. */
export function answerKey(answer: Answer, text: string, system: System): string {
  if (answer.kind === 'unreadable') return `? ${text}`;
  return answer.lines
    .map(({ sides, continues, where }) => {
      const rows = sides.map((s) => (s.row ? 'row ' : ''));
      const all = readingText([sides.map((s) => s.of)], system);
      return `${continues ? '= ' : ''}${rows.join('|')}${all} for ${conditionsKey(where)}`;
    })
    .join('\n');
}

const LENGTH = 10;

/** A short name for a group of equal answers: the same in every run. */
export function groupName(question: string, of: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (const c of `${question}\n${of}`) {
    const code = c.codePointAt(0) ?? 0;
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  const hash = 4294967296 * (2097151 & b) + (a >>> 0);
  return `${question}-${hash.toString(36).padStart(LENGTH, '0').slice(-LENGTH)}`;
}
