// The networks of the engine's tests, their results, and every line of a result as an equation.

import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { derive } from '../../src/engine/derive.ts';
import type { Work } from '../../src/engine/record.ts';
import type { Case, Derivation, Result, Step } from '../../src/engine/types.ts';
import type { Condition } from '../../src/expr/condition.ts';
import type { Expr } from '../../src/expr/expr.ts';
import { buildNetwork } from '../../src/model/network.ts';
import type { Network } from '../../src/model/spec.ts';
import { deriveTargets } from '../../src/results/derivation.ts';
import { askedOf, defaultTargets } from '../../src/results/targets.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

const network = (content: unknown): Network => buildNetwork(content);

/** The bare systems of test/fixtures/systems.yaml. */
export const bareSystems: readonly Network[] = parseAllDocuments(fixture('systems.yaml')).map((d) =>
  network(d.toJS()),
);

/** Networks of layers with every activation and loss, batches, penalties and mixed activations. */
export const layerNetworks: readonly Network[] = parseAllDocuments(fixture('layers.yaml')).map((d) =>
  network(d.toJS()),
);

/** All results a network asks for, verified. */
export const resultsOf = (n: Network): readonly Result[] =>
  deriveTargets(n, { verify: { count: 3 } }).results;

/** The same results with the rules tried in another order; not verified yet. */
export function derivedInOrder(n: Network, order: Work['order']): Result[] {
  const asked = askedOf(n, defaultTargets(n)).filter((a) => a.system === n.system);
  const targets = asked.map((a) => a.goal);
  return asked.map((a) => derive(a.system, a.goal, { targets, order }));
}

/** One line: left = right under what is assumed. */
export interface Line {
  readonly left: Expr;
  readonly right: Expr;
  readonly given: readonly Condition[];
  readonly step: Step;
}

function linesOf(d: Derivation, left: Expr = d.left): Line[] {
  return linesOfSteps(d.steps, left, d.given);
}

function linesOfSteps(steps: readonly Step[], left: Expr, given: readonly Condition[]): Line[] {
  return steps.flatMap((step) => [
    { left, right: step.after, given, step },
    ...linesOfSteps(step.from ?? [], left, given),
    ...(step.lemma === undefined ? [] : linesOf(step.lemma)),
  ]);
}

/** Every line of a case: its derivation, the special ones, the lifting, and all that is nested in them. */
export function linesOfCase(c: Case): Line[] {
  const { left, given } = c.derivation;
  const lifting = (m: Case['matrix'], of: Expr): Line[] =>
    'why' in m ? [] : linesOfSteps(m.steps, of, given);
  return [
    ...linesOf(c.derivation),
    ...lifting(c.matrix, left),
    ...(c.special === null
      ? []
      : [...linesOf(c.special.derivation, left), ...lifting(c.special.matrix, left)]),
    ...c.atStages.flatMap((s) => linesOf(s.derivation, s.left)),
  ];
}
