// Points and conventions: what a verdict is worth, and when a student's other convention is one.

import { describe, expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import {
  type GradedAnswer,
  type GradeQuestion,
  grader,
  type HandedAnswer,
} from '../../src/homework/grade.ts';
import { markOf, missingMark, type Rubric, shareOf } from '../../src/homework/grade-marks.ts';
import type { FormulaQuestion } from '../../src/homework/question.ts';
import { checked, type SlipCode } from '../../src/homework/verdict.ts';
import { targetQuestion } from '../../src/question.ts';
import { networkOfContent } from '../../src/question-network.ts';

const slip = (code: SlipCode) => ({ code, right: null, wrong: null });
const rubric: Rubric = new Map([
  ['unfinished', 0.5],
  ['sign', 0.75],
  ['transpose-missing', 0.5],
  ['default', 0.1],
]);

describe('points', () => {
  test.each([
    ['correct', [], 1],
    ['unfinished', [], 0.5],
    ['special-case', [], 0.1],
    ['incorrect', [], 0.1],
    ['incorrect', ['sign'], 0.75],
    ['incorrect', ['sign', 'transpose-missing'], 0.375],
    ['incorrect', ['layer-off'], 0.1],
    ['unreadable', [], 'person'],
    ['undecided', [], 'person'],
    ['convention', [], 'person'],
  ] as const)('%s %j', (verdict, slips, share) => {
    expect(shareOf(checked(verdict, 'form', { slips: slips.map(slip) }), rubric, false)).toBe(share);
  });

  test('a convention that the question accepts is right, whatever the rubric says of others', () => {
    expect(shareOf(checked('convention', 'form'), new Map([['convention', 0]]), true)).toBe(1);
  });

  test('no answer is a blank unless the rubric says what it is worth; points have two decimals', () => {
    expect(missingMark(rubric, 3)).toEqual({ kind: 'blank' });
    expect(missingMark(new Map([['missing', 0]]), 3)).toEqual({ kind: 'score', score: 0 });
    expect(markOf(1 / 3, 2)).toEqual({ kind: 'score', score: 0.67 });
  });
});

const of = (() => {
  const network = networkOfContent({ activation: 'sigmoid', loss: 'mse' });
  const made = new Map(['bp1', 'bp2', 'bp3', 'bp4'].map((t) => [t, targetQuestion(network, t)]));
  return (target: string): FormulaQuestion => made.get(target) ?? targetQuestion(network, target);
})();

const questions: GradeQuestion[] = ['bp1', 'bp2', 'bp3', 'bp4'].map((id) => ({
  id,
  points: 1,
  form: null,
  of: () => of(id),
}));

function verdicts(answers: readonly (string | null)[]): string[] {
  const handed = questions.map(({ id }, i): [string, HandedAnswer] => {
    const text = answers[i] ?? null;
    return [id, text === null ? { kind: 'none', why: 'missing' } : { kind: 'text', text }];
  });
  const graded = grader(questions, new Map(), check)({ student: 'ada', answers: new Map(handed) });
  return [...graded.answers.values()].map((a: GradedAnswer) =>
    a.kind === 'text' ? a.checked.verdict : a.why,
  );
}

const BP1 = "delta[L] = (a[L] - y) .* sigma'(z[L])";
const BP2_IN_OUT = "delta[l] = (w[l+1] * delta[l+1]) .* sigma'(z[l])";
const BP3 = 'dC/db[l] = delta[l]';
const BP4_IN_OUT = "dC/dw[l] = a[l-1] * delta[l]'";

describe('another convention', () => {
  test('is one where all answers are right under it, and two depend on it', () => {
    expect(verdicts([BP1, BP2_IN_OUT, BP3, BP4_IN_OUT])).toEqual([
      'correct',
      'convention',
      'correct',
      'convention',
    ]);
  });

  test('and where the others are missing', () => {
    expect(verdicts([null, BP2_IN_OUT, null, BP4_IN_OUT])).toEqual([
      'missing',
      'convention',
      'missing',
      'convention',
    ]);
  });

  test.each([
    ['only one depends on it', [BP1, BP2_IN_OUT, BP3, null]],
    ['another answer is wrong', [BP1, BP2_IN_OUT, 'dC/db[l] = delta[l+1]', BP4_IN_OUT]],
    [
      'another answer is right only under the question’s own',
      [BP1, BP2_IN_OUT, BP3, "dC/dw[l] = delta[l] * a[l-1]'"],
    ],
    ['another answer can’t be read', ['delta[L] = (', BP2_IN_OUT, BP3, BP4_IN_OUT]],
  ])('is none where %s', (_, answers) => {
    expect(verdicts(answers)).not.toContain('convention');
  });

  test('a sign is never a convention', () => {
    const answers = [
      "delta[L] = -(a[L] - y) .* sigma'(z[L])",
      "delta[l] = (w[l+1]' * delta[l+1]) .* sigma'(z[l])",
      'dC/db[l] = -delta[l]',
      "dC/dw[l] = -delta[l] * a[l-1]'",
    ];
    expect(verdicts(answers)).toEqual(['incorrect', 'correct', 'incorrect', 'incorrect']);
  });
});

test('texts that read alike are checked once, and are one group', () => {
  const seen: string[] = [];
  const grade = grader(questions.slice(2, 3), new Map(), (q, text) => {
    seen.push(text);
    return check(q, text);
  });
  const texts = [
    'dC/db[l] = delta[l]',
    'dC/db[l]=delta[l]',
    '  dC/db[l] =  delta[l] ',
    '\\frac{\\partial C}{\\partial b^l} = \\delta^l',
  ];
  const groups = texts.map(
    (text) =>
      grade({ student: 's', answers: new Map([['bp3', { kind: 'text', text }]]) }).answers.get('bp3')?.group,
  );
  expect(seen).toEqual([texts[0]]);
  expect(new Set(groups).size).toBe(1);
});
