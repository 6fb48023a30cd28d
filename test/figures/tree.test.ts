// The tree of a formula is the engine's own expression: the same quantities, joined by the field's operators.

import { describe, expect, test } from 'vitest';
import { type ExprTree, exprTree } from '../../src/document/figures/tree.ts';
import { treeFigure } from '../../src/document/figures/tree-figure.ts';
import { readLossFormula } from '../../src/model/formula.ts';
import { losses } from '../../src/tables/losses.ts';
import { faults } from './clear.ts';
import { squaredError, styleOf, WORDS } from './gallery.ts';

/** One label a line, arguments indented below their operator. */
const outline = (t: ExprTree, depth = 0): string[] => [
  `${'  '.repeat(depth)}${t.label.latex}`,
  ...t.children.flatMap((c) => outline(c, depth + 1)),
];
const treeOf = (formula: string, notation?: string): string[] =>
  outline(exprTree(readLossFormula(formula, ['a', 'y', 'z']), styleOf(notation)));

describe('the tree of a formula', () => {
  test('half the squared error: the half times the sum over j of the square of a difference', () => {
    expect(outline(exprTree(squaredError, styleOf()))).toEqual([
      '\\times',
      '  \\frac{1}{2}',
      '  \\sum_{j}',
      '    (\\cdot)^{2}',
      '      -',
      '        y_j',
      '        a_j^L',
    ]);
  });

  test('the letters are those of the notation', () => {
    expect(outline(exprTree(squaredError, styleOf('ng')))).toContain('        a_j^{[L]}');
  });

  test('a mean is a division by n_L', () => {
    expect(treeOf('1/n[L]*sum(j, abs(y[j]-a[j]))')).toEqual([
      '/',
      '  \\sum_{j}',
      '    \\lvert\\cdot\\rvert',
      '      -',
      '        y_j',
      '        a_j',
      '  n_L',
    ]);
  });

  test('a negative sum is one minus; functions stand over their arguments', () => {
    expect(treeOf('-sum(j, y[j]*log(a[j]))')).toEqual([
      '-',
      '  \\sum_{j}',
      '    \\times',
      '      y_j',
      '      \\ln',
      '        a_j',
    ]);
  });

  test.each(losses.map((row) => [row.name, row.formula] as const))(
    '%s is drawn without a fault',
    (_, formula) => {
      const of = readLossFormula(formula, ['a', 'y']);
      expect(faults(treeFigure({ id: 'loss', words: WORDS.en, style: styleOf(), of }))).toEqual([]);
    },
  );
});
