// Whatever stands in a network file, reading it ends in a network or in one sentence, never in another error.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/expr/error.ts';
import { loadFormulaParser } from '../../src/mathjs-formula.ts';
import { buildNetwork, readNetworkFile } from '../../src/model/network.ts';
import { findTemplate, templateNames } from '../../src/templates.ts';

const parseFormula = await loadFormulaParser();
const texts = templateNames()
  .filter((name) => name !== '784-30-10')
  .map((name) => findTemplate(name)?.text ?? '');

/** Reads; anything but a UserError with a place and one sentence gets out. */
function readOrSay(text: string): void {
  try {
    readNetworkFile(text, 'net.yaml', { parseFormula });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toMatch(/^net\.yaml:\d+:\d+: \S/);
    expect(error.message).not.toMatch(/\n|undefined|\[object/);
  }
}

/** Pieces that mean something in a network file, and some that shouldn't. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      ': ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '\n',
      '  ',
      '#',
      '&a ',
      '*a',
      '!!js ',
      '0',
      '-1',
      '.nan',
      '1e999',
    ],
    ...[
      'layers',
      'sum(k, ',
      'a[l-1][k]',
      '[j]',
      'for ',
      '2 <= l <= L',
      '__proto__',
      'constructor',
      '+',
      '^',
      ')',
      '=',
    ],
  ),
  fc.string({ maxLength: 4 }),
);

interface Edit {
  readonly at: number;
  readonly drop: number;
  readonly put: string;
}
const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(8),
  put: fc.oneof(fc.constant(''), piece),
});

const edited = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((before, { at, drop, put }) => {
    const start = Math.floor(at * before.length);
    return before.slice(0, start) + put + before.slice(start + drop);
  }, text);

describe('a network file', () => {
  test('with a few characters changed is read, or said to be wrong where it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) =>
        readOrSay(edited(text, edits)),
      ),
      { numRuns: 400 },
    );
  });

  test('with a line left out, doubled or moved is read, or said to be wrong', () => {
    const line = fc.record({ from: fc.nat(40), to: fc.nat(40), twice: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom(...texts), line, (text, { from, to, twice }) => {
        const lines = text.split('\n');
        const [moved = ''] = twice ? lines.slice(from, from + 1) : lines.splice(from, 1);
        lines.splice(to, 0, moved);
        readOrSay(lines.join('\n'));
      }),
      { numRuns: 200 },
    );
  });

  test('of any text at all is read, or said to be wrong', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => readOrSay(pieces.join(''))),
      { numRuns: 400 },
    );
  });
});

test('any plain value is a network, or one sentence says why not', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      try {
        buildNetwork(value, { parseFormula });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});

test('any formula of an activation is read, or one sentence says where it goes wrong', () => {
  const word = fc.constantFrom(
    ...[
      'z',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '^',
      '1',
      '0',
      '0.5',
      'exp(',
      'max(0,',
      'abs(',
      ',',
      ' ',
      '> 0 ? ',
      ' : ',
      'e',
      'pi',
      '!',
      '=',
    ],
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const read = parseFormula(words.join(''));
      if ('message' in read) expect(read.message).toMatch(/^\S/);
      else expect(read.kind).toBeTypeOf('string');
    }),
    { numRuns: 500 },
  );
});
