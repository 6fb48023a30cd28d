// The same derivation in every notation is true in it: layers, transposes, signs and 1/m, on numbers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareName } from '../../src/expr/affine.ts';
import type { Expr, SymbolEntry, Tensor } from '../../src/expr/expr.ts';
import {
  type Conventions,
  conventionRows,
  conventionTexts,
  defaultConventions,
} from '../../src/tables/conventions.ts';
import { notations } from '../../src/tables/notations.ts';
import { readStatement } from '../../src/text/read.ts';
import {
  type Evaluated,
  entriesOf,
  evaluatedIn,
  evaluateTensor,
  farFromDefault,
  farthest,
  networkIn,
  networks,
  stagesOf,
} from './networks.ts';

const TINY = 1e-12;

const byDefault = new Map<string, Evaluated>();
/** A network in the default convention: delta by z, so that errors compare. */
function plainOf(name: string, delta: 'z' | 'a' = 'z'): Evaluated {
  const key = `${name} ${delta}`;
  const found = byDefault.get(key) ?? evaluatedIn(networks[name] ?? {}, { ...defaultConventions, delta });
  byDefault.set(key, found);
  return found;
}

const entryOf = (left: Expr): SymbolEntry | null =>
  left.kind === 'adjoint'
    ? left.by
    : left.kind === 'entry' && left.of.kind === 'symbol'
      ? (left as SymbolEntry)
      : null;

/** The largest difference of right sides (component and matrix, general and special) from left sides, over all cases. */
function farthestStatement(own: Evaluated): number {
  const { world } = own;
  let worst = 0;
  let seen = 0;
  for (const { cases } of own.results) {
    for (const c of cases) {
      const slots = (entryOf(c.derivation.left)?.slots ?? []).map((s) => bareName(s) ?? '');
      const rights = [c.derivation.right, ...(c.special === null ? [] : [c.special.derivation.right])];
      const forms = [c.matrix, ...(c.special === null ? [] : [c.special.matrix])];
      for (const env of stagesOf(c, own)) {
        const whole: Tensor[] = forms.flatMap((m) => ('why' in m ? [] : [m.right]));
        const [form] = forms;
        if (form === undefined || 'why' in form) throw new Error('no matrix form');
        const left = evaluateTensor(form.left, world, env);
        for (const right of rights)
          worst = Math.max(worst, farthest(entriesOf(right, slots, left.shape, world, env), left.entries));
        for (const right of whole) {
          const value = evaluateTensor(right, world, env);
          expect(value.shape).toEqual(left.shape);
          worst = Math.max(worst, farthest(value.entries, left.entries));
        }
        seen++;
      }
    }
  }
  expect(seen).toBeGreaterThan(3);
  return worst;
}

describe.each(notations)('$name', ({ conventions }) => {
  test.each(Object.keys(networks))(
    '%s: BP1 to BP4 are right on its numbers, and the same as by default',
    (name) => {
      const own = evaluatedIn(networks[name] ?? {}, conventions);
      expect(own.error).toBeLessThan(TINY);
      expect(farthestStatement(own)).toBeLessThan(TINY);
      if (name !== 'penalty' || conventions.mean !== 'none')
        expect(farFromDefault(own, plainOf(name), conventions)).toBeLessThan(TINY);
    },
  );
});

const anyConventions: fc.Arbitrary<Conventions> = fc
  .tuple(
    ...conventionRows.map(({ name, values }) =>
      fc.constantFrom(...values.map(({ value }) => ({ [name]: value }))),
    ),
  )
  .map((parts) => Object.assign({}, ...parts) as Conventions);

test('any conventions together come to the same gradients', () => {
  fc.assert(
    fc.property(anyConventions, fc.constantFrom('2-3-2', '7-4-3', 'mixed', 'batch of columns'), (c, name) => {
      const own = evaluatedIn(networks[name] ?? {}, c);
      expect(own.error, conventionTexts(c).join(', ')).toBeLessThan(TINY);
      expect(farFromDefault(own, plainOf(name, c.delta), c), conventionTexts(c).join(', ')).toBeLessThan(
        TINY,
      );
    }),
    { numRuns: 12, seed: 4 },
  );
});

describe('a wrong convention does not pass', () => {
  const ng = notations.find((n) => n.name === 'ng')?.conventions ?? defaultConventions;
  const own = evaluatedIn(networks['batch of columns'] ?? {}, ng);
  const plain = plainOf('batch of columns');

  test.each([
    ['1/m in the error', { mean: 'delta' }],
    ['the sum for the mean', { mean: 'none' }],
    ['the other sign', { sign: '-' }],
    ['weights in by out', { weights: 'in-out' }],
  ] as const)('%s', (_what, wrong) => {
    expect(farFromDefault(own, plain, { ...ng, ...wrong })).toBeGreaterThan(0.1);
  });

  test.each([
    ['the input as layer 1', { firstLayer: 1 }],
    ['weights by the layer where they start', { weightLayer: 'start' }],
  ] as const)('%s', (_what, wrong) => {
    expect(() => farFromDefault(own, plain, { ...ng, ...wrong })).toThrow('is missing');
  });

  /** How far a statement's right side is from its left on a network's numbers, at layer 1. */
  function off(text: string, conventions: Conventions, name: string): number {
    const { system, ...network } = networkIn(networks[name] ?? {}, conventions);
    const { left, right } = readStatement(text, system) as { left: Expr; right: Expr };
    const world = evaluatedIn(networks[name] ?? {}, conventions).world;
    const slots = (entryOf(left)?.slots ?? []).map((s) => bareName(s) ?? '');
    const env = new Map([['l', 1]]);
    const shape = [network.concrete?.widths?.[1] ?? 0, network.concrete?.widths?.[0] ?? 0];
    return farthest(entriesOf(right, slots, shape, world, env), entriesOf(left, slots, shape, world, env));
  }

  test("BP4 without 1/m is wrong in Ng's, and right with it", () => {
    const bp4 = 'sum(i, a[l-1][k,i]*delta[l][j,i])';
    expect(off(`dC/dw[l][j,k] = 1/m*${bp4}`, ng, 'batch of columns')).toBeLessThan(TINY);
    expect(off(`dC/dw[l][j,k] = ${bp4}`, ng, 'batch of columns')).toBeGreaterThan(0.1);
  });

  test("BP4 of UFLDL takes layers l and l+1, Zhou's a minus sign", () => {
    const ufldl = { ...defaultConventions, weightLayer: 'start' } as const;
    expect(off('dC/dw[l][j,k] = a[l][k]*delta[l+1][j]', ufldl, '2-3-2')).toBeLessThan(TINY);
    const zhou = { ...defaultConventions, firstLayer: 0, sign: '-' } as const;
    expect(off('dC/dw[l][j,k] = -a[l-1][k]*delta[l][j]', zhou, '2-3-2')).toBeLessThan(TINY);
    expect(off('dC/dw[l][j,k] = a[l-1][k]*delta[l][j]', zhou, '2-3-2')).toBeGreaterThan(1);
  });
});
