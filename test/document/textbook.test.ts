// The textbook grain is the one of Nielsen's chapter 2, line by line; the other grains tell less and more.

import { describe, expect, test } from 'vitest';
import type { DerivationBlock } from '../../src/document/blocks.ts';
import { wordsOf } from '../../src/lang/phrase.ts';
import { documentOf, example, type Options } from './documents.ts';

/** Derivations of a document as text, lemmas indented before the line that uses them. */
function told(options: Options, name = 'general'): string[] {
  return documentOf(example(name), options).blocks.flatMap((b) =>
    b.kind === 'derivation' ? [linesOf(b).join('\n')] : [],
  );
}

const linesOf = (d: DerivationBlock): string[] =>
  d.lines.flatMap((l) => [
    ...l.lemmas.flatMap((m) => linesOf(m.derivation).map((line) => `    ${line}`)),
    `${l.showLeft ? l.left.plain : ''} = ${l.right.plain}   -- ${wordsOf(l.why, (f) => f.plain ?? '')}`,
  ]);

const lines = (text: string): string =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n');

describe('the general network', () => {
  const [bp1, bp2, bp3, bp4] = told({});

  test('BP1 takes the chain rule, the one surviving term, and the activation', () => {
    expect(bp1).toBe(
      lines(`
    delta[L][j] = dC/dz[L][j]   -- the definition of the error
     = sum(k, (dC/da[L][k])*(da[L][k]/dz[L][j]))   -- the chain rule through a[L]: z[L][j] acts on C through every a[L][k]
     = (dC/da[L][j])*(da[L][j]/dz[L][j])   -- only the term k = j survives: da[L][k]/dz[L][j] is 0 for every other k
     = (dC/da[L][j])*sigma'(z[L][j])   -- since a[L][j] = sigma(z[L][j])`),
    );
  });

  test('BP2 works out how z in the next layer depends on z in this one before it is put in', () => {
    expect(bp2).toBe(
      lines(`
    delta[l][j] = dC/dz[l][j]   -- the definition of the error
     = sum(k, (dC/dz[l+1][k])*(dz[l+1][k]/dz[l][j]))   -- the chain rule through z[l+1]: z[l][j] acts on C through every z[l+1][k]
     = sum(k, delta[l+1][k]*(dz[l+1][k]/dz[l][j]))   -- the definition of the error
        z[l+1][k] = sum(i, w[l+1][k,i]*sigma(z[l][i])) + b[l+1][k]   -- open z[l+1], then a[l]
        dz[l+1][k]/dz[l][j] = w[l+1][k,j]*sigma'(z[l][j])   -- only the term i = j survives
     = sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])   -- put it in`),
    );
  });

  test('BP3 shows the one entry that depends on the bias', () => {
    expect(bp3).toBe(
      lines(`
    dC/db[l][j] = sum(k, (dC/dz[l][k])*(dz[l][k]/db[l][j]))   -- the chain rule through z[l]: b[l][j] acts on C through every z[l][k]
     = (dC/dz[l][j])*(dz[l][j]/db[l][j])   -- only the term k = j survives: dz[l][k]/db[l][j] is 0 for every other k
     = delta[l][j]*(dz[l][j]/db[l][j])   -- the definition of the error
        z[l][j] = sum(i, w[l][j,i]*a[l-1][i]) + b[l][j]   -- open z[l]
        dz[l][j]/db[l][j] = 1   -- differentiate
     = delta[l][j]   -- put it in`),
    );
  });

  test('BP4 shows the one entry that depends on the weight', () => {
    expect(bp4).toBe(
      lines(`
    dC/dw[l][j,k] = sum(m, (dC/dz[l][m])*(dz[l][m]/dw[l][j,k]))   -- the chain rule through z[l]: w[l][j,k] acts on C through every z[l][m]
     = (dC/dz[l][j])*(dz[l][j]/dw[l][j,k])   -- only the term m = j survives: dz[l][m]/dw[l][j,k] is 0 for every other m
     = delta[l][j]*(dz[l][j]/dw[l][j,k])   -- the definition of the error
        z[l][j] = sum(i, w[l][j,i]*a[l-1][i]) + b[l][j]   -- open z[l]
        dz[l][j]/dw[l][j,k] = a[l-1][k]   -- only the term i = k survives
     = a[l-1][k]*delta[l][j]   -- put it in`),
    );
  });
});

test('brief tells the chain rule and the statement, with what was put in as its reason', () => {
  expect(told({ grain: 'brief', targets: ['bp2'] })).toEqual([
    lines(`
    delta[l][j] = sum(k, (dC/dz[l+1][k])*(dz[l+1][k]/dz[l][j]))   -- the chain rule through z[l+1]: z[l][j] acts on C through every z[l+1][k]
     = sum(k, w[l+1][k,j]*delta[l+1][k])*sigma'(z[l][j])   -- since dz[l+1][k]/dz[l][j] = w[l+1][k,j]*sigma'(z[l][j])`),
  ]);
});

test('full tells every step, and the steps folded into it', () => {
  const [derivation] = documentOf(example('general'), { grain: 'full', targets: ['bp2'] }).blocks.flatMap(
    (b) => (b.kind === 'derivation' ? [b] : []),
  );
  const [lemma] = derivation!.lines.at(-1)!.lemmas;
  const folded = [...derivation!.lines, ...lemma!.derivation.lines].flatMap((l) =>
    l.finer.map((f) => f.rule),
  );
  expect(folded).toContain('only-one-term');
  expect(folded).toContain('derivative-of-sum');
  expect(folded).toContain('factor-out');
});

test("a function's derivative is worked out once in a document, and named afterwards", () => {
  const reasons = told({}, '2-3-2').join('\n');
  expect(reasons.match(/-- differentiate the formula/g)).toHaveLength(1);
  expect(reasons).toContain("-- since sigma'(z[l][j]) = sigma(z[l][j])*(1 - sigma(z[l][j]))");
});
