// How BP1 to BP4 are written in each notation, compared with a text that was read beside each source.

import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { lift } from '../../src/engine/lift.ts';
import type { Case, MatrixForm, NoMatrixForm } from '../../src/engine/types.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { asWritten } from '../../src/model/layer-numbers.ts';
import { OWN_NAMES } from '../../src/model/layers.ts';
import { buildNetwork } from '../../src/model/network.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { type Notation, notations } from '../../src/tables/notations.ts';
import { latexConditions, latexEquation } from '../../src/text/latex.ts';
import { lettersClash } from '../../src/text/letters.ts';

const printed = readFileSync(new URL('printed.txt', import.meta.url), 'utf8');

/** The parts of the text by notation: from a line `# name` to the next. */
const expected = new Map(
  printed
    .split(/^# /m)
    .slice(1)
    .map((part) => [part.split('\n')[0] ?? '', part.split('\n').slice(1).join('\n').trim()]),
);

/** The weighted input, and BP1 to BP4 of a sigmoid network with the binary cross-entropy: a line for each form. */
function written(notation: Notation): string {
  const network = buildNetwork({ activation: 'sigmoid', loss: 'bce' }, { conventions: notation.conventions });
  const { system } = network;
  const style = { notation, system };
  const both = (left: Expr, right: Expr, m: MatrixForm | NoMatrixForm): string[] => [
    latexEquation(left, right, style),
    'why' in m ? 'none' : latexEquation(m.left, m.right, style),
  ];
  const special = ({ derivation, special: s }: Case): string[] =>
    s === null ? [] : both(derivation.left, s.derivation.right, s.matrix);
  const z = system.equations.find((eq) => eq.lhs.of.name === 'z');
  if (z === undefined) throw new Error('no weighted input');
  const { lhs, rhs, where } = asWritten(z, system, network.conventions);
  const cases = deriveTargets(network, { verify: { count: 1 } }).results.flatMap((r) =>
    r.cases.map((c) => ({ id: r.id, c })),
  );
  const lines = cases.map(({ id, c }) => {
    const { left, right } = c.derivation;
    const when = c.condition.length === 0 ? '' : `   for ${latexConditions(c.condition, style)}`;
    const own = id === 'bp1' ? special(c) : [];
    return [`${id}${when}`, ...[...both(left, right, c.matrix), ...own].map((line) => `    ${line}`)].join(
      '\n',
    );
  });
  const forward = both(
    lhs,
    rhs,
    lift(system, [...system.given, ...where], lhs, rhs, (rules) => rules),
  );
  return [`z\n    ${forward.join('\n    ')}`, ...lines].join('\n');
}

describe.each(notations)('$name', (notation) => {
  test('writes BP1 to BP4 as its source does', () => {
    expect(written(notation)).toBe(expected.get(notation.name));
  });

  test('what it writes is typeset', () => {
    for (const line of written(notation)
      .split('\n')
      .filter((l) => l.startsWith('    ')))
      expect(() => katex.renderToString(line.trim(), { throwOnError: true, strict: 'error' })).not.toThrow();
  });

  test('no two quantities have the same letter', () => {
    expect(lettersClash(notation, [...OWN_NAMES, 'm'])).toBeNull();
  });
});

test('every notation has its part of the text', () => {
  expect([...expected.keys()]).toEqual(notations.map((n) => n.name));
});
