// An index with its values listed, `l = L-1, L-2, ..., 2`: its range.

import { type Mark, mark } from './marks.ts';

/** Whether it is a letter, an equal sign, and a list with dots in it. */
export const isListed = (marks: readonly Mark[]): boolean =>
  marks[0]?.kind === 'letter' &&
  marks[1]?.text === '=' &&
  marks.some((t, i) => t.text === '…' && marks[i - 1]?.text === ',');

/** The listed values as a condition, 2 <= l <= L-1; nothing where the list doesn't show which end is the larger. */
export function rangeListed(marks: readonly Mark[]): Mark[] {
  const [letter, sign] = marks;
  const values = marks.slice(2);
  const first = values.slice(
    0,
    values.findIndex((t) => t.text === ','),
  );
  const last = values.slice(values.findLastIndex((t) => t.text === ',') + 1);
  const [up, down] = [isNumber(first), isNumber(last)];
  if (letter === undefined || sign === undefined || (!up && !down)) return [];
  const descends = down && (!up || Number(last[0]?.text) < Number(first[0]?.text));
  const [lo, hi] = descends ? [last, first] : [first, last];
  const atMost = mark('sign', '<=', sign.offset, sign.length);
  return [...lo, atMost, letter, atMost, ...hi];
}

const isNumber = (marks: readonly Mark[]): boolean => marks.length === 1 && marks[0]?.kind === 'number';
