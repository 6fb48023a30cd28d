// Whatever is typed, the reader answers with an expression or an ordinary error that has a place in the text.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { key, tensorKey } from '../../src/expr/substitute.ts';
import { plain, plainTensor } from '../../src/text/plain.ts';
import { isTensor, readConditions, readFormula, readStatement } from '../../src/text/read.ts';
import { readEquation } from '../../src/text/read-equation.ts';
import { ReadError } from '../../src/text/read-error.ts';
import { system } from './plain-any.ts';

const keyOf = (x: Expr | Tensor): string => (isTensor(x) ? tensorKey(x) : key(x));
const textOf = (x: Expr | Tensor): string => (isTensor(x) ? plainTensor(x, system) : plain(x, system));

function errorOf(read: () => unknown): ReadError | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return error;
  }
}

it('functions in functions are printed, each once', () => {
  const text = `${'sin('.repeat(50)}1${')'.repeat(50)}`;
  expect(textOf(readFormula(text, system))).toBe(text);
});

describe('hostile input is an ordinary error', () => {
  it.each<[string, string, string]>([
    ['10,000 brackets', '('.repeat(10_000), '1:4097: the formula is longer than 4096 characters'],
    ['4,000 brackets', '('.repeat(4000), '1:65: the formula is nested deeper than 64 levels'],
    ['4,000 square brackets', 'h['.repeat(2000), '1:129: the formula is nested deeper than 64 levels'],
    ['4,000 signs', '-'.repeat(4000), '1:65: the formula is nested deeper than 64 levels'],
    ['4,000 primes', `v${"'".repeat(4000)}`, '1:66: the formula is nested deeper than 64 levels'],
    ['4,000 powers', `${'2^'.repeat(2000)}2`, '1:129: the formula is nested deeper than 64 levels'],
    ['2,000 calls', 'exp('.repeat(1000), '1:257: the formula is nested deeper than 64 levels'],
    ['1,000 differentials', 'd('.repeat(1000), '1:129: the formula is nested deeper than 64 levels'],
    ['100 KB', 'v + '.repeat(25_000), '1:4097: the formula is longer than 4096 characters'],
    ['100 KB of newlines', '\n'.repeat(100_000), '4097:1: the formula is longer than 4096 characters'],
    ['__proto__', '__proto__', '1:1: unknown name "__proto__"'],
    ['__proto__ called', '__proto__(v)', '1:1: unknown function "__proto__"'],
    ['__proto__ with a slot', '__proto__[j]', '1:1: unknown name "__proto__"'],
    ['constructor', 'constructor', '1:1: unknown name "constructor"'],
    ['constructor called', "constructor'(v)", '1:1: unknown function "constructor"'],
    [
      'the derivative by constructor',
      'dC/dconstructor',
      '1:5: unknown tensor "constructor"; there is w, z, a, delta, h, U, v, S, B, q, lambda, c, C',
    ],
    ['toString differentiated', 'd(toString)/dv[j]', '1:3: unknown name "toString"'],
    ['NUL', 'v\0', '1:2: the character U+0000 has no place in a formula'],
    ['half a surrogate pair', 'v + \ud800', '1:5: the lone half of a character has no place in a formula'],
    ['a right-to-left mark', 'v \u202e', '1:3: the character U+202E has no place in a formula'],
    ['a huge exponent', '1e999999999', '1:1: the number is out of range: its exponent is larger than 400'],
    [
      'a huge negative exponent',
      '1e-999999999',
      '1:1: the number is out of range: its exponent is larger than 400',
    ],
    ['a huge index', 'h[99999999999999999999][1]', '1:3: a number in an index is at most 1000000000'],
    [
      'a huge product of indices',
      'h[999999999*999999999][1]',
      '1:13: a number in an index is at most 1000000000',
    ],
    [
      'many huge indices',
      `h[${'+999999999'.repeat(9)}][1]`,
      '1:4: a number in an index is at most 1000000000',
    ],
    ['200 primes', `sigma${"'".repeat(200)}(lambda)`, '1:1: sigma has 200 primes; at most 8 can be read'],
    ['nothing', '', '1:1: the formula is empty'],
    ['spaces', ' \t\n', '1:1: the formula is empty'],
    ['markup', '<b>v</b>', '1:1: expected an operand, found "<"'],
    ['a comment', '// v', '1:1: expected an operand, found "/"'],
    ['a dollar', '$v$', '1:1: "$" has no place in a formula'],
  ])('%s', (_, text, message) => {
    expect(errorOf(() => readFormula(text, system))?.message).toBe(message);
  });

  it('a long number stays exact', () => {
    expect(textOf(readFormula('7'.repeat(4000), system))).toBe('7'.repeat(4000));
  });

  it('a name of syntax or of a prototype may be an index', () => {
    expect(textOf(readFormula('sum(__proto__, v[__proto__]) + v[constructor]', system))).toBe(
      'sum(__proto__, v[__proto__]) + v[constructor]',
    );
  });
});

/** Pieces that formulas are made of, whole and broken. */
const PIECES =
  "w[l] z[l] v S B lambda h[t] U[l,t] q z[l][j] w[l][j,k] v[j] dC/dz[l] dC/dv[j] sigma f ' ( ) [ ] , + - * / .* ./ ^ .^ = < <= > | 1 2 0.5 1e3 L m n[L] sum(k, sum(t,1,L, ind( kron( norm( diag( tr( ones( partial(C, d( size( max( exp( e pi j for __proto__".split(
    ' ',
  );

/** Formulas with operands and operators in turn, whose shapes may or may not go together. */
const { formula } = fc.letrec<{ formula: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(
      'v',
      'S',
      "v'",
      "S'",
      'h[t]',
      'lambda',
      '2',
      '0.5',
      '1',
      'm',
      'v[j]',
      'dC/dv',
      'n[L]',
      'e',
      'pi',
      '(dC/dv |)',
    ),
    fc
      .tuple(
        fc.constantFrom(
          '(',
          'exp(',
          "f'(",
          'sqrt(',
          'norm(',
          'diag(',
          'tr(',
          '-(',
          'sum(k, 1, m, v[k]*',
          'ind(0 < ',
        ),
        tie('formula'),
        fc.constantFrom(')', ')', ")'", ')^2', ').^-1', ')[j]'),
      )
      .map((parts) => parts.join('')),
  ),
  formula: fc
    .tuple(
      tie('operand'),
      fc.array(fc.tuple(fc.constantFrom('+', '-', '*', '/', '.*', './', ' '), tie('operand')), {
        maxLength: 3,
      }),
    )
    .map(([first, rest]) => first + rest.flat().join('')),
}));

describe('any text', () => {
  const readers = [readFormula, readStatement, readEquation, readConditions] as const;

  it.each([
    ['of pieces', fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((p) => p.join(''))],
    ['of characters', fc.string({ unit: 'binary', maxLength: 40 })],
    ['of formulas', formula],
  ])('%s is read, or has an error with a place in it', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const read of readers) {
          const error = errorOf(() => read(text, system));
          if (error === null) continue;
          expect(error.offset).toBeLessThanOrEqual(text.length);
          expect(error.sentence.trim()).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('that is read prints as what reads the same', () => {
    let read = 0;
    fc.assert(
      fc.property(formula, (text) => {
        if (errorOf(() => readFormula(text, system)) !== null) return;
        read++;
        const x = readFormula(text, system);
        expect(keyOf(readFormula(textOf(x), system)), textOf(x)).toBe(keyOf(x));
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
