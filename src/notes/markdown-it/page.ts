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
  /** How many lines of the file stand above what the host handed over. */
  readonly above: number;
  readonly book: Notebook;
  readonly diagnostics: Diagnostic[];
  /** How references to an equation show it, by its id: `(BP2)`. */
  readonly equations: Map<string, string>;
  /** How many equations have got a running number. */
  numbered: number;
  /** What the host has read of the page's head: by keys, `chainrule` among them. It is used once. */
  readonly head: unknown;
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
  // What hosts look at; Eleventy's env holds what the head says.
  const head = fieldOf(env, 'chainrule');
  Reflect.set(env, 'chainrule', { ...(isMap(head) ? head : {}), diagnostics: page.diagnostics });
  return page;
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a head says, kept apart from what is said of another page. */
const ownHead = (chainrule: unknown): object | null =>
  isMap(chainrule) && !Object.hasOwn(chainrule, 'diagnostics') ? { chainrule } : null;

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
    above: linesAbove(env, setup),
    book,
    diagnostics: [],
    equations: new Map(),
    numbered: 0,
    head: fieldOf(env, 'frontmatter') ?? ownHead(fieldOf(env, 'chainrule')),
    headUsed: false,
  };
}

/** How the page is called in messages: as the author of the site says, or as VitePress and Eleventy hand it over. */
function fileOf(env: unknown, { options: { file } }: Setup): string {
  if (typeof file === 'string') return file;
  if (file !== undefined) return file(env);
  const names = [
    fieldOf(env, 'relativePath'),
    fieldOf(env, 'path'),
    fieldOf(fieldOf(env, 'page'), 'inputPath'),
  ];
  for (const name of names) {
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'notes.md';
}

/** An own field of what a host hands over. */
export const fieldOf = (env: unknown, key: string): unknown =>
  typeof env === 'object' && env !== null && Object.hasOwn(env, key) ? Reflect.get(env, key) : undefined;

/** A host whose file can't be read says nothing of it. */
function linesAbove(env: unknown, { options }: Setup): number {
  try {
    return options.linesAbove?.(env) ?? 0;
  } catch {
    return 0;
  }
}

/** Notes what went wrong at a place, and gives the words for it: `notes.md:12:3: sentence`. */
export function complain(page: Page, origin: Origin, error: unknown): string {
  const known = error instanceof UserError || error instanceof TypesetError;
  const sentence = known ? error.message : `a fault of chainrule itself: ${String(error)}`;
  const found = ownPlace(sentence, page.file);
  const { line: number, column, message } = found ?? { ...origin, message: sentence };
  const line = number + page.above;
  page.diagnostics.push({ line, column, message });
  // Two braces are a template's mark in some hosts.
  return `${at({ file: page.file, line, column })}: ${message}`.replace(/\{(?=[{%#])/g, '{ ');
}

/** The place that a sentence begins with, where it is one of this page. */
function ownPlace(sentence: string, file: string): Diagnostic | null {
  if (!sentence.startsWith(`${file}:`)) return null;
  const [all, line, column] = /^:(\d+):(\d+): /.exec(sentence.slice(file.length)) ?? [];
  if (all === undefined) return null;
  return { line: Number(line), column: Number(column), message: sentence.slice(file.length + all.length) };
}
