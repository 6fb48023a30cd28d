// What is typed, and what the reader makes of it: fixtures in read-cases.txt, and the readings that precedence decides.

import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { index, integer, shift } from '../../src/expr/affine.ts';
import { between } from '../../src/expr/condition.ts';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import {
  adjoint,
  call,
  entry,
  head,
  inverse,
  jacobian,
  mul,
  num,
  power,
  size,
  sum,
  symbol,
} from '../../src/expr/make.ts';
import { key, tensorKey } from '../../src/expr/substitute.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { plain, plainConditions, plainEquation, plainTensor } from '../../src/text/plain.ts';
import { isTensor, readConditions, readExpr, readFormula, readStatement } from '../../src/text/read.ts';
import { readEquation } from '../../src/text/read-equation.ts';
import { ReadError } from '../../src/text/read-error.ts';

const { system } = buildNetwork({});

/** The error's own words, or the text of what was read. */
function said(read: () => string): string {
  try {
    return `-> ${read()}`;
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return `!! ${error.message}`;
  }
}

const printed = (x: Expr | Tensor): string => (isTensor(x) ? plainTensor(x, system) : plain(x, system));

const fixture = readFileSync(new URL('read-cases.txt', import.meta.url), 'utf8');
const lines = fixture.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
const cases = lines.flatMap((line): [string, string][] => {
  const [, input, outcome] = /^(.*?)\s+((?:->|!!) .*)$/u.exec(line) ?? [];
  return input === undefined || outcome === undefined ? [] : [[input, outcome]];
});

describe('a formula is read', () => {
  test('every line of the fixture is a case', () => {
    expect(cases.length).toBe(lines.length);
  });

  it.each(cases)('%s %s', (input, outcome) => {
    expect(said(() => printed(readFormula(input, system)))).toBe(outcome);
  });
});

const [l, L, j, k] = [index('l'), index('L'), index('j'), index('k')];
const next = shift(l, 1);
const z = entry('z', [l], [j]);
const w = entry('w', [next], [k, j]);

describe('precedence', () => {
  it.each<[string, Expr]>([
    ['w[l+1][k,j]*dC/dz[l][j]', mul(w, adjoint(z))],
    ["sigma'(z[l][j])^2", power(call(head('sigma', 1), z), num(2))],
    ["sigma[l]'(z[l][j])", call(head('sigma', 1, l), z)],
    [
      '1/n[L]*sum(j, y[j])',
      mul(
        inverse(size(index('n', [L]))),
        sum('j', between(integer(1), j, index('n', [L])), entry('y', [], [j])),
      ),
    ],
    ['dz[l+1][k]/dz[l][j]', jacobian(entry('z', [next], [k]), z)],
    [
      '(dz[l+1][k]/dz[l][j] | z[l+1], a[*])',
      jacobian(entry('z', [next], [k]), z, [
        { name: 'z', stage: [next] },
        { name: 'a', stage: [null] },
      ]),
    ],
    ['-z[l][j]^2', mul(num(-1), power(z, num(2)))],
    ['-2/3*z[l][j]', mul(num(-2, 3), z)],
    ['z[l][j]/2', mul(z, num(1, 2))],
    ['2^3^2', power(num(2), power(num(3), num(2)))],
  ])('%s', (text, e) => {
    expect(key(readExpr(text, system))).toBe(key(e));
  });

  it('binds * tighter than .*', () => {
    const product: Tensor = {
      kind: 'product',
      args: [{ kind: 'transpose', of: symbol('w', [next]) }, symbol('delta', [next])],
    };
    const slope: Tensor = { kind: 'map', fn: head('sigma', 1), of: symbol('z', [l]) };
    const read = readFormula("w[l+1]'*delta[l+1] .* sigma'(z[l])", system);
    expect(isTensor(read) && tensorKey(read)).toBe(tensorKey({ kind: 'hadamard', args: [product, slope] }));
  });
});

describe('a statement is read', () => {
  it.each([
    [
      "delta[l] = (w[l+1]'*delta[l+1]) .* sigma'(z[l])",
      "-> delta[l] = (w[l+1]' * delta[l+1]) .* sigma'(z[l])",
    ],
    ['dC/db[l][j]=delta[l][j]', '-> dC/db[l][j] = delta[l][j]'],
    ["delta[l]' = delta[l+1]'*w[l+1]", "-> delta[l] = w[l+1]' * delta[l+1]"],
    ['delta[l] = delta[l+1]', '!! 1:12: the left side is n[l], the right side n[l+1]'],
    ['delta[l][j] = z[l]', '!! 1:15: the left side is a scalar, the right side n[l]'],
    ['delta[l]', '!! 1:9: expected one "=", found none'],
    ['a[l] = z[l] = b[l]', '!! 1:1: expected one "=", found = and ='],
    ['a[l][j] =\n  b[l][j] + (', '!! 2:14: expected an operand after "(", found the end'],
  ])('%s', (text, outcome) => {
    expect(
      said(() => {
        const { left, right } = readStatement(text, system);
        return plainEquation(left, right, system);
      }),
    ).toBe(outcome);
  });
});

describe('an equation is read', () => {
  const equation = (text: string): string => {
    const { lhs, rhs, indices, where } = readEquation(text, system);
    return `${indices.join(',')}: ${plainEquation(lhs, rhs, system)} for ${plainConditions(where)}`;
  };
  it.each([
    [
      'z[l][j] = sum(k, w[l][j,k]*a[l-1][k]) + b[l][j] for 2 <= l <= L',
      '-> l,j: z[l][j] = sum(k, w[l][j,k]*a[l-1][k]) + b[l][j] for 2 <= l <= L, 1 <= j <= n[l]',
    ],
    [
      'z[l] = w[l]*a[l-1] + b[l] for 2 <= l, l < L',
      '-> l,j: z[l][j] = sum(k, w[l][j,k]*a[l-1][k]) + b[l][j] for 2 <= l < L, 1 <= j <= n[l]',
    ],
    ['a[1][k] = x[k]', '-> k: a[1][k] = x[k] for 1 <= k <= n[1]'],
    ['a[L][j] = sigma(z[L][j])', '-> j: a[L][j] = sigma(z[L][j]) for 1 <= j <= n[L]'],
    ['a[l][j] = sigma(z[l][q]) for 2 <= l', '!! 1:22: unknown index "q": no sum binds it here'],
    ['w[l][j,j] = 0', '!! 1:1: j stands twice on the left side; use two indices'],
    ['a[l+1][j] = 0', "!! 1:1: the left side has plain indices: l+1 can't stand in a[l][j]"],
    ['2*a[l][j] = 0', '!! 1:1: the left side of an equation is one entry: z[l][j] = ...'],
    ['a[l][j] = z[l]', '!! 1:11: the left side is an entry, but this is n[l]'],
    ['a[l] = z[l-1]', '!! 1:8: the left side is n[l], the right side n[l-1]'],
    ['a[l][j] = z[l][j] for l', '!! 1:23: expected a condition such as 2 <= l'],
  ])('%s', (text, outcome) => {
    expect(said(() => equation(text))).toBe(outcome);
  });
});

describe('conditions are read', () => {
  it.each([
    ['2 <= l <= L', '-> 2 <= l <= L'],
    ['l >= 2, L > l', '-> 2 <= l < L'],
    ['2 < l', '-> 3 <= l'],
    ['k = j', '-> k = j'],
    ['a[l][j] > 2', "!! 1:1: a can't have brackets in an index place"],
    ['l', '!! 1:1: expected a condition such as 2 <= l'],
    ['l <= 2,', '!! 1:8: expected an operand after ",", found the end'],
  ])('%s', (text, outcome) => {
    expect(said(() => plainConditions(readConditions(text, system)))).toBe(outcome);
  });
});
