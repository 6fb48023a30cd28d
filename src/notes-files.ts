// The files that notes name, found on disk: networks, notations and pictures below the notes' own folder, and the package's examples.

import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from './expr/error.ts';
import { networkFilesBeside, readInput } from './files.ts';
import type { NotebookOptions } from './notes/notebook.ts';
import { documentTemplate, findTemplate, templateNames } from './templates.ts';

/** What is tried behind a name without an ending: `network=mlp` is mlp.yaml beside the notes. */
const ENDINGS = ['', '.yaml', '.yml', '.json'];

/**
 * Finds the networks and notations that a notes file names: a path from that file, else an example of the package. Nothing
 * outside `folder` is read, not through a link either. Its `resolve` throws a `UserError` for a file outside, or one that
 * can't be read.
 */
export function fileResolver(
  folder: string,
  file: string,
): Required<Pick<NotebookOptions, 'resolve' | 'known' | 'template'>> {
  return {
    template: documentTemplate,
    resolve: (name, what) => {
      // Beside a page that isn't in the folder there is nothing to look for by a plain name.
      const nowhere = !/[/\\.]/.test(name) && !isBelow(resolve(folder), resolve(dirname(file)));
      if (nowhere) return what === 'network' ? findTemplate(name) : null;
      const found = ENDINGS.map((ending) => fileWithin(folder, file, name + ending)).find((f) => f !== null);
      if (found !== undefined && found !== null) return { text: readInput(found), fileName: found };
      return what === 'network' ? findTemplate(name) : null;
    },
    known: () => [...networkFilesBeside(file).map((path) => basename(path)), ...templateNames()],
  };
}

/**
 * The path of a file that notes name from where they stand; null where there is none. Throws a `UserError` where it lies outside
 * the folder, even if it doesn't exist: what is there is nobody's business.
 */
export function fileWithin(folder: string, notes: string, name: string): string | null {
  const path = isAbsolute(name) ? name : join(dirname(notes), name);
  const asked = resolve(dirname(notes), name);
  if (!isBelow(resolve(folder), asked)) throw outside(name, folder);
  if (!existsSync(asked) || !statSync(asked).isFile()) return null;
  if (!isBelow(realpathSync(folder), realpathSync(asked))) throw outside(name, folder);
  return path;
}

const outside = (name: string, folder: string): UserError =>
  new UserError(`"${name}" lies outside the folder of the notes, ${folder}`);

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}
