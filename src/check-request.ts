// One request of `check`: what a line of a batch, or the command line, says of a question -> the question.

import { UserError } from './expr/error.ts';
import type { Writing } from './homework/answer.ts';
import { declaredSystem, scalarNames, scalarSystem } from './homework/bare.ts';
import type { Question } from './homework/question.ts';
import type { BuildOptions, Network } from './model/spec.ts';
import { type AcceptedConvention, targetQuestion } from './question.ts';
import { type QuestionNetwork, questionNetwork } from './question-network.ts';
import { definitionQuestion, expectQuestion, numberQuestion, stepQuestion } from './question-others.ts';
import {
  type ConventionRow,
  type Conventions,
  conventionRow,
  conventionRows,
  defaultConventions,
  withConvention,
} from './tables/conventions.ts';
import { suggestion } from './text/nearest.ts';

/** Everything that says what the question is. */
export interface CheckRequest {
  readonly target?: string;
  readonly expect?: string;
  /** How the network is built; absent where there is none. */
  readonly build?: (options: BuildOptions) => Network;
  readonly tensors?: Readonly<Record<string, readonly string[]>>;
  readonly functions?: readonly string[];
  /** `weights=in-out` and the like. */
  /** How answers are written; left out: Nielsen's letters, in any syntax. */
  readonly writing?: Writing;
  readonly conventions: readonly string[];
  readonly accept: readonly string[];
  readonly kind?: 'formula' | 'number' | 'derivation';
  /** Relative, of a number: 0.01. */
  readonly tolerance?: number;
}

/** The question of a request; `answer` is looked at for the names of scalars only. Throws a `UserError`. */
export function questionOf(r: CheckRequest, answer: string): Question {
  if (r.expect !== undefined) return expectedOf(r, r.expect, answer);
  if (r.target === undefined)
    throw new UserError('say what is asked: --target bp2, or --expect with a formula');
  if (r.build === undefined && (r.tensors !== undefined || r.functions !== undefined))
    throw new UserError(`target ${r.target} needs a network; with tensors, say what is expected`);
  const build = r.build ?? null;
  if (build === null) throw new UserError(`target ${r.target} needs a network`);
  return withFirstLayer(r, conventionsFor(r), (conventions) =>
    askedOf(r, questionNetwork(build, conventions)),
  );
}

/** A question about w[1] numbers the input layer 0, unless it says otherwise. */
function withFirstLayer<T>(r: CheckRequest, conventions: Conventions, ask: (c: Conventions) => T): T {
  try {
    return ask(conventions);
  } catch (error) {
    const said = r.conventions.some((text) => text.startsWith('first'));
    if (!(error instanceof UserError) || said || !/\[1\]/.test(r.target ?? '')) throw error;
    try {
      return ask({ ...conventions, firstLayer: 0 });
    } catch {
      throw error;
    }
  }
}

function askedOf(r: CheckRequest, of: QuestionNetwork): Question {
  const target = r.target ?? '';
  if (r.kind === 'number') return numberQuestion(of, target, r.tolerance ?? 0.01);
  if (target === 'step') return stepQuestion(of, r.writing);
  if (target === 'definition') return definitionQuestion(of, r.writing);
  return targetQuestion(of, target, r.accept.map(acceptedOf), r.writing);
}

function expectedOf(r: CheckRequest, expect: string, answer: string): Question {
  if (r.build !== undefined) {
    const { network } = questionNetwork(r.build, conventionsFor(r));
    return expectQuestion(network.system, expect, network, r.writing);
  }
  const functions = r.functions ?? [];
  if (r.tensors !== undefined)
    return expectQuestion(declaredSystem(r.tensors, functions), expect, null, r.writing);
  return expectQuestion(scalarSystem(scalarNames([expect, answer]), functions), expect, null, r.writing);
}

/** `weights=in-out` as a row of the table and a word; throws with the nearest one where there is none. */
function saidOf(text: string): { readonly row: ConventionRow; readonly word: string } {
  const [name = '', word = ''] = text.split('=').map((part) => part.trim());
  const row = conventionRow(name) ?? conventionRows.find((r) => r.name === name) ?? null;
  if (row === null)
    throw new UserError(
      `unknown convention "${name}"${suggestion(
        name,
        conventionRows.map((r) => r.word),
      )}`,
    );
  if (withConvention(defaultConventions, row, word) === null) {
    const words = row.values.map((v) => String(v.value));
    throw new UserError(`convention ${row.word} can't be "${word}"${suggestion(word, words)}`);
  }
  return { row, word };
}

function acceptedOf(text: string): AcceptedConvention {
  const { row, word } = saidOf(text);
  return { name: row.name, value: word };
}

/** What a question is asked in: its notation's conventions, and those that it names itself before them. */
const conventionsFor = (r: CheckRequest): Conventions =>
  conventionsOf(r.conventions, r.writing?.notation.conventions);

/** Conventions from `name=value` texts, the rest as given. Throws a `UserError`. */
export const conventionsOf = (
  texts: readonly string[],
  rest: Conventions = defaultConventions,
): Conventions =>
  texts.map(saidOf).reduce<Conventions>((so, { row, word }) => withConvention(so, row, word) ?? so, rest);
