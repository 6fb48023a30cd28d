// A reading as a tree: what it is made of, with the place of every piece in the text.

import { expect, it } from 'vitest';
import { buildNetwork } from '../../src/model/network.ts';
import { notations } from '../../src/tables/notations.ts';
import { readAnswer } from '../../src/text/reading/answer.ts';
import type { Syntax } from '../../src/text/syntax.ts';
import { syntaxTree, type TreeJson, treeJson } from '../../src/text/syntax-tree.ts';

const { system } = buildNetwork({}, { numbers: false });

function rightSide(text: string): Syntax {
  const reading = readAnswer(text, { system, notation: notations[0]! });
  if (reading.kind === 'unreadable') throw new Error(reading.message);
  return reading.statements[0]!.sides[1]!.syntax;
}

it('shows products, transposes and functions one below the other', () => {
  expect(syntaxTree(rightSide("\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot \\sigma'(z^l)"))).toBe(
    [
      'entrywise product',
      '  product',
      '    transpose',
      '      w[l+1]',
      '    delta[l+1]',
      "  sigma'",
      '    z[l]',
    ].join('\n'),
  );
});

it('says where each piece stands', () => {
  const text = 'δˡ = (wˡ⁺¹)ᵀ δˡ⁺¹ ⊙ σ′(zˡ)';
  const pieces: string[] = [];
  const walk = (t: TreeJson): void => {
    pieces.push(`${t.is}: ${text.slice(t.span[0], t.span[0] + t.span[1])}`);
    t.parts.forEach(walk);
  };
  walk(treeJson(rightSide(text)));
  expect(pieces).toEqual([
    'product: (wˡ⁺¹)ᵀ δˡ⁺¹ ⊙ σ′(zˡ)',
    'transpose: (wˡ⁺¹)ᵀ',
    'w[l+1]: wˡ⁺¹',
    'delta[l+1]: δˡ⁺¹',
    "sigma': σ′(zˡ)",
    'z[l]: zˡ',
  ]);
});
