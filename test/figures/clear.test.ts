// The check on pictures finds what it is for: each planted fault is named.

import { expect, test } from 'vitest';
import { at, circle, label, line, PLAIN } from '../../src/document/figures/draw.ts';
import type { Figure, Shape } from '../../src/document/figures/shapes.ts';
import { faults } from './clear.ts';

const figure = (...shapes: Shape[]): Figure => ({
  id: 'f',
  title: '',
  description: '',
  width: 200,
  height: 60,
  shapes,
});
const across = line(at(0, 30), at(200, 30), PLAIN);

test.each<[string, Shape[], string[]]>([
  ['nothing wrong', [label(at(100, 30), 'abc')], []],
  ['two labels', [label(at(100, 30), 'abc'), label(at(108, 33), 'def')], ['f: "abc" meets "def"']],
  ['over the edge', [label(at(195, 30), 'abc')], ['f: "abc" leaves the ground']],
  ['a line through it', [across, label(at(100, 30), 'abc')], ['f: "abc" is crossed by a line']],
  ['a line behind its patch', [across, label(at(100, 30), 'abc', { patch: true })], []],
  [
    'a line over its patch',
    [label(at(100, 30), 'abc', { patch: true }), across],
    ['f: "abc" is crossed by a line'],
  ],
  ['a line behind its circle', [across, circle(at(100, 30), 20), label(at(100, 30), 'abc')], []],
  [
    'too long for its circle',
    [circle(at(100, 30), 14), label(at(100, 30), 'abcdef')],
    ['f: "abcdef" is crossed by a circle'],
  ],
])('%s', (_, shapes, found) => {
  expect(faults(figure(...shapes))).toEqual(found);
});
