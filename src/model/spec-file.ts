// A network file's text as plain values, with the place of each: the only file here that knows YAML.

import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml';
import { UserError } from '../expr/error.ts';
import type { SpecPath, SpecSource } from './spec.ts';

/** The largest network file that is read, in characters: weights of an MNIST network fit. */
export const LONGEST_FILE = 4_000_000;

export interface SpecFile {
  readonly content: unknown;
  readonly source: SpecSource;
}

/** Reads YAML or JSON. Errors carry `file:line:column`. */
export function readSpecFile(text: string, fileName: string): SpecFile {
  if (text.length > LONGEST_FILE) {
    throw new UserError(
      `${fileName}:1:1: the file has ${text.length} characters; at most ${LONGEST_FILE} are read`,
    );
  }
  const lines = new LineCounter();
  const document = parsed(text, fileName, lines);
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${fileName}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
  };
  const [problem] = document.errors;
  if (problem !== undefined && /call stack/i.test(problem.message)) throw tooDeep(fileName);
  if (problem !== undefined) throw new UserError(`${place(problem.pos[0])}: ${sentence(problem.message)}`);
  const double = doubleKey(document);
  if (double !== null) throw new UserError(`${place(double)}: Map keys must be unique`);
  const source: SpecSource = {
    error: (path, message, at = {}) => {
      const offset = offsetOf(document.contents, path, at.onKey ?? false, text, at.column ?? null);
      return new UserError(`${place(offset)}: ${sentence(message)}`);
    },
  };
  return { content: contentOf(document, source), source };
}

const tooDeep = (fileName: string): UserError =>
  new UserError(`${fileName}:1:1: the file is nested too deeply`);

function parsed(text: string, fileName: string, lines: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      schema: 'core',
    });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(fileName);
    throw error;
  }
}

/**
 * Where a key of some map stands for the second time. The library's own check compares every key with every other one,
 * which for a file of many keys takes minutes.
 */
function doubleKey(document: Document.Parsed): number | null {
  let found: number | null = null;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          found = key.range?.[0] ?? 0;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return found;
}

/** Aliases are resolved, but an alias bomb is refused. */
function contentOf(
  document: { toJS: (options: { maxAliasCount: number }) => unknown },
  source: SpecSource,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const unknown =
      error instanceof Error ? /^Unresolved alias.*: (.*)$/.exec(error.message)?.[1] : undefined;
    if (unknown !== undefined)
      throw source.error([], `there is no anchor &${unknown} for the alias *${unknown}`);
    throw source.error([], 'too many aliases; write the values out');
  }
}

const sentence = (message: string): string => message.replace(/\s+/g, ' ').trim();

/** Where a value (or its key) starts in the text; where the path leads nowhere, the nearest thing above it. */
function offsetOf(
  root: ParsedNode | null,
  path: SpecPath,
  onKey: boolean,
  text: string,
  column: number | null,
): number {
  let here: Node | null = root;
  let start = root?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const pair: Pair | null = isMap(here) ? pairOf(here.items, step) : null;
    const next: unknown = isSeq(here) && typeof step === 'number' ? here.items[step] : pair?.value;
    const last = depth === path.length - 1;
    if (pair !== null && isNode(pair.key) && ((last && onKey) || !isNode(next)))
      start = pair.key.range?.[0] ?? start;
    else if (isNode(next)) start = next.range?.[0] ?? start;
    if (!isNode(next)) return start;
    here = next;
  }
  return onKey ? start : start + inside(here, text, column);
}

const pairOf = (items: readonly Pair[], step: string | number): Pair | null =>
  items.find((p) => isScalar(p.key) && String(p.key.value) === String(step)) ?? null;

/** How far the given column of a text's value is from where the text starts in the file; 0 where it can't be said. */
function inside(here: Node | null, text: string, column: number | null): number {
  if (column === null || !isScalar(here) || typeof here.value !== 'string' || here.range == null) return 0;
  const quoted = here.type === 'QUOTE_DOUBLE' || here.type === 'QUOTE_SINGLE' ? 1 : 0;
  const verbatim = text.startsWith(here.value, here.range[0] + quoted);
  return verbatim ? quoted + Math.min(column - 1, here.value.length) : 0;
}

/** For a spec that is not a file: no place before the sentence. */
export const NO_FILE: SpecSource = { error: (_path, message) => new UserError(sentence(message)) };
