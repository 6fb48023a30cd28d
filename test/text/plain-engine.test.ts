// What the engine derives reads back to the same: the lines of every network, and the statements in matrix form.

import { describe, expect, it } from 'vitest';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import { key, tensorKey } from '../../src/expr/substitute.ts';
import { plainEquation } from '../../src/text/plain.ts';
import { isTensor, readStatement } from '../../src/text/read.ts';
import { bareSystems, derivedInOrder, layerNetworks, linesOfCase } from '../engine/networks.ts';

const keyOf = (x: Expr | Tensor): string => (isTensor(x) ? tensorKey(x) : key(x));

const results = [...bareSystems, ...layerNetworks].flatMap((n) => derivedInOrder(n, (rules) => rules));
const cases = results.flatMap(({ system, cases }) => cases.map((c) => ({ system, c })));

/** The equations whose text does not read back to both sides, bound names included. */
function changed(
  equations: readonly {
    system: (typeof cases)[number]['system'];
    left: Expr | Tensor;
    right: Expr | Tensor;
  }[],
): string[] {
  return equations.flatMap(({ system, left, right }) => {
    const text = plainEquation(left, right, system);
    const back = readStatement(text, system);
    return keyOf(back.left) === keyOf(left) && keyOf(back.right) === keyOf(right) ? [] : [text];
  });
}

describe('what the engine derives reads back to the same', () => {
  it('line by line', () => {
    const lines = cases.flatMap(({ system, c }) =>
      linesOfCase(c).map(({ left, right }) => ({ system, left, right })),
    );
    expect(lines.length).toBeGreaterThan(1000);
    expect(changed(lines)).toEqual([]);
  });

  it('in matrix form', () => {
    const forms = cases.flatMap(({ system, c }) =>
      [c.matrix, c.special?.matrix].flatMap((m) =>
        m === undefined || 'why' in m ? [] : [{ system, left: m.left, right: m.right }],
      ),
    );
    expect(forms.length).toBeGreaterThan(50);
    expect(changed(forms)).toEqual([]);
  });
});
