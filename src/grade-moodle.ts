// The grading worksheet that Moodle hands out, filled in where it stands: only grades and feedback change, byte for byte.

import { readFileSync } from 'node:fs';
import { type Cell, cellText, harmless, readCsv } from './csv.ts';
import { UserError } from './expr/error.ts';
import { writeOutput } from './files.ts';
import { plainText } from './formats/text.ts';
import type { Course } from './grade-class.ts';
import { feedbackMaker } from './grade-feedback.ts';
import type { Outcome, StudentOutcome } from './grade-outcome.ts';
import { rounded } from './homework/grade-marks.ts';
import { headKey } from './roster.ts';
import { textOfBytes } from './text-bytes.ts';

/** Heads of the worksheet's columns in the languages that Moodle speaks here, without blanks and dashes. */
const HEADS = {
  grade: ['grade', '成绩', '分数', '评分'],
  feedback: ['feedbackcomments', '反馈评语', '反馈评论', '评语反馈', '反馈意见', '反馈'],
  most: ['maximumgrade', '最高分', '最高成绩', '满分'],
  identifier: ['identifier', '标识符', '编号标识', '识别号'],
  id: ['idnumber', 'username', 'id', '学号', 'id号', '编号', '用户名'],
  email: ['emailaddress', 'email', '电子邮件地址', 'email地址', '电子邮件', '邮箱'],
  name: ['fullname', 'name', '全名', '姓名'],
} as const;

interface Sheet {
  readonly text: string;
  readonly separator: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly column: (kind: keyof typeof HEADS) => number;
}

/** Fills the worksheet in; gives the sentence that says what was done. */
export function fillWorksheet(path: string, outcome: Outcome, course: Course): string {
  const bytes = readFileSync(path);
  const text = textOfBytes(bytes);
  if (text === null) throw new UserError(`${path} is not text in UTF-8, UTF-16 or GBK`);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb;
  const sheet = sheetOf(text, path);
  const rowOf = rowFinder(sheet, course);
  const make = feedbackMaker(course);
  const changes: { readonly cell: Cell; readonly to: string }[] = [];
  const missing: string[] = [];
  let filled = 0;
  for (const s of outcome.students) {
    const row = rowOf(s.student);
    if (row === null) {
      missing.push(s.student);
      continue;
    }
    const own = cellsFor(s, row, sheet, () => plainText.render(make(s), {}).trim());
    if (own.length > 0) filled++;
    changes.push(...own);
  }
  writeOutput(path, `${mark ? '\uFEFF' : ''}${replaced(text, changes, sheet.separator)}`);
  const left =
    missing.length === 0
      ? ''
      : `; not there: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ', ...' : ''}`;
  return `${path}: ${filled} ${filled === 1 ? 'line' : 'lines'} filled in${left}`;
}

function sheetOf(text: string, path: string): Sheet {
  const { rows, separator } = readCsv(text, path);
  const heads = rows[0]?.map((c) => headKey(c.text)) ?? [];
  const column = (kind: keyof typeof HEADS): number =>
    heads.findIndex((h) => (HEADS[kind] as readonly string[]).includes(h));
  const sheet: Sheet = { text, separator, rows, column };
  if (column('grade') < 0)
    throw new UserError(`${path}:1: there is no column "Grade"; is this a grading worksheet of Moodle?`);
  if ((['identifier', 'id', 'email', 'name'] as const).every((kind) => column(kind) < 0))
    throw new UserError(`${path}:1: there is no column that says whose line it is`);
  return sheet;
}

/** A student's line: by number, email, user name or name, or the number in `Participant 123`. */
function rowFinder(sheet: Sheet, { roster }: Course): (student: string) => readonly Cell[] | null {
  const rows = new Map<string, readonly Cell[] | null>();
  for (const row of sheet.rows.slice(1)) {
    const keys = (['id', 'email', 'name', 'identifier'] as const).flatMap((kind) =>
      keysOf(row[sheet.column(kind)]?.text ?? '', kind),
    );
    for (const key of new Set(keys)) rows.set(key, rows.has(key) ? null : row);
  }
  return (student) => {
    const known = roster?.find(student) ?? null;
    const names = [student, known?.id, known?.email, known?.name].flatMap((n) =>
      n == null ? [] : [n.toLowerCase()],
    );
    // Folders of Moodle's own download: `Jane Doe_123_assignsubmission_file_`.
    const number = /_(\d+)_assignsubmission/.exec(student)?.[1];
    for (const key of number === undefined ? names : [...names, number]) {
      const row = rows.get(key);
      if (row !== undefined && row !== null) return row;
    }
    return null;
  };
}

function keysOf(text: string, kind: 'id' | 'email' | 'name' | 'identifier'): string[] {
  const key = text.trim().toLowerCase();
  if (key === '') return [];
  if (kind === 'identifier') return [key, ...(/(\d+)\s*$/.exec(key)?.slice(1) ?? [])];
  return kind === 'email' ? [key, key.split('@')[0] ?? ''] : [key];
}

/** What changes in a line: the grade where there is a total, and the feedback. */
function cellsFor(
  { total, max }: StudentOutcome,
  row: readonly Cell[],
  sheet: Sheet,
  feedback: () => string,
): { readonly cell: Cell; readonly to: string }[] {
  const most = row[sheet.column('most')]?.text ?? '';
  const top = Number(most.replace(',', '.'));
  const scale = most !== '' && Number.isFinite(top) && top > 0 && max > 0 ? top / max : 1;
  const grade = row[sheet.column('grade')];
  const comments = row[sheet.column('feedback')];
  const comma = /\d,\d/.test(most);
  const found: { readonly cell: Cell; readonly to: string }[] = [];
  if (grade !== undefined && total !== null) {
    const points = rounded(total * scale).toFixed(2);
    found.push({ cell: grade, to: comma ? points.replace('.', ',') : points });
  }
  if (comments !== undefined) found.push({ cell: comments, to: feedback() });
  return found;
}

/** The text with some cells changed; all others stay as they are. */
function replaced(
  text: string,
  changes: readonly { readonly cell: Cell; readonly to: string }[],
  separator: string,
): string {
  const parts: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  for (const { cell, to } of [...changes].sort((a, b) => a.cell.from - b.cell.from)) {
    parts.push(
      text.slice(at, cell.from),
      cell.text === to ? text.slice(cell.from, cell.to) : cellText(harmless(to), separator),
    );
    at = cell.to;
  }
  return [...parts, text.slice(at)].join('');
}
