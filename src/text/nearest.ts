// The nearest name, for "did you mean".

import type { Hint } from './complaint.ts';
import { hinted } from './english-reading.ts';

/** How many letters must be inserted, removed, replaced or swapped with a neighbour to get from one word to the other. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

const LONGEST = 60;

/** The candidate closest to `word`, within a third of its length and with a letter in common; null when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST) return null;
  let best: string | null = null;
  let least = Math.max(1, Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const common = distance < Math.max(word.length, candidate.length);
    if (common && distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** What may have been meant; where nothing is near, what there is, unless that is a long list. */
export function nearHint(word: string, candidates: Iterable<string>): Hint {
  const all = [...candidates];
  const near = nearest(word, all);
  return { near, known: near !== null || all.length > 30 ? [] : all };
}

/** `; did you mean "sigmoid"?`, or the list of what there is, or nothing. */
export const suggestion = (word: string, candidates: Iterable<string>): string =>
  hinted(nearHint(word, candidates));
