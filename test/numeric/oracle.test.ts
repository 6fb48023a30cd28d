// The oracle, dual numbers through the forward equations, against differences and against the reverse pass.

import { describe, expect, test } from 'vitest';
import { index, integer } from '../../src/expr/affine.ts';
import { add, adjoint, entry } from '../../src/expr/make.ts';
import type { System, TensorDecl } from '../../src/expr/system.ts';
import { difference } from '../../src/numeric/differences.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { openRun } from '../../src/numeric/run.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { systems } from './networks.ts';

const COUNT = 3;

/** Every variable but the loss gets an input added to its equations: dC by the input `d z` is dC/dz. */
function withBumps(system: System): System {
  const bump = (name: string): string => `d ${name}`;
  const variables = [...system.tensors.values()].filter(
    (d) => d.kind === 'variable' && d.name !== system.loss,
  );
  const bumps = variables.map((d): TensorDecl => ({ ...d, name: bump(d.name), kind: 'input' }));
  return {
    ...system,
    tensors: new Map([...system.tensors, ...bumps.map((d) => [d.name, d] as const)]),
    equations: system.equations.map((eq) =>
      eq.lhs.of.name === system.loss
        ? eq
        : { ...eq, rhs: add(eq.rhs, entry(bump(eq.lhs.of.name), eq.lhs.of.stage, eq.lhs.slots)) },
    ),
  };
}

const slotsAt = (shape: readonly number[], at: number): number[] => {
  const slots: number[] = [];
  let rest = at;
  for (const size of [...shape].reverse()) {
    slots.unshift((rest % size) + 1);
    rest = Math.floor(rest / size);
  }
  return slots;
};

describe.each(systems)('$title', ({ system }) => {
  const bumped = withBumps(system);
  const samples = sampleWorlds(bumped, [], new Set(), { count: COUNT, seed: 5 });

  test('dual numbers agree with fourth-order differences, for variables too', () => {
    let compared = 0;
    for (const { world } of samples) {
      const run = openRun(world);
      const base = run.forward();
      for (const leaf of [...run.leaves('input'), ...run.leaves('parameter')]) {
        const name = leaf.name.replace(/^d /, '');
        for (const at of leaf.entries.keys()) {
          const by = entry(name, leaf.stage.map(integer), slotsAt(leaf.shape, at).map(integer));
          const dual = evaluate(adjoint(by), world);
          const slow = difference(run, leaf, at, 'fourth', base);
          expect(Math.abs(dual - slow) / Math.max(1, Math.abs(dual), Math.abs(base))).toBeLessThan(1e-8);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(10);
  });

  test('the reverse pass agrees with dual numbers to rounding', () => {
    for (const { world } of samples) {
      const run = openRun(world);
      run.forward();
      run.backward(true);
      for (const leaf of [...run.leaves('input'), ...run.leaves('parameter')]) {
        const { entries } = run.gradient(leaf.name, leaf.stage);
        const scale = entries.reduce((m, v) => Math.max(m, Math.abs(v)), 1);
        for (const [at, value] of entries.entries()) {
          const by = entry(leaf.name, leaf.stage.map(integer), slotsAt(leaf.shape, at).map(integer));
          expect(Math.abs(evaluate(adjoint(by), world) - value) / scale).toBeLessThan(1e-13);
        }
      }
    }
  });
});

test('an index of the tested systems has a value only where one is given', () => {
  const [sample] = sampleWorlds(systems[0]!.system, [], new Set(), { count: 1, seed: 1 });
  const free = adjoint(entry('w', [index('l')], [integer(1), integer(1)]));
  expect(() => evaluate(free, sample!.world)).toThrow('the index l has no value');
  expect(evaluate(free, sample!.world, new Map([['l', 2]]))).not.toBe(0);
});
