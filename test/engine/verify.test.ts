// Verification: wrong lines are caught wherever they stand, and right ones cost few random networks.

import { describe, expect, test } from 'vitest';
import { derive } from '../../src/engine/derive.ts';
import { placesOf } from '../../src/engine/places.ts';
import type { Derivation, Goal, Result, Step } from '../../src/engine/types.ts';
import { verify, verifyDerivation } from '../../src/engine/verify.ts';
import { DerivationError } from '../../src/expr/error.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { mul, num } from '../../src/expr/make.ts';
import type { System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { readConditions, readExpr } from '../../src/text/read.ts';

const { system } = buildNetwork({});
const goal = (target: string, given: string, of: System = system): Goal => ({
  id: target,
  target,
  left: readExpr(target, of),
  given: readConditions(given, of),
});
const goals = [
  goal('delta[l][j]', '2 <= l, l <= L, 1 <= j, j <= n[l]'),
  goal('dC/dw[l][j,k]', '2 <= l, l <= L, 1 <= j, j <= n[l], 1 <= k, k <= n[l-1]'),
];
const results = goals.map((g) => derive(system, g, { targets: goals }));

describe('right derivations', () => {
  test.each(results)('$target holds to rounding on every line', (result) => {
    for (const c of verify(result).cases) {
      expect(c.verified?.maxError).toBeLessThan(1e-12);
      expect(c.verified?.samples).toBeGreaterThanOrEqual(4);
      expect(c.verified?.replayed).toBeGreaterThan(3);
    }
  });

  test('the number of random networks is as asked', () => {
    const [c] = verify(results[0]!, { count: 7 }).cases;
    expect((c?.verified?.samples ?? 0) % 7).toBe(0);
  });
});

test.each(['max', 'min'])('the derivative of %s of two arguments is what the oracle says', (name) => {
  const own = buildNetwork({
    tensors: { w: { size: ['n'], kind: 'parameter' }, x: { size: ['n'], kind: 'input' } },
    equations: [],
    loss: `sum(i, ${name}(w[i]^2, x[i]*w[i]))`,
  }).system;
  const result = derive(own, goal('dC/dw[i]', '1 <= i, i <= n', own));
  for (const c of verify(result, { count: 20 }).cases) expect(c.verified?.maxError).toBeLessThan(1e-12);
});

/** The result with one step of one case changed. */
function tampered(result: Result, change: (d: Derivation) => Derivation): Result {
  const [first, ...rest] = result.cases;
  return first === undefined
    ? result
    : { ...result, cases: [{ ...first, derivation: change(first.derivation) }, ...rest] };
}

const doubled = (e: Expr): Expr => mul(num(2), e);

describe('wrong derivations', () => {
  const [bp] = results as [Result, ...Result[]];

  test('a line that its rule does not give does not replay', () => {
    const wrong = tampered(bp, (d) => ({
      ...d,
      steps: d.steps.map((s, i) => (i === d.steps.length - 1 ? { ...s, after: doubled(s.after) } : s)),
      right: doubled(d.right),
    }));
    expect(() => verify(wrong)).toThrow(DerivationError);
  });

  test('a matrix form that is not the statement is caught on numbers', () => {
    const [first] = bp.cases;
    if (first === undefined || 'why' in first.matrix) throw new Error('no matrix form');
    const { matrix } = first;
    const right = { kind: 'scale' as const, by: num(2), of: matrix.right };
    const wrong = { ...bp, cases: [{ ...first, matrix: { ...matrix, right } }] };
    expect(() => verify(wrong)).toThrow(
      /^the step "matrix form" does not hold on numbers: relative error 0.5/,
    );
  });

  test('a lemma is evaluated too', () => {
    const step = (s: Step): Step =>
      s.lemma === undefined ? s : { ...s, lemma: { ...s.lemma, right: doubled(s.lemma.right) } };
    const deep = (s: Step): Step => ({
      ...step(s),
      ...(s.from === undefined ? {} : { from: s.from.map(deep) }),
    });
    const wrong = tampered(bp, (d) => ({ ...d, steps: d.steps.map(deep) }));
    expect(() => verify(wrong)).toThrow(DerivationError);
  });

  test('a derivation whose two sides differ is caught though it has no steps', () => {
    const d: Derivation = {
      left: readExpr('delta[l][j]', system),
      right: readExpr('delta[l][j]*2', system),
      given: goals[0]!.given,
      steps: [],
    };
    expect(() => verifyDerivation(d, system)).toThrow(DerivationError);
  });
});

describe('places', () => {
  const claim = (left: string, given: string): Parameters<typeof placesOf>[0][number] => ({
    left: readExpr(left, system),
    right: readExpr(left, system),
    given: readConditions(given, system),
    name: left,
  });
  const count = (...claims: Parameters<typeof placesOf>[0]): number => placesOf(claims, system).length;

  test('a claim shares the networks of one that has another slot running', () => {
    expect(
      count(
        claim('z[l][j]', '2 <= l, l <= L, 1 <= j, j <= n[l]'),
        claim('w[l][j,k]', '2 <= l, l <= L, 1 <= j, j <= n[l], 1 <= k, k <= n[l-1]'),
      ),
    ).toBe(1);
  });

  test('a claim is not tried under more than it assumes of its own stage', () => {
    expect(
      count(
        claim('z[l][j]', '2 <= l, l <= L, 1 <= j, j <= n[l]'),
        claim('z[l][j]', '2 <= l, l <= L-1, 1 <= j, j <= n[l]'),
      ),
    ).toBe(2);
    expect(
      count(claim('z[l][1]', '2 <= l, l <= L'), claim('z[s][1]', '2 <= l, l <= L, l+1 <= s, s <= L')),
    ).toBe(2);
  });
});
