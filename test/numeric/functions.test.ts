// Functions of one variable: values, slopes and higher derivatives of every row, against differences and 40 digits.

import { all, create } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { elementary } from '../../src/expr/elementary.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { call, entry, head, NUM1 } from '../../src/expr/make.ts';
import type { System } from '../../src/expr/system.ts';
import { erf } from '../../src/numeric/erf.ts';
import { evaluate } from '../../src/numeric/evaluate.ts';
import { drawFor, randomScalarFunction, randomTensorFunction } from '../../src/numeric/random.ts';
import { stableFunction } from '../../src/numeric/stable.ts';
import type { ScalarFunction, World } from '../../src/numeric/world.ts';
import { activations } from '../../src/tables/activations.ts';
import { readExpr } from '../../src/text/read.ts';

const scalar = (functions: System['functions'] = []): System => ({
  tensors: new Map([['z', { name: 'z', stage: [], size: [], kind: 'input' }]]),
  equations: [],
  functions,
  loss: 'C',
  sizes: new Map(),
  given: [],
  identities: [],
});
const z = entry('z', [], []);
const at = (x: number, system: System = scalar()): World => ({
  system,
  sizes: new Map(),
  values: new Map([['z', { shape: [], entries: Float64Array.of(x) }]]),
  functions: new Map(),
  losses: new Map(),
  source: null,
});

/** The slope by fourth-order differences. */
function slope(f: (x: number) => number, x: number): number {
  const h = 1e-3;
  return (8 * (f(x + h) - f(x - h)) - (f(x + 2 * h) - f(x - 2 * h))) / (12 * h);
}

const close = (a: number, b: number, tolerance: number): void => {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(a), Math.abs(b)));
};

const POINTS = [-2.3, -0.7, -0.4, 0.5, 1.1, 1.9];
/** Points where a function with a smaller domain has a value. */
const DOMAINS: Readonly<Record<string, readonly number[]>> = {
  log: [0.3, 1, 4.1],
  log10: [0.3, 1, 4.1],
  log2: [0.3, 1, 4.1],
  asin: [-0.6, 0.1, 0.7],
  acos: [-0.6, 0.1, 0.7],
  atanh: [-0.6, 0.1, 0.7],
  acosh: [1.4, 2, 3.7],
};

describe.each(elementary)('$name', ({ name, derivative }) => {
  const points = DOMAINS[name] ?? POINTS;
  const value = (x: number, order: number): number => evaluate(call(head(name, order), z), at(x));

  test('the row, the dual number and differences give one slope', () => {
    for (const x of points) {
      const numeric = slope((u) => value(u, 0), x);
      close(evaluate(derivative(z), at(x)), numeric, 1e-8);
      close(value(x, 1), numeric, 1e-8);
      close(evaluate(readExpr(`d(${name}(z))/dz`, scalar()), at(x)), value(x, 1), 1e-15);
    }
  });

  test('each higher derivative is the slope of the one below', () => {
    for (const x of points)
      for (const order of [2, 3, 4, 5])
        close(
          value(x, order),
          slope((u) => value(u, order - 1), x),
          1e-7,
        );
  });
});

describe('erf', () => {
  const math = create(all!, { number: 'BigNumber', precision: 60 });
  const rootOfPi = math.bignumber('1.77245385090551602729816748334114518279754945612238712821381');

  /** 2/sqrt(pi) times the alternating series, in 60 digits. */
  function exact(x: number): number {
    const u = math.bignumber(x);
    let term = u;
    let sum = u;
    for (let n = 1; n < 400; n++) {
      term = term.times(u).times(u).neg().div(n);
      sum = sum.plus(term.div(2 * n + 1));
    }
    return sum.times(2).div(rootOfPi).toNumber();
  }

  test('agrees with 60 digits to 1e-15 of its value', () => {
    const points = Array.from({ length: 129 }, (_, i) => (i - 64) * 0.0937 + 1e-3);
    for (const x of [...points, 1e-300, 1e-10, 2.4999999, 2.5, 2.5000001, 5.99, 6])
      expect(Math.abs(erf(x) / exact(x) - 1)).toBeLessThan(1e-15);
  });

  test('is odd, 0 at 0, 1 far out, and not a number for none', () => {
    expect([erf(0), erf(Infinity), erf(-Infinity), erf(30)]).toEqual([0, 1, -1, 1]);
    expect(erf(-1.3)).toBe(-erf(1.3));
    expect(erf(Number.NaN)).toBeNaN();
  });
});

describe.each(activations.filter((a) => a.kind === 'scalar'))('activation $name', (row) => {
  const body = readExpr(row.formula, scalar());
  const def = { name: 'f', stage: null, param: 'z', body };
  const system = scalar([def]);
  const of = (x: number, order = 0): number => evaluate(call(head('f', order), z), at(x, system));

  test('the formula, the function with that body and the stable value agree', () => {
    for (const x of [...POINTS, 0, -30, 30]) {
      close(of(x), evaluate(body, at(x)), 1e-15);
      if (row.value !== undefined) close(of(x), row.value(x), 1e-13);
    }
  });

  test('its values lie in the range that the row states', () => {
    const { from, to } = row.range;
    for (let x = -12; x <= 12; x += 0.05) {
      expect(of(x)).toBeGreaterThanOrEqual(from);
      expect(of(x)).toBeLessThanOrEqual(to);
    }
  });

  test('derivatives are slopes away from the kinks, and the slope jumps at a kink alone', () => {
    for (const x of POINTS)
      for (const order of [1, 2, 3])
        close(
          of(x, order),
          slope((u) => of(u, order - 1), x),
          1e-8,
        );
    for (const x of [-1, 0, 1]) {
      const jump = Math.abs(of(x + 1e-9, 1) - of(x - 1e-9, 1));
      expect(jump > 1e-3).toBe(row.kinks.includes(x));
    }
  });

  test('the stable function has finite values and derivatives far out', () => {
    if (row.value === undefined) return;
    const stable: ScalarFunction = stableFunction(
      at(0, system),
      def as typeof def & { body: Expr },
      row.value,
    );
    for (const x of [-5000, -800, 800, 5000])
      for (const order of [0, 1, 2]) expect(Number.isFinite(stable.derivative(order, x))).toBe(true);
    for (const x of POINTS) expect(stable.derivative(1, x)).toBe(of(x, 1));
  });
});

describe('unknown functions', () => {
  test.each(['real', 'unit'] as const)('a random function (%s) has exact derivatives', (spread) => {
    for (let seed = 0; seed < 20; seed++) {
      const f = randomScalarFunction(drawFor(seed, 'f'), spread);
      for (const order of [1, 2, 3])
        close(
          f.derivative(order, 0.3),
          slope((x) => f.derivative(order - 1, x), 0.3),
          1e-10,
        );
    }
  });

  test('one with values between 0 and 1 stays there', () => {
    const f = randomScalarFunction(drawFor(3, 'f'), 'unit');
    for (let x = -20; x <= 20; x += 0.1) {
      expect(f.derivative(0, x)).toBeGreaterThan(0);
      expect(f.derivative(0, x)).toBeLessThan(1);
    }
  });

  test('a random function of tensors has exact partial derivatives, one for each entry', () => {
    const f = randomTensorFunction('seed');
    const args = [
      [0.1, -0.4, 0.7],
      [0.2, 0.9],
    ].map((e) => ({ shape: [e.length], entries: Float64Array.from(e) }));
    const seen = new Set<number>();
    for (const [i, arg] of args.entries()) {
      for (const [k, x] of arg.entries.entries()) {
        const moved = (u: number): number => {
          arg.entries[k] = u;
          const v = f.value(args);
          arg.entries[k] = x;
          return v;
        };
        close(f.partial(args, i, k), slope(moved, x), 1e-10);
        seen.add(f.partial(args, i, k));
      }
    }
    expect(seen.size).toBe(5);
  });
});

describe('max and min', () => {
  test.each([
    ['max(z, 1)', 0.5, 1, 0],
    ['max(z, 1)', 1.5, 1.5, 1],
    ['min(z, 1)', 0.5, 0.5, 1],
    ['min(z, 1)', 1.5, 1, 0],
    ['max(0, z)', 0, 0, 0],
    ['min(z, 0)', 0, 0, 1],
    ['max(z, z^2)', 1, 1, 1],
  ])('%s at %d is %d, with slope %d', (text, x, value, d) => {
    expect(evaluate(readExpr(text, scalar()), at(x))).toBe(value);
    expect(evaluate(readExpr(`d(${text})/dz`, scalar()), at(x))).toBe(d);
    const body = readExpr(text, scalar());
    const system = scalar([{ name: 'f', stage: null, param: 'z', body }]);
    expect(evaluate(call(head('f', 1), z), at(x, system))).toBe(d);
  });

  test('an unknown name is an error', () => {
    expect(() => evaluate(call('f', NUM1), at(0))).toThrow('the function f has no value');
    expect(() => evaluate(call('tau'), at(0))).toThrow('the constant tau has no value');
  });
});
