// What may be asked for: a text becomes a derivative with its free indices and their ranges.

import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/expr/error.ts';
import { buildNetwork, networkFromName, readNetworkFile } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { askedOf, defaultTargets } from '../../src/results/targets.ts';
import { findTemplate } from '../../src/templates.ts';
import { plain, plainConditions, plainEquation } from '../../src/text/plain.ts';

const general = buildNetwork({});
const example = (name: string): Network => readNetworkFile(findTemplate(name)?.text ?? '', `${name}.yaml`);

/** `dC/dw[l][j,k] for 2 <= l <= L, ...` for what a target asks. */
function goal(network: Network, target: string): string {
  const [asked] = askedOf(network, [target]);
  if (asked === undefined) throw new Error('nothing is asked');
  const given = plainConditions(asked.goal.given);
  return `${plain(asked.goal.left, asked.system)}${given === '' ? '' : ` for ${given}`}`;
}

/** The statements of a target, one for each case. */
function statements(network: Network, target: string): string[] {
  return deriveTargets(network, { targets: [target] }).results.flatMap((r) =>
    r.cases.map((c) => {
      const where = c.condition.length === 0 ? '' : `   where ${plainConditions(c.condition)}`;
      const right = c.special?.derivation.right ?? c.derivation.right;
      return `${r.id}: ${plainEquation(c.derivation.left, right, r.system)}${where}`;
    }),
  );
}

describe('the general network', () => {
  test.each([
    ['bp1', 'delta[l][j] for 2 <= l <= L, 1 <= j <= n[l]'],
    ['bp3', 'dC/db[l][j] for 2 <= l <= L, 1 <= j <= n[l]'],
    ['bp4', 'dC/dw[l][j,k] for 2 <= l <= L, 1 <= j <= n[l], 1 <= k <= n[l-1]'],
    ['dC/dw[l]', 'dC/dw[l][j,k] for 2 <= l <= L, 1 <= j <= n[l], 1 <= k <= n[l-1]'],
    ['dC/dw', 'dC/dw[l][j,k] for 2 <= l <= L, 1 <= j <= n[l], 1 <= k <= n[l-1]'],
    ['dC/dw[l][p,q]', 'dC/dw[l][p,q] for 2 <= l <= L, 1 <= p <= n[l], 1 <= q <= n[l-1]'],
    ['dC/dw[L]', 'dC/dw[L][j,k] for 1 <= j <= n[L], 1 <= k <= n[L-1]'],
    ['dC/dw[2][1,2]', 'dC/dw[2][1,2] for 2 <= n[1]'],
    ['dC/dx', 'dC/dx[k] for 1 <= k <= n[1]'],
    ['dC/da[1]', 'dC/da[1][j] for 1 <= j <= n[1]'],
    ['dC/dz[l] for 3 <= l <= L', 'dC/dz[l][j] for 3 <= l <= L, 1 <= j <= n[l]'],
    ['delta', 'delta[l][j] for 2 <= l <= L, 1 <= j <= n[l]'],
    ['delta[L]', 'delta[L][j] for 1 <= j <= n[L]'],
    ['da[L]/dz[L]', 'da[L][j]/dz[L][k] for 1 <= j <= n[L], 1 <= k <= n[L]'],
    ["sigmoid'", "sigma'(z)"],
    ["tanh'", "sigma'(z)"],
    ["softmax'", 'da[j]/dz[k] for 1 <= j <= n[L], 1 <= k <= n[L]'],
    ["mse'", 'dC/da[L][j] for 1 <= j <= n[L]'],
  ])('%s asks for %s', (target, asked) => {
    expect(goal(general, target)).toBe(asked);
  });

  test('bp1 and bp2 are two cases of one goal, derived once', () => {
    const asked = askedOf(general, ['bp2', 'bp1', 'bp4']);
    expect(asked.map((a) => a.parts.map((p) => p.id))).toEqual([['bp2', 'bp1'], ['bp4']]);
  });

  test('a target given twice is answered once', () => {
    expect(deriveTargets(general, { targets: ['bp3', 'bp3'] }).results.map((r) => r.id)).toEqual(['bp3']);
  });

  test('BP1 to BP4 are the equations of the book', () => {
    expect(defaultTargets(general).flatMap((t) => statements(general, t))).toEqual([
      "bp1: delta[L][j] = (dC/da[L][j])*sigma'(z[L][j])   where l = L",
      "bp2: delta[l][j] = sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])   where l < L",
      'bp3: dC/db[l][j] = delta[l][j]',
      'bp4: dC/dw[l][j,k] = a[l-1][k]*delta[l][j]',
    ]);
  });
});

describe('derivatives of functions', () => {
  test.each([
    ["sigmoid'", ["sigmoid': sigma'(z) = sigma(z)*(1 - sigma(z))"]],
    ["tanh'", ["tanh': sigma'(z) = 1 - sigma(z)^2"]],
    ["relu'", ["relu': sigma'(z) = ind(z > 0)"]],
    ["mse'", ["mse': dC/da[L][j] = a[L][j] - y[j]"]],
    ["softmax'", ["softmax': da[j]/dz[k] = a[j]*(kron(j,k) - a[k])"]],
  ])('%s', (target, expected) => {
    expect(statements(general, target)).toEqual(expected);
  });

  test("the network's own functions answer to their letters too", () => {
    expect(statements(example('residual'), "sigma'")).toEqual(["sigma': sigma'(z) = 1 - sigma(z)^2"]);
    expect(goal(example('softmax'), "softmax'")).toBe('da[L][j]/dz[L][k] for 1 <= j <= n[L], 1 <= k <= n[L]');
  });
});

describe('a network of equations', () => {
  test.each([
    ['residual', 'dC/dw', 'dC/dw[l][j,k] for 2 <= l <= L, 1 <= j <= n, 1 <= k <= n'],
    ['residual', 'dC/da', 'dC/da[l][j] for 2 <= l <= L, 1 <= j <= n'],
    ['residual', 'dC/da[1]', 'dC/da[1][j] for 1 <= j <= n'],
    ['rnn', 'delta', 'delta[t][j] for 1 <= t <= T, 1 <= j <= n'],
    ['rnn', 'dC/dx', 'dC/dx[t][k] for 1 <= t <= T, 1 <= k <= p'],
    ['rnn', 'dC/dh[0]', 'dC/dh[0][j] for 1 <= j <= n'],
    ['convolution', 'dC/db', 'dC/db'],
    ['convolution', 'delta', 'delta[i] for 1 <= i <= -m+n+1'],
  ])('%s: %s asks for %s', (name, target, asked) => {
    expect(goal(example(name), target)).toBe(asked);
  });

  test('without targets of its own, every error and every gradient is derived', () => {
    const text = (findTemplate('tied')?.text ?? '').replace(/^targets:.*$/m, '');
    expect(defaultTargets(readNetworkFile(text, 'tied.yaml'))).toEqual([
      'delta[j]',
      'epsilon[k]',
      'dC/dw[j,k]',
      'dC/db[j]',
      'dC/dc[k]',
    ]);
  });

  test('what the answers mention and nobody asked for is derived too', () => {
    const { results } = deriveTargets(example('residual'), { targets: ['dC/dw[l][j,k]'] });
    expect(results.map((r) => r.id)).toEqual(['dC/dw[l][j,k]', 'dC/dz', 'dC/da']);
  });
});

describe('via', () => {
  test('names what the chain rule goes through', () => {
    const { results } = deriveTargets(general, { targets: ['dC/db[l] for l <= L-1'], via: ['a[l]'] });
    const [step] = results[0]?.cases[0]?.derivation.steps.filter((s) => s.rule === 'chain-rule') ?? [];
    expect(step?.with.via?.map((m) => m.name)).toEqual(['a']);
  });
});

describe('what can not be asked for is one sentence', () => {
  const sentence = (network: Network, target: string): string => {
    try {
      askedOf(network, [target]);
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
    return 'no error';
  };
  test.each([
    ['', 'target:1:1: the formula is empty'],
    ['bp9', 'unknown target "bp9"; did you mean "bp1"?'],
    ['a[l][j]', 'a[l][j] is not a derivative that can be asked for; write dC/dw[l], da[L]/dz[L] or the like'],
    ['dC/dz[1]', 'dC/dz[1]: there is no such entry: z has the size n[l] for 2 <= l <= L'],
    ['dC/dz[l+1]', 'no error'],
    ["sigma'", 'sigma is an unknown function here; choose one, as in --activation sigmoid'],
    ["loss'", 'the loss is an unknown function here; choose one, as in --loss mse'],
    ["sigmiod'", 'unknown target "sigmiod\'"; did you mean "sigmoid\'"?'],
    ['dC/dz[l][j] for l', 'target:1:17: expected a condition such as 2 <= l'],
    [
      'dC/dz[l][j] for 3 <= l <= 2',
      'dC/dz[l][j] for 3 <= l <= 2: there is no such entry: z has the size n[l] for 2 <= l <= L',
    ],
  ])('%j: %s', (target, expected) => {
    expect(sentence(general, target)).toBe(expected);
  });

  test('a name of a network of layers where there are none', () => {
    expect(sentence(example('rnn'), 'bp2')).toBe(
      'bp2 belongs to a network of layers; here there is delta[t][j], dC/dv[j,k], dC/dw[j,k], dC/du[j,k], dC/db[j]',
    );
  });

  test('an entry outside a network with numbers', () => {
    const network = networkFromName('2-3-2');
    expect(network === null ? '' : sentence(network, 'dC/dw[4][1,1]')).toBe(
      'dC/dw[4][1,1]: there is no such entry: w has the size n[l] x n[l-1] for 2 <= l <= L; here L is 3',
    );
  });
});
