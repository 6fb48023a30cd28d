// Random equal forms are accepted; what evaluation tells apart never is.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { index, ONE } from '../../src/expr/affine.ts';
import { sameInComparison } from '../../src/expr/compare.ts';
import { between } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { compareExprs } from '../../src/homework/compare.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { tensorsOf } from './pairs.ts';
import { applied, expression, type Pick, picking, rewrites, slips } from './rewriting.ts';

const system = tensorsOf('A n n, B n n, u n, v n, c, t');
const n = index('n');
const given = [...between(ONE, index('j'), n), ...between(ONE, index('k'), n)];
const ctx = { system, given };
const worlds = sampleWorlds(system, given, new Set(['j', 'k']), { count: 4, seed: 7 });
const stream = fc.infiniteStream(fc.nat(1_000_000)).map(picking);

/** Whether evaluation, which knows nothing of comparisons, finds two values that differ clearly. */
const differ = (a: Expr, b: Expr): boolean =>
  worlds.some(({ world, env }) => {
    const [x, y] = [evaluate(a, world, env), evaluate(b, world, env)];
    return Math.abs(x - y) > 1e-6 * Math.max(1, Math.abs(x), Math.abs(y));
  });

const several = (e: Expr, names: readonly string[], pick: Pick, from: typeof rewrites): Expr =>
  names.reduce((now, name) => applied(now, from[name] ?? (() => null), pick), e);

const runs = { numRuns: 150, seed: 11 };

describe('an equal form is accepted:', () => {
  it.each(Object.keys(rewrites))('%s', (name) => {
    fc.assert(
      fc.property(expression, stream, (e, pick) => {
        const other = several(e, [name, name], pick, rewrites);
        expect(compareExprs(e, other, ctx).verdict).toBe('equal');
      }),
      runs,
    );
  });

  it('five random rewritings, one after another', () => {
    const names = fc.array(fc.constantFrom(...Object.keys(rewrites)), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(expression, names, stream, (e, list, pick) => {
        const result = compareExprs(e, several(e, list, pick, rewrites), ctx);
        expect(result.verdict === 'undecided' ? result : result.verdict).toBe('equal');
      }),
      { ...runs, numRuns: 400 },
    );
  });
});

describe('a slip is rejected:', () => {
  it.each(Object.keys(slips))('%s', (name) => {
    fc.assert(
      fc.property(expression, stream, (e, pick) => {
        const wrong = several(e, [name], pick, slips);
        if (differ(e, wrong)) expect(compareExprs(e, wrong, ctx).verdict).toBe('different');
      }),
      runs,
    );
  });

  it('under random rewritings too', () => {
    const names = fc.array(fc.constantFrom(...Object.keys(rewrites)), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(
        expression,
        fc.constantFrom(...Object.keys(slips)),
        names,
        stream,
        (e, slip, list, pick) => {
          const wrong = several(several(e, [slip], pick, slips), list, pick, rewrites);
          if (differ(e, wrong)) expect(compareExprs(e, wrong, ctx).verdict).toBe('different');
        },
      ),
      { ...runs, numRuns: 300 },
    );
  });
});

it('expressions of one comparison form have one value', () => {
  fc.assert(
    fc.property(expression, expression, stream, (a, b, pick) => {
      const names = Object.keys(slips);
      const near = several(a, [names[pick(names.length)] ?? ''], pick, slips);
      for (const other of [b, near]) {
        let same = false;
        try {
          same = sameInComparison(a, other, given);
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
        }
        if (same) expect(differ(a, other)).toBe(false);
      }
    }),
    { numRuns: 600, seed: 5 },
  );
});
