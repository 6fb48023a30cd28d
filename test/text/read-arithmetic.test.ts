// Where plain syntax and mathjs both read a formula, they mean the same number; where they differ, it is on purpose.

import fc from 'fast-check';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import type { System } from '../../src/expr/system.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import type { World } from '../../src/numeric/world.ts';
import { readExpr } from '../../src/text/read.ts';

const names = { p: 0.7, q: 1.3, r: -0.4 };
const system: System = {
  tensors: new Map(Object.keys(names).map((name) => [name, { name, stage: [], size: [], kind: 'input' }])),
  equations: [],
  functions: [],
  loss: 'C',
  sizes: new Map(),
  given: [],
  identities: [],
};
const world: World = {
  system,
  sizes: new Map(),
  values: new Map(
    Object.entries(names).map(([name, x]) => [name, { shape: [], entries: Float64Array.of(x) }]),
  ),
  functions: new Map(),
  losses: new Map(),
  source: null,
};
const valueIn = (text: string): number => evaluate(readExpr(text, system), world, new Map());

const math = create(all ?? {});
const byMathjs = (text: string): unknown => math.evaluate(text, { ...names });

const ATOMS = ['p', 'q', 'r', '2', '3', '0.5', '1e-1', 'p^-1', '2^-3'];

/** No division by what may be nearly 0, and whole powers only: mathjs takes real cube roots of negative numbers. */
const { formula } = fc.letrec<{ formula: string; operand: string; next: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...ATOMS),
    fc.tuple(fc.constantFrom('(', '-(', 'abs('), tie('formula')).map(([open, inner]) => `${open}${inner})`),
    fc.tuple(tie('operand'), fc.constantFrom('^2', '^3', '^2^2')).map((parts) => parts.join('')),
    tie('operand').map((x) => `-${x}`),
  ),
  next: fc.oneof(
    fc.tuple(fc.constantFrom('+', '-', '*', ' + ', ' * '), tie('operand')).map((parts) => parts.join('')),
    fc.constantFrom(...ATOMS, '-q', '2^2', '(p*q)').map((x) => `/${x}`),
  ),
  formula: fc
    .tuple(tie('operand'), fc.array(tie('next'), { maxLength: 4 }))
    .map(([first, rest]) => first + rest.join('')),
}));

/** How large the numbers on the way get: the formula with every minus turned to a plus. */
const scaleOf = (text: string): number =>
  Number(math.evaluate(text.replace(/(?<![\^e])-/g, '+'), { ...names, r: -names.r }));

describe('arithmetic', () => {
  it('means what mathjs takes it for', () => {
    let compared = 0;
    fc.assert(
      fc.property(formula, (text) => {
        const [theirs, scale] = [Number(byMathjs(text)), scaleOf(text)];
        if (!(scale < 1e100)) return;
        compared++;
        expect(Math.abs(valueIn(text) - theirs), text).toBeLessThanOrEqual(1e-9 * Math.max(1, scale));
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it.each([
    ['1/q p', '1/q*p'],
    ['1/2 p', '1/2*p'],
    ['2(p)(q)^2', '2*p*q^2'],
    ['p*-q', '-p*q'],
  ])('%s is %s: what stands side by side is multiplied from left to right', (text, meaning) => {
    expect(valueIn(text)).toBeCloseTo(valueIn(meaning), 12);
  });

  it.each([
    ['0.1 + 0.2 - 0.3', 0],
    ['1/3 + 1/6 - 1/2', 0],
    ['ind(r < 0) + 2*ind(p <= 0.7) + 4*ind(q > 1.3) + 8*ind(q >= 1.3)', 11],
    ['max(p, q) - min(p, r)', 1.7],
    ['e^2 - exp(2)', 0],
    ['sqrt(4) + ln(1)', 2],
  ])('%s is %d', (text, value) => {
    expect(valueIn(text)).toBeCloseTo(value, 12);
  });
});
