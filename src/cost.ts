// What a network's gradient costs, measured: forward and central differences against backpropagation.

import { costsOf, sampleCount } from './document/course/costs.ts';
import { UserError } from './expr/error.ts';
import type { Network } from './model/spec.ts';
import { worldOf } from './model/world.ts';

/** One way to the gradient by some parameters, for one pass's samples. */
export interface CostWay {
  readonly way: 'forward-difference' | 'central-difference' | 'backpropagation';
  /** Whether the gradient is by the weights alone or by all parameters. */
  readonly by: 'weights' | 'all';
  readonly parameters: number;
  readonly forwardPasses: number;
  readonly backwardPasses: number;
  /** Products added up in all passes together. */
  readonly products: number;
  /** How many of the passes were run and counted; the products of the others follow by multiplication. */
  readonly passesRun: number;
}

export interface CostReport {
  readonly network: Network;
  readonly parameters: number;
  /** How many of them are weights; null for a network given by its equations. */
  readonly weights: number | null;
  /** How many samples each pass runs. */
  readonly samples: number;
  readonly ways: readonly CostWay[];
  /** Products of all forward differences over those of backpropagation. */
  readonly ratio: number;
}

/** As many products as take about a second. */
const MOST_PRODUCTS = 1e8;

/** Measures a network with numbers; `everyPass`: however long the differences take. Throws a `UserError` for one without numbers. */
export function costReport(network: Network, everyPass = false): CostReport {
  if (network.concrete === null) throw new UserError(withoutNumbers(network));
  const { all, weights } = costsOf(
    network,
    worldOf(network),
    everyPass ? Number.POSITIVE_INFINITY : MOST_PRODUCTS,
  );
  const forward = (c: typeof all, by: CostWay['by']): CostWay => ({
    way: 'forward-difference',
    by,
    parameters: c.parameters,
    forwardPasses: c.differencePasses,
    backwardPasses: 0,
    products: Math.round(c.differences),
    passesRun: c.passesRun,
  });
  const back = all.forward + all.reverse;
  return {
    network,
    parameters: all.parameters,
    weights: weights?.parameters ?? null,
    samples: sampleCount(network) ?? 1,
    ways: [
      ...(weights === null ? [] : [forward(weights, 'weights')]),
      forward(all, 'all'),
      {
        ...forward(all, 'all'),
        way: 'central-difference',
        forwardPasses: 2 * all.parameters,
        products: 2 * all.parameters * all.forward,
        passesRun: 0,
      },
      {
        ...forward(all, 'all'),
        way: 'backpropagation',
        forwardPasses: 1,
        backwardPasses: 1,
        products: back,
        passesRun: 2,
      },
    ],
    ratio: all.differences / back,
  };
}

const withoutNumbers = (network: Network): string =>
  network.spec.kind === 'layers'
    ? 'the general network has no numbers; give the widths of its layers, as in chainrule cost 2-3-2'
    : 'the network has no numbers; give its sizes, as in "sizes: {n: 3}"';
