// Assignments: what a file may say, and the place and sentence of what it may not; the schema says the same.

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readAssignment } from '../../src/assignment.ts';
import { englishHomework } from '../../src/lang/en-homework.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/assignment.json', import.meta.url), 'utf8'));
const fits = new Ajv({ allErrors: true }).compile(schema);
const Q = 'questions: [{id: q1, target: bp1}]\n';

test('a file with every key is read', () => {
  const a = readAssignment(
    `title: {en: Homework, zh: 作业}
network: {activation: tanh}
notation: ng
convention: {weights: in-out}
lang: zh
hints: 3
questions:
  - {id: q1, target: bp2, form: matrix, points: 2.5, accept: [weights=in-out, delta=a]}
  - {id: 2, target: "dC/dw[2][1,2]", kind: number, tolerance: 1%}
  - {id: q3, expect: A*x, tensors: {A: [p, q], x: q}, text: What is y?}
  - {id: q4, kind: definition}
rubric: {unfinished: 50%, sign: 0.75, convention: person, missing: 0, default: 10%}
students: roster.csv
columns: {student: Login, q1: First answer}
draw: {layers: [3, 4], widths: 2, activation: tanh, loss: [mse, sse]}
`,
    'a.yaml',
  );
  expect(a.questions.map((q) => [q.id, q.kind, q.points, q.form, q.tolerance])).toEqual([
    ['q1', 'formula', 2.5, 'matrix', null],
    ['2', 'number', 1, null, 0.01],
    ['q3', 'formula', 1, null, null],
    ['q4', 'definition', 1, null, null],
  ]);
  expect(a.questions[2]?.tensors).toEqual({ A: ['p', 'q'], x: ['q'] });
  expect([...a.rubric]).toEqual([
    ['unfinished', 0.5],
    ['sign', 0.75],
    ['convention', 'person'],
    ['missing', 0],
    ['default', 0.1],
  ]);
  expect([a.lang, a.hints, a.convention, a.students, [...a.columns]]).toEqual([
    'zh',
    3,
    ['weights=in-out'],
    'roster.csv',
    [
      ['student', 'Login'],
      ['q1', 'First answer'],
    ],
  ]);
  expect(a.draw).toEqual({ layers: [3, 4], widths: [2, 2], activation: ['tanh'], loss: ['mse', 'sse'] });
});

describe('what a file may not say', () => {
  test.each([
    ['title: x\n', 'a.yaml:1:1: an assignment needs "questions": a list such as [{id: q1, target: bp1}]'],
    ['questions: []\n', 'a.yaml:1:12: there is no question'],
    [`${Q}rubik: {}\n`, 'a.yaml:2:1: unknown key "rubik"; did you mean "rubric"?'],
    [`${Q}lang: de\n`, 'a.yaml:2:7: unknown lang "de"; there is en, zh'],
    [`${Q}hints: 4\n`, 'a.yaml:2:8: hints must be a whole number from 0 to 3, not 4'],
    [`${Q}rubric: {sing: 50%}\n`, 'a.yaml:2:10: unknown key "sing"; did you mean "sign"?'],
    [`${Q}rubric: {sign: 150%}\n`, 'a.yaml:2:16: sign must be from 0 to 1, or from 0% to 100%, not 150%'],
    [
      `${Q}rubric: {sign: some}\n`,
      'a.yaml:2:16: rubric.sign must be a part such as 50% or 0.5, or person, not the text "some"',
    ],
    [`${Q}columns: {q2: B}\n`, 'a.yaml:2:11: unknown key "q2"; did you mean "q1"?'],
    ['questions:\n  - {target: bp1}\n', 'a.yaml:2:5: a question needs an id such as q1'],
    [
      'questions:\n  - {id: q1}\n',
      'a.yaml:2:5: question q1 needs a target such as bp2, or "expect" with a formula',
    ],
    [
      'questions:\n  - {id: q1, target: bp1}\n  - {id: Q1, target: bp2}\n',
      'a.yaml:3:10: there are two questions Q1',
    ],
    [
      'questions:\n  - {id: total, target: bp1}\n',
      'a.yaml:2:10: an id is a word of letters, digits, ".", "-" or "_", and not one of student, total, max, needs_person; it is the text "total"',
    ],
    [
      'questions:\n  - {id: q1, target: bp1, points: 0}\n',
      'a.yaml:2:35: points must be more than 0 and at most 10000, not 0',
    ],
    [
      'questions:\n  - {id: q1, target: bp1, tolerance: 1%}\n',
      'a.yaml:2:27: a tolerance is for questions of kind: number',
    ],
    [
      'questions:\n  - {id: q1, target: bp1, expect: x}\n',
      'a.yaml:2:27: "target" and "expect" exclude each other',
    ],
    [
      'questions:\n  - {id: q1, target: bp1, kind: essay}\n',
      'a.yaml:2:33: unknown kind "essay"; there is formula, number, derivation, definition, step',
    ],
    [
      `${Q}draw: {layers: [4, 3]}\n`,
      'a.yaml:2:16: layers must be a whole number from 2 to 6, or two of them such as [2, 6]',
    ],
  ])('%j', (text, sentence) => {
    expect(() => readAssignment(text, 'a.yaml')).toThrow(sentence);
    expect(
      fits(parse(text)) &&
        !/two questions|exclude|tolerance is for|needs a target|"q2"|150%|2 to 6/.test(sentence),
    ).toBe(false);
  });
});

test('the examples are assignments, and the schema knows every slip', () => {
  const folder = new URL('../../templates/exercises/', import.meta.url);
  const examples = readdirSync(folder).filter((f) => f.endsWith('.yaml'));
  expect(examples.length).toBeGreaterThan(0);
  for (const name of examples) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(readAssignment(text, name).questions.length).toBeGreaterThan(0);
    expect(fits(parse(text)), JSON.stringify(fits.errors)).toBe(true);
  }
  expect(Object.keys(schema.properties.rubric.properties)).toEqual(
    expect.arrayContaining(Object.keys(englishHomework.slip)),
  );
});
