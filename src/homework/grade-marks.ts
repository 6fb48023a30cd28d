// What an answer is worth: the rubric's share of the question's points, or nothing that a program should decide.

import { conventionRow } from '../tables/conventions.ts';
import type { Checked, SlipCode, Verdict } from './verdict.ts';

/** A share of the points from 0 to 1; `person`: somebody looks at it. */
export type Share = number | 'person';

/** What a rubric may name: verdicts, slips, no answer, and all the rest. */
export type RubricKey = Exclude<Verdict, 'correct'> | SlipCode | 'missing' | 'default';

export type Rubric = ReadonlyMap<RubricKey, Share>;

export type Mark =
  | { readonly kind: 'score'; readonly score: number }
  /** No score until somebody has looked. */
  | { readonly kind: 'person' }
  /** Nothing was handed in; a rubric may say what that is worth. */
  | { readonly kind: 'blank' };

/** Where a rubric says nothing: what the program can't judge is a person's, the rest is worth nothing. */
const USUAL: ReadonlyMap<RubricKey, Share> = new Map<RubricKey, Share>([
  ['undecided', 'person'],
  ['convention', 'person'],
  ['unreadable', 'person'],
]);

export const rubricVerdicts: readonly Exclude<Verdict, 'correct'>[] = [
  'special-case',
  'unfinished',
  'convention',
  'incorrect',
  'unreadable',
  'undecided',
];

/** The share of a verdict. `accepted`: under a convention that the question itself accepts. */
export function shareOf(c: Checked, rubric: Rubric, accepted: boolean): Share {
  const { verdict } = c;
  if (verdict === 'correct' || (verdict === 'convention' && accepted)) return 1;
  const usual = rubric.get(verdict) ?? USUAL.get(verdict) ?? rubric.get('default') ?? 0;
  if (verdict !== 'incorrect' || c.slips.length === 0) return usual;
  const shares = c.slips.map((slip) => rubric.get(slip.code) ?? usual);
  return shares.includes('person') ? 'person' : shares.reduce<number>((all, s) => all * Number(s), 1);
}

/** Points, to two decimals. */
export const markOf = (share: Share, points: number): Mark =>
  share === 'person' ? { kind: 'person' } : { kind: 'score', score: rounded(share * points) };

export function missingMark(rubric: Rubric, points: number): Mark {
  const share = rubric.get('missing');
  return share === undefined ? { kind: 'blank' } : markOf(share, points);
}

export const rounded = (score: number): number => Math.round(score * 100 + 1e-7) / 100;

/** Conventions that are a matter of writing things down; a sign, a factor 1/2 or a mean is none. */
export const inferable = (name: string): boolean => {
  const row = conventionRow(name);
  return row !== null && !['sign', 'half', 'mean'].includes(row.name);
};
