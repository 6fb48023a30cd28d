// The shape of the sources: a file imports only lower floors or its own folder, without cycles; files and functions are
// short; modules keep no state; the tree says nothing that doesn't belong in it.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const FLOORS = [
  ['src/expr'],
  ['src/rules', 'src/tables'],
  ['src/text', 'src/numeric'],
  ['src/model'],
  ['src/engine'],
  ['src/homework', 'src/results'],
  ['src/lang'],
  ['src/document'],
  ['src/formats'],
  ['src/notes'],
  ['src'],
];
const MAX_FILE_LINES = 300;
const MAX_FUNCTION_LINES = 60;

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The text files below a folder, without what .gitignore leaves out. */
function filesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (/^(\.git|node_modules|dist|coverage|package-lock\.json|derivation.*)$/.test(path)) return [];
    if (entry.isDirectory()) return filesBelow(path);
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  });
}

const tree = filesBelow('');
const sources = tree.filter(({ path }) => path.startsWith('src/') && path.endsWith('.ts'));

/** What a source imports, as paths from the root: `import`, `export from`, `import()`, of types too. */
function imports({ path, text }: Source): string[] {
  return [...text.matchAll(/\b(?:from|import)[ (]*'(\.[^']*)'/g)].map(([, to]) =>
    normalize(join(dirname(path), to ?? '')),
  );
}

/** The floor of a folder, or -1 for one that stands on none. */
function floorOf(folder: string): number {
  return FLOORS.findIndex((folders) => folders.includes(folder));
}

/** The folder on whose floor a source stands: `src/expr` for all files below it, `src` for the doors. */
function home(path: string): string {
  return path
    .split('/')
    .slice(0, 2)
    .join('/')
    .replace(/\/[^/]*\.ts$/, '');
}

/** Why a source may not import another, or null. */
function fault(path: string, to: string): string | null {
  const [from, target] = [home(path), home(to)];
  if (from === target) return null;
  if (!to.startsWith('src/')) return `${path} imports ${to}, which is outside src`;
  if (floorOf(target) < floorOf(from)) return null;
  const why = floorOf(target) === floorOf(from) ? 'on the same floor' : 'on a higher floor';
  return `${path} imports ${to}, which is ${why}`;
}

/** The first cycle among the imports, as a path that ends where it begins, or null. */
function cycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const to of graph.get(path) ?? []) {
      const found = walk(to, [...trail, path]);
      if (found) return found;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const found = walk(path, []);
    if (found) return found;
  }
  return null;
}

/** `path:line: text` of the lines that match. */
function linesMatching(files: readonly Source[], pattern: RegExp, seen = (line: string) => line): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, i) => (pattern.test(seen(line)) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

/** A line without strings and comments. */
function code(line: string): string {
  return line.replace(/'(?:\\.|[^'\\])*'/g, "''").replace(/^ *\*.*|\/\/.*|\/\*.*/, '');
}

/** `path:line: name, n lines` of the long functions. The formatter puts a body's end under the line that opens it. */
function longFunctions({ path, text }: Source): string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    const head =
      /^( *)(?:export )?(?:(?:async )?function\*? (\w+)|const (\w+)\b.*=> \{$|(\w+): .*=> \{$)/.exec(line);
    if (!head) return [];
    const [, indent = '', name = head[3] ?? head[4]] = head;
    const length = lines.slice(i).findIndex((end) => end.startsWith(`${indent}}`) && !end.endsWith('{')) + 1;
    return length > MAX_FUNCTION_LINES ? [`${path}:${i + 1}: ${name}, ${length} lines`] : [];
  });
}

describe('floors', () => {
  test('every source stands on a floor', () => {
    expect(sources.map(({ path }) => home(path)).filter((folder) => floorOf(folder) < 0)).toEqual([]);
  });

  test('a source imports lower floors or its own folder', () => {
    expect(
      sources.flatMap((source) =>
        imports(source)
          .map((to) => fault(source.path, to))
          .filter(Boolean),
      ),
    ).toEqual([]);
  });

  test('no import cycle', () => {
    expect(cycle(new Map(sources.map((source) => [source.path, imports(source)])))).toBeNull();
  });
});

describe('sources', () => {
  test(`no file over ${MAX_FILE_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > MAX_FILE_LINES);
    expect(long.map(({ path, text }) => `${path}: ${text.trimEnd().split('\n').length} lines`)).toEqual([]);
  });

  test(`no function over ${MAX_FUNCTION_LINES} lines`, () => {
    expect(sources.flatMap(longFunctions)).toEqual([]);
  });

  test('no state in a module', () => {
    expect(linesMatching(sources, /^(export )?(let|var) /)).toEqual([]);
  });

  test('no type given up', () => {
    expect(linesMatching(sources, /(:|\bas|<|\|) *any\b|\bany\[\]/, code)).toEqual([]);
    expect(linesMatching(sources, /@ts-(ignore|nocheck|expect-error)|biome-ignore/)).toEqual([]);
  });
});

describe('tree', () => {
  test('nothing is marked as left undone', () => {
    expect(linesMatching(tree, /\b(T[O]DO|FIX[M]E|X[X]X)\b/)).toEqual([]);
  });

  test('no path of a machine', () => {
    expect(linesMatching(tree, /(?<![\w.*)}-])\/(work|tmp|root|home|Users)\/|[A-Z]:\\Users\\/)).toEqual([]);
  });
});
