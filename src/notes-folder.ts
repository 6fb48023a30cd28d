// The folder of a site's notes, for plugins on Node: its networks and notations, and the package's examples and templates.

import { join, resolve } from 'node:path';
import { readInput } from './files.ts';
import { headText } from './notes/front-matter.ts';
import type { PluginOptions } from './notes/markdown-it/setup.ts';
import { fileResolver, fileWithin } from './notes-files.ts';
import { documentTemplate, templateNames } from './templates.ts';

/**
 * Options that let pages name the files beside them: `md.use(chainrule, notesFolder('docs'))`. A page's own path is what the host
 * hands over as `env.path` or `env.relativePath`. Nothing outside the folder is read.
 */
export function notesFolder(
  folder: string,
): Required<Pick<PluginOptions, 'resolve' | 'known' | 'template' | 'linesAbove'>> {
  const root = resolve(folder);
  return {
    linesAbove: (env) => headLines(env, root),
    resolve: (name, what, env) => fileResolver(root, pathOf(env, root)).resolve(name, what),
    known: templateNames,
    template: documentTemplate,
  };
}

/** The lines of a page's head, where its host has taken it off: VitePress keeps what it said in `env.frontmatter`. */
function headLines(env: unknown, root: string): number {
  if (typeof env !== 'object' || env === null || !('frontmatter' in env)) return 0;
  const path = fileWithin(root, join(root, 'notes.md'), pathOf(env, root));
  return path === null ? 0 : (headText(readInput(path))?.lines ?? 0);
}

/** Where a page stands, from what its host says; a page without a path stands in the folder itself. */
function pathOf(env: unknown, root: string): string {
  const field = (key: string): string | null => {
    const value: unknown = typeof env === 'object' && env !== null ? Reflect.get(env, key) : null;
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const below = field('relativePath');
  return below === null ? (field('path') ?? join(root, 'notes.md')) : join(root, below);
}
