// A lecturer's own notation: what a file says is what is printed, and what is wrong with one is a sentence with its place.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/expr/error.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { buildNotation, NOTATION_KEYS, readNotationFile } from '../../src/model/read-notation.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { conventionRows, conventionTexts, defaultConventions } from '../../src/tables/conventions.ts';
import { letterFault } from '../../src/tables/letter-latex.ts';
import { notationRow, notations } from '../../src/tables/notations.ts';
import { latexEquation } from '../../src/text/latex.ts';

const OWN = `name: our course
title: Introduction to machine learning
based-on: ng
letters: {w: "\\\\Theta", C: "\\\\mathcal E"}
matrix-letters: {a: "H"}
stage: {left: "(", right: ")"}
transpose: "\\\\top"
hadamard: "\\\\circ"
gradient: nabla
conventions:
  weights: in-out
  first-layer: 1
  batch: rows
  sign: "-"
  half: false
`;

const SCHEMA = JSON.parse(readFileSync(new URL('../../schema/notation.json', import.meta.url), 'utf8'));
const isNotation = new Ajv({ strict: false, allowUnionTypes: true }).compile(SCHEMA);

test("a file's letters, signs and conventions are what is printed", () => {
  const notation = readNotationFile(OWN, 'own.yaml');
  expect(conventionTexts(notation.conventions)).toEqual([
    'weights=in-out',
    'batch=rows',
    'mean=gradient',
    'sign=-',
    'half=false',
  ]);
  const network = buildNetwork({ activation: 'tanh' }, { conventions: notation.conventions });
  const style = { notation, system: network.system };
  const printed = deriveTargets(network).results.flatMap((r) =>
    r.cases.map((c) => ('why' in c.matrix ? '' : latexEquation(c.matrix.left, c.matrix.right, style))),
  );
  expect(printed).toEqual([
    "dZ^{(L)} = -m\\,\\bigl(\\nabla_{H^{(L)}} \\mathcal E \\circ g'(Z^{(L)})\\bigr)",
    "dZ^{(l)} = (dZ^{(l+1)}\\,\\Theta^{(l+1)\\top}) \\circ g'(Z^{(l)})",
    '\\nabla_{b^{(l)}} \\mathcal E = -\\frac{1}{m}\\,dZ^{(l)\\top}\\,\\mathbf 1',
    '\\nabla_{\\Theta^{(l)}} \\mathcal E = -\\frac{1}{m}\\,H^{(l-1)\\top}\\,dZ^{(l)}',
  ]);
});

test('an empty file is the first notation under another name', () => {
  expect({ ...buildNotation({}), name: 'nielsen' }).toEqual(notationRow('nielsen'));
});

test.each(notations)('$name is what it is based on', (row) => {
  expect({ ...buildNotation({ 'based-on': row.name, name: row.name }), unicode: row.unicode }).toEqual(row);
});

function sentenceOf(text: string): string {
  try {
    readNotationFile(text, 'own.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('what is wrong is said where it stands', () => {
  test.each([
    ['an unknown key', 'leters: {w: W}\n', 'own.yaml:1:1: unknown key "leters"; did you mean "letters"?'],
    [
      'an unknown base',
      'based-on: nielson\n',
      'own.yaml:1:11: unknown notation "nielson"; did you mean "nielsen"?',
    ],
    [
      'a macro that defines',
      'letters:\n  w: "\\\\def\\\\x{}W"\n',
      'own.yaml:2:6: letters.w holds \\def; only letters, accents, fonts and signs may stand there',
    ],
    ['an open brace', "letters: {w: '\\mathbf{W'}\n", 'own.yaml:1:14: letters.w leaves a brace open'],
    ['a brace too many', "letters: {w: 'W}'}\n", 'own.yaml:1:14: letters.w closes a brace that is not open'],
    [
      'a script of its own',
      "letters: {w: 'W_o'}\n",
      'own.yaml:1:14: letters.w takes scripts, so its own _ must stand inside braces',
    ],
    ['no letter', "letters: {w: ''}\n", 'own.yaml:1:14: letters.w is empty'],
    [
      'a dollar sign',
      "letters: {w: 'a$b'}\n",
      'own.yaml:1:14: letters.w holds "$", which is no part of a letter',
    ],
    [
      'a long letter',
      `letters: {w: "${'W'.repeat(61)}"}\n`,
      'own.yaml:1:14: letters.w is longer than 60 characters',
    ],
    [
      'two quantities with one letter',
      'letters: {delta: z}\n',
      'own.yaml:1:18: z and delta would both be written z; give one of them another letter',
    ],
    [
      'no name of the equations',
      'letters: {"w!": W}\n',
      'own.yaml:1:11: "w!" is no name of the equations: a letter, then letters and digits',
    ],
    [
      'an unknown convention',
      'conventions: {weigths: in-out}\n',
      'own.yaml:1:15: unknown key "weigths"; did you mean "weights"?',
    ],
    [
      'an unknown value',
      'conventions: {weights: inout}\n',
      'own.yaml:1:24: weights must be out-in or in-out, not the text "inout"; did you mean "in-out"?',
    ],
    [
      'a layer that nobody counts from',
      'conventions: {first-layer: 2}\n',
      'own.yaml:1:28: first-layer must be 1 or 0, not 2',
    ],
    [
      'an unknown word',
      'gradient: nablah\n',
      'own.yaml:1:11: unknown gradient "nablah"; did you mean "nabla"?',
    ],
    [
      'no truth value',
      'broadcast: maybe\n',
      'own.yaml:1:12: broadcast must be true or false, not the text "maybe"',
    ],
    [
      'a bracket with a command',
      "stage: {left: '\\input{x}'}\n",
      'own.yaml:1:15: stage.left holds \\input; only letters, accents, fonts and signs may stand there',
    ],
    ['an empty sign', "hadamard: ' '\n", 'own.yaml:1:11: hadamard is empty'],
    [
      'a name with a mark',
      'name: "<b>"\n',
      'own.yaml:1:7: name must be letters, digits, spaces and . _ - (at most 60)',
    ],
  ])('%s', (_what, text, sentence) => {
    expect(sentenceOf(text)).toBe(sentence);
  });
});

test('no command that does more than print passes as a letter', () => {
  const bad = [
    'def',
    'input',
    'include',
    'href',
    'url',
    'catcode',
    'write',
    'csname',
    'htmlClass',
    'includegraphics',
    'newcommand',
    'let',
    'read',
    'openin',
    'special',
    'begin',
  ];
  for (const command of bad) expect(letterFault(`\\${command}{x}`), command).not.toBeNull();
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('\\', '{', '}', 'a', 'W', '_', '^', '$', '%', '#', ' '),
        maxLength: 12,
      }),
      (text) => {
        if (letterFault(text) === null) expect(text).not.toMatch(/[$%#]|\\(?![A-Za-z,;:! ])/);
      },
    ),
  );
});

describe('schema/notation.json', () => {
  test('lists the keys and the conventions that are read', () => {
    expect(Object.keys(SCHEMA.properties).sort()).toEqual([...NOTATION_KEYS].sort());
    const conventions = SCHEMA.properties.conventions.properties;
    expect(Object.keys(conventions)).toEqual(conventionRows.map((r) => r.word));
    for (const { word, values } of conventionRows)
      expect([...conventions[word].enum].map(String).sort()).toEqual(
        values.map((v) => String(v.value)).sort(),
      );
    expect(SCHEMA.properties['based-on'].enum).toEqual(notations.map((n) => n.name));
  });

  test('takes what the reader takes, and not what it refuses', () => {
    const { parse } = { parse: (text: string): unknown => JSON.parse(text) };
    expect(isNotation(parse('{"name":"x","letters":{"w":"W"},"conventions":{"weights":"in-out"}}'))).toBe(
      true,
    );
    expect(isNotation(parse('{"conventions":{"weights":"inout"}}'))).toBe(false);
    expect(isNotation(parse('{"leters":{}}'))).toBe(false);
  });
});

test('the defaults come first in the table of conventions', () => {
  for (const { name, values } of conventionRows) expect(values[0]?.value).toBe(defaultConventions[name]);
});
