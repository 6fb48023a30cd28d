// Right answers under another convention: never right where the question doesn't accept it, a convention where it does.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import { targetQuestion } from '../../src/question.ts';
import { networkOfContent } from '../../src/question-network.ts';
import { conventionRow, defaultConventions, withConvention } from '../../src/tables/conventions.ts';
import { plainEquation } from '../../src/text/plain.ts';

const BP = ['bp1', 'bp2', 'bp3', 'bp4'] as const;
const content = { activation: 'sigmoid', loss: 'mse' };
const asked = new Map(BP.map((t) => [t, targetQuestion(networkOfContent(content), t)]));

/** Convention, value, and the equations that it leaves as they are. */
const CONVENTIONS: readonly (readonly [string, string, readonly string[]])[] = [
  ['weights', 'in-out', ['bp1', 'bp3']],
  ['weightLayer', 'start', ['bp1']],
  ['delta', 'a', []],
  ['sign', '-', ['bp2']],
  ['half', 'false', ['bp2', 'bp3', 'bp4']],
  ['firstLayer', '0', ['bp1', 'bp2', 'bp3', 'bp4']],
];

const wordOf = (name: string): string =>
  name === 'weightLayer' ? 'weight-layer' : name === 'firstLayer' ? 'first-layer' : name;

describe.each(CONVENTIONS)('%s=%s', (name, value, same) => {
  const row = conventionRow(name) ?? conventionRow(wordOf(name));
  if (row === null) throw new Error(`no convention ${name}`);
  const other = withConvention(defaultConventions, row, value);
  if (other === null) throw new Error(`no value ${value}`);

  test.each(BP)('%s', (target) => {
    const alternative = targetQuestion(networkOfContent(content, other), target);
    const right = alternative.answers.at(-1) ?? alternative.answers[0];
    if (alternative.left === null) throw new Error('a target has a left side');
    const text = plainEquation(alternative.left, right, alternative.system);
    expect(check(alternative, text).verdict).toBe('correct');
    const question = asked.get(target);
    if (question === undefined) throw new Error(`no question ${target}`);
    const found = check(question, text);
    const accepting = targetQuestion(networkOfContent(content), target, [{ name: row.name, value }]);
    const accepted = check(accepting, text);
    if (same.includes(target)) expect([found.verdict, accepted.verdict]).toEqual(['correct', 'correct']);
    else {
      expect([found.verdict, accepted.verdict]).toEqual(['incorrect', 'convention']);
      expect(found.reasons).toContainEqual(
        expect.objectContaining({ code: 'convention', name: row.name, value }),
      );
    }
  });
});
