// review.csv: one line for each group of answers that needs a person; what the teacher writes there holds for the whole group.

import { asTyped, csvText, readCsv } from './csv.ts';
import { UserError } from './expr/error.ts';
import { rounded } from './homework/grade-marks.ts';
import { headKey } from './roster.ts';

/** What a teacher said of a group: the cells as typed, and what they mean. */
export interface ReviewLine {
  readonly group: string;
  readonly line: number;
  /** Points, or a share of them; null where nothing is filled in. */
  readonly score: { readonly points: number } | { readonly share: number } | null;
  readonly comment: string;
  readonly cells: readonly string[];
}

/** What a line of the file is written from. */
export interface ReviewGroup {
  readonly id: string;
  readonly question: string;
  readonly verdict: string;
  readonly students: readonly string[];
  readonly reading: string | null;
  readonly text: string | null;
  readonly needsPerson: boolean;
}

export type Review = ReadonlyMap<string, ReviewLine>;

export const REVIEW_HEAD = [
  'group',
  'question',
  'verdict',
  'answers',
  'reading',
  'answer',
  'score',
  'comment',
];

/** Reads the teacher's copy. Throws a `UserError` with the line of a score that is none. */
export function readReview(text: string, fileName: string): Review {
  const {
    rows: [head = [], ...rows],
    lines: [, ...places],
  } = readCsv(text, fileName);
  const column = (name: string): number => head.findIndex((c) => headKey(c.text) === name);
  const [group, score, comment] = [column('group'), column('score'), column('comment')];
  if (group < 0 || score < 0) throw new UserError(`${fileName}:1: there must be columns "group" and "score"`);
  const lines = new Map<string, ReviewLine>();
  for (const [i, row] of rows.entries()) {
    const line = places[i] ?? 0;
    const at = (c: number): string => (c < 0 ? '' : asTyped(row[c]?.text ?? ''));
    const name = at(group);
    if (name === '') continue;
    if (lines.has(name)) throw new UserError(`${fileName}:${line}: the group ${name} is there twice`);
    lines.set(name, {
      group: name,
      line,
      score: scoreOf(at(score), `${fileName}:${line}`),
      comment: at(comment),
      cells: REVIEW_HEAD.map((h) => at(column(h))),
    });
  }
  return lines;
}

/** `2`, `1.5`, `1,5` are points, `50%` a share. */
function scoreOf(text: string, place: string): ReviewLine['score'] {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const [, digits, percent] = /^(\d+(?:[.,]\d+)?)\s*(%?)$/.exec(trimmed) ?? [];
  if (digits === undefined)
    throw new UserError(
      `${place}: a score is a number of points such as 1.5, or a share such as 50%, not "${trimmed.slice(0, 40)}"`,
    );
  const value = Number(digits.replace(',', '.'));
  if (percent === '%' && value > 100)
    throw new UserError(`${place}: a share is at most 100%, not ${trimmed}`);
  return percent === '%' ? { share: value / 100 } : { points: value };
}

/** The score of a line for a question. Throws a `UserError` where it is more than there is. */
export function reviewScore({ score, line }: ReviewLine, points: number, fileName: string): number | null {
  if (score === null) return null;
  if ('share' in score) return rounded(score.share * points);
  if (score.points > points)
    throw new UserError(
      `${fileName}:${line}: the question has ${points} points, the score is ${score.points}`,
    );
  return rounded(score.points);
}

/** The file again: a line for each group that needs a person, and every line that a teacher has filled in. */
export function reviewText(groups: readonly ReviewGroup[], review: Review, mark: boolean): string {
  const known = new Map(groups.map((g) => [g.id, g]));
  const wanted = groups.filter((g) => g.needsPerson || filled(review.get(g.id)));
  const own = wanted.map((g) => [...groupCells(g), ...(review.get(g.id)?.cells.slice(-2) ?? ['', ''])]);
  const others = [...review.values()].filter((line) => !known.has(line.group)).map((line) => line.cells);
  return csvText([REVIEW_HEAD, ...own, ...others], mark);
}

const filled = (line: ReviewLine | undefined): boolean =>
  line !== undefined && (line.score !== null || line.comment !== '');

const LONGEST = 400;

/** Text of a student's on one line: a table is read by eye. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST);

const groupCells = (g: ReviewGroup): string[] => [
  g.id,
  g.question,
  g.verdict,
  String(g.students.length),
  oneLine(g.reading ?? ''),
  oneLine(g.text ?? ''),
];
