// Derivatives put together by the chain rule, and tensors with slots fixed: shapes, entries, numbers, prints.

import { describe, expect, test } from 'vitest';
import { index, integer } from '../../src/expr/affine.ts';
import type { DerivativeTensor, SymbolTensor, Tensor } from '../../src/expr/expr.ts';
import { lowerEntry } from '../../src/expr/lower.ts';
import { symbol } from '../../src/expr/make.ts';
import { shapeOf, shapeText } from '../../src/expr/shape.ts';
import { tensorKey } from '../../src/expr/substitute.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { evaluate, evaluateTensor } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { plainTensor } from '../../src/text/plain.ts';

const { system } = buildNetwork({ layers: [2, 3, 2] }, { numbers: false });
const at = (name: string, stage: number): SymbolTensor => symbol(name, [integer(stage)]);
const jacobian = (of: SymbolTensor, by: SymbolTensor): DerivativeTensor => ({
  kind: 'derivative',
  what: 'jacobian',
  head: null,
  of,
  by,
  cut: [],
});
const gradient = (by: SymbolTensor): DerivativeTensor => ({
  ...jacobian(by, by),
  what: 'adjoint',
  of: null,
});

const [a2, z2, z3, w2, w3] = [at('a', 2), at('z', 2), at('z', 3), at('w', 2), at('w', 3)];
const chain: Tensor = { kind: 'chain', first: gradient(z3), rest: [jacobian(z3, a2), jacobian(a2, z2)] };
const toWeights: Tensor = { kind: 'chain', first: gradient(z2), rest: [jacobian(z2, w2)] };
const row: Tensor = { kind: 'slice', of: w3, at: [index('j'), null] };
const column: Tensor = { kind: 'slice', of: w3, at: [null, index('j')] };
const byOneWeight: Tensor = { kind: 'slice', of: jacobian(z2, w2), at: [null, integer(2), integer(1)] };

const [sample] = sampleWorlds(system, [], new Set(), { count: 1, seed: 7 });
if (sample === undefined) throw new Error('a sample was expected');
const { world } = sample;

describe('shapes', () => {
  test.each([
    [chain, 'n[2]'],
    [toWeights, 'n[2] x n[1]'],
    [row, 'n[2]'],
    [column, 'n[3]'],
    [byOneWeight, 'n[2]'],
  ])('%#', (t, shape) => expect(shapeText(shapeOf(t, system))).toBe(shape));

  test('derivatives that share nothing make no chain', () =>
    expect(() => shapeOf({ kind: 'chain', first: gradient(z3), rest: [jacobian(a2, z2)] }, system)).toThrow(
      /chain rule/,
    ));
});

describe('a chain is the gradient that it ends in', () => {
  test.each([
    [chain, gradient(z2)],
    [toWeights, gradient(w2)],
  ])('%#', (t, whole) => {
    const [left, right] = [evaluateTensor(t, world), evaluateTensor(whole, world)];
    expect(left.shape).toEqual(right.shape);
    for (const [i, x] of left.entries.entries()) expect(x).toBeCloseTo(right.entries[i] as number, 10);
  });
});

test.each([chain, toWeights, byOneWeight])('entries are what lowering says: %#', (t) => {
  const { shape, entries } = evaluateTensor(t, world);
  entries.forEach((x, i) => {
    const slots =
      shape.length === 1 ? [i + 1] : [Math.floor(i / (shape[1] ?? 1)) + 1, (i % (shape[1] ?? 1)) + 1];
    expect(x).toBeCloseTo(evaluate(lowerEntry(t, slots.map(integer), system), world), 10);
  });
});

test('a row and a column of a matrix are its entries', () => {
  const env = new Map([['j', 2]]);
  const w = evaluateTensor(w3, world);
  const [, columns = 0] = w.shape;
  expect([...evaluateTensor(row, world, env).entries]).toEqual([...w.entries].slice(columns, 2 * columns));
  expect([...evaluateTensor(column, world, env).entries]).toEqual(
    [...w.entries].filter((_, i) => i % columns === 1),
  );
});

test('prints name what is open, and keys tell rows from columns', () => {
  expect(plainTensor(row, system)).toBe('w[3][j,:]');
  expect(plainTensor(column, system)).toBe('w[3][:,j]');
  expect(plainTensor(byOneWeight, system)).toBe('dz[2][:]/dw[2][2,1]');
  expect(plainTensor(toWeights, system)).toBe('(dC/dz[2]) * (dz[2]/dw[2])');
  expect(tensorKey(row)).not.toBe(tensorKey(column));
});
