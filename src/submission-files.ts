// The files of submissions, from folders, archives or by themselves: names and bytes, within limits, links not followed.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UserError } from './expr/error.ts';
import type { FileProblem, Problem } from './homework/grade-problem.ts';
import { readZip } from './zip.ts';

export interface SubmissionFile {
  /** Parts joined by `/`, from the folder or archive that was named. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What one argument of the command line holds. */
export interface SubmissionSource {
  /** A file by itself, or a folder or archive of them. */
  readonly kind: 'file' | 'folder';
  readonly files: readonly SubmissionFile[];
  readonly problems: readonly Problem[];
}

const MOST_FILES = 20_000;
/** The largest file that may be an answer, in bytes; a class's table may be larger. */
const LARGEST = 2_000_000;
const LARGEST_TABLE = 16_000_000;
const LARGEST_ARCHIVE = 40_000_000;

const KINDS = /\.(md|markdown|txt|tex|csv|tsv|ipynb)$/i;
/** Files that computers add by themselves. */
const BESIDE = /^(\..*|__MACOSX|Thumbs\.db|desktop\.ini|.*~)$/i;

const isBeside = (path: string): boolean => path.split('/').some((part) => BESIDE.test(part));

const problem = (file: string, why: FileProblem): Problem => ({ code: 'file', file, why });

/**
 * Reads what an argument names. `output`: the folder of the results, which may lie below the submissions and holds none.
 * Throws a `UserError` where there is no such thing, or where the results would lie among the submissions.
 */
export function submissionSource(path: string, output: string | null = null): SubmissionSource {
  if (!existsSync(path)) throw new UserError(`there is no file or folder ${path}`);
  if (statSync(path).isDirectory()) {
    if (output !== null && resolve(path) === resolve(output))
      throw new UserError(`the results would lie among the submissions in ${path}; give -o another folder`);
    return folderSource(path, output);
  }
  const name = basename(path);
  if (/\.zip$/i.test(name)) return archiveSource(path);
  if (!KINDS.test(name))
    throw new UserError(
      `${path} is no submission: give a folder, or a file that ends in .md, .tex, .csv, .ipynb or .zip`,
    );
  if (statSync(path).size > LARGEST_TABLE)
    throw new UserError(`${path} is larger than ${LARGEST_TABLE / 1e6} MB`);
  return { kind: 'file', files: [{ path: name, bytes: readFileSync(path) }], problems: [] };
}

function archiveSource(path: string): SubmissionSource {
  if (statSync(path).size > LARGEST_ARCHIVE)
    throw new UserError(`${path} is larger than ${LARGEST_ARCHIVE / 1e6} MB`);
  const files = readZip(readFileSync(path), path).filter((f) => !isBeside(f.path));
  return sorted(withoutWrapper(files));
}

function folderSource(folder: string, output: string | null): SubmissionSource {
  const files: SubmissionFile[] = [];
  const links: Problem[] = [];
  const walk = (below: string): void => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (BESIDE.test(entry.name)) continue;
      if (output !== null && resolve(folder, path) === resolve(output)) continue;
      if (entry.isDirectory()) walk(path);
      else if (!entry.isFile()) links.push(problem(path, 'link'));
      else files.push({ path, bytes: bytesOf(join(folder, path)) });
      if (files.length > MOST_FILES) throw new UserError(`${folder} holds more than ${MOST_FILES} files`);
    }
  };
  walk('');
  const { problems, ...source } = sorted(files);
  return { ...source, problems: [...links, ...problems] };
}

/** A file that is too large to be an answer isn't read; one byte too many says so later. */
function bytesOf(path: string): Uint8Array {
  const { size } = statSync(path);
  return size > LARGEST || !KINDS.test(path)
    ? new Uint8Array(Math.min(size, LARGEST + 1))
    : readFileSync(path);
}

function sorted(files: readonly SubmissionFile[]): SubmissionSource {
  const taken: SubmissionFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    if (isBeside(file.path)) continue;
    if (!KINDS.test(file.path)) problems.push(problem(file.path, 'kind'));
    else if (file.bytes.length > LARGEST) problems.push(problem(file.path, 'large'));
    else taken.push(file);
  }
  return { kind: 'folder', files: taken, problems };
}

/** Archives often hold one folder in which everything is: it is no student's where folders or several files stand in it. */
function withoutWrapper(files: readonly SubmissionFile[]): readonly SubmissionFile[] {
  const first = files[0]?.path.split('/')[0] ?? '';
  const inside = files.every((f) => f.path.startsWith(`${first}/`));
  const deeper = files.some((f) => f.path.split('/').length > 2);
  if (!inside || !deeper) return files;
  return withoutWrapper(files.map((f) => ({ ...f, path: f.path.slice(first.length + 1) })));
}
