// roster.csv: who is in the class. Columns id, name, email, by their heads in English or Chinese.

import { readCsv } from './csv.ts';
import { UserError } from './expr/error.ts';

export interface Student {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

export interface Roster {
  readonly students: readonly Student[];
  /** The one student that some text names: an id, an email, a name, or a file name that holds one of them. */
  readonly find: (text: string) => Student | null;
}

const HEADS: Readonly<Record<'id' | 'name' | 'email', readonly string[]>> = {
  id: [
    'id',
    'student',
    'studentid',
    'idnumber',
    'sid',
    'username',
    'userid',
    'netid',
    '学号',
    '用户名',
    '编号',
  ],
  name: ['name', 'fullname', 'studentname', '姓名', '名字', '全名'],
  email: ['email', 'emailaddress', 'mail', '邮箱', '电子邮件', '电子邮件地址', '电子邮箱', '邮件地址'],
};

/** A column's head without blanks, dashes and case. */
export const headKey = (head: string): string => head.toLowerCase().replace(/[\s_.-]+/g, '');

/** Whether a column's head says that it holds students, and which of their names. */
export function studentHead(head: string): 'id' | 'name' | 'email' | null {
  const key = headKey(head);
  for (const kind of ['id', 'email', 'name'] as const) if (HEADS[kind].includes(key)) return kind;
  return null;
}

const LONGEST = 200;

/** Reads a roster. Throws a `UserError` with the line of what is wrong. */
export function readRoster(text: string, fileName: string): Roster {
  const {
    rows: [head = [], ...rows],
    lines: [, ...places],
  } = readCsv(text, fileName);
  const kinds = head.map((c) => studentHead(c.text));
  const column = (kind: 'id' | 'name' | 'email'): number => kinds.indexOf(kind);
  if (column('id') < 0)
    throw new UserError(
      `${fileName}:1: there is no column "id"; the first line names the columns: id,name,email`,
    );
  const students = new Map<string, Student>();
  for (const [i, row] of rows.entries()) {
    const place = `${fileName}:${places[i] ?? 0}`;
    const at = (kind: 'id' | 'name' | 'email'): string | null => row[column(kind)]?.text || null;
    const id = at('id');
    if (id === null) throw new UserError(`${place}: there is no id`);
    if (id.length > LONGEST) throw new UserError(`${place}: an id has at most ${LONGEST} characters`);
    if (students.has(id)) throw new UserError(`${place}: ${id} is there twice`);
    students.set(id, { id, name: at('name'), email: at('email') });
  }
  return rosterOf([...students.values()]);
}

export function rosterOf(students: readonly Student[]): Roster {
  const byKey = new Map<string, Student | null>();
  const put = (key: string | null, s: Student): void => {
    if (key === null) return;
    const k = key.trim().toLowerCase();
    if (k !== '') byKey.set(k, byKey.has(k) && byKey.get(k) !== s ? null : s);
  };
  for (const s of students) {
    put(s.name, s);
    put(s.email, s);
    put(s.email?.split('@')[0] ?? null, s);
  }
  // Ids last: nobody's name takes another's id away.
  for (const s of students) byKey.set(s.id.toLowerCase(), s);
  return { students, find: (text) => found(text, byKey) };
}

/** The whole text, or one of its parts between `_`, `-`, dots and blanks: Moodle and Canvas put names before and numbers after. */
function found(text: string, byKey: ReadonlyMap<string, Student | null>): Student | null {
  const whole = byKey.get(text.trim().toLowerCase());
  if (whole !== undefined) return whole;
  const parts = [...text.split(/[_+]/), ...text.split(/[\s_+.-]/)].map((p) => p.trim().toLowerCase());
  const all = new Set(parts.flatMap((p) => byKey.get(p) ?? []));
  const [only] = all;
  return all.size === 1 ? (only ?? null) : null;
}
