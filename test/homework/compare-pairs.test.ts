// The tables of pairs: none of the wrong ones accepted, none of the right ones rejected, and the same in every run.

import { describe, expect, it } from 'vitest';
import { fixturePairs, judge, type Pair } from './pairs.ts';

const tables: readonly (readonly [string, readonly Pair[]])[] = ['scalar-pairs.txt', 'index-pairs.txt'].map(
  (name) => [name, fixturePairs(name)],
);
const text = ({ id, a, b }: Pair): string => `${id}: ${a} | ${b}`;

describe.each(tables)('%s', (_, pairs) => {
  const verdicts = pairs.map((pair) => ({ pair, verdict: judge(pair).verdict }));

  it('accepts nothing that differs', () => {
    const wrong = verdicts.filter(({ pair, verdict }) => !pair.equal && verdict === 'equal');
    expect(wrong.map(({ pair }) => text(pair))).toEqual([]);
  });

  it('rejects nothing that is equal', () => {
    const wrong = verdicts.filter(
      ({ pair, verdict }) => pair.equal && verdict !== 'equal' && verdict !== 'undecided',
    );
    expect(wrong.map(({ pair }) => text(pair))).toEqual([]);
  });

  it('leaves nothing undecided', () => {
    const open = verdicts.filter(({ verdict }) => verdict === 'undecided');
    expect(open.map(({ pair }) => text(pair))).toEqual([]);
  });

  it('says the same with the sides exchanged', () => {
    const every = pairs.filter((_p, i) => i % 4 === 0);
    const turned = every.filter(
      (p) => judge({ ...p, a: p.b, b: p.a }).verdict !== (p.equal ? 'equal' : 'different'),
    );
    expect(turned.map(text)).toEqual([]);
  });
});

it('has at least 400 scalar pairs and 150 of indices and matrices', () => {
  expect(fixturePairs('scalar-pairs.txt').length).toBeGreaterThanOrEqual(400);
  expect(fixturePairs('index-pairs.txt').length).toBeGreaterThanOrEqual(150);
});

it('gives the same verdict and witness in 200 runs', () => {
  const [, pairs = []] = tables[0] ?? [];
  const chosen = pairs.filter((p) => !p.equal).slice(20, 25);
  for (const pair of chosen) {
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const result = judge(pair);
      seen.add(
        result.verdict === 'different' ? `${result.witness.left} ${result.witness.right}` : result.verdict,
      );
    }
    expect([...seen], text(pair)).toHaveLength(1);
  }
});
