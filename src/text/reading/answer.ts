// Reading an answer: caps first, then the syntax, then statements, sides, and what they mean in the question's system.

import { integer } from '../../expr/affine.ts';
import { UserError } from '../../expr/error.ts';
import type { System } from '../../expr/system.ts';
import type { Notation } from '../../tables/notations.ts';
import { englishReading } from '../english-reading.ts';
import { fittingNotation } from '../letters.ts';
import { plain } from '../plain.ts';
import { ReadError } from '../read-error.ts';
import { type Scope, scopeOf } from '../scope.ts';
import type { Syntax } from '../syntax.ts';
import { activationIn } from './activations.ts';
import { lettersOf, type Meaning } from './letters.ts';
import { CAPS } from './marks.ts';
import { nearestReadable } from './nearest-readable.ts';
import { numpyStatements } from './numpy.ts';
import { ownMeanings } from './own-letters.ts';
import { plainStatements } from './plain-statements.ts';
import type { AnswerSyntax, Reading, ReadSide, ReadStatement, ShapeProblem, Unreadable } from './reading.ts';
import { formulaStatements } from './typed.ts';
import { type Question, understood } from './understood.ts';

export type { AnswerSyntax, Reading, ReadSide, ReadStatement, ShapeProblem, Unreadable };

export interface ReadOptions {
  readonly system: System;
  readonly notation: Notation;
  /** `auto` where left out. */
  readonly syntax?: AnswerSyntax | 'auto';
  /** Numbers of sizes that are known, `{L: 3}`: shapes then go together that differ in letters only. */
  readonly sizes?: ReadonlyMap<string, number>;
  /** Whether the gradient of a vector is a row (numerator layout); read as columns where that doesn't fit. */
  readonly rowGradients?: boolean;
  /** The layer (or time step) that quantities without one belong to, in plain syntax: `l`, `L`, `2`. */
  readonly layer?: string;
  /**
   * Letters of the question's own, raw LaTeX, and what they stand for in plain syntax: `{o: 'z[L]', p: 'a[L]', n: 'm'}`;
   * `layer L` for a letter that stands for a layer where a layer is written.
   */
  readonly letters?: Readonly<Record<string, string>>;
}

/** Reads what a person typed. Never throws for a text, whatever it holds. */
export function readAnswer(text: string, options: ReadOptions): Reading {
  const first = attempt(text, options);
  if (first.kind === 'read' || text.length > CAPS.length) return first;
  return {
    ...first,
    nearest: nearestReadable(text, first, (other) => attempt(other, options).kind === 'read'),
  };
}

function attempt(text: string, options: ReadOptions): Reading {
  const syntax = syntaxOf(text.slice(0, CAPS.length), options.syntax ?? 'auto');
  try {
    if (text.length > CAPS.length) return tooLong(text, syntax);
    return readIn(text, syntax, options);
  } catch (error) {
    if (error instanceof ReadError) return unreadable(error, syntax);
    throw error;
  }
}

function tooLong(text: string, syntax: AnswerSyntax): Unreadable {
  const span = { offset: CAPS.length, length: 1 };
  const error = new ReadError(text.slice(0, CAPS.length + 1), span, {
    code: 'too-many',
    of: 'answer-characters',
    most: CAPS.length,
  });
  return unreadable(error, syntax);
}

const unreadable = (e: ReadError, syntax: AnswerSyntax): Unreadable => ({
  kind: 'unreadable',
  syntax,
  line: e.line,
  column: e.column,
  span: { offset: e.offset, length: e.length },
  complaint: e.complaint,
  wanted: e.expected,
  message: e.sentence,
  expected: e.expected === null ? '' : englishReading.expected(e.expected),
  nearest: null,
  problem: e.problem,
});

const isAscii = (text: string): boolean => !/[\u0080-\uffff]/.test(text);

const NUMPY =
  /\b(?:np|numpy|torch|self)\.|\.T\b|\.dot\(|\*\*|@|\baxis\s*=|^\s*(?:return|def|import)\b|\.transpose\(|[-+*/]=|\.(?:sum|mean|copy|astype|reshape)\(|\[['"]|\brange\(|\[-[1l]\]|_backward\(|\[[^\][\n]{1,40}[<>][^\][\n]{1,40}\]\s*=|^\s*#/m;

/** What a text is written in, going by its signs. */
function syntaxOf(text: string, asked: AnswerSyntax | 'auto'): AnswerSyntax {
  if (asked !== 'auto') return asked;
  if (/\\[A-Za-z{]/.test(text) && !/\\\s*$/m.test(text)) return 'latex';
  if (NUMPY.test(text) && isAscii(text)) return 'numpy';
  if (/\\[A-Za-z]/.test(text)) return 'latex';
  return !isAscii(text) ? 'unicode' : 'plain';
}

const questions = new WeakMap<System, WeakMap<Notation, Map<string, Question>>>();

/** The letters of a question: the same for every answer to it. */
function questionOf(options: ReadOptions): Question {
  const { system, notation, layer, letters = {}, sizes = new Map(), rowGradients = false } = options;
  const ofSystem = questions.get(system) ?? new WeakMap<Notation, Map<string, Question>>();
  questions.set(system, ofSystem);
  const known = ofSystem.get(notation) ?? new Map<string, Question>();
  ofSystem.set(notation, known);
  const key = JSON.stringify([layer, letters, [...sizes], rowGradients]);
  let found = known.get(key);
  if (found === undefined) {
    const scope = scopeOf(system);
    const fitting = fittingNotation(notation, system);
    const base = lettersOf(scope, fitting, new Map(), null);
    const own: ReadonlyMap<string, Meaning> = ownMeanings(letters, scope, base);
    const numbers = new Map([...sizes].map(([name, n]) => [name, integer(n)] as const));
    const full = lettersOf(scope, fitting, own, layerOf(layer, scope));
    const facts = { softmax: hasSoftmax(system), activationIs: activationIn(system) };
    found = { scope, numbers, rowGradients, letters: { ...full, ...facts } };
    known.set(key, found);
  }
  return found;
}

/** Whether the last activation is a quotient of exponentials. */
const hasSoftmax = (system: System): boolean =>
  system.equations.some((e) => {
    const right = e.lhs.of.name === 'a' ? plain(e.rhs, system) : '';
    return right.includes('exp(') && right.includes('sum(');
  });

function layerOf(layer: string | undefined, scope: Scope): Syntax | null {
  if (layer === undefined) return null;
  try {
    return plainStatements(layer, scope)[0]?.sides[0] ?? null;
  } catch (error) {
    if (error instanceof ReadError)
      throw new UserError(`the layer "${layer}" can't be read: ${error.message}`);
    throw error;
  }
}

function readIn(text: string, syntax: AnswerSyntax, options: ReadOptions): Reading {
  const question = questionOf(options);
  if (syntax === 'numpy') return codeRead(text, question, options.system, true);
  if (syntax === 'latex')
    return understood(
      text,
      syntax,
      formulaStatements(text, 'latex', question.letters),
      question,
      options.system,
    );
  const strict = attempted(() =>
    understood(text, 'plain', plainStatements(text, question.scope), question, options.system),
  );
  if (strict?.kind === 'read' && strict.statements.every((s) => s.sides.every((side) => side.of !== null)))
    return strict;
  const asTyped = (): Reading =>
    understood(text, syntax, formulaStatements(text, 'typed', question.letters), question, options.system);
  const typed = attempted(asTyped);
  if (typed !== null && fits(typed)) return typed;
  const code = options.syntax === syntax ? null : asCode(text, question, options.system);
  return [code, strict].find((r) => r !== null && fits(r)) ?? typed ?? code ?? strict ?? asTyped();
}

/** The answer as code without a sign that says so; null where it is none. */
function asCode(text: string, question: Question, system: System): Reading | null {
  return isAscii(text) ? attempted(() => codeRead(text, question, system, false)) : null;
}

/** Code, its names on the left taken less literally where its shapes don't go together. */
function codeRead(text: string, question: Question, system: System, named: boolean): Reading {
  const read = (left: 'said' | 'here' | 'open'): Reading =>
    understood(text, 'numpy', numpyStatements(text, question.letters, { named, left }), question, system);
  const first = read('said');
  if (fits(first)) return first;
  const others = [
    /_(?:prev|next)\s*=/.test(text) ? 'here' : null,
    /\bd[xX]\s*=/.test(text) ? 'open' : null,
  ] as const;
  for (const left of others) {
    const other = left === null ? null : attempted(() => read(left));
    if (other !== null && fits(other)) return other;
  }
  return first;
}

/** A reading in one of the syntaxes that a text may be in; null where it isn't in that one. */
function attempted(read: () => Reading): Reading | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
}

const fits = (r: Reading): boolean => r.kind === 'read' && r.shapeProblem === null;
