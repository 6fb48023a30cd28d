// Code of one layer, as layers of a library have it: dout comes in from above, dx goes out below.

import type { Syntax } from '../syntax.ts';
import type { Reader } from './cursor.ts';
import { missing } from './names.ts';
import type { CodeToken } from './numpy-tokens.ts';

const ABOVE = new Set([
  'dout',
  'd_out',
  'dOut',
  'grad_output',
  'grad_out',
  'upstream',
  'upstream_grad',
  'upstream_gradient',
]);
const PRODUCTS = new Set(['@', 'dot', 'matmul', 'sum', 'outer', 'mm']);

/**
 * What names mean in code that names the gradient from above: in a layer of weights the derivative by what it gives out, z, in
 * an activation by a; x is what it takes in. No names where the code is another or the question says what they are.
 */
export function layerNames(p: Reader, tokens: readonly CodeToken[]): ReadonlyMap<string, Syntax> {
  const { meanings, scope, layer } = p.letters;
  const above = tokens.filter((t) => t.kind === 'name' && ABOVE.has(t.text) && !meanings.has(t.text));
  const [first] = above;
  const staged = ['z', 'a'].every((name) => scope.tensors.get(name)?.stage.length === 1);
  if (first === undefined || !staged) return new Map();
  const span = { offset: first.offset, length: first.length };
  const name = (of: string, back = false): Syntax & { kind: 'name' } => {
    const here = layer ?? missing(span);
    const one: Syntax = { kind: 'number', text: '1', span };
    const parts = [
      { operator: '+', span, of: here },
      { operator: '-', span, of: one },
    ];
    const stage: Syntax = back && layer !== null ? { kind: 'sum', parts, span } : here;
    return { kind: 'name', name: of, brackets: [[stage]], span };
  };
  const loss = { kind: 'name', name: scope.loss, brackets: [], span } as const;
  const by = (of: Syntax & { kind: 'name' }): Syntax => ({
    kind: 'derivative',
    of: loss,
    by: of,
    cut: null,
    span,
  });
  const weights = tokens.some((t) => PRODUCTS.has(t.text));
  const [taken, given] = weights ? [name('a', true), name('z')] : [name('z'), name('a')];
  const own = (letter: string): boolean => meanings.get(letter)?.kind !== 'syntax';
  return new Map<string, Syntax>([
    ...[...ABOVE].map((word) => [word, by(given)] as const),
    ...['x', 'X', 'inputs', 'input'].filter(own).map((word) => [word, taken] as const),
    ...['dx', 'dX', 'dinputs', 'grad_input'].filter(own).map((word) => [word, by(taken)] as const),
    ...['out', 'output'].filter(own).map((word) => [word, given] as const),
  ]);
}
