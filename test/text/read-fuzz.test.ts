// Hostile and mutated answers: every text gets a reading or an ordinary "unreadable", with its place in the text.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildNetwork } from '../../src/model/network.ts';
import { notations } from '../../src/tables/notations.ts';
import { type AnswerSyntax, type Reading, readAnswer } from '../../src/text/reading/answer.ts';
import { CAPS } from '../../src/text/reading/marks.ts';
import { parseTable } from './answer-table.ts';

const { system } = buildNetwork({}, { numbers: false });
const SYNTAXES: readonly (AnswerSyntax | 'auto')[] = ['auto', 'latex', 'plain', 'unicode', 'numpy'];

function read(text: string, syntax: AnswerSyntax | 'auto', notation = notations[0]!): Reading {
  const reading = readAnswer(text, { system, notation, syntax });
  if (reading.kind === 'unreadable') {
    const { span, message, line, column } = reading;
    expect(message).toMatch(/\S/);
    expect(span.offset).toBeGreaterThanOrEqual(0);
    expect(span.offset + span.length).toBeLessThanOrEqual(Math.max(text.length, CAPS.length + 1));
    expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
  }
  return reading;
}

const times = (piece: string, n: number): string => piece.repeat(n);
const nested = (open: string, inside: string, close: string, n: number): string =>
  times(open, n) + inside + times(close, n);

describe('hostile texts get an ordinary answer', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['100 KB', times('x', 100_000)],
    ['10,000 brackets', times('(', 10_000)],
    ['4,000 braces', times('{', 4000)],
    ['braces in pairs', nested('{', 'a', '}', 2000)],
    ['braces round one letter, as deep as allowed', nested('{', 'a', '}', 60)],
    ['braces and brackets', nested('{(', 'a', ')}', 30)],
    ['fractions in fractions', nested('\\frac{', 'a', '}{b}', 60)],
    ['derivatives of derivatives', nested('\\frac{\\partial ', 'C', '}{\\partial z}', 60)],
    ['roots', nested('\\sqrt{', 'a^l', '}', 60)],
    ['hats', nested('\\hat{', 'a', '}', 60)],
    ['indices of indices', nested('a_{', 'a', '}', 60)],
    ['powers of powers', nested('e^{', 'z', '}', 60)],
    ['powers in a row', `${times('2^', 1000)}2`],
    ['functions without brackets', `${times('\\ln ', 800)}a`],
    ['sums', `${times('\\sum_k ', 500)}a_k`],
    ['derivative operators', `${times('\\frac{\\partial}{\\partial z}', 130)}a`],
    ['cases in cases', nested('\\begin{cases} a & l=1 \\\\ ', 'b & l=2', '\\end{cases}', 40)],
    ['a bomb of definitions', '\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\a'],
    ['__proto__', '__proto__ = constructor'],
    ['constructor as a command', '\\constructor(\\__proto__)'],
    ['names of objects', '\\text{hasOwnProperty} + \\operatorname{toString}(z)'],
    ['an image', '<img src=x onerror=alert(1)>'],
    ['javascript:', 'javascript:alert(1)'],
    ['NUL', 'a\0b'],
    ['half a character', 'a\ud800b'],
    ['the other half', '\udc00'],
    ['a huge exponent', '1e999999999'],
    ['a huge number', times('9', 4000)],
    ['primes', `\\sigma${times("'", 2000)}(z)`],
    ['scripts', `a${times('_j^l', 500)}`],
    ['signs', `${times('-', 2500)}a`],
    ['factors', times('w^l ', 1000)],
    ['layers that nobody says', times('\\delta W a ', 30)],
    ['lines', times('a^l\\\\', 500)],
    ['dots', times('.', 3000)],
    ['bars', times('|', 1000)],
    ['combining marks', times('a\u0302', 1000)],
    ['small letters', times('ₖ', 2500)],
    ['calls of code', times('np.dot(', 300)],
    ['subscripts of code', `x${times('[', 2000)}`],
    ['lines that put in one another', `t = z\n${times('t = t * t\n', 50)}t`],
    ['masks of masks', `t = z\n${times('t[z > 0] = t\n', 50)}t`],
    ['a long value many times', `t = ${times('z + ', 60)}z\n${times('delta = t * t * t\n', 50)}`],
    ['lines of code in brackets', times('dz[z <= 0] = 0; ', 55)],
    ['a part of code without its end', `delta[${times('range(', 500)}`],
    ['names of layers', `x = ${times('layers[l].', 300)}w`],
    ['names in quotes', `x = ${times("p['", 500)}`],
    ['choices of code', `delta = ${times('1 if z > 0 else ', 200)}0`],
    ['the names of a prototype', '__proto__ = z\nconstructor = __proto__\ndelta = constructor * toString'],
    ['powers of code', `${times('a**', 500)}a`],
  ];
  it.each(texts)('%s', (_, text) => {
    for (const syntax of SYNTAXES)
      for (const notation of [notations[0]!, notations[4]!]) read(text, syntax, notation);
  });
  it('says how long an answer may be', () => {
    const reading = read(times('x', 5000), 'latex');
    expect(reading).toMatchObject({
      kind: 'unreadable',
      column: 4097,
      message: 'the answer is longer than 4096 characters',
    });
  });
});

const rows = parseTable(readFileSync(new URL('read-answers.txt', import.meta.url), 'utf8'));
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '^',
  '_',
  "'",
  '\\',
  '&',
  '=',
  '\\frac',
  '\\sum',
  '\\delta',
  'T',
  '|',
  '\\\\',
  '٣',
  'ᵀ',
  '.',
  ',',
];

/** A text with a few pieces removed, doubled, put in or exchanged. */
const mutated = fc
  .tuple(
    fc.constantFrom(...rows),
    fc.array(
      fc.record({
        how: fc.constantFrom('drop', 'double', 'insert', 'swap'),
        at: fc.nat(200),
        length: fc.integer({ min: 1, max: 6 }),
        piece: fc.constantFrom(...PIECES),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([row, changes]) => {
    let { text } = row;
    for (const { how, at, length, piece } of changes) {
      const i = text.length === 0 ? 0 : at % text.length;
      const [a, b, c] = [text.slice(0, i), text.slice(i, i + length), text.slice(i + length)];
      text =
        how === 'drop'
          ? a + c
          : how === 'double'
            ? a + b + b + c
            : how === 'insert'
              ? a + piece + b + c
              : b + a + c;
    }
    return { text, options: row.options };
  });

describe('any text gets a reading or an ordinary unreadable', () => {
  it('mutated formulas', () => {
    fc.assert(
      fc.property(mutated, fc.constantFrom(...SYNTAXES), ({ text, options }, syntax) => {
        const reading = readAnswer(text, { ...options, syntax });
        expect(['read', 'unreadable']).toContain(reading.kind);
      }),
      { numRuns: 1500, seed: 4 },
    );
  });

  it('characters at random', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(...SYNTAXES),
        (text, syntax) => {
          read(text, syntax);
        },
      ),
      { numRuns: 500, seed: 5 },
    );
  });

  it('says the same each time', () => {
    for (const row of rows)
      expect(readAnswer(row.text, row.options)).toEqual(readAnswer(row.text, row.options));
  });
});
