// Every network, whatever its equations: each line, nested ones too, is true on numbers when its text is read back.

import { describe, expect, test } from 'vitest';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { lowerAll } from '../../src/expr/lower.ts';
import { alphaKey, key, same } from '../../src/expr/substitute.ts';
import type { System } from '../../src/expr/system.ts';
import { freeNames, some } from '../../src/expr/walk.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { plainEquation } from '../../src/text/plain.ts';
import { isTensor, readStatement } from '../../src/text/read.ts';
import { bareSystems, type Line, layerNetworks, linesOfCase, resultsOf } from './networks.ts';

const all = [...bareSystems, ...layerNetworks];

/** What a line's text says when it is read back. */
function readBack(line: Line, system: System): { left: Expr; right: Expr } {
  const text = plainEquation(line.left, line.right, system);
  const { left, right } = readStatement(text, system);
  if (isTensor(left as Expr | Tensor) || isTensor(right as Expr | Tensor))
    throw new Error(`a tensor in ${text}`);
  return { left: left as Expr, right: right as Expr };
}

describe.each(all.map((n) => [n.title, n] as const))('%s', (_title, network) => {
  const results = resultsOf(network);

  test('every case is replayed and evaluated', () => {
    for (const { cases } of results)
      for (const c of cases) {
        expect(c.verified?.replayed).toBeGreaterThan(0);
        expect(c.verified?.maxError).toBeLessThan(1e-10);
      }
  });

  test("every line's text reads back to the same equation", () => {
    for (const { cases, system } of results)
      for (const line of cases.flatMap(linesOfCase)) {
        const { left, right } = readBack(line, system);
        expect(key(left)).toBe(key(line.left));
        expect(alphaKey(right)).toBe(alphaKey(line.right));
      }
  });

  test("every line's text is true on numbers", () => {
    for (const { cases, system } of results)
      for (const line of cases.flatMap(linesOfCase)) {
        const { left, right } = readBack(line, system);
        const names = new Set([...freeNames(left), ...freeNames(right)]);
        for (const { world, env } of sampleWorlds(system, line.given, names, { count: 1, seed: 77 })) {
          const [a, b] = [evaluate(left, world, env), evaluate(right, world, env)];
          expect(Math.abs(a - b), plainEquation(left, right, system)).toBeLessThanOrEqual(
            1e-9 * Math.max(1, Math.abs(a), Math.abs(b)),
          );
        }
      }
  });

  test('no step leaves the line as it was', () => {
    for (const { cases } of results)
      for (const { step } of cases.flatMap(linesOfCase)) expect(same(step.before, step.after)).toBe(false);
  });

  test('no statement holds its own left side', () => {
    for (const { cases, system } of results)
      for (const c of cases) {
        const left = key(c.derivation.left);
        const rights = [c.derivation.right, ...(c.special === null ? [] : [c.special.derivation.right])];
        for (const right of rights) expect(some(lowerAll(right, system), (e) => key(e) === left)).toBe(false);
      }
  });
});
