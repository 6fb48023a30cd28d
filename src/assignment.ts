// assignment.yaml: what is asked, what it is worth, who is in the class. Keys, types and ranges, each error with its place.

import { type DrawSpec, drawSpec } from './assignment-draw.ts';
import type { Hints } from './document/feedback.ts';
import type { UserError } from './expr/error.ts';
import { type Rubric, type RubricKey, rubricVerdicts, type Share } from './homework/grade-marks.ts';
import type { SlipCode } from './homework/verdict.ts';
import { type LanguageCode, languageCodes } from './lang/codes.ts';
import { englishHomework } from './lang/en-homework.ts';
import {
  type Field,
  type Fields,
  kindOf,
  listOf,
  mapOf,
  numberOf,
  optional,
  recordOf,
  textOf,
  wordOf,
} from './model/fields.ts';
import type { SpecSource } from './model/spec.ts';
import { readSpecFile } from './model/spec-file.ts';

export const QUESTION_KINDS = ['formula', 'number', 'derivation', 'definition', 'step'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export interface QuestionSpec {
  readonly id: string;
  readonly target: string | null;
  readonly expect: string | null;
  readonly kind: QuestionKind;
  readonly form: 'matrix' | 'component' | null;
  readonly points: number;
  /** Relative, of a number. */
  readonly tolerance: number | null;
  /** `weights=in-out` and the like, which count as right. */
  readonly accept: readonly string[];
  /** What is asked, in the lecturer's words; null: the program's. */
  readonly text: ByLanguage | null;
  /** Symbols of the question's own with their sizes, where there is no network. */
  readonly tensors: Readonly<Record<string, readonly string[]>> | null;
  readonly functions: readonly string[];
}

/** One text for all languages, or one for each. */
export type ByLanguage = string | ReadonlyMap<string, string>;

export interface Assignment {
  readonly title: ByLanguage;
  /** A name, a file, or the keys of a network file; null where none is given. */
  readonly network: string | object | null;
  /** A notation's name or file; null: the usual one. */
  readonly notation: string | null;
  readonly convention: readonly string[];
  readonly lang: LanguageCode;
  readonly hints: Hints;
  readonly questions: readonly QuestionSpec[];
  readonly rubric: Rubric;
  /** The roster's file. */
  readonly students: string | null;
  /** Which column of a table answers a question, or holds the student. */
  readonly columns: ReadonlyMap<string, string>;
  /** Whose sheet this is the checking file of; null for a whole class. */
  readonly student: string | null;
  /** How each student's own network is drawn. */
  readonly draw: DrawSpec;
  readonly source: SpecSource;
}

const KEYS = [
  'title',
  'network',
  'notation',
  'convention',
  'lang',
  'hints',
  'questions',
  'rubric',
  'students',
  'roster',
  'student',
  'columns',
  'draw',
];
const QUESTION_KEYS = [
  'id',
  'target',
  'expect',
  'kind',
  'form',
  'points',
  'tolerance',
  'accept',
  'text',
  'tensors',
  'functions',
];

/** Reads an assignment. Throws a `UserError` with the place of the first thing that is wrong. */
export function readAssignment(text: string, fileName: string): Assignment {
  const { content, source } = readSpecFile(text, fileName);
  const fields = recordOf(
    { value: content, path: [], source },
    KEYS,
    'a map with keys such as title, network, questions',
  );
  const questions = optional(fields, 'questions', questionList);
  if (questions === null)
    throw source.error([], 'an assignment needs "questions": a list such as [{id: q1, target: bp1}]');
  return {
    title: optional(fields, 'title', byLanguage) ?? '',
    network: optional(fields, 'network', networkOf),
    notation: optional(fields, 'notation', textOf),
    convention: optional(fields, 'convention', conventionTexts) ?? [],
    lang: optional(fields, 'lang', (f) => wordOf(f, languageCodes)) ?? 'en',
    hints: optional(fields, 'hints', hintsOf) ?? 2,
    questions,
    rubric: optional(fields, 'rubric', rubricOf) ?? new Map(),
    students: optional(fields, 'students', textOf) ?? optional(fields, 'roster', textOf),
    columns: optional(fields, 'columns', (f) => columnsOf(f, questions)) ?? new Map(),
    student: optional(fields, 'student', textOf),
    draw: drawSpec(fields.get('draw') ?? null),
    source,
  };
}

/** The text in a language: its own, the English one, or the first. */
export const inLanguage = (text: ByLanguage, lang: string): string =>
  typeof text === 'string' ? text : (text.get(lang) ?? text.get('en') ?? [...text.values()][0] ?? '');

function byLanguage(field: Field): ByLanguage {
  if (typeof field.value === 'string') return textOf(field);
  const what = 'a text, or one for each language, as in {en: Backpropagation, zh: 反向传播}';
  return new Map([...mapOf(field, what)].map(([code, item]) => [code, textOf(item)]));
}

function networkOf(field: Field): string | object {
  const { value } = field;
  if (typeof value === 'string') return textOf(field);
  mapOf(field, 'a file, a name such as general or 2-3-2, or a map with the keys of a network file');
  return value as object;
}

function hintsOf(field: Field): Hints {
  const value = numberOf(field, 'a whole number from 0 to 3');
  if (value === 0 || value === 1 || value === 2 || value === 3) return value;
  throw field.source.error(field.path, `hints must be a whole number from 0 to 3, not ${value}`);
}

const texts = (field: Field): readonly string[] =>
  typeof field.value === 'string'
    ? [textOf(field)]
    : listOf(field, 'a list of texts').map((item) => textOf(item));

/** `[weights=in-out]`, `weights=in-out` or `{weights: in-out}`. */
function conventionTexts(field: Field): readonly string[] {
  if (typeof field.value === 'string' || Array.isArray(field.value)) return texts(field);
  return [...mapOf(field, 'a list such as [weights=in-out]')].map(
    ([name, item]) => `${name}=${String(item.value)}`,
  );
}

function questionList(field: Field): readonly QuestionSpec[] {
  const list = listOf(field, 'a list of questions such as [{id: q1, target: bp1}]').map(questionOf);
  if (list.length === 0) throw field.source.error(field.path, 'there is no question');
  const ids = new Set<string>();
  for (const [i, { id }] of list.entries()) {
    if (ids.has(id.toLowerCase()))
      throw field.source.error([...field.path, i, 'id'], `there are two questions ${id}`);
    ids.add(id.toLowerCase());
  }
  return list;
}

function questionOf(field: Field): QuestionSpec {
  const fields = recordOf(field, QUESTION_KEYS);
  const id = optional(fields, 'id', idOf);
  if (id === null) throw field.source.error(field.path, 'a question needs an id such as q1');
  const kind = optional(fields, 'kind', (f) => wordOf(f, QUESTION_KINDS)) ?? 'formula';
  const target = optional(fields, 'target', textOf);
  const expect = optional(fields, 'expect', textOf);
  if (target !== null && expect !== null)
    throw field.source.error([...field.path, 'expect'], '"target" and "expect" exclude each other', {
      onKey: true,
    });
  if (target === null && expect === null && kind !== 'definition' && kind !== 'step')
    throw field.source.error(
      field.path,
      `question ${id} needs a target such as bp2, or "expect" with a formula`,
    );
  const tolerance = optional(fields, 'tolerance', (f) => shareIn(f, 'a part such as 1% or 0.01'));
  if (tolerance !== null && kind !== 'number')
    throw field.source.error([...field.path, 'tolerance'], 'a tolerance is for questions of kind: number', {
      onKey: true,
    });
  return {
    id,
    target,
    expect,
    kind,
    form: optional(fields, 'form', (f) => wordOf(f, ['matrix', 'component'] as const)),
    points: optional(fields, 'points', pointsOf) ?? 1,
    tolerance,
    accept: optional(fields, 'accept', conventionTexts) ?? [],
    text: optional(fields, 'text', byLanguage),
    tensors: optional(fields, 'tensors', tensorsOf),
    functions: optional(fields, 'functions', texts) ?? [],
  };
}

/** An id is a head of a submission and of a table's column, so it is one plain word. */
function idOf(field: Field): string {
  const id = typeof field.value === 'number' ? String(field.value) : textOf(field);
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(id) && !RESERVED.has(id.toLowerCase())) return id;
  throw field.source.error(
    field.path,
    `an id is a word of letters, digits, ".", "-" or "_", and not one of ${[...RESERVED].join(', ')}; it is ${kindOf(id)}`,
  );
}

const RESERVED: ReadonlySet<string> = new Set(['student', 'total', 'max', 'needs_person']);

function pointsOf(field: Field): number {
  const points = numberOf(field, 'a number of points');
  if (points > 0 && points <= 10_000) return points;
  throw field.source.error(field.path, `points must be more than 0 and at most 10000, not ${points}`);
}

const tensorsOf = (field: Field): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...mapOf(field, 'a map such as {A: [p, q]}')].map(([name, sizes]) => [name, texts(sizes)]),
  );

const columnsOf = (field: Field, questions: readonly QuestionSpec[]): ReadonlyMap<string, string> =>
  new Map([...recordOf(field, ['student', ...questions.map((q) => q.id)])].map(([id, f]) => [id, textOf(f)]));

/** 50%, or 0.5. */
function shareIn(field: Field, what: string): number {
  const text =
    typeof field.value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(field.value.trim())?.[1] : undefined;
  const value = text === undefined ? numberOf(field, what) : Number(text) / 100;
  if (value >= 0 && value <= 1) return value;
  throw field.source.error(
    field.path,
    `${String(field.path.at(-1))} must be from 0 to 1, or from 0% to 100%, not ${String(field.value)}`,
  );
}

function rubricOf(field: Field): Rubric {
  const slips = Object.keys(englishHomework.slip) as SlipCode[];
  const names: readonly RubricKey[] = [...rubricVerdicts, ...slips, 'missing', 'default'];
  const fields: Fields = recordOf(field, names, 'a map such as {unfinished: 50%, sign: 75%, default: 0}');
  const shares = [...fields].map(([name, f]): [RubricKey, Share] => [
    name as RubricKey,
    f.value === 'person' ? 'person' : shareIn(f, 'a part such as 50% or 0.5, or person'),
  ]);
  return new Map(shares);
}

/** What is wrong with a question itself, at its place in the file. */
export const questionError = (a: Assignment, at: number, error: UserError): UserError =>
  a.source.error(['questions', at], `question ${a.questions[at]?.id ?? ''}: ${error.message}`);
