// The rows of slips: each makes a wrong formula of some right one, and what it makes is rejected.

import { expect, test } from 'vitest';
import { check } from '../../src/homework/check.ts';
import { slipRows } from '../../src/homework/slips.ts';
import { languages } from '../../src/lang/languages.ts';
import { plain } from '../../src/text/plain.ts';
import { formulaFor } from './questions.ts';

const QUESTIONS = [
  ['{}', 'bp1'],
  ['{}', 'bp2'],
  ['{}', 'bp4'],
  ['{"activation": "sigmoid", "loss": "mse"}', 'bp1'],
  ['{"activation": "tanh", "loss": "mse"}', 'bp2'],
  ['{"output": "softmax", "loss": "cross-entropy"}', 'bp1'],
  ['{"batch": {"size": "m", "samples": "columns"}}', 'bp2'],
  ['{"batch": {"size": "m", "samples": "columns"}}', 'bp4'],
  ['{"l2": "lambda"}', 'bp4'],
  ['{"activation": "sigmoid", "loss": "bce"}', "loss'"],
  ['{"activation": "sigmoid", "loss": "sse"}', 'bp1'],
  ['{"activation": "sigmoid", "loss": "mse"}', "sigmoid'"],
] as const;

const questions = QUESTIONS.map(([network, target]) => formulaFor(network, target));

test.each(slipRows.map((row) => [`${row.code}: ${row.example}`, row] as const))('%s', (_, row) => {
  let made = 0;
  for (const q of questions) {
    for (const right of q.answers) {
      const slots = q.slots;
      for (const { to } of row.apply({ right, system: q.system, slots, lines: q.lines })) {
        const found = check(q, plain(to, q.system));
        // Some only look wrong: a factor 1 left out, an index renamed.
        if (found.verdict !== 'correct') made++;
      }
    }
  }
  expect(made).toBeGreaterThan(0);
});

test('every slip has its sentences in every language', () => {
  for (const { homework } of languages)
    for (const { code } of slipRows) {
      expect(homework.where[code].length).toBeGreaterThan(0);
      expect(homework.slip[code](null, null).length).toBeGreaterThan(0);
    }
});
