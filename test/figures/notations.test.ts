// Pictures of layers in every notation: layers from 0 or 1, weights filed where they start or end, in x out or out x in.

import { expect, test } from 'vitest';
import { allBlocks } from '../../src/document/blocks.ts';
import type { Figure } from '../../src/document/figures/shapes.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { type Notation, notations } from '../../src/tables/notations.ts';
import { documentOf } from '../document/documents.ts';
import { faults } from './clear.ts';

const networkIn = ({ conventions }: Notation): Network =>
  buildNetwork(
    { layers: [2, 3, 2], activation: 'sigmoid', loss: 'mse', values: { seed: 3 } },
    { conventions },
  );

const figuresIn = (notation: Notation): Figure[] => {
  const { blocks } = documentOf(networkIn(notation), { purpose: 'course', notation: notation.name });
  return allBlocks(blocks).flatMap((b) => (b.kind === 'figure' ? [b.figure] : []));
};

const usual = figuresIn(notations[0]!).map((f) => f.id);

test.each(notations.map((n) => [n.name, n] as const))(
  '%s has every picture, and no two labels meet',
  (_, notation) => {
    const figures = figuresIn(notation);
    // The edges of BP1's picture are slopes that multiply to the error: that is so where the error is one sample's dC/dz.
    const errors = [...networkIn(notation).system.tensors.values()].filter((d) => d.kind === 'error');
    const isDerivative = errors.every((d) => d.of === 'z' && d.scale === undefined && d.size.length === 1);
    expect(figures.map((f) => f.id)).toEqual(usual.filter((id) => isDerivative || id !== 'figure-bp1'));
    expect(figures.flatMap((f) => faults(f))).toEqual([]);
  },
);
