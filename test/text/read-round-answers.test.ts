// What a notation prints its reader reads back to the same: every derivation there is, in LaTeX and in Unicode.

import { describe, expect, it } from 'vitest';
import type { Expr, Tensor } from '../../src/expr/expr.ts';
import type { System } from '../../src/expr/system.ts';
import { type Notation, notations } from '../../src/tables/notations.ts';
import { latexEquation } from '../../src/text/latex.ts';
import { readAnswer } from '../../src/text/reading/answer.ts';
import { unicodeEquation } from '../../src/text/unicode.ts';
import { bareSystems, derivedInOrder, layerNetworks, linesOfCase } from '../engine/networks.ts';
import { sameValue, texts } from './reading-corpus.ts';

interface Equation {
  readonly system: System;
  readonly left: Expr | Tensor;
  readonly right: Expr | Tensor;
}

const cases = [...bareSystems, ...layerNetworks]
  .flatMap((n) => derivedInOrder(n, (rules) => rules))
  .flatMap(({ system, cases: all }) => all.map((c) => ({ system, c })));

const statements: Equation[] = cases.flatMap(({ system, c }) => [
  ...linesOfCase(c)
    .slice(-1)
    .map(({ left, right }) => ({ system, left, right })),
  ...[c.matrix, c.special?.matrix].flatMap((m) =>
    m === undefined || 'why' in m ? [] : [{ system, left: m.left, right: m.right }],
  ),
]);
const lines: Equation[] = cases.flatMap(({ system, c }) =>
  linesOfCase(c).map(({ left, right }) => ({ system, left, right })),
);

const print = { latex: latexEquation, unicode: unicodeEquation } as const;

/** The equations whose text isn't read back to both sides. */
function changed(equations: readonly Equation[], notation: Notation, syntax: 'latex' | 'unicode'): string[] {
  return equations.flatMap(({ system, left, right }) => {
    const text = print[syntax](left, right, { notation, system });
    const reading = readAnswer(text, { system, notation, syntax });
    const sides = reading.kind === 'read' ? reading.statements.flatMap((s) => s.sides) : [];
    const [a, b] = sides;
    const same = sides.length === 2 && sameValue(a?.of, left, system) && sameValue(b?.of, right, system);
    return same ? [] : [`${text}   read as   ${texts(reading)}`];
  });
}

const MANY = 27;
/** Some of the lines, others for each notation. */
const share = (at: number): Equation[] => lines.filter((_, i) => i % MANY === at % MANY);

describe.each(notations.map((n, i) => [n.name, n, i] as const))(
  'what %s prints is read back',
  (_, notation, i) => {
    it('every statement', () => {
      expect(statements.length).toBeGreaterThan(100);
      expect(changed(statements, notation, 'latex')).toEqual([]);
      expect(changed(statements, notation, 'unicode')).toEqual([]);
    });
    it('its share of the lines', () => {
      expect(changed(share(i), notation, 'latex')).toEqual([]);
      expect(changed(share(i + 13), notation, 'unicode')).toEqual([]);
    });
  },
);
