// The typesetter: strict, capped before KaTeX sees anything, and with a memory.

import katex from 'katex';
import { expect, test } from 'vitest';
import { type Katex, TypesetError, typesetter } from '../../src/formats/typeset.ts';

const typeset = typesetter(katex);

test.each([
  [
    '\\frac{1',
    "\\frac{1 can't be typeset: KaTeX parse error: Unexpected end of input in a macro argument, expected '}' at end of input: \\frac{1",
  ],
  [
    '\\unknown',
    "\\unknown can't be typeset: KaTeX parse error: Undefined control sequence: \\unknown at position 1: \\̲u̲n̲k̲n̲o̲w̲n̲",
  ],
  ['x'.repeat(12_001), `a formula of 12001 characters is too long to typeset: ${'x'.repeat(77)}...`],
  [
    `${'{'.repeat(61)}x${'}'.repeat(61)}`,
    `a formula nests too deeply to typeset: ${`${'{'.repeat(61)}x${'}'.repeat(61)}`.slice(0, 77)}...`,
  ],
])('%s is refused', (latex, message) => {
  expect(() => typeset(latex, false)).toThrow(new TypesetError(message));
});

test('a formula makes no HTML of its own, no pictures and no links', () => {
  expect(() => typeset('\\htmlId{a}{x}', false)).toThrow(TypesetError);
  expect(typeset('\\includegraphics{a.png}', false)).not.toContain('<img');
  expect(typeset('\\href{javascript:a}{b}', false)).not.toContain('href=');
  expect(typeset('\\text{<b>}', false)).not.toContain('<b>');
});

test('a formula defined in one call is unknown in the next', () => {
  typeset('\\gdef\\mine{x}\\mine', false);
  expect(() => typeset('\\mine', false)).toThrow(TypesetError);
});

test('the same formula is typeset once for each way of showing it', () => {
  const asked: string[] = [];
  const counting: Katex = {
    renderToString: (latex, options) => {
      asked.push(latex);
      return katex.renderToString(latex, options);
    },
  };
  const own = typesetter(counting);
  expect(own('x^2', false)).toBe(own('x^2', false));
  own('x^2', true);
  expect(asked).toEqual(['x^2', 'x^2']);
});
