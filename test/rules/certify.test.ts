// Each rule is right alone: wherever it applies, in random expressions and in every derivation, both sides are equal on numbers.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextAt, rootContext } from '../../src/engine/context.ts';
import { replay } from '../../src/engine/replay.ts';
import type { Derivation } from '../../src/engine/types.ts';
import { type Affine, index, integer, ONE, shift } from '../../src/expr/affine.ts';
import { atMost, between, equal } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { lowerAll } from '../../src/expr/lower.ts';
import { add, call, entry, guard, head, mul, num, partial, power, size, sum } from '../../src/expr/make.ts';
import { children } from '../../src/expr/parts.ts';
import { same } from '../../src/expr/substitute.ts';
import type { System, TensorDecl } from '../../src/expr/system.ts';
import { at, freeNames, type Path, replaceAt, some } from '../../src/expr/walk.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { sampleWorlds } from '../../src/numeric/sample.ts';
import { catalogue } from '../../src/rules/catalogue.ts';
import { plain } from '../../src/text/plain.ts';
import { bareSystems, layerNetworks, linesOfCase, resultsOf } from '../engine/networks.ts';

const n = index('n');
const tensor = (name: string, slots: Affine[]): TensorDecl => ({
  name,
  stage: [],
  size: slots,
  kind: 'input',
});

/** Vectors, matrices and a scalar, nothing computed: what rules of algebra, of indices and of derivatives need. */
const system: System = {
  tensors: new Map(
    [
      tensor('u', [n]),
      tensor('v', [n]),
      tensor('S', [n, n]),
      tensor('T', [n, n]),
      tensor('c', []),
      tensor('C', []),
    ].map((t) => [t.name, t]),
  ),
  equations: [],
  functions: [
    { name: 'sigma', stage: null, param: 'z', body: null },
    { name: 'tau', stage: null, param: 'z', body: add(num(1), power(entry('z', [], []), num(2))) },
  ],
  loss: 'C',
  sizes: new Map([['n', 0]]),
  given: [atMost(integer(2), n)],
  identities: [],
};
const [j, k] = [index('j'), index('k')];
// j starts higher than the sums do, some of which bind a j of their own.
const given = [...between(integer(2), j, n), ...between(ONE, k, n)];

type Gen = fc.GeneratorValue;
const pick = <T>(g: Gen, items: readonly T[]): T => items[g(fc.nat, items.length - 1)] as T;

/** A random expression over the indices at hand; every index runs over 1..n. */
function anyExpr(g: Gen, depth: number, indices: readonly string[]): Expr {
  const own = (): Affine => index(pick(g, indices));
  const next = (): Expr => anyExpr(g, depth - 1, indices);
  if (depth === 0) {
    return pick(g, [
      () => num(g(fc.nat, 6) - 3),
      () => num(1, 2),
      () => entry('c', [], []),
      () => entry('u', [], [own()]),
      () => entry('v', [], [own()]),
      () => entry('S', [], [own(), own()]),
      () => guard(equal(own(), own())),
      () => guard(pick(g, [atMost, equal])(own(), pick(g, [n, shift(own(), 1), ONE]))),
      () => size(n),
    ])();
  }
  const bound = pick(g, ['i', 'p', 'j']);
  return pick(g, [
    () => add(next(), next()),
    () => add(next(), next(), mul(num(-1), next())),
    () => mul(next(), next()),
    () => mul(next(), next(), next()),
    () => power(next(), num(2)),
    () => power(add(num(5), call('exp', next())), pick(g, [num(-1), num(1, 2), num(-2)])),
    () => call(pick(g, ['exp', 'sin', 'tanh', 'sign', 'abs', 'pos', 'nonneg']), next()),
    () => call(head(pick(g, ['sigma', 'tau']), g(fc.nat, 1)), next()),
    () => mul(next(), call('exp', next()), call('exp', next())),
    () => call('max', next(), next()),
    () => sum(bound, between(ONE, index(bound), n), anyExpr(g, depth - 1, [...indices, bound])),
    () => sum(bound, between(ONE, index(bound), n), mul(next(), anyExpr(g, depth - 1, [...indices, bound]))),
    () =>
      sum(
        bound,
        [...between(ONE, index(bound), n), atMost(integer(0), index(bound))],
        anyExpr(g, depth - 1, [...indices, bound]),
      ),
    () => doubleSum(g),
    () => partial(next(), entry(pick(g, ['u', 'v']), [], [own()])),
  ])();
}

/** sum_i sum_p of two matrices. */
function doubleSum(g: Gen): Expr {
  const [i, p] = [index('i'), index('p')];
  const matrix = (name: string): Expr =>
    entry(
      name,
      [],
      pick(g, [
        [i, p],
        [p, i],
      ]),
    );
  return sum('i', between(ONE, i, n), sum('p', between(ONE, p, n), mul(matrix('S'), matrix('T'))));
}

const pathsOf = (e: Expr, path: Path = []): Path[] => [
  path,
  ...children(e).flatMap((c, i) => pathsOf(c, [...path, i])),
];

/** What a line is worth; null where it has no value, which says nothing of a rule. */
const value = (e: Expr, s: ReturnType<typeof sampleWorlds>[number]): number | null => {
  try {
    const v = evaluate(e, s.world, s.env);
    return Number.isFinite(v) ? v : null;
  } catch {
    return null;
  }
};

const ARGUMENTS = [{}, { slots: ['j'] }, { slots: ['j', 'k'] }, { slots: ['k', 'j'] }, { outer: ['j'] }];

/** A derivative inside a derivative has no value; the engine never makes one. */
const nested = (e: Expr): boolean =>
  some(e, (c) => c.kind === 'partial' && some(c.of, (d) => d.kind === 'partial'));

/** Every application of the rule inside the expression: the whole line before and after. */
function applications(rule: (typeof catalogue)[number], e: Expr): Expr[] {
  const found: Expr[] = [];
  for (const path of pathsOf(e)) {
    for (const args of ARGUMENTS) {
      const part = at(e, path);
      const next = rule.apply(part, args, contextAt(e, path, rootContext(system, given, e)));
      if (next === null || same(next, part)) continue;
      const after = replaceAt(e, path, next);
      if (!nested(after)) found.push(after);
    }
  }
  return found;
}

/** How far two values may be apart: rounding grows with the size of what is added up. */
const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));

const met = new Set<string>();

describe('on random expressions', () => {
  test.each(catalogue.map((r) => [r.id, r] as const))('%s', (id, rule) => {
    fc.assert(
      fc.property(fc.gen(), (g) => {
        const e = anyExpr(g, 3, ['j', 'k']);
        for (const after of applications(rule, e)) {
          met.add(id);
          const names = new Set([...freeNames(e), ...freeNames(after), 'j', 'k']);
          for (const s of sampleWorlds(system, given, names, { count: 2, seed: 5 })) {
            const a = value(e, s);
            if (a === null) continue;
            const b = evaluate(lowerAll(after, system), s.world, s.env);
            expect(close(a, b), `${plain(e, system)}  ->  ${plain(after, system)}: ${a}, ${b}`).toBe(true);
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});

test('every rule applies in a random expression or in a derivation', () => {
  for (const network of [...bareSystems, ...layerNetworks])
    for (const { cases } of resultsOf(network))
      for (const { step } of cases.flatMap(linesOfCase)) met.add(step.rule);
  expect(catalogue.map((r) => r.id).filter((id) => !met.has(id))).toEqual([]);
});

test('a rule matches no kind of expression beyond those it names', () => {
  fc.assert(
    fc.property(fc.gen(), (g) => {
      const e = anyExpr(g, 3, ['j', 'k']);
      for (const path of pathsOf(e))
        for (const rule of catalogue) {
          const part = at(e, path);
          if (rule.on === undefined || rule.on.includes(part.kind)) continue;
          for (const args of ARGUMENTS)
            expect(rule.apply(part, args, contextAt(e, path, rootContext(system, given, e)))).toBeNull();
        }
    }),
    { numRuns: 60 },
  );
});

test('a step that a rule did not make is not replayed', () => {
  const [network] = bareSystems;
  const [result] = network === undefined ? [] : resultsOf(network);
  const derivation = result?.cases[0]?.derivation;
  const [first, ...rest] = derivation?.steps ?? [];
  if (result === undefined || derivation === undefined || first === undefined)
    throw new Error('nothing derived');
  const forged: Derivation = {
    ...derivation,
    steps: [{ ...first, after: mul(num(2), first.after) }, ...rest],
  };
  expect(() => replay(forged, result.system)).toThrow(`the step "${first.rule}" does not replay`);
});
