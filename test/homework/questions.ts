// Questions for tests, each built once.

import { questionOf } from '../../src/check-request.ts';
import type { FormulaQuestion, Question } from '../../src/homework/question.ts';
import { buildNetwork } from '../../src/model/network.ts';

const questions = new Map<string, Question>();

/** The question of a target about a network, given as JSON. `how`: extra texts make a question of its own. */
export function questionFor(
  network: string,
  target: string,
  how = '',
  accept: readonly string[] = [],
  conventions = '',
): Question {
  const key = JSON.stringify([network, target, accept, conventions]);
  const known = how === '' ? questions.get(key) : undefined;
  if (known !== undefined) return known;
  const content = JSON.parse(network);
  const made = questionOf(
    {
      target,
      build: (options) => buildNetwork(content, options),
      conventions: conventions === '' ? [] : conventions.split(','),
      accept,
    },
    '',
  );
  questions.set(key, made);
  return made;
}

export function formulaFor(network: string, target: string, accept: readonly string[] = []): FormulaQuestion {
  const q = questionFor(network, target, '', accept);
  if (q.kind !== 'formula') throw new Error(`${target} is no formula`);
  return q;
}
