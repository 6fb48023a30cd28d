// Pictures as files beside a document: in a folder named after it, so that both can be moved together.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { UserError } from './expr/error.ts';
import { checkOutput, isDevice, writeOutput } from './files.ts';

export interface FiguresBeside {
  readonly folder: string;
  /** Keeps a picture; gives the path by which the document names it. */
  readonly figure: (id: string, svg: string) => string;
  /** The pictures kept so far, by file name. */
  readonly kept: ReadonlyMap<string, string>;
}

/** `notes.md` has its pictures in `notes-figures/`. Nothing is written yet. */
export function figuresBeside(path: string): FiguresBeside {
  const name = `${basename(path, extname(path))}-figures`;
  const kept = new Map<string, string>();
  const figure = (id: string, svg: string): string => {
    kept.set(`${id}.svg`, svg);
    return `${inAddress(name)}/${id}.svg`;
  };
  return { folder: join(dirname(path), name), figure, kept };
}

/** A name as a part of an address; a round bracket would end a link of Markdown. */
const inAddress = (name: string): string =>
  encodeURIComponent(name).replace(/[()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);

/** Writes a document and its pictures: neither where the other can't be written. */
export function writeWithFigures(path: string, text: string, { folder, kept }: FiguresBeside): void {
  checkOutput(path);
  if (kept.size > 0 && !isDevice(path)) {
    if (existsSync(folder) && !statSync(folder).isDirectory())
      throw new UserError(`the pictures of ${path} go into the folder ${folder}, but that is a file`);
    if (!existsSync(folder)) makeFolder(folder);
    for (const [file, svg] of kept) writeOutput(join(folder, file), svg);
  }
  writeOutput(path, text);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch {
    throw new UserError(`the folder ${folder} can't be made`);
  }
}
