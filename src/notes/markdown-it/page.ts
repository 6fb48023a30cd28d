// What is known of a page while it is read: kept in the host's `env`, so that pages never meet.

import { UserError } from '../../expr/error.ts';
import { TypesetError } from '../../formats/typeset.ts';
import { type Notebook, notebook, setHead } from '../notebook.ts';
import { at, type Origin } from '../written.ts';
import type { TokenClass } from './host.ts';
import type { Places } from './places.ts';
import type { Setup, TokenPen } from './setup.ts';

/** Something wrong at a place of a page; lines and columns count from 1. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Page {
  readonly file: string;
  readonly book: Notebook;
  readonly diagnostics: Diagnostic[];
  /** How references to an equation show it, by its id: `(BP2)`. */
  readonly equations: Map<string, string>;
  /** How many equations have got a running number. */
  numbered: number;
  /** The host's own head, where it has read one, is used once. */
  headUsed: boolean;
}

/** A page while it is gone through. */
export interface Walk {
  readonly page: Page;
  readonly places: Places;
  readonly setup: Setup;
  readonly Token: TokenClass;
}

export const penOf = (walk: Walk, of: Omit<TokenPen, 'Token' | 'math'>): TokenPen => ({
  Token: walk.Token,
  math: walk.setup.math(),
  ...of,
});

const PAGE = Symbol('chainrule');

/** The page that an `env` belongs to; a new one where there is none yet. A host without an `env` gets one that isn't kept. */
export function pageOf(env: unknown, setup: Setup): Page {
  if (typeof env !== 'object' || env === null) return newPage(env, setup);
  const kept: unknown = Reflect.get(env, PAGE);
  if (isPage(kept)) return kept;
  const page = newPage(env, setup);
  Reflect.set(env, PAGE, page);
  // What hosts look at.
  Reflect.set(env, 'chainrule', { diagnostics: page.diagnostics });
  return page;
}

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' && value !== null && 'book' in value && 'equations' in value;

function newPage(env: unknown, setup: Setup): Page {
  const { resolve, known, template, parseFormula, lang, notation } = setup.options;
  const book = notebook({
    ...(resolve === undefined ? {} : { resolve: (name, what) => resolve(name, what, env) }),
    ...(known === undefined ? {} : { known }),
    ...(template === undefined ? {} : { template }),
    ...(parseFormula === undefined ? {} : { parseFormula }),
    memory: setup.memory,
  });
  const options = {
    ...(lang === undefined ? {} : { lang }),
    ...(notation === undefined ? {} : { notation }),
  };
  setHead(book, { options, networks: new Map() });
  return {
    file: fileOf(env, setup),
    book,
    diagnostics: [],
    equations: new Map(),
    numbered: 0,
    headUsed: false,
  };
}

/** How the page is called in messages: as the author of the site says, or as VitePress and Eleventy hand it over. */
function fileOf(env: unknown, { options: { file } }: Setup): string {
  if (typeof file === 'string') return file;
  if (file !== undefined) return file(env);
  for (const key of ['relativePath', 'path']) {
    const name = fieldOf(env, key);
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'notes.md';
}

/** An own field of what a host hands over. */
export const fieldOf = (env: unknown, key: string): unknown =>
  typeof env === 'object' && env !== null && Object.hasOwn(env, key) ? Reflect.get(env, key) : undefined;

/** Notes what went wrong at a place, and gives the words for it: `notes.md:12:3: sentence`. */
export function complain(page: Page, origin: Origin, error: unknown): string {
  const known = error instanceof UserError || error instanceof TypesetError;
  const sentence = known ? error.message : `a fault of chainrule itself: ${String(error)}`;
  const found = ownPlace(sentence, page.file);
  const { line, column, message } = found ?? { ...origin, message: sentence };
  page.diagnostics.push({ line, column, message });
  // Two braces are a template's mark in some hosts.
  return `${at({ file: page.file, line, column })}: ${message}`.replace(/\{(?=\{)/g, '{ ');
}

/** The place that a sentence begins with, where it is one of this page. */
function ownPlace(sentence: string, file: string): Diagnostic | null {
  if (!sentence.startsWith(`${file}:`)) return null;
  const [all, line, column] = /^:(\d+):(\d+): /.exec(sentence.slice(file.length)) ?? [];
  if (all === undefined) return null;
  return { line: Number(line), column: Number(column), message: sentence.slice(file.length + all.length) };
}
