// The output folder of a graded class: everything is made before anything is written, and each file is whole or not there.

import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from './expr/error.ts';
import { writeOutput } from './files.ts';
import { markdown } from './formats/markdown.ts';
import type { Course } from './grade-class.ts';
import { feedbackMaker } from './grade-feedback.ts';
import type { Outcome } from './grade-outcome.ts';
import { type Review, readReview, reviewText } from './grade-review.ts';
import { gradesText, resultsText } from './grade-tables.ts';
import { textOfBytes } from './text-bytes.ts';

export interface OutputOptions {
  /** Feedback as HTML pages too. */
  readonly html: boolean;
  /** Feedback for students at all. */
  readonly feedback: boolean;
  /** A byte order mark before tables, by which Excel knows UTF-8. */
  readonly mark: boolean;
}

/** Files by their path below the folder. */
export type Outputs = Map<string, string | Uint8Array>;

export const REVIEW = 'review.csv';

/** The teacher's review of an earlier run, where there is one. */
export function reviewIn(folder: string): Review {
  const path = join(folder, REVIEW);
  if (!existsSync(path)) return new Map();
  const text = textOfBytes(readFileSync(path));
  if (text === null) throw new UserError(`${path} is not text in UTF-8, UTF-16 or GBK`);
  return readReview(text, path);
}

/** Everything that is written for a class. */
export async function outputsOf(
  outcome: Outcome,
  course: Course,
  review: Review,
  o: OutputOptions,
): Promise<Outputs> {
  const files: Outputs = new Map();
  files.set('grades.csv', gradesText(outcome, course, o.mark));
  files.set('results.ndjson', resultsText(outcome, course));
  files.set(REVIEW, reviewText(outcome.groups, review, o.mark));
  if (!o.feedback) return files;
  const make = feedbackMaker(course);
  const names = fileNames(outcome.students.map((s) => s.student));
  for (const s of outcome.students) {
    const document = make(s);
    files.set(`feedback/${names.get(s.student) ?? ''}.md`, markdown.render(document, {}));
  }
  const { reportPage, feedbackPages } = await import('./grade-pages.ts');
  files.set('report.html', await reportPage(outcome, course));
  if (o.html) for (const [path, text] of await feedbackPages(outcome, make, names)) files.set(path, text);
  return files;
}

/** Names that a file may have on any computer, each student's own. */
export function fileNames(students: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const student of students) {
    const plain = student
      .replace(/[^\p{L}\p{N}._@-]+/gu, '_')
      .replace(/^[.-]+|[. ]+$/g, '')
      .slice(0, 100);
    const own = plain === '' || RESERVED.test(plain) ? `_${plain}` : plain;
    let name = own;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${own}-${n}`;
    taken.add(name.toLowerCase());
    names.set(student, name);
  }
  return names;
}

/** What Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

export function writeOutputs(folder: string, files: Outputs): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new UserError(`${folder} is a file; -o names a folder`);
  for (const path of files.keys()) makeFolder(dirname(join(folder, path)));
  for (const [path, content] of files) writeOutput(join(folder, path), content);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    throw new UserError(`the folder ${folder} can't be made`);
  }
}
