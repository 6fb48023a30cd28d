// Submissions of a class: every file's answers, under the student they belong to.

import { type Csv, readCsv } from './csv.ts';
import { UserError } from './expr/error.ts';
import type { Handed, HandedAnswer } from './homework/grade.ts';
import type { FileProblem, NoAnswer, Problem } from './homework/grade-problem.ts';
import { headKey, type Roster, studentHead } from './roster.ts';
import type { SubmissionFile, SubmissionSource } from './submission-files.ts';
import {
  latexSections,
  markdownSections,
  notebookSections,
  questionNamed,
  type Sections,
} from './submission-text.ts';
import { textOfBytes } from './text-bytes.ts';

export interface SubmissionRequest {
  /** The questions' ids, in order. */
  readonly questions: readonly string[];
  readonly columns: ReadonlyMap<string, string>;
  /** Null where there is none: then whoever hands in is in the class. */
  readonly roster: Roster | null;
  /** Whose all files are; left out: each file's or folder's own. */
  readonly student?: string;
}

export interface Submissions {
  /** In alphabetical order, or that of the roster. */
  readonly handed: readonly Handed[];
  readonly problems: readonly Problem[];
}

/** A student's texts as they come in: a question may have several. */
type Drafts = Map<string, { readonly student: string; readonly texts: Map<string, string[]> }>;

interface Desk {
  readonly request: SubmissionRequest;
  readonly drafts: Drafts;
  readonly problems: Problem[];
}

/** Reads all that was handed in. Throws a `UserError` where two students can't be told apart. */
export function readSubmissions(
  sources: readonly SubmissionSource[],
  request: SubmissionRequest,
): Submissions {
  const desk: Desk = { request, drafts: new Map(), problems: [] };
  for (const source of sources) {
    desk.problems.push(...source.problems);
    for (const file of source.files) readFile(file, source.kind, desk);
  }
  const handed = order(desk).map((id) => handedBy(id, desk));
  return { handed, problems: desk.problems };
}

function readFile(file: SubmissionFile, kind: SubmissionSource['kind'], desk: Desk): void {
  const why = readInto(file, kind, desk);
  if (why !== null) desk.problems.push({ code: 'file', file: file.path, why });
}

/** Takes a file's answers; says why there are none. */
function readInto(
  { path, bytes }: SubmissionFile,
  kind: SubmissionSource['kind'],
  desk: Desk,
): FileProblem | null {
  const text = textOfBytes(bytes);
  if (text === null) return 'text';
  if (/\.(csv|tsv)$/i.test(path)) return readTable(text, path, desk) ? null : 'table';
  const sections = sectionsOf(text, path);
  if (sections === null) return 'notebook';
  const student = desk.request.student ?? studentOf(path, kind, desk.request.roster);
  return take(sections, student, path, desk) === 0 ? 'nothing' : null;
}

function sectionsOf(text: string, path: string): Sections | null {
  if (/\.ipynb$/i.test(path)) return notebookSections(text);
  return /\.tex$/i.test(path) ? latexSections(text) : markdownSections(text);
}

/** The folder's name, where each student has one; else the file's. */
function studentOf(path: string, kind: SubmissionSource['kind'], roster: Roster | null): string {
  const parts = path.split('/');
  const stem = (parts.at(-1) ?? '').replace(/\.[A-Za-z]+$/, '');
  const folder = parts.length > 1 && kind === 'folder' ? (parts[0] ?? stem) : stem;
  if (roster === null) return folder;
  return (roster.find(folder) ?? roster.find(stem))?.id ?? folder;
}

function draftOf(student: string, file: string, { request, drafts, problems }: Desk): Map<string, string[]> {
  const known = drafts.get(student);
  if (known !== undefined) return known.texts;
  const texts = new Map<string, string[]>();
  drafts.set(student, { student, texts });
  if (request.roster !== null && request.roster.find(student) === null)
    problems.push({ code: 'unknown-student', student, file });
  return texts;
}

/** Puts sections under their questions; says how many belong to one. */
function put(draft: Map<string, string[]>, question: string, text: string): void {
  const own = draft.get(question);
  if (own === undefined) draft.set(question, [text]);
  else own.push(text);
}

/** So many strange heads of one file are told. */
const MOST_STRANGE = 10;

function take(sections: Sections, student: string, file: string, desk: Desk): number {
  const draft = draftOf(student, file, desk);
  let known = 0;
  const strange = new Set<string>();
  for (const { name, text } of sections) {
    const id = questionNamed(name, desk.request.questions);
    if (id !== null) {
      put(draft, id, text);
      known++;
    } else if (strange.size < MOST_STRANGE && looksLikeQuestion(name, desk.request.questions)) {
      const shown = name.trim().slice(0, 40);
      if (!strange.has(shown)) desk.problems.push({ code: 'unknown-question', student, name: shown, file });
      strange.add(shown);
    }
  }
  return known;
}

/** `q7` where the questions are q1 to q4: the same letters before a number. */
function looksLikeQuestion(name: string, ids: readonly string[]): boolean {
  const shape = (text: string): string => text.trim().toLowerCase().replace(/\d+/g, '#');
  const [word = ''] = name
    .trim()
    .slice(0, 40)
    .split(/[\s:.(]/);
  return ids.some((id) => /\d/.test(id) && shape(id) === shape(word));
}

const LONGEST_ID = 200;

/** A line for each student. False where no column holds students, or none a question. */
function readTable(text: string, file: string, desk: Desk): boolean {
  const { rows } = tableOf(text, file);
  const [head = [], ...lines] = rows;
  const heads = head.map((c) => c.text);
  const student = studentColumn(heads, desk.request.columns);
  const columns = desk.request.questions.map((id) => questionColumn(id, heads, desk.request));
  if (student < 0 || columns.every((c) => c < 0)) return false;
  const seen = new Set<string>();
  for (const row of lines) {
    const named = (row[student]?.text ?? '').slice(0, LONGEST_ID);
    if (named === '') continue;
    const id = desk.request.roster?.find(named)?.id ?? named;
    const draft = draftOf(id, file, desk);
    for (const [i, question] of desk.request.questions.entries()) {
      const column = columns[i] ?? -1;
      const answer = column < 0 ? undefined : row[column]?.text;
      if (answer !== undefined) put(draft, question, cellFormula(answer));
    }
    seen.add(id);
  }
  return seen.size > 0 || lines.length === 0;
}

function tableOf(text: string, file: string): Csv {
  try {
    return readCsv(text, file);
  } catch (error) {
    if (error instanceof UserError) return { separator: ',', rows: [], lines: [] };
    throw error;
  }
}

/** A formula in a cell may stand in dollars; a spreadsheet's apostrophe before it is none of its own. */
const cellFormula = (text: string): string =>
  text
    .replace(/^'(?=[=+\-@])/, '')
    .replace(/^\s*\$\$?([^$]*)\$\$?\s*$/, '$1')
    .trim();

function studentColumn(heads: readonly string[], columns: ReadonlyMap<string, string>): number {
  const said = columns.get('student');
  if (said !== undefined) return heads.findIndex((h) => headKey(h) === headKey(said));
  const kinds = heads.map(studentHead);
  return [kinds.indexOf('id'), kinds.indexOf('email'), kinds.indexOf('name')].find((c) => c >= 0) ?? -1;
}

function questionColumn(
  id: string,
  heads: readonly string[],
  { questions, columns }: SubmissionRequest,
): number {
  const said = columns.get(id);
  if (said !== undefined) return heads.findIndex((h) => headKey(h) === headKey(said));
  const exact = heads.findIndex((h) => h.trim().toLowerCase() === id.toLowerCase());
  return exact >= 0 ? exact : heads.findIndex((h) => questionNamed(h, questions) === id);
}

/** The roster's order first, then whoever isn't on it. */
function order({ request, drafts }: Desk): readonly string[] {
  const listed = request.roster?.students.map((s) => s.id) ?? [];
  const others = [...drafts.keys()].filter((id) => !listed.includes(id)).sort((a, b) => (a < b ? -1 : 1));
  return [...listed, ...others];
}

function handedBy(student: string, { request, drafts, problems }: Desk): Handed {
  const draft = drafts.get(student);
  if (draft === undefined) problems.push({ code: 'absent', student });
  const answers = request.questions.map((question): [string, HandedAnswer] => {
    const none = (why: NoAnswer): [string, HandedAnswer] => [question, { kind: 'none', why }];
    if (draft === undefined) return none('absent');
    const texts = draft.texts.get(question) ?? [];
    const filled = [...new Set(texts.map((t) => t.trim()).filter((t) => t !== ''))];
    const [only] = filled;
    if (filled.length === 1 && only !== undefined) return [question, { kind: 'text', text: only }];
    const code = texts.length === 0 ? 'missing' : filled.length === 0 ? 'empty' : 'double';
    problems.push({ code, student, question });
    return none(code);
  });
  return { student, answers: new Map(answers) };
}
