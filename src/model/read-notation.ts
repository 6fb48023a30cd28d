// A lecturer's own notation: a YAML or JSON file over one of the notations there are.

import { UserError } from '../expr/error.ts';
import { type Conventions, conventionRow, conventionRows, withConvention } from '../tables/conventions.ts';
import { latexFault, letterFault } from '../tables/letter-latex.ts';
import { type Letters, type Notation, notationNames, notationRow } from '../tables/notations.ts';
import { lettersClash } from '../text/letters.ts';
import { suggestion } from '../text/nearest.ts';
import {
  type Field,
  type Fields,
  kindOf,
  mapOf,
  optional,
  pathText,
  recordOf,
  textOf,
  wordOf,
} from './fields.ts';
import { OWN_NAMES } from './layers.ts';
import type { SpecSource } from './spec.ts';
import { NO_FILE, readSpecFile } from './spec-file.ts';

export const NOTATION_KEYS = [
  'name',
  'title',
  'based-on',
  'letters',
  'matrix-letters',
  'entry-letters',
  'bold',
  'unicode',
  'stage',
  'function-stage',
  'size-stage',
  'scripts',
  'transpose',
  'transpose-place',
  'hadamard',
  'gradient',
  'output-gradient',
  'broadcast',
  'conventions',
] as const;

/** Reads a notation from the text of a YAML or JSON file. Errors are `file:line:column: message`. */
export function readNotationFile(text: string, fileName: string): Notation {
  const { content, source } = readSpecFile(text, fileName);
  return buildNotation(content ?? {}, source);
}

/** A notation from the keys of a notation file as a plain object. Throws a `UserError` that names what is wrong. */
export function buildNotation(content: unknown, source: SpecSource = NO_FILE): Notation {
  const root: Field = { value: content, path: [], source };
  const fields = recordOf(
    root,
    NOTATION_KEYS,
    'a map with keys such as name, based-on, letters, conventions',
  );
  const base = optional(fields, 'based-on', baseOf) ?? notationNamedHere('nielsen', root);
  const read: Notation = { ...base, ...ownLook(fields, base), ...ownLetters(fields, base) };
  checkApart(read, fields, source);
  return read;
}

const baseOf = (field: Field): Notation => notationNamedHere(textOf(field, "a notation's name"), field);

function notationNamedHere(name: string, { path, source }: Field): Notation {
  const found = notationRow(name);
  if (found !== null) return found;
  throw source.error(path, `unknown notation "${name}"${suggestion(name, notationNames)}`);
}

function ownLook(fields: Fields, base: Notation): Partial<Notation> {
  const one = <K extends keyof Notation>(
    key: string,
    name: K,
    read: (f: Field) => Notation[K],
  ): Partial<Notation> => {
    const value = optional(fields, key, read);
    return value === null ? {} : { [name]: value };
  };
  const place = (f: Field): 'superscript' | 'subscript' => wordOf(f, ['superscript', 'subscript'] as const);
  return {
    name: optional(fields, 'name', nameOf) ?? `${base.name}, changed`,
    title: optional(fields, 'title', (f) => textOf(f)) ?? base.title,
    ...one('stage', 'stage', (f) => stageOf(f, base.stage)),
    ...one('function-stage', 'functionStage', place),
    ...one('size-stage', 'sizeStage', place),
    ...one('scripts', 'scripts', (f) => wordOf(f, ['subscript-first', 'superscript-first'] as const)),
    ...one('transpose', 'transpose', signOf),
    ...one('transpose-place', 'transposePlace', (f) => wordOf(f, ['beside', 'outside'] as const)),
    ...one('hadamard', 'hadamard', signOf),
    ...one('bold', 'bold', boldOf),
    ...one('gradient', 'gradient', (f) => wordOf(f, ['fraction', 'd', 'nabla'] as const)),
    ...one('output-gradient', 'outputGradient', (f) => wordOf(f, ['fraction', 'nabla'] as const)),
    ...one('broadcast', 'broadcast', yesOrNo),
    ...one('conventions', 'conventions', (f) => conventionsOf(f, base.conventions)),
  };
}

function nameOf(field: Field): string {
  const name = textOf(field, 'a name');
  if (/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(name)) return name;
  throw field.source.error(field.path, 'name must be letters, digits, spaces and . _ - (at most 60)');
}

function stageOf(field: Field, base: Notation['stage']): Notation['stage'] {
  const fields = recordOf(field, ['place', 'left', 'right']);
  return {
    place: optional(fields, 'place', (f) => wordOf(f, ['superscript', 'subscript'] as const)) ?? base.place,
    left: optional(fields, 'left', bracketOf) ?? base.left,
    right: optional(fields, 'right', bracketOf) ?? base.right,
  };
}

function latexOf(field: Field, what: string, faultOf: (latex: string) => string | null): string {
  const latex = textOf(field, what);
  const fault = faultOf(latex);
  if (fault === null) return latex;
  throw field.source.error(field.path, `${pathText(field.path)} ${fault}`);
}

const bracketOf = (field: Field): string => latexOf(field, 'a bracket', latexFault);
const signOf = (field: Field): string =>
  latexOf(field, 'a sign as LaTeX', (latex) => (latex.trim() === '' ? 'is empty' : latexFault(latex)));
const letterOf = (field: Field): string => latexOf(field, 'a letter as LaTeX', letterFault);

function boldOf(field: Field): Notation['bold'] {
  const word = wordOf(field, ['none', 'upright', 'italic'] as const);
  return word === 'none' ? '' : word === 'upright' ? '\\mathbf' : '\\boldsymbol';
}

function yesOrNo(field: Field): boolean {
  if (typeof field.value === 'boolean') return field.value;
  throw field.source.error(
    field.path,
    `${pathText(field.path)} must be true or false, not ${kindOf(field.value)}`,
  );
}

const TABLES = [
  ['letters', 'letters'],
  ['matrix-letters', 'matrixLetters'],
  ['entry-letters', 'entryLetters'],
] as const;

/** The base's letters with the file's own; a new letter replaces those of matrices and entries too, where they aren't given. */
function ownLetters(fields: Fields, base: Notation): Partial<Notation> {
  const given = TABLES.map(([key]) => optional(fields, key, lettersOf) ?? {});
  const [own = {}] = given;
  const without = (letters: Letters): Letters =>
    Object.fromEntries(Object.entries(letters).filter(([name]) => !Object.hasOwn(own, name)));
  const [letters, matrix, entries] = given;
  return {
    letters: { ...base.letters, ...letters },
    matrixLetters: { ...without(base.matrixLetters), ...matrix },
    entryLetters: { ...without(base.entryLetters), ...entries },
    unicode: { ...without(base.unicode), ...optional(fields, 'unicode', plainLetters) },
  };
}

const MOST_LETTERS = 100;

function namesOf(field: Field): Fields {
  const fields = mapOf(field, 'a map from names to letters');
  if (fields.size > MOST_LETTERS)
    throw field.source.error(field.path, `${pathText(field.path)} has more than ${MOST_LETTERS} letters`);
  for (const [name, { path, source }] of fields) {
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name))
      throw source.error(path, `"${name}" is no name of the equations: a letter, then letters and digits`, {
        onKey: true,
      });
  }
  return fields;
}

const lettersOf = (field: Field): Letters =>
  Object.fromEntries([...namesOf(field)].map(([name, f]) => [name, letterOf(f)]));

function plainLetters(field: Field): Letters {
  return Object.fromEntries(
    [...namesOf(field)].map(([name, f]) => {
      const text = textOf(f, 'a letter for terminals');
      if (text.trim() !== '' && text.length <= 20 && !/[\p{C}<>&]/u.test(text)) return [name, text];
      throw f.source.error(f.path, `${pathText(f.path)} must be a few printable characters`);
    }),
  );
}

function conventionsOf(field: Field, base: Conventions): Conventions {
  const words = conventionRows.map((r) => r.word);
  let found = base;
  for (const [word, f] of recordOf(field, words)) {
    const row = conventionRow(word);
    const next = row === null ? null : withConvention(found, row, String(f.value));
    if (row === null || next === null) {
      const values = row?.values.map(({ value }) => String(value)) ?? [];
      throw f.source.error(
        f.path,
        `${word} must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}, not ${kindOf(f.value)}${near(f.value, values)}`,
      );
    }
    found = next;
  }
  return found;
}

const near = (value: unknown, values: readonly string[]): string => {
  const text = typeof value === 'string' ? suggestion(value, values) : '';
  return text.startsWith('; did you mean') ? text : '';
};

/** The network's own quantities must be told apart. */
function checkApart(read: Notation, fields: Fields, source: SpecSource): void {
  const clash = lettersClash(read, [...OWN_NAMES, 'm']);
  if (clash === null) return;
  const { first, second, latex } = clash;
  const at = TABLES.flatMap(([key]) =>
    [first, second].filter((name) => mapHas(fields.get(key), name)).map((name) => [key, name] as const),
  );
  const [place] = at;
  const message = `${first} and ${second} would both be written ${latex}; give one of them another letter`;
  if (place === undefined) throw new UserError(message);
  throw source.error([...place], message);
}

const mapHas = (field: Field | undefined, name: string): boolean =>
  typeof field?.value === 'object' && field.value !== null && Object.hasOwn(field.value, name);
