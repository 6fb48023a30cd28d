// Systems for the tests: the networks of systems.yaml, or one written out in the test.

import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import type { System } from '../../src/expr/system.ts';
import { buildNetwork } from '../../src/model/network.ts';

/** A system of equations from the keys of a network file. */
export const systemOf = (content: object): System => buildNetwork(content).system;

export interface Named {
  readonly title: string;
  readonly system: System;
}

/** The systems of systems.yaml by title. */
export const systems: readonly Named[] = parseAllDocuments(
  readFileSync(new URL('systems.yaml', import.meta.url), 'utf8'),
).map((doc) => {
  const content = doc.toJS() as { title: string };
  return { title: content.title, system: systemOf(content) };
});

export const systemNamed = (title: string): System => {
  const found = systems.find((s) => s.title === title);
  if (found === undefined) throw new Error(`no system "${title}"`);
  return found.system;
};

/** The 2-3-2 network of the documents: sigmoid, half the squared error. */
export const example = {
  layers: [2, 3, 2],
  activation: 'sigmoid',
  loss: 'mse',
  values: {
    w: {
      2: [
        [0.4, -0.6],
        [0.3, 0.8],
        [-0.5, 0.2],
      ],
      3: [
        [0.7, -0.4, 0.5],
        [-0.3, 0.6, 0.2],
      ],
    },
    b: { 2: [0.1, -0.2, 0.3], 3: [0.1, -0.1] },
    x: [0.5, -1],
    y: [1, 0],
  },
};
