// Where a host's file stands, the networks beside it, and the package's templates.

import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { cwd } from 'node:process';
import type { NotebookOptions } from './notes/notebook.ts';
import { fileResolver } from './notes-files.ts';

/** What is used of a virtual file. */
export interface PlacedFile {
  readonly path?: string | undefined;
  readonly cwd?: string | undefined;
}

/**
 * Finds what a host's file names: below `folder`, by default the folder that the host runs in where the file lies in it, else
 * the file's own. A file without a path stands in the folder that the host runs in.
 */
export function notesResolver(
  file: PlacedFile,
  folder?: string,
): Required<Pick<NotebookOptions, 'resolve' | 'known' | 'template'>> {
  const here = file.cwd ?? cwd();
  const path = relativePath(file);
  const own = path.startsWith('..') || isAbsolute(path) ? dirname(resolve(here, path)) : here;
  // Paths in messages are short where they hold for who reads them.
  return fileResolver(folder ?? own, here === cwd() ? path : resolve(here, path));
}

/** How messages call a file: from the folder that the host runs in. */
export const relativePath = ({ path, cwd: here = cwd() }: PlacedFile): string =>
  path === undefined ? 'notes' : isAbsolute(path) ? relative(here, path) : path;
