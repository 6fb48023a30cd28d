// What an author may say of a piece: one row for each attribute, read from a line of `key=value` or a map of YAML alike.

import { grains } from '../document/grain.ts';
import { sectionNames } from '../document/purposes.ts';
import { forms } from '../document/result-section.ts';
import { targets } from '../formats/targets.ts';
import { languageCodes } from '../lang/codes.ts';
import { type Field, type Fields, kindOf, listOf, pathText, recordOf, wordOf } from '../model/fields.ts';
import { suggestion } from '../text/nearest.ts';

/**
 * What stands at a place of its own: `derivation` line by line, the `statement` alone, `special` the statement with the
 * network's functions put in, a `card` of all statements, the forward equations of the `network`, its `numbers`, a
 * `section` of the course, a `figure` of it, or `none`: only a network is named.
 */
export const shows = [
  'derivation',
  'statement',
  'special',
  'card',
  'network',
  'numbers',
  'section',
  'figure',
  'none',
] as const;
export type Show = (typeof shows)[number];

/** A file's name or the keys of one. */
export type Given = string | object;

/** Reads the value of an attribute; throws at its place. */
type Reader<T> = (field: Field) => T;

const wrong = ({ source, path, value }: Field, what: string): Error =>
  source.error(path, `${pathText(path)} must be ${what}, not ${kindOf(value)}`);

/** A text; a number is one too: what stands behind `=` has no type. */
const words: Reader<string> = (field) => {
  const { value } = field;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.trim() === '') throw wrong(field, 'a text');
  if (value.length > 2000)
    throw field.source.error(field.path, `${pathText(field.path)} is longer than 2000 characters`);
  return value.trim();
};

const severalWords: Reader<readonly string[]> = (field) =>
  Array.isArray(field.value) ? listOf(field).map(words) : words(field).split(/\s+/);

const oneOf =
  <W extends string>(list: readonly W[]): Reader<W> =>
  (field) =>
    wordOf({ ...field, value: words(field) }, list);

const YES = new Set(['1', 'yes', 'true', 'on']);
const NO = new Set(['0', 'no', 'false', 'off']);

const yesOrNo: Reader<boolean> = (field) => {
  const text = String(field.value).toLowerCase();
  if (YES.has(text)) return true;
  if (NO.has(text)) return false;
  throw wrong(field, '1 or 0');
};

const whole =
  (least: number, most: number): Reader<number> =>
  (field) => {
    const text = String(field.value);
    const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw wrong(field, `a whole number from ${least} to ${most}`);
  };

/** `2` or `1,2`: an entry's slots, counted from 1. */
const slots: Reader<readonly number[]> = (field) => {
  const text = Array.isArray(field.value) ? field.value.join(',') : String(field.value);
  if (/^[1-9]\d{0,6}(,[1-9]\d{0,6})*$/.test(text)) return text.split(',').map(Number);
  throw wrong(field, 'slots counted from 1, such as 2 or 1,2');
};

const given: Reader<Given> = (field) =>
  typeof field.value === 'object' && field.value !== null && !Array.isArray(field.value)
    ? field.value
    : words(field);

/** An id that every host keeps as it is. */
const name: Reader<string> = (field) => {
  const text = words(field);
  if (/^[A-Za-z][\w:.-]{0,63}$/.test(text)) return text;
  throw wrong(field, 'an id of letters, digits and - that begins with a letter');
};

/** Attributes that the head of a file may set for all its pieces. */
const shared = {
  network: given,
  activation: words,
  output: words,
  loss: words,
  seed: whole(0, 1_000_000),
  notation: given,
  lang: oneOf(languageCodes),
  form: oneOf(forms),
  detail: oneOf(grains),
  numbers: yesOrNo,
  digits: whole(1, 15),
  shapes: yesOrNo,
  special: yesOrNo,
  checked: yesOrNo,
  /** For which host it is written into a file in place; a plugin knows its host. */
  for: oneOf(targets.map((t) => t.name)),
};

/** Those of one piece. */
const own = {
  target: severalWords,
  show: oneOf(shows),
  section: oneOf(sectionNames),
  figure: words,
  via: severalWords,
  entry: slots,
  id: name,
  heading: yesOrNo,
};

type Options<Rows> = { readonly [K in keyof Rows]?: Rows[K] extends Reader<infer T> ? T : never };
export type SharedOptions = Options<typeof shared>;
export type PieceOptions = SharedOptions & Options<typeof own>;

export const sharedNames: readonly string[] = Object.keys(shared);
export const attributeNames: readonly string[] = [...sharedNames, ...Object.keys(own)];

/** The options of a piece from its attributes. Throws a sentence with its place and the nearest attribute. */
export const pieceOptions = (field: Field): PieceOptions => read(field, { ...shared, ...own });

/** The head's options, and the networks that it gives names to. */
export function headOptions(field: Field): {
  readonly options: SharedOptions;
  readonly networks: ReadonlyMap<string, Given>;
} {
  const keys = [...sharedNames, 'networks'];
  const fields = recordOf(field, keys, 'a map with keys such as network, notation, lang');
  const names = fields.get('networks');
  const networks = names === undefined ? new Map<string, Given>() : namedNetworks(names);
  const rest = new Map([...fields].filter(([key]) => key !== 'networks'));
  return { options: readAll(rest, shared), networks };
}

function namedNetworks(field: Field): ReadonlyMap<string, Given> {
  const value = field.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(field, 'a map from names to network files');
  return new Map(
    Object.entries(value).map(([key, v]) => [key, given({ ...field, value: v, path: [...field.path, key] })]),
  );
}

type Readers = Readonly<Record<string, Reader<unknown>>>;

function read<Rows extends Readers>(field: Field, rows: Rows): Options<Rows> {
  return readAll(recordOf(field, Object.keys(rows), 'a map of attributes'), rows);
}

function readAll<Rows extends Readers>(fields: Fields, rows: Rows): Options<Rows> {
  const found = [...fields].flatMap(([key, field]) => {
    const reader = Object.hasOwn(rows, key) ? rows[key] : undefined;
    // A key without a value says nothing.
    return reader === undefined || field.value === null ? [] : [[key, reader(field)] as const];
  });
  return Object.fromEntries(found) as Options<Rows>;
}

export const nearAttribute = (text: string): string => suggestion(text, attributeNames);
