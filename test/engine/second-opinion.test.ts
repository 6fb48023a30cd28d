// A second opinion on scalar derivatives, to 64 digits: what mathjs differentiates and evaluates as BigNumbers, against ours.

import { all, create } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { buildNetwork } from '../../src/model/network.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { activations } from '../../src/tables/activations.ts';
import { plain } from '../../src/text/plain.ts';

const math = create(all ?? {}, { number: 'BigNumber', precision: 64 });
const POINTS = ['-2.5', '-0.75', '0.125', '1.5', '3'];

/** Rows whose formula mathjs can differentiate: no case distinction, and no erf, which it knows as a double only. */
const smooth = activations.filter((row) => row.kind === 'scalar' && !/ind\(|max\(|erf\(/.test(row.formula));

/** The right side of f'(z) as it was derived, in plain text; f itself is called sigma there. */
function derivedText(name: string): string {
  const [result] = deriveTargets(buildNetwork({}), { targets: [`${name}'`] }).results;
  const [c] = result?.cases ?? [];
  if (result === undefined || c === undefined) throw new Error(`nothing derived for ${name}'`);
  return plain(c.derivation.right, result.system);
}

describe('the derivative of an activation', () => {
  test.each(smooth.map((row) => [row.name, row.formula] as const))('%s', (name, formula) => {
    const f = math.parse(formula).compile();
    const theirs = math.derivative(formula, 'z').compile();
    const ours = math.parse(derivedText(name)).compile();
    for (const point of POINTS) {
      const z = math.bignumber(point);
      const sigma = (at: unknown): unknown => f.evaluate({ z: at });
      const [a, b] = [ours.evaluate({ z, sigma }), theirs.evaluate({ z })].map((v) => math.bignumber(v));
      const gap = math.abs(math.subtract(math.bignumber(a), math.bignumber(b)));
      expect(math.number(gap as never), `${name}'(${point})`).toBeLessThan(1e-61);
    }
  });

  test('a wrong derivative does not pass', () => {
    const z = math.bignumber('0.125');
    const wrong = math.evaluate('exp(-z)/(1+exp(-z))', { z });
    const right = math.derivative('1/(1+exp(-z))', 'z').evaluate({ z });
    expect(math.number(math.abs(math.subtract(wrong, right)))).toBeGreaterThan(1e-3);
  });
});
