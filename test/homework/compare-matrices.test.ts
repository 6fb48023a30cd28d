// Matrix answers: random equal forms of random products are accepted, and a lost transpose or a swapped factor isn't.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Tensor } from '../../src/expr/expr.ts';
import { symbol } from '../../src/expr/make.ts';
import { shapeOf } from '../../src/expr/shape.ts';
import { compareReadings } from '../../src/homework/compare-tensors.ts';
import { evaluateTensor } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { tensorsOf } from './pairs.ts';
import { type Pick, picking } from './rewriting.ts';

const system = tensorsOf('A n n, B n n, M m n, K n m, u n, v n, s m, r m');
const ctx = { system, given: [] };
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'n n': ['A', 'B'],
  'm n': ['M'],
  'n m': ['K'],
  n: ['u', 'v'],
  m: ['s', 'r'],
};

const transpose = (of: Tensor): Tensor => ({ kind: 'transpose', of });
const product = (...args: Tensor[]): Tensor => ({ kind: 'product', args });
const hadamard = (...args: Tensor[]): Tensor => ({ kind: 'hadamard', args });
const together = (...args: Tensor[]): Tensor => ({ kind: 'tensorSum', args });
const diag = (of: Tensor): Tensor => ({ kind: 'diag', of });

/** A tensor of a shape such as `m n` or `n`. */
function grown(shape: string, depth: number, pick: Pick): Tensor {
  const [rows = 'n', columns] = shape.split(' ');
  const names = NAMES[shape] ?? [];
  if (names.length > 0 && (depth === 0 || pick(4) === 0)) return symbol(names[pick(names.length)] ?? 'A');
  const below = (s: string): Tensor => grown(s, Math.max(0, depth - 1), pick);
  if (shape === 'm m') return product(below('m n'), below('n m'));
  switch (pick(columns === undefined ? 4 : 5)) {
    case 0:
      return together(below(shape), below(shape));
    case 1:
      return hadamard(below(shape), below(shape));
    case 2: {
      const inner = pick(2) === 0 ? 'n' : 'm';
      return product(below(`${rows} ${inner}`), below(columns === undefined ? inner : `${inner} ${columns}`));
    }
    case 3:
      return columns === undefined
        ? { kind: 'map', fn: { name: 'f', order: pick(2), stage: null }, of: below(rows) }
        : { kind: 'outer', left: below(rows), right: below(columns) };
    default:
      return transpose(below(`${columns} ${rows}`));
  }
}

const order = (t: Tensor): number => shapeOf(t, system).length;

/** An equal form of one tensor; its parts are rewritten too. */
function rewritten(t: Tensor, pick: Pick): Tensor {
  const again = (c: Tensor): Tensor => (pick(3) === 0 ? c : rewritten(c, pick));
  switch (t.kind) {
    case 'hadamard': {
      const [a, b] = t.args.map(again);
      if (a === undefined || b === undefined) return t;
      return order(a) === 1 && pick(2) === 0 ? product(diag(b), a) : hadamard(b, a);
    }
    case 'tensorSum':
      return { ...t, args: t.args.map(again).reverse() };
    case 'product': {
      const [a, b] = t.args.map(again);
      if (a === undefined || b === undefined) return t;
      if (b.kind === 'tensorSum') return together(...b.args.map((c) => product(a, c)));
      return order(b) === 2 ? transpose(product(transpose(b), transpose(a))) : product(a, b);
    }
    case 'outer':
      return pick(2) === 0
        ? transpose({ kind: 'outer', left: again(t.right), right: again(t.left) })
        : { ...t, left: again(t.left), right: again(t.right) };
    case 'transpose':
      return t.of.kind === 'tensorSum' ? together(...t.of.args.map(transpose)) : transpose(again(t.of));
    case 'map':
      return { ...t, of: again(t.of) };
    default:
      return order(t) === 2 && pick(2) === 0 ? transpose(transpose(t)) : t;
  }
}

/** A slip that keeps the shape: a transpose lost, products the other way round, a Hadamard product for a sum. */
function slipped(t: Tensor, pick: Pick): Tensor {
  if (t.kind === 'transpose' && sameShape(t, t.of)) return t.of;
  if (t.kind === 'hadamard') return { kind: 'tensorSum', args: t.args };
  if (t.kind === 'tensorSum') return { ...t, args: t.args.map((a, i) => (i === 0 ? slipped(a, pick) : a)) };
  if (t.kind === 'product') {
    const turned: Tensor = { ...t, args: [...t.args].reverse() };
    if (t.args.every((a) => sameShape(t, a))) return turned;
    const at = pick(t.args.length);
    return { ...t, args: t.args.map((a, i) => (i === at ? slipped(a, pick) : a)) };
  }
  if (t.kind === 'map') return { ...t, fn: { ...t.fn, order: t.fn.order + 1 } };
  return sameShape(t, transpose(t)) && order(t) === 2 ? transpose(t) : t;
}

const sameShape = (a: Tensor, b: Tensor): boolean =>
  shapeOf(a, system)
    .map((s) => s.key)
    .join() ===
  shapeOf(b, system)
    .map((s) => s.key)
    .join();

const shapes = fc.constantFrom('n n', 'm n', 'n m', 'n', 'm');
const stream = fc.infiniteStream(fc.nat(1_000_000)).map(picking);

it('equal forms of matrix expressions are accepted', () => {
  fc.assert(
    fc.property(shapes, stream, (shape, pick) => {
      const t = grown(shape, 3, pick);
      expect(compareReadings(t, rewritten(t, pick), ctx).verdict).toBe('equal');
    }),
    { numRuns: 500, seed: 3 },
  );
});

it('slips of matrix expressions that change a number are rejected', () => {
  const worlds = sampleWorlds(system, [], new Set(), { count: 3, seed: 9 });
  fc.assert(
    fc.property(shapes, stream, (shape, pick) => {
      const t = grown(shape, 3, pick);
      const wrong = slipped(t, pick);
      const differs = worlds.some(({ world }) => {
        const [a, b] = [evaluateTensor(t, world).entries, evaluateTensor(wrong, world).entries];
        return a.some((x, i) => Math.abs(x - (b[i] ?? 0)) > 1e-6 * Math.max(1, Math.abs(x)));
      });
      if (differs) expect(compareReadings(t, rewritten(wrong, pick), ctx).verdict).toBe('different');
    }),
    { numRuns: 400, seed: 4 },
  );
});
