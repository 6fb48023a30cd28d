// What the pieces of one file share: its head, its networks, and what was derived of them.

import type { Block } from '../document/blocks.ts';
import type { TemplateName } from '../document/purposes.ts';
import { UserError } from '../expr/error.ts';
import { buildNetwork, networkFromName, readNetworkFile } from '../model/network.ts';
import { notationNamed } from '../model/notation-named.ts';
import { buildNotation, readNotationFile } from '../model/read-notation.ts';
import type { BuildOptions, Network, ParseFormula } from '../model/spec.ts';
import { type Derived, type DeriveRequest, deriveTargets } from '../results/derivation.ts';
import { type Notation, notationRow } from '../tables/notations.ts';
import { suggestion } from '../text/nearest.ts';
import { about } from './about.ts';
import type { Given, PieceOptions, SharedOptions } from './attributes.ts';

/** A network or notation file: its text with the name it has in messages, or its keys. */
export type Source = { readonly text: string; readonly fileName: string } | { readonly content: object };

export interface NotebookOptions {
  /** Finds the file that a name stands for; null where there is none. The core reads no files: a host hands this in. */
  readonly resolve?: (name: string, what: 'network' | 'notation') => Source | null;
  /** Names that `resolve` knows, for "did you mean". */
  readonly known?: () => readonly string[];
  /** Reads an activation or a loss of one's own; without it a network with one is refused. */
  readonly parseFormula?: ParseFormula;
  /** A document template of the package in a language, for sections and figures of the course; without it there are none. */
  readonly template?: (name: TemplateName, lang: string) => string;
  /** Kept from file to file, so that what hasn't changed isn't derived again. */
  readonly memory?: Memory;
}

/** What was built and derived, by what it was made from. */
export interface Memory {
  readonly networks: Map<string, Network>;
  readonly derived: Map<string, Derived>;
  /** What pieces show, before ids are given. */
  readonly blocks: Map<string, readonly Block[]>;
}

export const newMemory = (): Memory => ({ networks: new Map(), derived: new Map(), blocks: new Map() });

/** The most that a memory keeps of a kind. */
const MOST_KEPT = 200;

/** The state of one file while it is gone through from top to bottom. */
export interface Notebook {
  readonly options: NotebookOptions;
  readonly memory: Memory;
  /** What the head says for all pieces; the first piece that names a network says it where the head doesn't. */
  head: SharedOptions;
  readonly networks: Map<string, Given>;
  /** How often each id was given. */
  readonly ids: Map<string, number>;
}

/** A fresh notebook for one file. */
export const notebook = (options: NotebookOptions = {}): Notebook => ({
  options,
  memory: options.memory ?? newMemory(),
  head: {},
  networks: new Map(),
  ids: new Map(),
});

/** What a file's head says, from here on. */
export function setHead(
  book: Notebook,
  head: { readonly options: SharedOptions; readonly networks: ReadonlyMap<string, Given> },
): void {
  book.head = { ...book.head, ...head.options };
  for (const [name, source] of head.networks) book.networks.set(name, source);
}

const NETWORK_KEYS = ['network', 'activation', 'output', 'loss', 'seed'] as const;

/** The options of a piece with those of the head. A piece with a network of its own takes nothing of the head's network. */
export function inFile(book: Notebook, options: PieceOptions): PieceOptions {
  if (options.network === undefined) return { ...book.head, ...options };
  const named: SharedOptions = Object.fromEntries(
    NETWORK_KEYS.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  );
  if (book.head.network === undefined) book.head = { ...book.head, ...named };
  const others = Object.fromEntries(
    Object.entries(book.head).filter(([key]) => !NETWORK_KEYS.some((k) => k === key)),
  );
  return { ...others, ...options };
}

/** A network and the notation it is written in. */
export interface Written {
  readonly network: Network;
  readonly notation: Notation;
  /** What the two were made from. */
  readonly key: string;
}

/** The network of a piece, in the conventions of its notation. Throws a `UserError` where there is none of that name. */
export function networkOf(book: Notebook, options: PieceOptions): Written {
  const notation = about('notation', () => notationOf(book, options.notation ?? 'nielsen'));
  const source = about('network', () => sourceOf(book, options.network ?? 'general'));
  const { activation, output, loss, seed } = options;
  const chosen = { activation, output, loss, seed };
  const key = JSON.stringify([source, chosen, notation.conventions]);
  const build: BuildOptions = {
    ...Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)),
    conventions: notation.conventions,
    ...(book.options.parseFormula === undefined ? {} : { parseFormula: book.options.parseFormula }),
  };
  const network = remembered(book.memory.networks, key, () => built(source, build));
  return { network, notation, key };
}

/** What is derived of a network, once. */
export function derivedOf(book: Notebook, { network, key }: Written, request: DeriveRequest): Derived {
  const asked = JSON.stringify([key, request.targets ?? null, request.via ?? null]);
  const attribute = request.via === undefined ? 'target' : null;
  return remembered(book.memory.derived, asked, () =>
    about(attribute, () => deriveTargets(network, request)),
  );
}

/** What a piece shows, once; `asked` is all that its author says of it. */
export const blocksOf = (
  book: Notebook,
  { key, notation }: Written,
  asked: PieceOptions,
  make: () => readonly Block[],
): readonly Block[] => {
  // A notation of the table is known by its name.
  const letters = notationRow(notation.name) === notation ? notation.name : notation;
  return remembered(book.memory.blocks, JSON.stringify([key, letters, asked]), make);
};

function remembered<T>(kept: Map<string, T>, key: string, make: () => T): T {
  const before = kept.get(key);
  if (before !== undefined) return before;
  const value = make();
  const [oldest] = kept.keys();
  if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
  return value;
}

function notationOf(book: Notebook, given: Given): Notation {
  if (typeof given !== 'string') return buildNotation(given);
  const row = notationRow(given);
  if (row !== null) return row;
  const source = book.options.resolve?.(given, 'notation') ?? null;
  if (source === null) return notationNamed(given);
  return 'content' in source ? buildNotation(source.content) : readNotationFile(source.text, source.fileName);
}

/** What a network is built from: its keys, a file's text, or a name such as `2-3-2`. */
type NetworkSource = Source | { readonly name: string };

function sourceOf(book: Notebook, given: Given): NetworkSource {
  const named = typeof given === 'string' ? (book.networks.get(given) ?? given) : given;
  if (typeof named !== 'string') return { content: named };
  const found = book.options.resolve?.(named, 'network') ?? null;
  if (found !== null) return found;
  if (named === 'general' || /^\d+(-\d+)+$/.test(named)) return { name: named };
  const known = [...book.networks.keys(), ...(book.options.known?.() ?? []), 'general'];
  throw new UserError(`there is no network "${named}"${suggestion(named, known)}`);
}

function built(source: NetworkSource, options: BuildOptions): Network {
  if ('content' in source) return buildNetwork(source.content, options);
  if ('text' in source) return readNetworkFile(source.text, source.fileName, options);
  return networkFromName(source.name, options) ?? buildNetwork({}, options);
}
