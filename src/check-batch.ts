// Many answers: one JSON object a line in, one a line out, in order; a bad line harms no other.

import { type CheckJson, checkJson } from './check-json.ts';
import { type CheckRequest, questionOf } from './check-request.ts';
import type { FeedbackOptions } from './document/feedback.ts';
import { UserError } from './expr/error.ts';
import type { Writing } from './homework/answer.ts';
import { scalarNames } from './homework/bare.ts';
import { check } from './homework/check.ts';
import type { Question } from './homework/question.ts';
import { buildNetwork } from './model/network.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import type { Notation } from './tables/notations.ts';
import { suggestion } from './text/nearest.ts';
import type { AnswerSyntax } from './text/reading/reading.ts';

/** What comes out for a line: the answer's verdict under the id it was given, or why the line is none. */
export type BatchJson = ({ readonly id: unknown } & CheckJson) | BatchError;

export interface BatchError {
  readonly id: unknown;
  readonly verdict: 'unreadable';
  readonly stage: 'reading';
  readonly error: string;
  readonly feedback: string;
}

export interface BatchOptions extends FeedbackOptions {
  /** Finds the network of a name or a file: how it is built. */
  readonly notationNamed: (name: string) => Notation;
  readonly networkOf: (name: string) => Promise<(options: BuildOptions) => Network>;
}

const LONGEST_LINE = 200_000;
const MOST_KEPT = 400;

/** A function from lines to lines, which keeps the questions it has met. */
export function batch(o: BatchOptions): (line: string, number: number) => Promise<BatchJson> {
  const questions = new Map<string, Question>();
  return async (line, number) => {
    let id: unknown = null;
    try {
      const fields = fieldsOf(line, number);
      id = fields.id ?? null;
      const q = await questionFor(fields, questions, o);
      return { id, ...checkJson(check(q, fields.answer), q, o) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { id, verdict: 'unreadable', stage: 'reading', error: error.message, feedback: error.message };
    }
  };
}

interface Fields {
  readonly id: unknown;
  readonly answer: string;
  readonly target?: string;
  readonly expect?: string;
  readonly network?: string | object;
  readonly tensors?: Readonly<Record<string, readonly string[]>>;
  readonly functions?: readonly string[];
  readonly conventions: readonly string[];
  readonly accept: readonly string[];
  readonly kind?: 'number';
  readonly tolerance?: number;
  readonly notation?: string;
  readonly syntax?: AnswerSyntax | 'auto';
  readonly letters?: Readonly<Record<string, string>>;
}

/** A line's own fields, checked one by one. */
function fieldsOf(line: string, number: number): Fields {
  const bad = (what: string): never => {
    throw new UserError(`line ${number}: ${what}`);
  };
  if (line.length > LONGEST_LINE) bad(`a line has at most ${LONGEST_LINE} characters`);
  const read = new Map(Object.entries(objectOf(line, bad)));
  const text = (name: string): string | undefined => {
    const value = read.get(name);
    return value === undefined || value === null || typeof value === 'string'
      ? (value ?? undefined)
      : bad(`${name} must be a text`);
  };
  const answer = text('answer') ?? bad('there is no answer');
  const network = read.get('network') ?? undefined;
  if (network !== undefined && typeof network !== 'string' && !isObject(network))
    bad('network must be a name, a file or an object');
  const target = text('target');
  const expect = text('expect');
  const kind = text('kind');
  const tolerance = read.get('tolerance');
  const notation = text('notation');
  const syntax = text('syntax');
  return {
    id: read.get('id'),
    answer,
    ...(target === undefined ? {} : { target }),
    ...(expect === undefined ? {} : { expect }),
    ...(network === undefined ? {} : { network: network as string | object }),
    ...(read.get('tensors') === undefined ? {} : { tensors: tensorsOf(read.get('tensors'), bad) }),
    ...(read.get('functions') === undefined
      ? {}
      : { functions: textsOf(read.get('functions'), 'functions', bad) }),
    conventions: conventionTexts(read.get('convention') ?? read.get('conventions'), bad),
    accept: read.get('accept') === undefined ? [] : textsOf(read.get('accept'), 'accept', bad),
    ...(kind === 'number' ? { kind } : {}),
    ...(notation === undefined ? {} : { notation }),
    ...(syntax === undefined
      ? {}
      : {
          syntax: isSyntax(syntax)
            ? syntax
            : bad(`unknown syntax "${syntax}"${suggestion(syntax, SYNTAXES)}`),
        }),
    ...(read.get('letters') === undefined ? {} : { letters: lettersOf(read.get('letters'), bad) }),
    ...(typeof tolerance === 'number' ? { tolerance } : {}),
  };
}

const SYNTAXES = ['auto', 'latex', 'plain', 'unicode', 'numpy'] as const;
const isSyntax = (text: string): text is (typeof SYNTAXES)[number] => SYNTAXES.some((s) => s === text);

type Bad = (what: string) => never;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectOf(line: string, bad: Bad): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return bad('this is no JSON');
  }
  return isObject(value) ? value : bad('this is no JSON object');
}

function textsOf(value: unknown, name: string, bad: Bad): readonly string[] {
  if (!Array.isArray(value) || !value.every((v) => typeof v === 'string'))
    return bad(`${name} must be a list of texts`);
  return value;
}

function tensorsOf(value: unknown, bad: Bad): Readonly<Record<string, readonly string[]>> {
  if (!isObject(value)) return bad('tensors must be an object: {"A": ["p", "q"]}');
  return Object.fromEntries(
    Object.entries(value).map(([name, sizes]) => [name, textsOf(sizes, `tensors.${name}`, bad)]),
  );
}

function lettersOf(value: unknown, bad: Bad): Readonly<Record<string, string>> {
  if (!isObject(value) || !Object.values(value).every((v) => typeof v === 'string'))
    return bad('letters must be an object of texts: {"o": "z[L]"}');
  return Object.fromEntries(Object.entries(value));
}

/** `"weights=in-out,delta=a"`, a list of such, or `{"weights": "in-out"}`. */
function conventionTexts(value: unknown, bad: Bad): readonly string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value.split(',').filter((t) => t.trim() !== '');
  if (Array.isArray(value)) return textsOf(value, 'convention', bad);
  if (!isObject(value)) return bad('convention must be an object: {"weights": "in-out"}');
  return Object.entries(value).map(([name, v]) => `${name}=${String(v)}`);
}

async function questionFor(f: Fields, known: Map<string, Question>, o: BatchOptions): Promise<Question> {
  const { id: _, answer, ...rest } = f;
  const bare = f.network === undefined && f.tensors === undefined && f.expect !== undefined;
  const names = bare ? scalarNames([f.expect ?? '', answer]) : [];
  const key = JSON.stringify([rest, names]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { network, ...asked } = rest;
  const build = await builderOf(network ?? (f.target === undefined ? undefined : 'general'), o);
  const { notation, syntax, letters, ...question } = asked;
  const writing: Writing = {
    notation: notation === undefined ? o.notation : o.notationNamed(notation),
    syntax: syntax ?? 'auto',
    layer: null,
    letters: letters ?? {},
  };
  const request: CheckRequest = { ...question, writing, ...(build === null ? {} : { build }) };
  const made = questionOf(request, answer);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, made);
  return made;
}

async function builderOf(
  network: string | object | undefined,
  o: BatchOptions,
): Promise<((options: BuildOptions) => Network) | null> {
  if (network === undefined) return null;
  if (typeof network !== 'string') return (options) => buildNetwork(network, options);
  if (network === 'general') return (options) => buildNetwork({}, options);
  return o.networkOf(network);
}
