// Pictures as files beside a document: in a folder named after it, so that both can be moved together.

import { mkdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { writeOutput } from './files.ts';

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
    return `${encodeURI(name)}/${id}.svg`;
  };
  return { folder: join(dirname(path), name), figure, kept };
}

export function writeFigures({ folder, kept }: FiguresBeside): void {
  if (kept.size === 0) return;
  mkdirSync(folder, { recursive: true });
  for (const [file, svg] of kept) writeOutput(join(folder, file), svg);
}
