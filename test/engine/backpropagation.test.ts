// BP1 to BP4 of the general network: exactly these statements, these lines, whatever the order of the rules.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case, Result } from '../../src/engine/types.ts';
import { verify } from '../../src/engine/verify.ts';
import { comparisonKey } from '../../src/expr/compare.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import type { Rule } from '../../src/rules/rule.ts';
import { plain, plainConditions, plainEquation, plainTensor } from '../../src/text/plain.ts';
import { bareSystems, derivedInOrder, layerNetworks } from './networks.ts';

const general = buildNetwork({});
const { results } = deriveTargets(general);

const only = (id: string): { result: Result; c: Case } => {
  const result = results.find((r) => r.id === id);
  const [c] = result?.cases ?? [];
  if (result === undefined || c === undefined || result.cases.length !== 1)
    throw new Error(`not one case of ${id}`);
  return { result, c };
};

/** The lines of a derivation as a reader sees them: the rule and the right side after it. */
function told(id: string): string[] {
  const { result, c } = only(id);
  return [
    plain(c.derivation.left, result.system),
    ...c.derivation.steps.map((s) => `= ${plain(s.after, result.system)}   (${s.rule})`),
  ];
}

/** The lines of the lemma that a derivation puts in last. */
function lemma(id: string): string[] {
  const { result, c } = only(id);
  const found = c.derivation.steps.findLast((s) => s.lemma !== undefined)?.lemma;
  if (found === undefined) throw new Error(`${id} uses no lemma`);
  const formula = found.steps.find((s) => s.lemma !== undefined)?.lemma;
  return [
    ...(formula?.steps ?? []).map((s) => plainEquation(formula?.left ?? s.before, s.after, result.system)),
    plainEquation(found.left, found.right, result.system),
  ];
}

const matrixOf = (id: string): string => {
  const { result, c } = only(id);
  return 'why' in c.matrix
    ? c.matrix.why.kind
    : `${plainTensor(c.matrix.left, result.system)} = ${plainTensor(c.matrix.right, result.system)}`;
};

describe('the general network', () => {
  test('BP1 holds at the last layer, BP2 at the others', () => {
    expect(plainConditions(only('bp1').c.condition)).toBe('l = L');
    expect(plainConditions(only('bp2').c.condition)).toBe('l < L');
    expect(only('bp3').c.condition).toEqual([]);
    expect(only('bp4').c.condition).toEqual([]);
  });

  test('BP1 in three lines: chain rule over all a_k, only k = j survives, sigma prime', () => {
    expect(told('bp1')).toEqual([
      'delta[L][j]',
      '= dC/dz[L][j]   (definition-of-error)',
      '= sum(k, (dC/da[L][k])*(da[L][k]/dz[L][j]))   (chain-rule)',
      '= (dC/da[L][j])*(da[L][j]/dz[L][j])   (only-one-survives)',
      "= (dC/da[L][j])*sigma'(z[L][j])   (put-in)",
    ]);
    expect(matrixOf('bp1')).toBe("delta[L] = (dC/da[L]) .* sigma'(z[L])");
  });

  test('BP2 through z at the next layer, past the activation', () => {
    expect(told('bp2')).toEqual([
      'delta[l][j]',
      '= dC/dz[l][j]   (definition-of-error)',
      '= sum(k, (dC/dz[l+1][k])*(dz[l+1][k]/dz[l][j]))   (chain-rule)',
      '= sum(k, delta[l+1][k]*(dz[l+1][k]/dz[l][j]))   (name-error)',
      "= sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])   (put-in)",
    ]);
    expect(lemma('bp2')).toEqual([
      'z[l+1][k] = sum(i, w[l+1][k,i]*a[l][i]) + b[l+1][k]',
      'z[l+1][k] = sum(i, w[l+1][k,i]*sigma(z[l][i])) + b[l+1][k]',
      "dz[l+1][k]/dz[l][j] = w[l+1][k,j]*sigma'(z[l][j])",
    ]);
    expect(matrixOf('bp2')).toBe("delta[l] = (w[l+1]' * delta[l+1]) .* sigma'(z[l])");
  });

  test('BP3 and BP4 by introducing z', () => {
    expect(told('bp3')).toEqual([
      'dC/db[l][j]',
      '= sum(k, (dC/dz[l][k])*(dz[l][k]/db[l][j]))   (chain-rule)',
      '= (dC/dz[l][j])*(dz[l][j]/db[l][j])   (only-one-survives)',
      '= delta[l][j]*(dz[l][j]/db[l][j])   (name-error)',
      '= delta[l][j]   (put-in)',
    ]);
    expect(told('bp4')).toEqual([
      'dC/dw[l][j,k]',
      '= sum(m, (dC/dz[l][m])*(dz[l][m]/dw[l][j,k]))   (chain-rule)',
      '= (dC/dz[l][j])*(dz[l][j]/dw[l][j,k])   (only-one-survives)',
      '= delta[l][j]*(dz[l][j]/dw[l][j,k])   (name-error)',
      '= a[l-1][k]*delta[l][j]   (put-in)',
    ]);
    expect(matrixOf('bp3')).toBe('dC/db[l] = delta[l]');
    expect(matrixOf('bp4')).toBe("dC/dw[l] = delta[l] * a[l-1]'");
  });
});

describe('with the rules in another order', () => {
  /** A shuffle that depends on the list, so that the engine's lists are all in another order. */
  const shuffled =
    (keys: readonly number[]) =>
    (rules: readonly Rule[]): readonly Rule[] =>
      rules
        .map((rule, i) => ({ rule, at: keys[(i * 7 + rule.id.length) % keys.length] ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ rule }) => rule);

  const keys = fc.array(fc.nat(), { minLength: 30, maxLength: 30 });
  const statements = (rs: readonly Result[]): string[] =>
    rs.flatMap((r) =>
      r.cases.map((c) => `${plainConditions(c.condition)}: ${comparisonKey(c.derivation.right)}`),
    );

  test.each([general, ...bareSystems, ...layerNetworks].map((n) => [n.title, n] as const))(
    '%s comes to the same statements, and they hold',
    (_title, network) => {
      const usual = statements(derivedInOrder(network, (rules) => rules));
      fc.assert(
        fc.property(keys, (ks) => {
          const other = derivedInOrder(network, shuffled(ks));
          expect(statements(other)).toEqual(usual);
          for (const result of other) verify(result, { count: 1 });
        }),
        { numRuns: 6 },
      );
    },
  );
});
